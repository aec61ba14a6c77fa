//! The gate for people: `Authorization: Bearer TOKEN` of a session that runs (I10).

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::{Centre, Refusal};
use crate::database;
use crate::sessions::{self, Session};

/// Who signed in: person, channel, numbers as on the card.
#[derive(Clone)]
pub(crate) struct SignedIn(pub(crate) Session);

impl Deref for SignedIn {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.0
    }
}

impl FromRequestParts<Arc<Centre>> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, centre: &Arc<Centre>) -> Result<Self, Refusal> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
            .ok_or_else(Refusal::not_signed_in)?;
        let client = database::connection(&centre.pool).await?;
        sessions::find(&client, token, centre.clock.now())
            .await?
            .map(Self)
            .ok_or_else(Refusal::not_signed_in)
    }
}
