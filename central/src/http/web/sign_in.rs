//! `/v1/sign-in/…` and `/v1/my/session`: the ways of I9, each into a session of ten minutes.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::campaign::RoundId;
use domain::password::Password;
use domain::sign_in::SignInWay;
use domain::vaccine;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use wire::problem::Problem;

use super::body::{self, Asked};
use crate::accounts::{self, codes};
use crate::http::limit::Unsigned;
use crate::http::session::SignedIn;
use crate::http::{Centre, Refusal};
use crate::sessions::{self, Begun};
use crate::{app_devices, captcha, database, passwords, people};

/// A session just begun.
#[derive(Serialize, ToSchema)]
pub(super) struct SignInReply {
    /// For `Authorization: Bearer`; told once.
    token: String,
    /// `web` or `app`.
    channel: String,
    /// When it ends (I10).
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// The same, for a clock that counts down.
    seconds_left: i64,
}

fn reply(begun: Begun, way: SignInWay, now: Timestamp) -> Json<SignInReply> {
    Json(SignInReply {
        token: begun.token,
        channel: sessions::channel(way).code().to_owned(),
        expires_at: begun.expires_at,
        seconds_left: begun.expires_at.duration_since(now).as_secs(),
    })
}

/// Card and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordSignIn {
    /// The number on the card.
    person: String,
    /// The card's number.
    card: String,
    /// The registered password.
    #[schema(max_length = 256)]
    password: String,
}

/// Signs in on the web with the card and the registered password (I9).
#[utoipa::path(post, path = "/v1/sign-in/password", tag = "sign-in", request_body = PasswordSignIn,
    responses((status = OK, body = SignInReply),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn with_password(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
    Asked(asked): Asked<PasswordSignIn>,
) -> Result<Json<SignInReply>, Refusal> {
    let password = Password::typed(&asked.password).map_err(|_| Refusal::malformed("password"))?;
    let (number, card) = (body::person(&asked.person)?, body::card(&asked.card)?);
    centre.services.limits.person(&number)?;
    let (person, stored) = {
        let client = database::connection(&centre.pool).await?;
        let person = people::find(&client, &number).await?;
        let id = person.as_ref().map_or(Uuid::nil(), |person| person.id);
        let account = accounts::find(&client, id).await?;
        let person = person.filter(|person| person.holds(&number, &card));
        (person, account.and_then(|account| account.password))
    };
    // The same work whoever it is about.
    let stored = stored.filter(|_| person.is_some());
    let fits = passwords::verify(&password, stored.as_deref()).await?;
    let person = person
        .filter(|_| fits)
        .ok_or_else(Refusal::sign_in_refused)?;
    begin(&centre, person.id, SignInWay::CardPassword).await
}

/// Person number and the app's code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OneTimeCodeSignIn {
    /// The number on the card.
    person: String,
    /// The digits the app shows.
    code: String,
}

/// Signs in on the web with the one-time code the app shows (R5, I9).
#[utoipa::path(post, path = "/v1/sign-in/one-time-code", tag = "sign-in",
    request_body = OneTimeCodeSignIn, responses((status = OK, body = SignInReply),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn with_one_time_code(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
    Asked(asked): Asked<OneTimeCodeSignIn>,
) -> Result<Json<SignInReply>, Refusal> {
    let number = body::person(&asked.person)?;
    centre.services.limits.person(&number)?;
    let person = {
        let client = database::connection(&centre.pool).await?;
        let person = people::find(&client, &number).await?;
        let id = person.map_or(Uuid::nil(), |person| person.id);
        let code = codes::plain(&asked.code);
        let fits = codes::try_one_time(&client, id, &code, centre.clock.now()).await?;
        fits.then_some(id).ok_or_else(Refusal::sign_in_refused)?
    };
    begin(&centre, person, SignInWay::OneTimeCode).await
}

/// Both numbers and a captcha.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NumbersSignIn {
    /// The number on the card.
    person: String,
    /// The card's number.
    card: String,
    /// The captcha shown.
    captcha: Uuid,
    /// Its characters.
    answer: String,
    /// The vaccine round the page is for: whoever is not in it is refused as with a wrong card (V3).
    #[serde(default)]
    round: Option<String>,
}

