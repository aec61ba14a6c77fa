//! `GET /v1/orders`

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use wire::orders::StoreOrders;
use wire::problem::Problem;

use super::authenticate::Signed;
use super::sealed::tagged;
use super::{Centre, Refusal};
use crate::{CentralError, database, orders};

/// The orders to be fetched at the terminal's own store in the campaign's mask rounds (M11).
#[utoipa::path(get, path = "/v1/orders", responses(
    (status = OK, body = StoreOrders),
    (status = NOT_MODIFIED),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn orders(
    State(centre): State<Arc<Centre>>,
    headers: HeaderMap,
    signed: Signed,
) -> Result<Response, Refusal> {
    let client = database::connection(&centre.pool).await?;
    let published = centre.campaigns.newest(&client).await?;
    let rounds: Vec<&str> = published
        .iter()
        .flat_map(|published| &published.campaign.mask_rounds)
        .map(|round| round.id.as_str())
        .collect();
    let list = orders::of_store(&client, &rounds, &signed.terminal.store).await?;
    let body = serde_json::to_vec(&list).map_err(|source| CentralError::Json { source })?;
    Ok(tagged(&headers, "application/json", body))
}
