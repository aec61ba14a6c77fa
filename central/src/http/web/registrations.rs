//! `/v1/registrations…`: a card registered on the web (R1), a forgotten password (R4).
//!
//! The answer to particulars is always the same: what they were worth shows only in the mailbox.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::password::{OwnNumbers, Password, PasswordError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::problem::Problem;

use super::body::{self, Asked, PapersMessage};
use crate::accounts::links::{self, Purpose};
use crate::http::limit::Unsigned;
use crate::http::{Centre, Refusal};
use crate::{CentralError, accounts, database, passwords, people};

/// A registration (R1).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Registration {
    /// The number on the card.
    person: String,
    /// The card's number.
    card: String,
    /// For texts.
    mobile: String,
    /// For the link that confirms.
    email: String,
    /// 8 to 64 characters of any kind.
    #[schema(min_length = 8, max_length = 64)]
    password: String,
    /// What is shown beside the card.
    papers: PapersMessage,
}

/// Says nothing of what was found.
#[derive(Serialize, ToSchema)]
pub(super) struct Received {
    /// Always `link-sent-if-verified`.
    outcome: &'static str,
}

const RECEIVED: (StatusCode, Json<Received>) = (
    StatusCode::ACCEPTED,
    Json(Received {
        outcome: "link-sent-if-verified",
    }),
);

/// Something was done.
#[derive(Serialize, ToSchema)]
pub(super) struct Done {
    /// Always `done`.
    outcome: &'static str,
}

const DONE: Json<Done> = Json(Done { outcome: "done" });

/// A password good enough to be set (R1).
fn new_password(text: &str, own: &OwnNumbers<'_>) -> Result<Password, Refusal> {
    let refused = |_: PasswordError| Refusal::malformed("password");
    let password = Password::typed(text).map_err(refused)?;
    password.suits(own).map_err(refused)?;
    Ok(password)
}

/// Registers a card for network services: an e-mail brings the link that confirms it (R1).
#[utoipa::path(post, path = "/v1/registrations", tag = "registration",
    request_body = Registration, responses((status = ACCEPTED, body = Received)))]
pub(super) async fn register(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
    Asked(asked): Asked<Registration>,
) -> Result<(StatusCode, Json<Received>), Refusal> {
    let (number, card) = (body::person(&asked.person)?, body::card(&asked.card)?);
    let (mobile, email) = (body::mobile(&asked.mobile)?, body::email(&asked.email)?);
    let papers = asked.papers.read()?;
    let own = OwnNumbers {
        persons: &[&number],
        card: Some(&card),
        mobile: Some(&mobile),
    };
    let password = new_password(&asked.password, &own)?;
    centre.services.limits.person(&number)?;
    // Before anything is looked up: the same work whoever it is about.
    let password = passwords::hash(&password).await?;
    let during = "registering a card";
    let mut client = database::connection(&centre.pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let person = people::find(&transaction, &number).await?;
    let person = person.filter(|person| person.holds(&number, &card));
    let id = person.as_ref().map(|person| person.id).unwrap_or_default();
    if papers.belong_to(&transaction, id).await? {
        links::send(
            &transaction,
            id,
            &Purpose::Registration {
                mobile: &mobile,
                password: &password,
            },
            &email,
            &centre.services.public_address,
            centre.clock.now(),
        )
        .await?;
    }
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(RECEIVED)
}

/// What a link carries after its `#`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Confirmation {
    /// The token.
    token: String,
}

/// Confirms a registration with the link's token: once (R1).
#[utoipa::path(post, path = "/v1/registrations/confirm", tag = "registration",
    request_body = Confirmation, responses((status = OK, body = Done),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn confirm(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
    Asked(asked): Asked<Confirmation>,
) -> Result<Json<Done>, Refusal> {
    let during = "confirming a registration";
    let mut client = database::connection(&centre.pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    links::confirm_registration(&transaction, &asked.token, centre.clock.now())
        .await?
        .ok_or_else(Refusal::code_refused)?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(DONE)
}

/// Who forgot the password (R4): verified again as when registering.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Forgotten {
    /// The number on the card.
    person: String,
    /// The card's number.
    card: String,
    /// What is shown beside the card.
    papers: PapersMessage,
}

/// Sends the registered address a link that sets a new password (R4).
#[utoipa::path(post, path = "/v1/registrations/password", tag = "registration",
    request_body = Forgotten, responses((status = ACCEPTED, body = Received)))]
pub(super) async fn forgotten(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
    Asked(asked): Asked<Forgotten>,
) -> Result<(StatusCode, Json<Received>), Refusal> {
    let (number, card) = (body::person(&asked.person)?, body::card(&asked.card)?);
    let papers = asked.papers.read()?;
    centre.services.limits.person(&number)?;
    let during = "sending a password's link";
    let mut client = database::connection(&centre.pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let person = people::find(&transaction, &number).await?;
    let person = person.filter(|person| person.holds(&number, &card));
    let id = person.as_ref().map(|person| person.id).unwrap_or_default();
    let account = accounts::find(&transaction, id).await?;
    let belong = papers.belong_to(&transaction, id).await?;
    if let Some(email) = account.and_then(|account| account.email).filter(|_| belong) {
        let (address, now) = (&centre.services.public_address, centre.clock.now());
        links::send(&transaction, id, &Purpose::Password, &email, address, now).await?;
    }
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(RECEIVED)
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordChange {
    /// What the link carries after its `#`.
    token: String,
    /// 8 to 64 characters of any kind.
    #[schema(min_length = 8, max_length = 64)]
    password: String,
}

/// Sets the password with the link's token: once; running sessions end (R1, R4).
#[utoipa::path(post, path = "/v1/registrations/password/set", tag = "registration",
    request_body = PasswordChange, responses((status = OK, body = Done),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn set_password(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
    Asked(asked): Asked<PasswordChange>,
) -> Result<Json<Done>, Refusal> {
    // Whose it is, is in the token's row and not asked before the password is known to be good.
    let own = OwnNumbers {
        persons: &[],
        card: None,
        mobile: None,
    };
    let password = passwords::hash(&new_password(&asked.password, &own)?).await?;
    let during = "setting a password";
    let mut client = database::connection(&centre.pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    links::set_password(&transaction, &asked.token, &password, centre.clock.now())
        .await?
        .ok_or_else(Refusal::code_refused)?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(DONE)
}
