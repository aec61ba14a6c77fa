//! `POST /operator/v1/leases/ended`

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use domain::operation::DeviceId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::problem::Problem;

use crate::http::{Centre, Refusal, request};
use crate::{apply, devices};

/// Whose leases end.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndLeases {
    /// A silent terminal that is declared lost: its open leases end now, and it is shut out when
    /// it sells from them all the same. Without it, the leases of slots that have begun end.
    #[schema(minimum = 1, maximum = 99_999)]
    device: Option<u32>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EndedLeases {
    /// Leases that ended; their unsold places are free again.
    ended: usize,
}

/// Ends leases of a lost terminal, or of slots that have begun.
#[utoipa::path(post, path = "/operator/v1/leases/ended", tag = "leases", request_body = EndLeases,
    responses((status = OK, body = EndedLeases),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn end(
    State(centre): State<Arc<Centre>>,
    body: Bytes,
) -> Result<Json<EndedLeases>, Refusal> {
    let asked: EndLeases = request::json(&body)?;
    let device = asked
        .device
        .map(|device| DeviceId::new(device).ok_or_else(|| Refusal::malformed("device")))
        .transpose()?;
    let ended = apply::ended_by_operator(&centre.engine(), device.map(devices::number)).await?;
    tracing::info!(ended, "leases ended by an operator");
    Ok(Json(EndedLeases { ended }))
}
