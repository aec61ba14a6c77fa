//! Who is signed in, and `/v1/my/session`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use domain::channel::Channel;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Centre, Refusal};
use crate::sessions::{self, Session};
use crate::{database, people};

/// The person whose session the request's `Authorization: Bearer` names (I10); refuses with 401
/// `not-signed-in` when there is none or it ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignedIn {
    /// The centre's own id of the person.
    pub(super) person: Uuid,
    /// Web or app (C3).
    pub(super) channel: Channel,
    /// When the session ends by itself.
    pub(super) expires_at: Timestamp,
    session: Session,
}

impl FromRequestParts<Arc<Centre>> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, centre: &Arc<Centre>) -> Result<Self, Refusal> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(*known);
        }
        let token = bearer(&parts.headers).ok_or_else(Refusal::not_signed_in)?;
        let client = database::connection(&centre.pool).await?;
        let session = sessions::find(&client, token, centre.clock.now())
            .await?
            .ok_or_else(Refusal::not_signed_in)?;
        Ok(Self {
            person: session.person,
            channel: session.channel,
            expires_at: session.expires_at,
            session,
        })
    }
}

/// Longer ones are none of ours.
const TOKEN_CHARACTERS_MAX: usize = 64;

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && token.len() <= TOKEN_CHARACTERS_MAX).then_some(token)
}

/// Stands outside [`super::idempotency::once`], so that nobody who is not signed in writes a key.
pub(super) async fn gate(
    State(centre): State<Arc<Centre>>,
    http: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let (mut parts, body) = http.into_parts();
    let person = SignedIn::from_request_parts(&mut parts, &centre).await?;
    parts.extensions.insert(person);
    Ok(next.run(Request::from_parts(parts, body)).await)
}

/// How long a session lasts on (I10).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SessionLine {
    /// `web` or `app`.
    channel: String,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// Seconds, for a clock that counts down.
    left_s: i64,
}

/// How much time is left.
#[utoipa::path(get, path = "/v1/my/session", tag = "people",
    responses((status = OK, body = SessionLine)))]
pub(super) async fn session(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
) -> Json<SessionLine> {
    let left = signed_in.expires_at.duration_since(centre.clock.now());
    Json(SessionLine {
        channel: signed_in.session.channel.code().to_owned(),
        expires_at: signed_in.expires_at,
        left_s: left.as_secs().max(0),
    })
}

/// Signs out.
#[utoipa::path(delete, path = "/v1/my/session", tag = "people",
    responses((status = NO_CONTENT)))]
pub(super) async fn sign_out(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
) -> Result<StatusCode, Refusal> {
    let client = database::connection(&centre.pool).await?;
    sessions::close(&client, &signed_in.session.hash).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is signed in, as the screen names a person (I8).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PersonLine {
    /// For example `A********9`.
    person: String,
    /// For example `甄〇康`.
    name: String,
    /// Whether the card is registered for network services (R1).
    registered: bool,
}

/// Who is signed in.
#[utoipa::path(get, path = "/v1/my/person", tag = "people",
    responses((status = OK, body = PersonLine)))]
pub(super) async fn person(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
) -> Result<Json<PersonLine>, Refusal> {
    let client = database::connection(&centre.pool).await?;
    let called = people::called(&client, signed_in.person)
        .await?
        .ok_or_else(Refusal::not_signed_in)?;
    Ok(Json(PersonLine {
        person: called.number.masked(),
        name: called.name.masked(),
        registered: called.registered,
    }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects clients: the scheme is written in any case, and only a token can follow it.
    #[test]
    fn a_bearer_is_read() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, text.parse().unwrap());
            bearer(&headers).map(str::to_owned)
        };
        assert_eq!(read("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(read("bearer abc").as_deref(), Some("abc"));
        for wrong in ["Basic abc", "Bearer", &format!("Bearer {}", "a".repeat(65))] {
            assert_eq!(read(wrong), None);
        }
        assert_eq!(bearer(&HeaderMap::new()), None);
    }
}
