//! The print journal: which slips are due, being printed, out or stopped, and how often each was
//! started, so that a copy is always marked 補印 with its count (M14).

use domain::PersonNumber;
use domain::operation::{Operation, OperationBody, OperationId};
use domain::pickup::PickupNumber;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::values::{milliseconds, moment, operation_id, signed};
use crate::{Store, StoreError};

/// A slip's number in the journal of this disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlipId(pub(crate) i64);

/// A slip of the journal. What it says is made again from what stands; the journal only counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalSlip {
    /// Its number.
    pub id: SlipId,
    /// The operation it is about; `None` for a test slip.
    pub operation: Option<OperationId>,
    /// Its kind.
    pub kind: SlipKind,
    /// How far its printing came.
    pub state: SlipState,
    /// How often printing it was started: the count on its next print, 0 for the first.
    pub starts: u32,
    /// When the state last changed.
    pub changed_at: Timestamp,
}

/// The kinds of slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SlipKind {
    /// A booking, confirmed or pending.
    Booking,
    /// A willingness entry.
    Willingness,
    /// A mask pickup slip.
    Pickup,
    /// A technician's test.
    Test,
}

/// How far a slip's printing came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SlipState {
    /// Not begun.
    Due,
    /// Under way.
    Printing,
    /// Out, as surely as the printer can tell.
    Printed(Grade),
    /// Stopped; `cleared` where the printer proved that it forgot the rest.
    Stopped {
        /// Whether nothing more can come out of that print.
        cleared: bool,
    },
    /// The terminal stopped while it was printing: nobody knows.
    Uncertain,
}

/// How sure it is that there is paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// The bytes were taken.
    Sent,
    /// The printer answered after them.
    Answered,
    /// The printer said that they are on paper.
    Printed,
}

impl Store {
    /// The slip of an operation; found under an older epoch's identity too.
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn slip_of(&self, id: OperationId) -> Result<Option<JournalSlip>, StoreError> {
        self.run(move |connection| {
            select(
                connection,
                "WHERE s.operation = (SELECT coalesce(moved_to, position) FROM operations
                 WHERE device = ?1 AND epoch = ?2 AND seq = ?3)",
                params![id.device.get(), id.epoch, signed(id.seq)],
            )
            .map(|slips| slips.into_iter().next())
        })
        .await
    }

    /// The slips of a person's operations that are not surely out, the newest first: what to offer
    /// at the next insertion.
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn slips_of_person(
        &self,
        person: PersonNumber,
        other: Option<PersonNumber>,
    ) -> Result<Vec<JournalSlip>, StoreError> {
        self.run(move |connection| {
            select(
                connection,
                "WHERE s.state <> 'printed' AND s.operation IN
                 (SELECT position FROM operations WHERE person = ?1 OR person = ?2)
                 ORDER BY s.id DESC",
                params![person.reveal(), other.as_ref().map(PersonNumber::reveal)],
            )
        })
        .await
    }

    /// Adds a technician's test slip.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] or [`StoreError::Query`].
    pub async fn add_test_slip(&self, at: Timestamp) -> Result<SlipId, StoreError> {
        self.run(move |connection| insert(connection, None, SlipKind::Test, at))
            .await
    }

    /// Printing begins. Gives the count to put on this paper: 0 for the first print, else 補印.
    ///
    /// # Errors
    /// [`StoreError::SlipState`] where there is no such slip or it is being printed.
    pub async fn slip_started(&self, slip: SlipId, at: Timestamp) -> Result<u32, StoreError> {
        self.run(move |connection| {
            change(
                connection,
                slip,
                "started",
                "state = 'printing', grade = NULL, cleared = 0, starts = starts + 1,
                 changed_at = ?2 WHERE id = ?1 AND state <> 'printing'",
                params![slip.0, milliseconds(at)],
            )?;
            starts(connection, slip).map(|starts| starts.saturating_sub(1))
        })
        .await
    }

    /// Printing ended.
    ///
    /// # Errors
    /// [`StoreError::SlipState`] where it was not being printed.
    pub async fn slip_finished(
        &self,
        slip: SlipId,
        grade: Grade,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(move |connection| {
            change(
                connection,
                slip,
                "finished",
                "state = 'printed', grade = ?3, changed_at = ?2 WHERE id = ?1 AND state = 'printing'",
                params![slip.0, milliseconds(at), grade.code()],
            )
        })
        .await
    }

    /// Printing stopped; `cleared` where the printer proved that it forgot the rest.
    ///
    /// # Errors
    /// [`StoreError::SlipState`] where it was not being printed.
    pub async fn slip_stopped(
        &self,
        slip: SlipId,
        cleared: bool,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(move |connection| {
            change(
                connection,
                slip,
                "stopped",
                "state = 'stopped', cleared = ?3, changed_at = ?2 WHERE id = ?1 AND state = 'printing'",
                params![slip.0, milliseconds(at), cleared],
            )
        })
        .await
    }

    /// The count the slip's next print would carry: 0 where it was never started.
    ///
    /// # Errors
    /// [`StoreError::SlipState`] where there is no such slip.
    pub async fn reprint_due(&self, slip: SlipId) -> Result<u32, StoreError> {
        self.run(move |connection| starts(connection, slip)).await
    }
}

const ACTION: &str = "keep the print journal";

