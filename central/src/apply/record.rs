//! The operations as the centre keeps them, each with its answer.

use deadpool_postgres::Transaction;
use domain::operation::{BookingNumber, OperationBody, Outcome};
use jiff::Timestamp;
use uuid::Uuid;
use wire::operation::{OutcomeMessage, ResultMessage};
use wire::signature::KeyId;

use super::Received;
use crate::{CentralError, devices};

/// What the records say of operations that arrived before.
pub(super) enum Repeated {
    /// The same bytes: the same answers.
    Same(Vec<ResultMessage>),
    /// Other bytes under a used number.
    Differs,
}

/// The stored answers of operations under the high-water mark, in order.
pub(super) async fn stored_results(
    transaction: &Transaction<'_>,
    key_id: KeyId,
    repeated: &[Received],
) -> Result<Repeated, CentralError> {
    let (Some(first), Some(last)) = (repeated.first(), repeated.last()) else {
        return Ok(Repeated::Same(Vec::new()));
    };
    let during = "reading stored results";
    let statement = transaction
        .prepare_cached(
            "SELECT hash, outcome, reason, number FROM operations \
             WHERE device_id = $1 AND epoch = $2 AND seq BETWEEN $3 AND $4 ORDER BY seq",
        )
        .await
        .map_err(CentralError::database(during))?;
    let rows = transaction
        .query(
            &statement,
            &[
                &devices::number(key_id.device),
                &epoch_number(key_id.epoch),
                &seq_number(first.operation.id.seq),
                &seq_number(last.operation.id.seq),
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    let stored = || CentralError::Stored { what: "operation" };
    if rows.len() != repeated.len() {
        return Err(stored());
    }
    let mut results = Vec::with_capacity(rows.len());
    for (row, item) in rows.iter().zip(repeated) {
        if row.get::<_, &[u8]>(0) != item.hash {
            return Ok(Repeated::Differs);
        }
        let outcome = read_outcome(row.get(1), row.get(2), row.get(3)).ok_or_else(stored)?;
        results.push(ResultMessage {
            seq: item.operation.id.seq,
            hash: hexadecimal(&item.hash),
            outcome,
        });
    }
    Ok(Repeated::Same(results))
}

/// Keeps an operation with its answer.
pub(super) async fn keep(
    transaction: &Transaction<'_>,
    item: &Received,
    outcome: &Outcome,
    now: Timestamp,
) -> Result<(), CentralError> {
    let during = "keeping an operation";
    let statement = transaction
        .prepare_cached(
            "INSERT INTO operations (device_id, epoch, seq, hash, key, kind, payload, \
             recorded_at, received_at, outcome, reason, number) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .await
        .map_err(CentralError::database(during))?;
    let (word, reason, number) = words(outcome);
    let id = item.operation.id;
    transaction
        .execute(
            &statement,
            &[
                &devices::number(id.device),
                &epoch_number(id.epoch),
                &seq_number(id.seq),
                &item.hash.as_slice(),
                &Uuid::from_u128(item.operation.key),
                &kind(&item.operation.body),
                &item.payload,
                &item.operation.recorded_at,
                &now,
                &word,
                &reason,
                &number,
            ],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database(during))
}

/// An outcome as three columns: the word, the reason of a "no", the number of a booking.
pub(super) fn words(outcome: &Outcome) -> (&'static str, Option<&'static str>, Option<&str>) {
    match outcome {
        Outcome::Applied { number } => {
            ("applied", None, number.as_ref().map(BookingNumber::as_str))
        }
        Outcome::Rejected(reason) => ("rejected", Some(reason.code()), None),
        Outcome::Pending => ("pending", None, None),
        Outcome::Superseded => ("superseded", None, None),
    }
}

/// The outcome three columns hold; `None` for what [`words`] never gives.
pub(super) fn read_outcome(
    word: &str,
    reason: Option<String>,
    number: Option<String>,
) -> Option<OutcomeMessage> {
    Some(match word {
        "applied" => OutcomeMessage::Applied { number },
        "rejected" => OutcomeMessage::Rejected { reason: reason? },
        "pending" => OutcomeMessage::Pending,
        "superseded" => OutcomeMessage::Superseded,
        _ => return None,
    })
}

/// A hash as 64 hexadecimal digits.
pub(crate) fn hexadecimal(hash: &[u8]) -> String {
    use std::fmt::Write as _;
    hash.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(super) fn kind(body: &OperationBody) -> &'static str {
    match body {
        OperationBody::SetWillingness(_) => "set-willingness",
        OperationBody::CancelWillingness { .. } => "cancel-willingness",
        OperationBody::BookSlot(_) => "book-slot",
        OperationBody::IssuePickupSlip { .. } => "issue-pickup-slip",
    }
}

fn epoch_number(epoch: u32) -> i32 {
    i32::try_from(epoch).unwrap_or(i32::MAX)
}

fn seq_number(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
