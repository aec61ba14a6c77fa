//! The outbox: what the centre has not answered yet, in order.

use domain::operation::{OperationId, Outcome};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::values::{self, moment, operation_id, signed, unsigned};
use crate::{Store, StoreError, identity};

/// An operation to send: the same bytes on every try.
#[derive(Clone, PartialEq, Eq)]
pub struct Unsent {
    /// Its identity.
    pub id: OperationId,
    /// Its bytes.
    pub payload: String,
    /// Their SHA-256.
    pub hash: [u8; 32],
}

/// How the outbox is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxStatus {
    /// Operations not answered yet.
    pub depth: u64,
    /// When the oldest of them was recorded.
    pub oldest: Option<Timestamp>,
    /// Operations the centre refused, since the terminal's first day.
    pub rejected: u64,
    /// When an answer was last stored.
    pub last_answered: Option<Timestamp>,
}

/// A line for a technician: nothing personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationLine {
    /// Its identity.
    pub id: OperationId,
    /// Its kind, for example `book-slot`.
    pub kind: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// What the centre made of it.
    pub outcome: Option<Outcome>,
    /// The operation of a newer epoch that took its place.
    pub moved_to: Option<OperationId>,
}

impl Store {
    /// The oldest unanswered operations of the current epoch, in order, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::NotEnrolled`] or [`StoreError::Query`].
    pub async fn unsent(&self, limit: u32) -> Result<Vec<Unsent>, StoreError> {
        self.run(move |connection| select(connection, "outcome IS NULL", 0, limit))
            .await
    }

    /// The operations of the current epoch from this sequence number on, answered or not: what the
    /// centre asks for when it knows fewer than this terminal thinks it does.
    ///
    /// # Errors
    /// [`StoreError::Erased`] where the bytes of one of them are gone; [`StoreError::NotEnrolled`]
    /// or [`StoreError::Query`].
    pub async fn operations_from(&self, seq: u64, limit: u32) -> Result<Vec<Unsent>, StoreError> {
        self.run(move |connection| select(connection, "1", seq, limit))
            .await
    }

    /// How the outbox is.
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn outbox_status(&self) -> Result<OutboxStatus, StoreError> {
        self.run(status).await
    }

    /// The newest operations, the newest first, without personal data.
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn list_operations(&self, limit: u32) -> Result<Vec<OperationLine>, StoreError> {
        self.run(move |connection| list(connection, limit)).await
    }
}

const ACTION: &str = "read the outbox";

/// How many operations wait for an answer.
pub(crate) fn unanswered(connection: &Connection) -> Result<u64, StoreError> {
    connection
        .prepare_cached("SELECT count(*) FROM operations WHERE outcome IS NULL")
        .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
        .map(unsigned)
        .map_err(StoreError::query(ACTION))
}

fn select(
    connection: &Connection,
    condition: &str,
    from_seq: u64,
    limit: u32,
) -> Result<Vec<Unsent>, StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    let enrolment = identity::current(connection)?.enrolment;
    let mut statement = connection
        .prepare_cached(&format!(
            "SELECT seq, payload, hash FROM operations
             WHERE {condition} AND device = ?1 AND epoch = ?2 AND seq >= ?3 ORDER BY seq LIMIT ?4"
        ))
        .map_err(failed)?;
    let mut rows = statement
        .query(params![
            enrolment.device.get(),
            enrolment.epoch,
            signed(from_seq),
            limit
        ])
        .map_err(failed)?;
    let mut operations = Vec::new();
    while let Some(row) = rows.next().map_err(failed)? {
        let seq = unsigned(row.get(0).map_err(failed)?);
        let payload: Option<String> = row.get(1).map_err(failed)?;
        operations.push(Unsent {
            id: OperationId {
                device: enrolment.device,
                epoch: enrolment.epoch,
                seq,
            },
            payload: payload.ok_or(StoreError::Erased { seq })?,
            hash: row.get(2).map_err(failed)?,
        });
    }
    Ok(operations)
}

fn status(connection: &Connection) -> Result<OutboxStatus, StoreError> {
    type Row = (Option<i64>, i64, Option<i64>);
    let (oldest, rejected, last_answered): Row = connection
        .prepare_cached(
            "SELECT (SELECT min(recorded_at) FROM operations WHERE outcome IS NULL),
             (SELECT count(*) FROM operations WHERE outcome = 'rejected'),
             (SELECT max(answered_at) FROM operations WHERE outcome IS NOT 'moved')",
        )
        .and_then(|mut statement| {
            statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        })
        .map_err(StoreError::query(ACTION))?;
    let time = |column: Option<i64>, name| {
        column
            .map(|milliseconds| moment(milliseconds, "operations", name))
            .transpose()
    };
    Ok(OutboxStatus {
        depth: unanswered(connection)?,
        oldest: time(oldest, "recorded_at")?,
        rejected: unsigned(rejected),
        last_answered: time(last_answered, "answered_at")?,
    })
}

fn list(connection: &Connection, limit: u32) -> Result<Vec<OperationLine>, StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    let mut statement = connection
        .prepare_cached(
            "SELECT o.device, o.epoch, o.seq, o.kind, o.recorded_at, o.outcome, o.detail,
             m.device, m.epoch, m.seq
             FROM operations o LEFT JOIN operations m ON m.position = o.moved_to
             ORDER BY o.position DESC LIMIT ?1",
        )
        .map_err(failed)?;
    let mut rows = statement.query([limit]).map_err(failed)?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next().map_err(failed)? {
        let id = |first: usize| -> Result<Option<OperationId>, StoreError> {
            let device: Option<u32> = row.get(first).map_err(failed)?;
            device
                .map(|device| {
                    operation_id(
                        device,
                        row.get(first + 1).map_err(failed)?,
                        row.get(first + 2).map_err(failed)?,
                    )
                })
                .transpose()
        };
        let outcome: Option<String> = row.get(5).map_err(failed)?;
        let detail: Option<String> = row.get(6).map_err(failed)?;
        lines.push(OperationLine {
            id: id(0)?.ok_or(StoreError::Row {
                table: "operations",
                column: "device",
            })?,
            kind: row.get(3).map_err(failed)?,
            recorded_at: moment(row.get(4).map_err(failed)?, "operations", "recorded_at")?,
            outcome: values::outcome(outcome.as_deref(), detail.as_deref())?,
            moved_to: id(7)?,
        });
    }
    Ok(lines)
}
