//! The centre's answers: stored durably before an operation counts as done, and the personal fields
//! erased a day later.

use domain::operation::{DeviceId, OperationId, Outcome};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::effect::kind;
use crate::values::{self, milliseconds, outcome_columns, signed};
use crate::{Store, StoreError};

/// How long personal fields stay after the answer was stored.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

impl Store {
    /// Stores answers to operations of one device and epoch, all of them or none. An answer that
    /// comes again takes the older one's place.
    ///
    /// # Errors
    /// [`StoreError::UnknownOperation`], [`StoreError::BookingWithoutNumber`],
    /// [`StoreError::DiskFull`] or [`StoreError::Query`].
    pub async fn store_results(
        &self,
        device: DeviceId,
        epoch: u32,
        results: Vec<(u64, Outcome)>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(move |connection| {
            for (seq, outcome) in &results {
                store(
                    connection,
                    OperationId {
                        device,
                        epoch,
                        seq: *seq,
                    },
                    outcome,
                    at,
                )?;
            }
            Ok(())
        })
        .await
    }

    /// What the centre made of an operation; `None` while it has not answered. An operation that a
    /// newer epoch recorded again has that one's outcome.
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn outcome(&self, id: OperationId) -> Result<Option<Outcome>, StoreError> {
        self.run(move |connection| find(connection, id)).await
    }

    /// Erases the personal fields of every operation whose answer was stored a day or more before
    /// `now`; identity, kind, hashes and outcome stay. Gives how many were erased.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] or [`StoreError::Query`].
    pub async fn erase_answered(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.run(move |connection| erase(connection, now)).await
    }
}

const ACTION: &str = "keep the centre's answers";

fn store(
    connection: &Connection,
    id: OperationId,
    outcome: &Outcome,
    at: Timestamp,
) -> Result<(), StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    let found: Option<(i64, String)> = connection
        .prepare_cached(
            "SELECT position, kind FROM operations
             WHERE device = ?1 AND epoch = ?2 AND seq = ?3 AND outcome IS NOT 'moved'",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![id.device.get(), id.epoch, signed(id.seq)], |row| {
                    row.try_into()
                })
                .optional()
        })
        .map_err(failed)?;
    let (position, operation) = found.ok_or(StoreError::UnknownOperation { seq: id.seq })?;
    if operation == kind::BOOK_SLOT && matches!(outcome, Outcome::Applied { number: None }) {
        return Err(StoreError::BookingWithoutNumber { seq: id.seq });
    }
    let (text, detail) = outcome_columns(outcome);
    connection
        .prepare_cached(
            // The first answer's time stays: a repeated one must not keep personal data longer.
            "UPDATE operations SET outcome = ?2, detail = ?3,
             answered_at = coalesce(answered_at, ?4) WHERE position = ?1",
        )
        .and_then(|mut statement| {
            statement.execute(params![position, text, detail, milliseconds(at)])
        })
        .map_err(failed)?;
    if matches!(outcome, Outcome::Rejected(_) | Outcome::Superseded) {
        // A slip the centre did not take is none: the order may get another, or shows the centre's.
        connection
            .prepare_cached("DELETE FROM pickup_slips WHERE operation = ?1")
            .and_then(|mut statement| statement.execute([position]))
            .map_err(failed)?;
    }
    Ok(())
}

fn find(connection: &Connection, id: OperationId) -> Result<Option<Outcome>, StoreError> {
    let row: Option<(Option<String>, Option<String>)> = connection
        .prepare_cached(
            "SELECT coalesce(m.outcome, o.outcome), coalesce(m.detail, o.detail)
             FROM operations o LEFT JOIN operations m ON m.position = o.moved_to
             WHERE o.device = ?1 AND o.epoch = ?2 AND o.seq = ?3",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![id.device.get(), id.epoch, signed(id.seq)], |row| {
                    row.try_into()
                })
                .optional()
        })
        .map_err(StoreError::query(ACTION))?;
    row.map_or(Ok(None), |(outcome, detail)| {
        values::outcome(outcome.as_deref(), detail.as_deref())
    })
}

fn erase(connection: &Connection, now: Timestamp) -> Result<u64, StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    let before = now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
    let due = "SELECT position FROM operations WHERE payload IS NOT NULL AND answered_at <= ?1";
    for sql in [
        format!("DELETE FROM willingness WHERE operation IN ({due})"),
        format!("DELETE FROM bookings WHERE operation IN ({due})"),
    ] {
        connection
            .execute(&sql, [milliseconds(before)])
            .map_err(failed)?;
    }
    let erased = connection
        .execute(
            "UPDATE operations SET payload = NULL, person = NULL
             WHERE payload IS NOT NULL AND answered_at <= ?1",
            [milliseconds(before)],
        )
        .map_err(failed)?;
    // While its order is held here, an order keeps its slip: there must never be a second (M14).
    connection
        .execute(
            "DELETE FROM pickup_slips WHERE order_number NOT IN (SELECT number FROM orders)
             AND operation IN (SELECT position FROM operations WHERE payload IS NULL)",
            [],
        )
        .map_err(failed)?;
    Ok(u64::try_from(erased).unwrap_or(u64::MAX))
}
