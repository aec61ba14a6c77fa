//! `GET /operator/v1/slots/{site}`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use wire::problem::Problem;

use crate::http::request::Segment;
use crate::http::{Centre, Refusal};
use crate::{CentralError, database};

/// A slot as an operator sees it: booked + leased + remaining = capacity.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SlotLine {
    round: String,
    slot: String,
    capacity: i32,
    booked: i32,
    leased: i32,
    remaining: i32,
}

/// The places of each slot of a site.
#[utoipa::path(get, path = "/operator/v1/slots/{site}", tag = "slots",
    params(("site" = String, Path)),
    responses((status = OK, body = Vec<SlotLine>),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn slots(
    State(centre): State<Arc<Centre>>,
    Segment(site): Segment,
) -> Result<Json<Vec<SlotLine>>, Refusal> {
    let client = database::connection(&centre.pool).await?;
    let rows = client
        .query(
            "SELECT round_id, slot_id, capacity, booked, leased, remaining FROM slots \
             WHERE site_id = $1 ORDER BY round_id, slot_id",
            &[&site],
        )
        .await
        .map_err(CentralError::database("listing slots"))?;
    if rows.is_empty() {
        return Err(Refusal::not_found());
    }
    let lines = rows
        .iter()
        .map(|row| SlotLine {
            round: row.get(0),
            slot: row.get(1),
            capacity: row.get(2),
            booked: row.get(3),
            leased: row.get(4),
            remaining: row.get(5),
        })
        .collect();
    Ok(Json(lines))
}
