//! A terminal's records in memory, with the same promises as the database's.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use domain::operation::{OperationId, Outcome};
use domain::pickup::MaskOrder;
use jiff::Timestamp;
use sync::{KeyId, Outgoing, PortFuture, RosterRelease, Terminal};

#[derive(Default)]
pub struct Memory(Mutex<Records>);

#[derive(Default)]
pub struct Records {
    pub identity: Option<KeyId>,
    pub operations: Vec<Outgoing>,
    pub outcomes: BTreeMap<u64, Outcome>,
    pub roster: Option<RosterRelease>,
    pub campaign: Option<(u32, String)>,
    pub orders: Option<Vec<MaskOrder>>,
    pub orders_replaced: u32,
    /// How many times keeping answers fails before it works.
    pub failing: u32,
}

impl Memory {
    /// Enrolled, with operations 1 to `count` recorded.
    pub fn with(count: u64) -> Self {
        Self(Mutex::new(Records {
            identity: Some(super::identity(1)),
            operations: (1..=count).map(super::operation).collect(),
            ..Records::default()
        }))
    }

    pub fn records(&self) -> MutexGuard<'_, Records> {
        self.0.lock().unwrap()
    }

    pub fn record(&self) -> u64 {
        let mut records = self.records();
        let seq = u64::try_from(records.operations.len()).unwrap() + 1;
        records.operations.push(super::operation(seq));
        seq
    }

    pub fn answered(&self) -> usize {
        self.records().outcomes.len()
    }
}

fn ready<T: Send + 'static>(value: T) -> PortFuture<'static, T> {
    Box::pin(async { Ok(value) })
}

impl Terminal for Memory {
    fn identity(&self) -> PortFuture<'_, Option<KeyId>> {
        ready(self.records().identity)
    }

    fn unsent(&self, limit: u32) -> PortFuture<'_, Vec<Outgoing>> {
        let records = self.records();
        let unsent = records
            .operations
            .iter()
            .filter(|operation| !records.outcomes.contains_key(&operation.seq));
        ready(unsent.take(limit as usize).cloned().collect())
    }

    fn operations_from(&self, seq: u64, limit: u32) -> PortFuture<'_, Vec<Outgoing>> {
        let records = self.records();
        let from = records
            .operations
            .iter()
            .filter(|operation| operation.seq >= seq);
        ready(from.take(limit as usize).cloned().collect())
    }

    fn store_results(
        &self,
        device: KeyId,
        results: Vec<(u64, Outcome)>,
        _at: Timestamp,
    ) -> PortFuture<'_, ()> {
        let mut records = self.records();
        assert_eq!(Some(device), records.identity);
        if records.failing > 0 {
            records.failing -= 1;
            return Box::pin(async { Err("the disk is full".into()) });
        }
        records.outcomes.extend(results);
        ready(())
    }

    fn outcome(&self, id: OperationId) -> PortFuture<'_, Option<Outcome>> {
        ready(self.records().outcomes.get(&id.seq).cloned())
    }

    fn depth(&self) -> PortFuture<'_, u64> {
        let records = self.records();
        let depth = records.operations.len() - records.outcomes.len();
        ready(u64::try_from(depth).unwrap())
    }

    fn roster_version(&self) -> PortFuture<'_, Option<u64>> {
        ready(self.records().roster.as_ref().map(|roster| roster.version))
    }

    fn import_roster(&self, release: RosterRelease, _at: Timestamp) -> PortFuture<'_, ()> {
        self.records().roster = Some(release);
        ready(())
    }

    fn campaign_version(&self) -> PortFuture<'_, Option<u32>> {
        ready(
            self.records()
                .campaign
                .as_ref()
                .map(|(version, _)| *version),
        )
    }

    fn save_campaign(&self, version: u32, text: String, _at: Timestamp) -> PortFuture<'_, ()> {
        self.records().campaign = Some((version, text));
        ready(())
    }

    fn replace_orders(&self, orders: Vec<MaskOrder>) -> PortFuture<'_, ()> {
        let mut records = self.records();
        records.orders = Some(orders);
        records.orders_replaced += 1;
        ready(())
    }

    fn erase_answered(&self, _now: Timestamp) -> PortFuture<'_, u64> {
        ready(0)
    }
}
