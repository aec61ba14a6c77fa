//! `POST /v1/mobile-checks`: the quick mobile check (R3).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{self, Asked};
use super::codes::CodeReply;
use crate::accounts::codes::{self, CodePurpose};
use crate::accounts::{self, RegisteredBy};
use crate::http::limit::Unsigned;
use crate::http::{Centre, Refusal};
use crate::{database, people};

/// What an app asks to have checked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MobileCheck {
    /// The number on the card.
    person: String,
    /// The last four digits of the card's number.
    #[schema(pattern = "^[0-9]{4}$")]
    card_last_four: String,
    /// The phone's number.
    mobile: String,
}

/// What the check came to.
#[derive(Serialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub(super) enum MobileCheckReply {
    /// The number is the person's own; the code binds the app.
    Passed {
        /// For `POST /v1/device-bindings`.
        device_code: CodeReply,
    },
    /// It is not, or cannot be told.
    Refused {
        /// `not-verified` for person or card; else the carrier's reason (docs/test-operator.md).
        reason: &'static str,
    },
}

/// Checks a phone's own number with its carrier (R3): registers and gives a device code.
#[utoipa::path(post, path = "/v1/mobile-checks", tag = "registration", request_body = MobileCheck,
    responses((status = OK, body = MobileCheckReply)))]
pub(super) async fn check(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
    Asked(asked): Asked<MobileCheck>,
) -> Result<Json<MobileCheckReply>, Refusal> {
    let number = body::person(&asked.person)?;
    let mobile = body::mobile(&asked.mobile)?;
    let last_four = &asked.card_last_four;
    if last_four.len() != 4 || !last_four.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::malformed("card_last_four"));
    }
    centre.services.limits.person(&number)?;
    let refused = |reason| Ok(Json(MobileCheckReply::Refused { reason }));
    let person = {
        let client = database::connection(&centre.pool).await?;
        people::find(&client, &number).await?.filter(|person| {
            person.record.number == number && person.record.card.reveal().ends_with(last_four)
        })
    };
    // A carrier is not asked about somebody who did not prove who they are.
    let Some(person) = person else {
        return refused("not-verified");
    };
    let operator = &centre.services.mobile_operator;
    if let Err(reason) = operator.check(&mobile, &number).await {
        return refused(reason.code());
    }
    let client = database::connection(&centre.pool).await?;
    let (now, by) = (centre.clock.now(), RegisteredBy::MobileCheck);
    accounts::keep(&client, person.id, &mobile, None, None, by, now).await?;
    let made = codes::make(&client, person.id, CodePurpose::Device, now).await?;
    Ok(Json(MobileCheckReply::Passed {
        device_code: CodeReply::device(&centre, made),
    }))
}
