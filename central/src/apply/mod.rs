//! Applies what people did, exactly once in effect.
//!
//! Requests of one operation are gathered ([`lanes`]) into a *group* of many terminals and people;
//! a backlog batch is a group of its own. A group is one transaction of a fixed small number of
//! statements ([`group`]): the marks of its terminals move, what it asks is split into *waves* in
//! which nobody occurs twice ([`wave`]), each wave is judged in memory by the rules of `domain` and
//! applied set-wise, and every operation is kept with its answer.

mod booking;
mod cancel;
mod claim;
mod facts;
mod group;
mod judged;
mod lanes;
mod lease;
mod mark;
mod masks;
mod person;
mod pickup;
mod places;
mod record;
mod register;
mod wave;
mod willingness;

pub use lanes::Lanes;
pub use lease::{ended_by_operator, grant, seal};
pub use person::{PersonAct, PersonReply, person};
pub(crate) use record::hexadecimal;

use std::sync::Arc;

use deadpool_postgres::{Pool, Transaction};
use domain::channel::Channel;
use domain::operation::{Operation, OperationBody, Outcome, Rejection};
use jiff::Timestamp;
use wire::operation::BatchReply;

use crate::CentralError;
use crate::campaign::{Cache, Published};
use crate::clock::Clock;
use crate::devices::Terminal;
use crate::http::Centre;

use group::{Answer, Job};

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

/// What applying needs.
#[derive(Debug, Clone)]
pub struct Engine {
    /// Connections to the database.
    pub pool: Pool,
    /// The newest campaign.
    pub campaigns: Arc<Cache>,
    /// The centre's clock.
    pub clock: Clock,
    /// Where links in e-mails lead, without a slash at the end.
    pub public_address: Arc<str>,
}

/// Applies a batch whose operations are contiguous. A single operation is gathered with others';
/// more are a backlog, of which only a few are worked on at once.
///
/// # Errors
/// [`CentralError::Busy`] where too many wait already; those of the database, after which nothing
/// was applied and the same bytes can be sent again.
pub async fn batch(
    centre: &Centre,
    terminal: Terminal,
    received: Vec<Received>,
) -> Result<BatchOutcome, CentralError> {
    let is_backlog = received.len() > 1;
    let job = Job::Batch { terminal, received };
    let answer = if is_backlog {
        let _place = centre
            .backlog
            .try_acquire()
            .map_err(|_| CentralError::Busy)?;
        group::alone(&centre.engine(), &job).await?
    } else {
        centre.lanes.ask(job).await?
    };
    match answer {
        Answer::Batch(outcome) => Ok(outcome),
        Answer::Person(_) => Err(CentralError::Stored { what: "answer" }),
    }
}

/// Everything an operation that is applied by itself is judged by.
struct Context<'a> {
    transaction: &'a Transaction<'a>,
    published: Option<&'a Published>,
    /// Where the person is served (C1–C3).
    channel: Channel,
    /// The store of the terminal; `None` on the web and in the app.
    store: Option<&'a str>,
    /// What the person can quote.
    receipt: &'a str,
    /// Where links in e-mails lead.
    public_address: &'a str,
    /// The moment that counts for windows.
    judged_at: Timestamp,
    /// The moment that counts for places.
    now: Timestamp,
}

impl Context<'_> {
    /// Applies an operation of a kind that is not applied set-wise.
    async fn apply(&self, body: &OperationBody) -> Result<Outcome, CentralError> {
        let done = match body {
            OperationBody::IssuePickupSlip {
                round,
                order,
                person,
                slip,
            } => self.issue_slip(round, order, person, slip).await,
            OperationBody::CancelBooking {
                round,
                person,
                card,
            } => self.cancel_booking(round, person, card).await,
            OperationBody::SetWillingness(_)
            | OperationBody::CancelWillingness { .. }
            | OperationBody::BookSlot(_) => Err(Rejection::UnknownTarget.into()),
            OperationBody::RegisterCard(entry) => self.register_card(entry).await,
            OperationBody::OrderMasks(request) => self.order_masks(request).await,
            OperationBody::SellMasks(sale) => self.sell_masks(sale).await,
            OperationBody::RedeemSlip { round, slip } => self.redeem_slip(round, slip).await,
        };
        match done {
            Ok(outcome) => Ok(outcome),
            Err(Stop::Rejected(reason)) => Ok(Outcome::Rejected(reason)),
            Err(Stop::Failed(error)) => Err(error),
        }
    }
}

/// Why an operation was not applied: a business "no", or a failure that ends the group.
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
