//! The rows of the print journal.

use domain::operation::{Operation, OperationBody};
use domain::pickup::PickupNumber;
use domain::visit::PrintGrade;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::StoreError;
use crate::journal::{JournalSlip, SlipId, SlipKind, SlipState};
use crate::values::{milliseconds, moment, operation_id};

const ACTION: &str = "keep the print journal";

impl SlipKind {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Booking => "booking",
            Self::Willingness => "willingness",
            Self::Pickup => "pickup",
            Self::Test => "test",
        }
    }
}

pub(crate) const fn grade_code(grade: PrintGrade) -> &'static str {
    match grade {
        PrintGrade::Sent => "sent",
        PrintGrade::Answered => "answered",
        PrintGrade::Printed => "printed",
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
        OperationBody::CancelWillingness { .. }
        | OperationBody::CancelBooking { .. }
        | OperationBody::RegisterCard(_)
        | OperationBody::OrderMasks(_)
        | OperationBody::SellMasks(_)
        | OperationBody::RedeemSlip { .. } => return Ok(()),
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

pub(crate) fn insert(
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

pub(crate) fn change(
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

pub(crate) fn starts(connection: &Connection, slip: SlipId) -> Result<u32, StoreError> {
    connection
        .prepare_cached("SELECT starts FROM slips WHERE id = ?1")
        .and_then(|mut statement| statement.query_row([slip.0], |row| row.get(0)).optional())
        .map_err(StoreError::query(ACTION))?
        .ok_or(StoreError::SlipState {
            slip: slip.0,
            verb: "found",
        })
}

pub(crate) fn select(
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
        ("printed", Some("sent")) => SlipState::Printed(PrintGrade::Sent),
        ("printed", Some("answered")) => SlipState::Printed(PrintGrade::Answered),
        ("printed", Some("printed")) => SlipState::Printed(PrintGrade::Printed),
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
