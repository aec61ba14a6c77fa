//! Applies what terminals recorded, exactly once in effect.
//!
//! A batch is one transaction: the device's row is taken, operations under the high-water mark are
//! answered from the stored results, a differing hash quarantines the device, a gap is answered
//! with the expected number, the rest is applied one by one, and the mark advances.

mod booking;
mod judged;
mod mark;
mod person;
mod pickup;
mod record;
mod willingness;

pub use person::{PersonAct, PersonReply, person};
pub(crate) use record::hexadecimal;

use deadpool_postgres::{Pool, Transaction};
use domain::channel::Channel;
use domain::operation::{Operation, OperationBody, Outcome, Rejection};
use jiff::Timestamp;
use wire::operation::{BatchReply, ResultMessage};

use crate::campaign::{Cache, Published};
use crate::devices::Terminal;
use crate::{CentralError, database};

/// An operation as it arrived: checked in form, its bytes kept.
#[derive(Clone)]
pub struct Received {
    /// The operation.
    pub operation: Operation,
    /// Its bytes.
    pub payload: String,
    /// Their SHA-256.
    pub hash: [u8; 32],
}

/// What became of a batch.
#[derive(Debug)]
pub enum BatchOutcome {
    /// The answer to send.
    Answered(BatchReply),
    /// The terminal is quarantined, now or before.
    Quarantined,
    /// Another epoch is current.
    EpochEnded,
}

/// Applies a batch whose operations are contiguous.
///
/// # Errors
/// Those of the database; nothing was applied then, and the same bytes can be sent again.
pub async fn batch(
    pool: &Pool,
    campaigns: &Cache,
    terminal: &Terminal,
    received: &[Received],
    now: Timestamp,
) -> Result<BatchOutcome, CentralError> {
    database::with_retry(|| batch_once(pool, campaigns, terminal, received, now)).await
}

async fn batch_once(
    pool: &Pool,
    campaigns: &Cache,
    terminal: &Terminal,
    received: &[Received],
    now: Timestamp,
) -> Result<BatchOutcome, CentralError> {
    let during = "applying a batch";
    let mut client = database::connection(pool).await?;
    let published = campaigns.newest(&client).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let mark = match mark::take(&transaction, terminal.key_id, now).await? {
        mark::Taken::Current(mark) => mark,
        mark::Taken::EpochEnded => return Ok(BatchOutcome::EpochEnded),
        mark::Taken::Quarantined => return Ok(BatchOutcome::Quarantined),
    };
    let first_seq = received
        .first()
        .map_or(mark.next_seq, |item| item.operation.id.seq);
    if first_seq > mark.next_seq {
        return Ok(BatchOutcome::Answered(BatchReply {
            next_seq: mark.next_seq,
            results: Vec::new(),
        }));
    }
    let known = received.partition_point(|item| item.operation.id.seq < mark.next_seq);
    let (repeated, fresh) = received.split_at(known);
    let mut results = match record::stored_results(&transaction, terminal.key_id, repeated).await? {
        record::Repeated::Same(results) => results,
        record::Repeated::Differs => {
            mark.quarantine(&transaction, "operation-differs", now)
                .await?;
            transaction
                .commit()
                .await
                .map_err(CentralError::database(during))?;
            return Ok(BatchOutcome::Quarantined);
        }
    };
    for item in fresh {
        let context = Context {
            transaction: &transaction,
            published: published.as_deref(),
            channel: terminal.channel,
            store: Some(&terminal.store),
            receipt: &item.operation.id.receipt(),
            judged_at: judged::moment(item.operation.recorded_at, terminal.enrolled_at, now),
            now,
        };
        let outcome = context.apply(&item.operation.body).await?;
        record::keep(&transaction, item, &outcome, now).await?;
        results.push(ResultMessage {
            seq: item.operation.id.seq,
            hash: record::hexadecimal(&item.hash),
            outcome: (&outcome).into(),
        });
    }
    let next_seq = mark.next_seq + u64::try_from(fresh.len()).unwrap_or(u64::MAX);
    mark.advance(&transaction, next_seq).await?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(BatchOutcome::Answered(BatchReply { next_seq, results }))
}

/// Everything one operation is judged by.
struct Context<'a> {
    transaction: &'a Transaction<'a>,
    published: Option<&'a Published>,
    /// Where the person is served (C1–C3).
    channel: Channel,
    /// The store of the terminal; `None` on the web and in the app.
    store: Option<&'a str>,
    /// What the person can quote.
    receipt: &'a str,
    /// The moment that counts for windows.
    judged_at: Timestamp,
    /// The moment that counts for places.
    now: Timestamp,
}

impl Context<'_> {
    async fn apply(&self, body: &OperationBody) -> Result<Outcome, CentralError> {
        let done = match body {
            OperationBody::SetWillingness(entry) => self.set_willingness(entry).await,
            OperationBody::CancelWillingness {
                round,
                person,
                card,
            } => self.cancel_willingness(round, person, card).await,
            OperationBody::BookSlot(request) => self.book(request).await,
            OperationBody::IssuePickupSlip {
                round,
                order,
                person,
                slip,
            } => self.issue_slip(round, order, person, slip).await,
        };
        match done {
            Ok(outcome) => Ok(outcome),
            Err(Stop::Rejected(reason)) => Ok(Outcome::Rejected(reason)),
            Err(Stop::Failed(error)) => Err(error),
        }
    }
}

/// Why an operation was not applied: a business "no", or a failure that ends the batch.
enum Stop {
    Rejected(Rejection),
    Failed(CentralError),
}

impl From<Rejection> for Stop {
    fn from(reason: Rejection) -> Self {
        Self::Rejected(reason)
    }
}

impl From<CentralError> for Stop {
    fn from(error: CentralError) -> Self {
        Self::Failed(error)
    }
}