/// Signs in on the web with person number, card number and captcha (I9).
#[utoipa::path(post, path = "/v1/sign-in/numbers", tag = "sign-in", request_body = NumbersSignIn,
    responses((status = OK, body = SignInReply),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn with_numbers(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
    Asked(asked): Asked<NumbersSignIn>,
) -> Result<Json<SignInReply>, Refusal> {
    let (number, card) = (body::person(&asked.person)?, body::card(&asked.card)?);
    let round = asked
        .round
        .map(|text| RoundId::parse(&text).map_err(|_| Refusal::malformed("round")))
        .transpose()?;
    centre.services.limits.person(&number)?;
    let person = {
        let client = database::connection(&centre.pool).await?;
        let now = centre.clock.now();
        if !captcha::answer(&client, asked.captcha, &asked.answer, now).await? {
            return Err(Refusal::captcha_refused());
        }
        let published = centre.campaigns.newest(&client).await?;
        let person = people::find(&client, &number).await?;
        person
            .filter(|person| person.holds(&number, &card))
            .filter(|person| {
                round.as_ref().is_none_or(|round| {
                    published
                        .as_ref()
                        .and_then(|published| published.campaign.vaccine_round(round))
                        .is_some_and(|round| vaccine::category(round, &person.record).is_some())
                })
            })
            .ok_or_else(Refusal::not_verified_or_not_in_round)?
    };
    begin(&centre, person.id, SignInWay::Numbers).await
}

/// A bound app.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AppSignIn {
    /// The id it was bound as.
    device: Uuid,
    /// Now, as RFC 3339 in UTC; later than at any sign-in before, within a minute of the centre's.
    signed_at: String,
    /// Base64 of the ed25519 signature over `sign-in DEVICE SIGNED_AT`.
    signature: String,
}

/// Signs a bound app in (R2): its key signs the moment, each moment once.
#[utoipa::path(post, path = "/v1/sign-in/app", tag = "sign-in", request_body = AppSignIn,
    responses((status = OK, body = SignInReply),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn with_bound_app(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
    Asked(asked): Asked<AppSignIn>,
) -> Result<Json<SignInReply>, Refusal> {
    let signed_at: Timestamp = asked
        .signed_at
        .parse()
        .map_err(|_| Refusal::malformed("signed_at"))?;
    let person = {
        let client = database::connection(&centre.pool).await?;
        let message = format!("sign-in {} {}", asked.device, asked.signed_at);
        app_devices::verify(
            &client,
            asked.device,
            &message,
            &asked.signature,
            signed_at,
            centre.clock.now(),
        )
        .await?
        .ok_or_else(Refusal::sign_in_refused)?
    };
    begin(&centre, person, SignInWay::BoundDevice).await
}

async fn begin(
    centre: &Centre,
    person: Uuid,
    way: SignInWay,
) -> Result<Json<SignInReply>, Refusal> {
    let client = database::connection(&centre.pool).await?;
    let now = centre.clock.now();
    let begun = sessions::begin(&client, person, way, now).await?;
    Ok(reply(begun, way, now))
}

/// The running session.
#[derive(Serialize, ToSchema)]
pub(super) struct SessionReply {
    /// `web` or `app`.
    channel: String,
    /// The number, masked (I8).
    person: String,
    /// The name, masked (I8).
    name: String,
    /// When it ends (I10).
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// The same, for a clock that counts down.
    seconds_left: i64,
}

/// Who is signed in, masked, and for how long (I8, I10).
#[utoipa::path(get, path = "/v1/my/session", tag = "my",
    responses((status = OK, body = SessionReply)))]
pub(super) async fn session(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
) -> Json<SessionReply> {
    let left = signed_in.expires_at.duration_since(centre.clock.now());
    Json(SessionReply {
        channel: signed_in.channel.code().to_owned(),
        person: signed_in.number.masked(),
        name: signed_in.name.masked(),
        expires_at: signed_in.expires_at,
        seconds_left: left.as_secs().max(0),
    })
}

/// Signs out: the token is worth nothing from now on.
#[utoipa::path(delete, path = "/v1/my/session", tag = "my", responses((status = NO_CONTENT)))]
pub(super) async fn sign_out(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
) -> Result<StatusCode, Refusal> {
    let client = database::connection(&centre.pool).await?;
    sessions::end(&client, &signed_in.token_hash, centre.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
