//! The high-water mark of a device.

use deadpool_postgres::Transaction;
use jiff::Timestamp;
use wire::signature::KeyId;

use crate::{CentralError, devices};

/// The device's row, held until the transaction ends.
pub(super) struct Mark {
    device: i32,
    /// The sequence number expected next.
    pub(super) next_seq: u64,
}

/// What the device's row said.
pub(super) enum Taken {
    Current(Mark),
    EpochEnded,
    Quarantined,
}

/// Takes the device's row: an update holds it against every other batch of the same device, on
/// any database.
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
        device,
        next_seq: row.get::<_, i64>(1).unsigned_abs(),
    }))
}

impl Mark {
    /// Moves the mark, in the transaction that applied what lies under it.
    pub(super) async fn advance(
        &self,
        transaction: &Transaction<'_>,
        next_seq: u64,
    ) -> Result<(), CentralError> {
        if next_seq == self.next_seq {
            return Ok(());
        }
        let during = "moving a terminal's mark";
        let next_seq = i64::try_from(next_seq).unwrap_or(i64::MAX);
        let statement = transaction
            .prepare_cached("UPDATE devices SET next_seq = $2 WHERE device_id = $1")
            .await
            .map_err(CentralError::database(during))?;
        transaction
            .execute(&statement, &[&self.device, &next_seq])
            .await
            .map(|_| ())
            .map_err(CentralError::database(during))
    }

    /// Shuts the device out until it is enrolled again: it was cloned or rolled back.
    pub(super) async fn quarantine(
        &self,
        transaction: &Transaction<'_>,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), CentralError> {
        transaction
            .execute(
                "UPDATE devices SET quarantined_at = $2, quarantine_reason = $3 \
                 WHERE device_id = $1",
                &[&self.device, &now, &reason],
            )
            .await
            .map(|_| ())
            .map_err(CentralError::database("quarantining a terminal"))
    }
}
