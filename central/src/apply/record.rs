//! The operations as the centre keeps them, each with its answer.

use std::collections::HashMap;

use deadpool_postgres::Transaction;
use domain::operation::{BookingNumber, OperationBody, Outcome};
use jiff::Timestamp;
use uuid::Uuid;
use wire::operation::{EncodedOperation, OutcomeMessage, ResultMessage};
use wire::signature::KeyId;

use super::Received;
use super::person::{PersonAct, PersonReply};
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

/// Keeps operations of terminals with their answers, in one statement.
pub(super) async fn keep_all(
    transaction: &Transaction<'_>,
    done: &[(&Received, Outcome)],
    now: Timestamp,
) -> Result<(), CentralError> {
    if done.is_empty() {
        return Ok(());
    }
    let during = "keeping operations";
    let statement = transaction
        .prepare_cached(
            "INSERT INTO operations (device_id, epoch, seq, hash, key, kind, payload, \
             recorded_at, received_at, outcome, reason, number) \
             SELECT device_id, epoch, seq, hash, key, kind, payload, recorded_at, $9, outcome, \
             reason, number \
             FROM unnest($1::integer[], $2::integer[], $3::bigint[], $4::bytea[], $5::uuid[], \
             $6::text[], $7::text[], $8::timestamptz[], $10::text[], $11::text[], $12::text[]) \
             AS row (device_id, epoch, seq, hash, key, kind, payload, recorded_at, outcome, \
             reason, number)",
        )
        .await
        .map_err(CentralError::database(during))?;
    let id = |item: &Received| item.operation.id;
    let said: Vec<_> = done.iter().map(|(_, outcome)| words(outcome)).collect();
    transaction
        .execute(
            &statement,
            &[
                &column(done, |(item, _)| devices::number(id(item).device)),
                &column(done, |(item, _)| epoch_number(id(item).epoch)),
                &column(done, |(item, _)| seq_number(id(item).seq)),
                &column(done, |(item, _)| item.hash.as_slice()),
                &column(done, |(item, _)| Uuid::from_u128(item.operation.key)),
                &column(done, |(item, _)| kind(&item.operation.body)),
                &column(done, |(item, _)| item.payload.as_str()),
                &column(done, |(item, _)| item.operation.recorded_at),
                &now,
                &column(&said, |(word, ..)| *word),
                &column(&said, |(_, reason, _)| *reason),
                &column(&said, |(.., number)| *number),
            ],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database(during))
}

/// What is kept of these people under these keys, with the hash of what was asked.
pub(super) async fn known_of_people(
    transaction: &Transaction<'_>,
    asked: &[(Uuid, Uuid)],
) -> Result<HashMap<(Uuid, Uuid), (Vec<u8>, PersonReply)>, CentralError> {
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let during = "reading people's operations";
    let statement = transaction
        .prepare_cached(
            "SELECT person_id, key, hash, outcome, reason, number, receipt FROM person_operations \
             WHERE person_id = ANY($1) AND key = ANY($2)",
        )
        .await
        .map_err(CentralError::database(during))?;
    let (people, keys): (Vec<Uuid>, Vec<Uuid>) = asked.iter().copied().unzip();
    let rows = transaction
        .query(&statement, &[&people, &keys])
        .await
        .map_err(CentralError::database(during))?;
    let stored = || CentralError::Stored { what: "operation" };
    rows.iter()
        .map(|row| {
            let outcome = read_outcome(row.get(3), row.get(4), row.get(5)).ok_or_else(stored)?;
            let reply = PersonReply {
                outcome: outcome.try_into()?,
                receipt: row.get(6),
            };
            Ok(((row.get(0), row.get(1)), (row.get(2), reply)))
        })
        .collect()
}

/// One operation of a person: what was asked, its bytes, its receipt and its answer.
pub(super) type PersonDone<'a> = (&'a PersonAct, &'a EncodedOperation, String, Outcome);

/// Keeps operations of people with their answers, in one statement.
pub(super) async fn keep_of_people(
    transaction: &Transaction<'_>,
    done: &[PersonDone<'_>],
    now: Timestamp,
) -> Result<(), CentralError> {
    if done.is_empty() {
        return Ok(());
    }
    let during = "keeping people's operations";
    let statement = transaction
        .prepare_cached(
            "INSERT INTO person_operations (person_id, key, channel, kind, hash, payload, outcome, \
             reason, number, receipt, at) \
             SELECT person_id, key, channel, kind, hash, payload, outcome, reason, number, \
             receipt, $11 \
             FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bytea[], $6::text[], \
             $7::text[], $8::text[], $9::text[], $10::text[]) \
             AS row (person_id, key, channel, kind, hash, payload, outcome, reason, number, receipt) \
             ON CONFLICT (person_id, key) DO NOTHING",
        )
        .await
        .map_err(CentralError::database(during))?;
    let said: Vec<_> = done.iter().map(|(.., outcome)| words(outcome)).collect();
    let kept = transaction
        .execute(
            &statement,
            &[
                &column(done, |(act, ..)| act.person),
                &column(done, |(act, ..)| act.key),
                &column(done, |(act, ..)| act.channel.code()),
                &column(done, |(act, ..)| kind(&act.body)),
                &column(done, |(_, encoded, ..)| encoded.hash.as_slice()),
                &column(done, |(_, encoded, ..)| encoded.payload.as_str()),
                &column(&said, |(word, ..)| *word),
                &column(&said, |(_, reason, _)| *reason),
                &column(&said, |(.., number)| *number),
                &column(done, |(_, _, receipt, _)| receipt.as_str()),
                &now,
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    if usize::try_from(kept).is_ok_and(|kept| kept == done.len()) {
        Ok(())
    } else {
        // The same request was sent twice at once, and the other was first.
        Err(CentralError::Raced)
    }
}

/// One column of many rows.
fn column<'a, Row, Value>(rows: &'a [Row], value: impl Fn(&'a Row) -> Value) -> Vec<Value> {
    rows.iter().map(value).collect()
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
        OperationBody::CancelBooking { .. } => "cancel-booking",
        OperationBody::BookSlot(_) => "book-slot",
        OperationBody::IssuePickupSlip { .. } => "issue-pickup-slip",
        OperationBody::RegisterCard(_) => "register-card",
        OperationBody::OrderMasks(_) => "order-masks",
        OperationBody::SellMasks(_) => "sell-masks",
        OperationBody::RedeemSlip { .. } => "redeem-slip",
    }
}

pub(super) fn epoch_number(epoch: u32) -> i32 {
    i32::try_from(epoch).unwrap_or(i32::MAX)
}

pub(super) fn seq_number(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
