//! `GET /v1/campaign`

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use wire::envelope::SignedEnvelope;
use wire::problem::Problem;

use super::authenticate::Signed;
use super::sealed::tagged;
use super::{Centre, Refusal};
use crate::database;

/// The newest campaign file, signed.
#[utoipa::path(get, path = "/v1/campaign", responses(
    (status = OK, body = SignedEnvelope),
    (status = NOT_MODIFIED),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn campaign(
    State(centre): State<Arc<Centre>>,
    headers: HeaderMap,
    _signed: Signed,
) -> Result<Response, Refusal> {
    let client = database::connection(&centre.pool).await?;
    let published = centre
        .campaigns
        .newest(&client)
        .await?
        .ok_or_else(Refusal::not_found)?;
    Ok(tagged(
        &headers,
        "application/json",
        published.envelope.clone(),
    ))
}
