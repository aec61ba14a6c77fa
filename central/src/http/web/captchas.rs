//! `POST /v1/captchas`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::limit::Unsigned;
use crate::http::{Centre, Refusal};
use crate::{captcha, database};

/// A picture whose characters are typed with what it guards.
#[derive(Serialize, ToSchema)]
pub(super) struct CaptchaReply {
    /// Sent back with the answer.
    captcha: Uuid,
    /// `data:image/png;base64,…`
    image: String,
    /// Until when an answer is taken.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Draws a captcha (I9): five minutes, one answer.
#[utoipa::path(post, path = "/v1/captchas", tag = "sign-in",
    responses((status = OK, body = CaptchaReply)))]
pub(super) async fn draw(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
) -> Result<Json<CaptchaReply>, Refusal> {
    let drawn = tokio::task::block_in_place(|| centre.services.captchas.draw())?;
    let client = database::connection(&centre.pool).await?;
    let (captcha, png, expires_at) = captcha::keep(&client, drawn, centre.clock.now()).await?;
    Ok(Json(CaptchaReply {
        captcha,
        image: format!("data:image/png;base64,{}", STANDARD.encode(png)),
        expires_at,
    }))
}
