//! What the worker needs of the terminal's database.

use std::future::Future;
use std::pin::Pin;

use domain::operation::{OperationId, Outcome};
use domain::pickup::MaskOrder;
use domain::roster::RosterRecord;
use jiff::Timestamp;
use wire::signature::KeyId;

use crate::Outgoing;

/// Why the database could not do it.
pub type PortError = Box<dyn std::error::Error + Send + Sync>;

/// An answer of the database.
pub type PortFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, PortError>> + Send + 'a>>;

/// A release of the roster, verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRelease {
    /// Rises with each release.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// After this it is stale.
    pub not_after: Timestamp,
    /// The people in it.
    pub people: Vec<RosterRecord>,
}

/// The terminal's records. Every method answers only when it is durable.
pub trait Terminal: Send + Sync + 'static {
    /// Device and epoch; `None` before the first enrolment.
    fn identity(&self) -> PortFuture<'_, Option<KeyId>>;

    /// The oldest unanswered operations of the current epoch, in order, at most `limit`.
    fn unsent(&self, limit: u32) -> PortFuture<'_, Vec<Outgoing>>;

    /// Operations of the current epoch from `seq` on, answered or not, in order, at most `limit`.
    fn operations_from(&self, seq: u64, limit: u32) -> PortFuture<'_, Vec<Outgoing>>;

    /// Keeps the centre's answers to operations of this device and epoch, all of them or none.
    fn store_results(
        &self,
        device: KeyId,
        results: Vec<(u64, Outcome)>,
        at: Timestamp,
    ) -> PortFuture<'_, ()>;

    /// What the centre made of an operation; `None` while it has not answered.
    fn outcome(&self, id: OperationId) -> PortFuture<'_, Option<Outcome>>;

    /// How many operations wait for an answer.
    fn depth(&self) -> PortFuture<'_, u64>;

    /// The version of the roster here.
    fn roster_version(&self) -> PortFuture<'_, Option<u64>>;

    /// Takes a release in the old one's place, all of it or nothing.
    fn import_roster(&self, release: RosterRelease, at: Timestamp) -> PortFuture<'_, ()>;

    /// The version of the campaign here.
    fn campaign_version(&self) -> PortFuture<'_, Option<u32>>;

    /// Keeps a campaign's text.
    fn save_campaign(&self, version: u32, text: String, at: Timestamp) -> PortFuture<'_, ()>;

    /// Takes the store's orders in the old list's place.
    fn replace_orders(&self, orders: Vec<MaskOrder>) -> PortFuture<'_, ()>;

    /// Erases personal fields of operations answered a day or more before `now`.
    fn erase_answered(&self, now: Timestamp) -> PortFuture<'_, u64>;
}
