//! Columns to domain values and back.

use domain::operation::{BookingNumber, DeviceId, OperationId, Outcome, Rejection};
use jiff::Timestamp;

use crate::StoreError;

/// A moment as a column.
pub(crate) fn milliseconds(moment: Timestamp) -> i64 {
    moment.as_millisecond()
}

/// A column as a moment.
pub(crate) fn moment(
    milliseconds: i64,
    table: &'static str,
    column: &'static str,
) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| StoreError::Row { table, column })
}

/// An unsigned number as a column; `seq` and versions stay far below the limit.
pub(crate) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A column as an unsigned number; the schema keeps it from being negative.
pub(crate) fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

/// Three columns as an identity.
pub(crate) fn operation_id(device: u32, epoch: u32, seq: i64) -> Result<OperationId, StoreError> {
    Ok(OperationId {
        device: DeviceId::new(device).ok_or(StoreError::Row {
            table: "operations",
            column: "device",
        })?,
        epoch,
        seq: unsigned(seq),
    })
}

/// An outcome as the columns `outcome` and `detail`.
pub(crate) fn outcome_columns(outcome: &Outcome) -> (&'static str, Option<&str>) {
    match outcome {
        Outcome::Applied { number } => ("applied", number.as_ref().map(BookingNumber::as_str)),
        Outcome::Rejected(reason) => ("rejected", Some(reason.code())),
        Outcome::Pending => ("pending", None),
        Outcome::Superseded => ("superseded", None),
    }
}

/// The columns `outcome` and `detail` as an outcome; `None` while unanswered, and for an operation
/// that a newer epoch recorded again.
pub(crate) fn outcome(
    outcome: Option<&str>,
    detail: Option<&str>,
) -> Result<Option<Outcome>, StoreError> {
    let bad = |column| StoreError::Row {
        table: "operations",
        column,
    };
    Ok(match outcome {
        None | Some("moved") => None,
        Some("applied") => Some(Outcome::Applied {
            number: detail
                .map(|text| BookingNumber::parse(text).ok_or(bad("detail")))
                .transpose()?,
        }),
        Some("rejected") => Some(Outcome::Rejected(
            detail.and_then(Rejection::from_code).ok_or(bad("detail"))?,
        )),
        Some("pending") => Some(Outcome::Pending),
        Some("superseded") => Some(Outcome::Superseded),
        Some(_) => return Err(bad("outcome")),
    })
}
