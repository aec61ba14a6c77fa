//! `POST /v1/captchas`, and what a request carries to answer one.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use deadpool_postgres::GenericClient;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Centre, Refusal};
use crate::{captchas, database};

/// A picture with letters to read.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CaptchaLine {
    id: Uuid,
    /// A PNG, in Base64.
    image: String,
    /// Until when an answer is taken.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// What somebody read in the picture. Taken once, right or wrong.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CaptchaAnswer {
    id: Uuid,
    /// Capital or small letters are the same.
    #[schema(max_length = 32)]
    answer: String,
}

impl CaptchaAnswer {
    /// Uses the captcha up, and refuses with 403 `captcha-wrong` when this does not answer it.
    pub(super) async fn check(
        &self,
        client: &impl GenericClient,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if captchas::consume(client, self.id, &self.answer, now).await? {
            Ok(())
        } else {
            Err(Refusal::captcha_wrong())
        }
    }
}

/// Draws a captcha; its answer is taken once, for five minutes.
#[utoipa::path(post, path = "/v1/captchas", tag = "sign-in",
    responses((status = CREATED, body = CaptchaLine)))]
pub(super) async fn make(
    State(centre): State<Arc<Centre>>,
) -> Result<(StatusCode, Json<CaptchaLine>), Refusal> {
    let client = database::connection(&centre.pool).await?;
    let shown = captchas::make(&client, &centre.captchas, centre.clock.now()).await?;
    let line = CaptchaLine {
        id: shown.id,
        image: STANDARD.encode(shown.image),
        expires_at: shown.expires_at,
    };
    Ok((StatusCode::CREATED, Json(line)))
}
