//! `GET /v1/health`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use wire::health::Health;
use wire::problem::Problem;

use super::{Centre, Refusal};
use crate::{CentralError, database};

/// Whether the centre and its database are there, and the centre's clock. Unsigned.
#[utoipa::path(get, path = "/v1/health", responses(
    (status = OK, body = Health),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn health(State(centre): State<Arc<Centre>>) -> Result<Json<Health>, Refusal> {
    let client = database::connection(&centre.pool).await?;
    client
        .simple_query("SELECT 1")
        .await
        .map_err(CentralError::database("answering health"))?;
    Ok(Json(Health {
        time: centre.clock.now(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }))
}
