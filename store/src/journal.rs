//! The print journal: which slips are due, being printed, out or stopped, and how often each was
//! started, so that a copy is always marked 補印 with its count (M14).

use domain::PersonNumber;
use domain::operation::OperationId;
use domain::visit::PrintGrade;
use jiff::Timestamp;
use rusqlite::params;

use crate::journal_rows::{change, grade_code, insert, select, starts};
use crate::values::{milliseconds, signed};
use crate::{Store, StoreError};

/// A slip's number in the journal of this disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlipId(pub(crate) i64);

impl SlipId {
    /// The bare number, never that of another slip on this disk.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0.unsigned_abs()
    }
}

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
    Printed(PrintGrade),
    /// Stopped; `cleared` where the printer proved that it forgot the rest.
    Stopped {
        /// Whether nothing more can come out of that print.
        cleared: bool,
    },
    /// The terminal stopped while it was printing: nobody knows.
    Uncertain,
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

    /// The slips whose printing began and whose end nobody noted: at start-up, those under way when the
    /// terminal stopped. To be asked for before [`Store::begin_run`] makes them uncertain.
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn slips_printing(&self) -> Result<Vec<JournalSlip>, StoreError> {
        self.run(move |connection| select(connection, "WHERE s.state = 'printing'", params![]))
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
        grade: PrintGrade,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(move |connection| {
            change(
                connection,
                slip,
                "finished",
                "state = 'printed', grade = ?3, changed_at = ?2 WHERE id = ?1 AND state = 'printing'",
                params![slip.0, milliseconds(at), grade_code(grade)],
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
