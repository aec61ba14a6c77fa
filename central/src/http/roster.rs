//! `GET /v1/roster` and `GET /v1/roster/{version}`

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use wire::envelope::SignedEnvelope;
use wire::problem::Problem;

use super::authenticate::Signed;
use super::request::Segment;
use super::sealed::tagged;
use super::{Centre, Refusal};
use crate::{database, roster};

/// The signed manifest of the newest roster release.
#[utoipa::path(get, path = "/v1/roster", responses(
    (status = OK, body = SignedEnvelope),
    (status = NOT_MODIFIED),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn manifest(
    State(centre): State<Arc<Centre>>,
    headers: HeaderMap,
    _signed: Signed,
) -> Result<Response, Refusal> {
    let client = database::connection(centre.look_ups()).await?;
    let envelope = roster::newest_manifest(&client)
        .await?
        .ok_or_else(Refusal::not_found)?;
    Ok(tagged(&headers, "application/json", envelope))
}

/// The file of a roster release: one `RosterLine` a line.
#[utoipa::path(get, path = "/v1/roster/{version}", params(("version" = u64, Path)), responses(
    (status = OK, body = wire::roster::RosterLine, content_type = "application/x-ndjson"),
    (status = NOT_MODIFIED),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn file(
    State(centre): State<Arc<Centre>>,
    Segment(version): Segment,
    headers: HeaderMap,
    _signed: Signed,
) -> Result<Response, Refusal> {
    let version: i64 = version.parse().map_err(|_| Refusal::not_found())?;
    let client = database::connection(centre.look_ups()).await?;
    let file = roster::file(&client, version)
        .await?
        .ok_or_else(Refusal::not_found)?;
    Ok(tagged(&headers, "application/x-ndjson", file))
}
