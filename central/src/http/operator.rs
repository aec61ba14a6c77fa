//! What an operator may read, on an address and with a token of its own. Nothing personal.

use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::http::header;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::request::Segment;
use super::{Centre, Refusal, surrounded};
use crate::apply::hexadecimal;
use crate::{CentralError, database};

/// Operations an answer holds at most.
const OPERATIONS_MAX: i64 = 10_000;

/// The operator's endpoints: `/operator/v1/operations`, `/operator/v1/slots/{site}`,
/// `/operator/v1/counts`, each with `Authorization: Bearer TOKEN`.
pub fn router(centre: Arc<Centre>, token: &str) -> Router {
    let expected = Sha256::digest(token.as_bytes());
    let gate = middleware::from_fn(move |request: Request, next: Next| async move {
        let token = request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
            .unwrap_or_default();
        // Hashes are compared, so that the time taken says nothing of the token.
        if Sha256::digest(token.as_bytes()) == expected {
            next.run(request).await
        } else {
            Refusal::not_authentic("The operator's token is missing or wrong.").into_response()
        }
    });
    let router = Router::new()
        .route("/operator/v1/operations", get(operations))
        .route("/operator/v1/slots/{site}", get(slots))
        .route("/operator/v1/counts", get(counts))
        .route_layer(gate);
    surrounded(router, centre)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OperationsQuery {
    device: Option<i32>,
}

/// An operation as an operator sees it.
#[derive(Debug, Serialize)]
struct OperationLine {
    device: i32,
    epoch: i32,
    seq: i64,
    kind: String,
    outcome: String,
    reason: Option<String>,
    hash: String,
    received_at: Timestamp,
}

async fn operations(
    State(centre): State<Arc<Centre>>,
    query: Result<Query<OperationsQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::malformed("device"))?;
    let client = database::connection(&centre.pool).await?;
    let rows = client
        .query(
            "SELECT device_id, epoch, seq, kind, outcome, reason, hash, received_at \
             FROM operations WHERE $1::integer IS NULL OR device_id = $1 \
             ORDER BY device_id, epoch, seq LIMIT $2",
            &[&query.device, &OPERATIONS_MAX],
        )
        .await
        .map_err(CentralError::database("listing operations"))?;
    let lines: Vec<OperationLine> = rows
        .iter()
        .map(|row| OperationLine {
            device: row.get(0),
            epoch: row.get(1),
            seq: row.get(2),
            kind: row.get(3),
            outcome: row.get(4),
            reason: row.get(5),
            hash: hexadecimal(row.get(6)),
            received_at: row.get(7),
        })
        .collect();
    Ok(Json(lines).into_response())
}

/// A slot as an operator sees it: booked + leased + remaining = capacity.
#[derive(Debug, Serialize)]
struct SlotLine {
    round: String,
    slot: String,
    capacity: i32,
    booked: i32,
    leased: i32,
    remaining: i32,
}

async fn slots(
    State(centre): State<Arc<Centre>>,
    Segment(site): Segment,
) -> Result<Response, Refusal> {
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
    let lines: Vec<SlotLine> = rows
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
    Ok(Json(lines).into_response())
}

/// How many there are of each, and how far the books are off, which must be nothing.
#[derive(Debug, Serialize)]
struct Counts {
    people: i64,
    operations: i64,
    bookings: i64,
    willingness: i64,
    slips: i64,
    devices_quarantined: i64,
    roster_version: i64,
    /// Slots whose booked places are not as many as their bookings.
    slots_off: i64,
    /// Devices whose mark is not one above their last operation.
    marks_off: i64,
}

async fn counts(State(centre): State<Arc<Centre>>) -> Result<Response, Refusal> {
    let client = database::connection(&centre.pool).await?;
    let row = client
        .query_one(
            "SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM operations), \
             (SELECT count(*) FROM bookings), \
             (SELECT count(*) FROM willingness WHERE NOT cancelled), \
             (SELECT count(*) FROM mask_orders WHERE slip IS NOT NULL), \
             (SELECT count(*) FROM devices WHERE quarantined_at IS NOT NULL), \
             (SELECT coalesce(max(version), 0) FROM roster_releases), \
             (SELECT count(*) FROM slots AS slot WHERE slot.booked <> (SELECT count(*) \
                FROM bookings AS booking WHERE booking.site_id = slot.site_id \
                AND booking.round_id = slot.round_id AND booking.slot_id = slot.slot_id)), \
             (SELECT count(*) FROM devices AS device WHERE device.next_seq <> 1 + (SELECT count(*) \
                FROM operations AS operation WHERE operation.device_id = device.device_id \
                AND operation.epoch = device.epoch))",
            &[],
        )
        .await
        .map_err(CentralError::database("counting"))?;
    Ok(Json(Counts {
        people: row.get(0),
        operations: row.get(1),
        bookings: row.get(2),
        willingness: row.get(3),
        slips: row.get(4),
        devices_quarantined: row.get(5),
        roster_version: row.get(6),
        slots_off: row.get(7),
        marks_off: row.get(8),
    })
    .into_response())
}
