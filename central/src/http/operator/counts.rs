//! `GET /operator/v1/counts`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{Centre, Refusal};
use crate::{CentralError, database};

/// How many there are of each, and how far the books are off, which must be nothing.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Counts {
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
    /// Slots whose leased places are not as many as the unsold units of their open leases.
    leases_off: i64,
}

/// How many there are of each, and how far the books are off.
#[utoipa::path(get, path = "/operator/v1/counts", tag = "books",
    responses((status = OK, body = Counts)))]
pub(super) async fn counts(State(centre): State<Arc<Centre>>) -> Result<Json<Counts>, Refusal> {
    let client = database::connection(&centre.pool).await?;
    let row = client
        .query_one(
            "SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM operations), \
             (SELECT count(*) FROM bookings), \
             (SELECT count(*) FROM willingness WHERE NOT cancelled), \
             (SELECT count(*) FROM mask_orders WHERE slip IS NOT NULL), \
             (SELECT count(*) FROM devices WHERE quarantined_at IS NOT NULL), \
             (SELECT coalesce(max(version), 0) FROM roster_releases), \
             (SELECT count(*) FROM slots AS slot LEFT JOIN (SELECT site_id, round_id, slot_id, \
                count(*) AS places FROM bookings GROUP BY site_id, round_id, slot_id) AS held \
                USING (site_id, round_id, slot_id) WHERE slot.booked <> coalesce(held.places, 0)), \
             (SELECT count(*) FROM devices AS device WHERE device.next_seq <> 1 + (SELECT count(*) \
                FROM operations AS operation WHERE operation.device_id = device.device_id \
                AND operation.epoch = device.epoch)), \
             (SELECT count(*) FROM slots AS slot LEFT JOIN (SELECT site_id, round_id, slot_id, \
                sum(units - sold) AS places FROM leases WHERE ended_at IS NULL \
                GROUP BY site_id, round_id, slot_id) AS held \
                USING (site_id, round_id, slot_id) WHERE slot.leased <> coalesce(held.places, 0))",
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
        leases_off: row.get(9),
    }))
}
