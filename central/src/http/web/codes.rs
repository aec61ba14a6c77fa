//! Codes: one that binds an app (R2), one that signs in on the web (R5).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::channel::Channel;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use wire::keys;
use wire::people::CheckRequest;
use wire::problem::Problem;
use wording::Language;

use super::body::{self, Asked};
use crate::accounts::codes::{self, CodePurpose, MadeCode};
use crate::http::authenticate::Signed;
use crate::http::limit::Unsigned;
use crate::http::session::SignedIn;
use crate::http::{Centre, Refusal, request};
use crate::notices::{self, Kind, Notice, Recipient};
use crate::{CentralError, accounts, app_devices, database, people};

/// A code, told once.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct CodeReply {
    /// To be typed.
    digits: String,
    /// What the QR code says; the app reads the digits after the `#`.
    #[serde(skip_serializing_if = "Option::is_none")]
    qr: Option<String>,
    /// When it ends by itself.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl CodeReply {
    /// A device code with its QR text.
    pub(in crate::http) fn device(centre: &Centre, made: MadeCode) -> Self {
        Self {
            qr: Some(format!(
                "{}/device#{}",
                centre.services.public_address, made.digits
            )),
            digits: made.digits,
            expires_at: made.expires_at,
        }
    }
}

/// The device code of a person whose card is in a terminal's reader, after registering (R2).
#[utoipa::path(post, path = "/v1/people/device-code", tag = "people", request_body = CheckRequest,
    responses((status = OK, body = CodeReply),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn terminal_device_code(
    State(centre): State<Arc<Centre>>,
    signed: Signed,
) -> Result<Json<CodeReply>, Refusal> {
    let asked: CheckRequest = request::json(&signed.body)?;
    let (number, card) = (body::person(&asked.person)?, body::card(&asked.card)?);
    let client = database::connection(&centre.pool).await?;
    let person = people::find(&client, &number)
        .await?
        .filter(|person| person.holds(&number, &card))
        .ok_or_else(Refusal::code_refused)?;
    if accounts::find(&client, person.id).await?.is_none() {
        return Err(Refusal::code_refused());
    }
    let made = codes::make(&client, person.id, CodePurpose::Device, centre.clock.now()).await?;
    Ok(Json(CodeReply::device(&centre, made)))
}

/// The device code of whoever is signed in and registered (R2).
#[utoipa::path(post, path = "/v1/my/device-code", tag = "my",
    responses((status = OK, body = CodeReply),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn device_code(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
) -> Result<Json<CodeReply>, Refusal> {
    let client = database::connection(&centre.pool).await?;
    if accounts::find(&client, signed_in.person).await?.is_none() {
        return Err(Refusal::elsewhere());
    }
    let now = centre.clock.now();
    let made = codes::make(&client, signed_in.person, CodePurpose::Device, now).await?;
    Ok(Json(CodeReply::device(&centre, made)))
}

/// The one-time code the app shows, with which its owner signs in on the web (R5).
#[utoipa::path(post, path = "/v1/my/one-time-code", tag = "my",
    responses((status = OK, body = CodeReply),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn one_time_code(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
) -> Result<Json<CodeReply>, Refusal> {
    if signed_in.channel != Channel::App {
        return Err(Refusal::elsewhere());
    }
    let client = database::connection(&centre.pool).await?;
    let now = centre.clock.now();
    let made = codes::make(&client, signed_in.person, CodePurpose::OneTime, now).await?;
    Ok(Json(CodeReply {
        digits: made.digits,
        qr: None,
        expires_at: made.expires_at,
    }))
}

/// An app that was given a device code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Binding {
    /// The digits, typed or scanned.
    code: String,
    /// Base64 of the ed25519 public key the app made.
    public_key: String,
}

/// A bound app.
#[derive(Serialize, ToSchema)]
pub(super) struct Bound {
    /// What the app signs in as.
    device: Uuid,
}

/// Binds an app with a device code: one code, one use (R2).
#[utoipa::path(post, path = "/v1/device-bindings", tag = "registration", request_body = Binding,
    responses((status = OK, body = Bound),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn bind(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
    Asked(asked): Asked<Binding>,
) -> Result<Json<Bound>, Refusal> {
    let key = keys::public_key_from_text(&asked.public_key, "app key")
        .map_err(|_| Refusal::malformed("public_key"))?;
    let during = "binding an app";
    let now = centre.clock.now();
    let mut client = database::connection(&centre.pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let person = codes::use_device_code(&transaction, &codes::plain(&asked.code), now)
        .await?
        .ok_or_else(Refusal::code_refused)?;
    let device = app_devices::bind(&transaction, person, &key, now).await?;
    if let Some(account) = accounts::find(&transaction, person).await? {
        let notice = Notice {
            kind: Kind::DeviceBound,
            recipient: Recipient::Text(&account.mobile),
            language: Language::TraditionalChinese,
            arguments: &[],
            due_at: now,
        };
        notices::enqueue(&transaction, &notice, now).await?;
    }
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(Json(Bound { device }))
}
