//! Signing in on the web (I9). No answer tells whether a number is known.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use domain::channel::Channel;
use domain::{CardNumber, PersonNumber};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::problem::Problem;

use super::captchas::CaptchaAnswer;
use super::{Centre, Refusal, request};
use crate::sessions::Opened;
use crate::{database, people, sessions};

/// Bytes of a sign-in at most.
const BYTES_MAX: usize = 4096;

/// A session that begins (I10).
#[derive(Serialize, ToSchema)]
pub(super) struct SignInReply {
    /// For `Authorization: Bearer`.
    token: String,
    /// When it ends, whatever is done with it.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl From<Opened> for SignInReply {
    fn from(opened: Opened) -> Self {
        Self {
            token: opened.token.reveal().to_owned(),
            expires_at: opened.expires_at,
        }
    }
}

/// The pair on the card, and a captcha.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignInByNumbers {
    /// As on the card (I3).
    #[schema(max_length = 10)]
    person: String,
    #[schema(max_length = 12)]
    card: String,
    captcha: CaptchaAnswer,
}

/// Signs in with the two numbers on the card.
#[utoipa::path(post, path = "/v1/sign-in/numbers", tag = "sign-in", request_body = SignInByNumbers,
    responses((status = OK, body = SignInReply),
    (status = FORBIDDEN, description = "`captcha-wrong`, or `sign-in-refused`: the numbers do not \
        belong together.", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn numbers(
    State(centre): State<Arc<Centre>>,
    http: Request,
) -> Result<Json<SignInReply>, Refusal> {
    let (parts, body) = http.into_parts();
    let body = request::body(&parts.headers, body, BYTES_MAX).await?;
    let asked: SignInByNumbers = request::json(&body)?;
    let number = PersonNumber::parse(&asked.person).map_err(|_| Refusal::malformed("person"))?;
    let card = CardNumber::parse(&asked.card).map_err(|_| Refusal::malformed("card"))?;
    let now = centre.clock.now();
    let client = database::connection(&centre.pool).await?;
    asked.captcha.check(&client, now).await?;
    let person = people::find(&client, &number)
        .await?
        .filter(|person| person.holds(&number, &card))
        .ok_or_else(Refusal::sign_in_refused)?;
    let opened = sessions::open(&client, person.id, Channel::Web, now).await?;
    Ok(Json(opened.into()))
}
