//! The high-water marks of devices.

use std::collections::HashSet;

use deadpool_postgres::Transaction;
use jiff::Timestamp;
use wire::signature::KeyId;

use super::record::{epoch_number, seq_number};
use crate::{CentralError, devices};

/// A device's mark, held until the transaction ends.
pub(super) struct Mark {
    /// The sequence number expected next.
    pub(super) next_seq: u64,
}

/// What the device's row said.
pub(super) enum Taken {
    Current(Mark),
    EpochEnded,
    Quarantined,
}

/// A batch that goes on exactly where its device stopped.
#[derive(Clone, Copy)]
pub(super) struct Advance {
    pub(super) key_id: KeyId,
    pub(super) first_seq: u64,
    pub(super) count: u64,
}

/// Moves the marks of all devices whose batch goes on where they stopped; the devices moved are
/// given back. A guarded update takes each row, on any database.
pub(super) async fn advance_all(
    transaction: &Transaction<'_>,
    advances: &[Advance],
    now: Timestamp,
) -> Result<HashSet<i32>, CentralError> {
    let during = "moving terminals' marks";
    if advances.is_empty() {
        return Ok(HashSet::new());
    }
    let mut sorted = advances.to_vec();
    sorted.sort_unstable_by_key(|advance| advance.key_id.device);
    let statement = transaction
        .prepare_cached(
            "UPDATE devices AS device SET next_seq = device.next_seq + moved.count, \
             last_batch_at = $5 \
             FROM unnest($1::integer[], $2::integer[], $3::bigint[], $4::bigint[]) \
             AS moved (device_id, epoch, first_seq, count) \
             WHERE device.device_id = moved.device_id AND device.epoch = moved.epoch \
             AND device.next_seq = moved.first_seq AND device.quarantined_at IS NULL \
             RETURNING device.device_id",
        )
        .await
        .map_err(CentralError::database(during))?;
    let column = |value: fn(&Advance) -> i64| sorted.iter().map(value).collect::<Vec<_>>();
    let device_ids: Vec<i32> = sorted
        .iter()
        .map(|advance| devices::number(advance.key_id.device))
        .collect();
    let epochs: Vec<i32> = sorted
        .iter()
        .map(|advance| epoch_number(advance.key_id.epoch))
        .collect();
    let rows = transaction
        .query(
            &statement,
            &[
                &device_ids,
                &epochs,
                &column(|advance| seq_number(advance.first_seq)),
                &column(|advance| seq_number(advance.count)),
                &now,
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Takes one device's row: an update holds it against every other batch of the same device.
pub(super) async fn take(
    transaction: &Transaction<'_>,
    key_id: KeyId,
    now: Timestamp,
) -> Result<Taken, CentralError> {
    let during = "taking a terminal's row";
    let device = devices::number(key_id.device);
    let statement = transaction
        .prepare_cached(
            "UPDATE devices SET last_batch_at = $2 WHERE device_id = $1 \
             RETURNING epoch, next_seq, quarantined_at IS NOT NULL",
        )
        .await
        .map_err(CentralError::database(during))?;
    let row = transaction
        .query_one(&statement, &[&device, &now])
        .await
        .map_err(CentralError::database(during))?;
    if row.get::<_, i32>(0).unsigned_abs() != key_id.epoch {
        return Ok(Taken::EpochEnded);
    }
    if row.get(2) {
        return Ok(Taken::Quarantined);
    }
    Ok(Taken::Current(Mark {
        next_seq: row.get::<_, i64>(1).unsigned_abs(),
    }))
}

/// Shuts a device out until it is enrolled again: it was cloned, rolled back or lies.
pub(super) async fn quarantine(
    transaction: &Transaction<'_>,
    key_id: KeyId,
    reason: &str,
    now: Timestamp,
) -> Result<(), CentralError> {
    let during = "quarantining a terminal";
    let statement = transaction
        .prepare_cached(
            "UPDATE devices SET quarantined_at = $3, quarantine_reason = $4 \
             WHERE device_id = $1 AND epoch = $2 AND quarantined_at IS NULL",
        )
        .await
        .map_err(CentralError::database(during))?;
    transaction
        .execute(
            &statement,
            &[
                &devices::number(key_id.device),
                &epoch_number(key_id.epoch),
                &now,
                &reason,
            ],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database(during))
}
