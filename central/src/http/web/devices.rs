//! `/v1/my/devices`: the apps bound to whoever is signed in (R2), and the end of one that was lost.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wire::problem::Problem;

use crate::http::request::Segment;
use crate::http::session::SignedIn;
use crate::http::{Centre, Refusal};
use crate::{CentralError, app_devices, database};

/// A bound app.
#[derive(Serialize, ToSchema)]
pub(super) struct DeviceLine {
    device: Uuid,
    #[schema(value_type = String, format = DateTime)]
    bound_at: Timestamp,
}

/// The bound apps, the newest first.
#[utoipa::path(get, path = "/v1/my/devices", tag = "my",
    responses((status = OK, body = Vec<DeviceLine>)))]
pub(super) async fn list(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
) -> Result<Json<Vec<DeviceLine>>, Refusal> {
    let client = database::connection(&centre.pool).await?;
    let bound = app_devices::of_person(&client, signed_in.person).await?;
    let line = |(device, bound_at)| DeviceLine { device, bound_at };
    Ok(Json(bound.into_iter().map(line).collect()))
}

/// Ends a binding: from now on that app neither signs in nor is anybody signed in by it.
#[utoipa::path(delete, path = "/v1/my/devices/{device}", tag = "my",
    params(("device" = Uuid, Path)), responses((status = NO_CONTENT, description = "Ended."),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn end(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
    Segment(device): Segment,
) -> Result<StatusCode, Refusal> {
    let during = "ending an app's binding";
    let device = Uuid::try_parse(&device).map_err(|_| Refusal::not_found())?;
    let mut client = database::connection(&centre.pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let now = centre.clock.now();
    if !app_devices::unbind(&transaction, signed_in.person, device, now).await? {
        return Err(Refusal::not_found());
    }
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(StatusCode::NO_CONTENT)
}