impl SlipKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Booking => "booking",
            Self::Willingness => "willingness",
            Self::Pickup => "pickup",
            Self::Test => "test",
        }
    }
}

impl Grade {
    const fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Answered => "answered",
            Self::Printed => "printed",
        }
    }
}

/// The slip that an operation makes due, if its kind gives one.
pub(crate) fn add_due(
    connection: &Connection,
    position: i64,
    operation: &Operation,
) -> Result<(), StoreError> {
    let kind = match operation.body {
        OperationBody::SetWillingness(_) => SlipKind::Willingness,
        OperationBody::BookSlot(_) => SlipKind::Booking,
        OperationBody::IssuePickupSlip { .. } => SlipKind::Pickup,
        OperationBody::CancelWillingness { .. } => return Ok(()),
    };
    insert(connection, Some(position), kind, operation.recorded_at).map(drop)
}

/// The journal's slip of an order's pickup slip, where it was given out here.
pub(crate) fn of_pickup(
    connection: &Connection,
    order: &PickupNumber,
) -> Result<Option<JournalSlip>, StoreError> {
    select(
        connection,
        "WHERE s.operation = (SELECT operation FROM pickup_slips WHERE order_number = ?1)",
        params![order.reveal()],
    )
    .map(|slips| slips.into_iter().next())
}

/// Slips found half printed at start-up become uncertain; gives how many.
pub(crate) fn recover(connection: &Connection, at: Timestamp) -> Result<u64, StoreError> {
    connection
        .execute(
            "UPDATE slips SET state = 'uncertain', changed_at = ?1 WHERE state = 'printing'",
            [milliseconds(at)],
        )
        .map(|count| u64::try_from(count).unwrap_or(u64::MAX))
        .map_err(StoreError::query(ACTION))
}

fn insert(
    connection: &Connection,
    operation: Option<i64>,
    kind: SlipKind,
    at: Timestamp,
) -> Result<SlipId, StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO slips (operation, kind, state, changed_at) VALUES (?1, ?2, 'due', ?3)",
        )
        .and_then(|mut statement| {
            statement.insert(params![operation, kind.code(), milliseconds(at)])
        })
        .map(SlipId)
        .map_err(StoreError::query(ACTION))
}

fn change(
    connection: &Connection,
    slip: SlipId,
    verb: &'static str,
    set: &str,
    parameters: impl rusqlite::Params,
) -> Result<(), StoreError> {
    let changed = connection
        .prepare_cached(&format!("UPDATE slips SET {set}"))
        .and_then(|mut statement| statement.execute(parameters))
        .map_err(StoreError::query(ACTION))?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::SlipState { slip: slip.0, verb })
    }
}

fn starts(connection: &Connection, slip: SlipId) -> Result<u32, StoreError> {
    connection
        .prepare_cached("SELECT starts FROM slips WHERE id = ?1")
        .and_then(|mut statement| statement.query_row([slip.0], |row| row.get(0)).optional())
        .map_err(StoreError::query(ACTION))?
        .ok_or(StoreError::SlipState {
            slip: slip.0,
            verb: "found",
        })
}

fn select(
    connection: &Connection,
    clause: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<JournalSlip>, StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    let mut statement = connection
        .prepare_cached(&format!(
            "SELECT s.id, o.device, o.epoch, o.seq, s.kind, s.state, s.grade, s.cleared, s.starts,
             s.changed_at FROM slips s LEFT JOIN operations o ON o.position = s.operation {clause}"
        ))
        .map_err(failed)?;
    let mut rows = statement.query(parameters).map_err(failed)?;
    let mut slips = Vec::new();
    while let Some(row) = rows.next().map_err(failed)? {
        slips.push(read(row)?);
    }
    Ok(slips)
}

fn read(row: &Row<'_>) -> Result<JournalSlip, StoreError> {
    fn column<T: rusqlite::types::FromSql>(row: &Row<'_>, index: usize) -> Result<T, StoreError> {
        row.get(index).map_err(StoreError::query(ACTION))
    }
    let bad = |column| StoreError::Row {
        table: "slips",
        column,
    };
    let device: Option<u32> = column(row, 1)?;
    let operation = device
        .map(|device| operation_id(device, column(row, 2)?, column(row, 3)?))
        .transpose()?;
    let kind = match column::<String>(row, 4)?.as_str() {
        "booking" => SlipKind::Booking,
        "willingness" => SlipKind::Willingness,
        "pickup" => SlipKind::Pickup,
        "test" => SlipKind::Test,
        _ => return Err(bad("kind")),
    };
    let grade: Option<String> = column(row, 6)?;
    let state = match (column::<String>(row, 5)?.as_str(), grade.as_deref()) {
        ("due", _) => SlipState::Due,
        ("printing", _) => SlipState::Printing,
        ("printed", Some("sent")) => SlipState::Printed(Grade::Sent),
        ("printed", Some("answered")) => SlipState::Printed(Grade::Answered),
        ("printed", Some("printed")) => SlipState::Printed(Grade::Printed),
        ("stopped", _) => SlipState::Stopped {
            cleared: column(row, 7)?,
        },
        ("uncertain", _) => SlipState::Uncertain,
        _ => return Err(bad("state")),
    };
    Ok(JournalSlip {
        id: SlipId(column(row, 0)?),
        operation,
        kind,
        state,
        starts: column(row, 8)?,
        changed_at: moment(column(row, 9)?, "slips", "changed_at")?,
    })
}
