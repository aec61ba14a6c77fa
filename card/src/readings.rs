//! The threads that read: one for each card, so that the watch never waits on a card.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use crate::CardFault;
use crate::reading::Outcome;

/// Readings that hang in another program's transaction; no more are begun.
const READINGS_MAX: usize = 4;

/// The readings under way, each on a thread of its own: another program's transaction can block one
/// for as long as it likes, and the watch must go on.
pub(crate) struct Readings {
    sender: SyncSender<(u64, Outcome)>,
    receiver: Receiver<(u64, Outcome)>,
    under_way: Arc<AtomicUsize>,
}

impl Readings {
    pub(crate) fn new() -> Self {
        // Room for every reading that can be under way, and for one refusal.
        let (sender, receiver) = sync_channel(READINGS_MAX + 1);
        Self {
            sender,
            receiver,
            under_way: Arc::default(),
        }
    }

    /// Begins a reading; its outcome comes under this number.
    pub(crate) fn begin(&self, number: u64, read: impl FnOnce() -> Outcome + Send + 'static) {
        let sender = self.sender.clone();
        let under_way = Arc::clone(&self.under_way);
        let refuse = |outcome| {
            // Full only when outcomes wait that end this reading too.
            let _ = self.sender.try_send((number, outcome));
        };
        if self.under_way.load(Ordering::Acquire) >= READINGS_MAX {
            return refuse(Outcome::Fault(CardFault::TimedOut));
        }
        self.under_way.fetch_add(1, Ordering::AcqRel);
        let started = thread::Builder::new()
            .name("card-read".to_owned())
            .spawn(move || {
                let outcome = read();
                under_way.fetch_sub(1, Ordering::AcqRel);
                // Fails only when the worker has ended, which wants no outcome.
                let _ = sender.send((number, outcome));
            });
        if let Err(error) = started {
            tracing::error!(%error, "no thread for reading the card");
            self.under_way.fetch_sub(1, Ordering::AcqRel);
            refuse(Outcome::Fault(CardFault::TimedOut));
        }
    }

    /// The next outcome, waited for this long at most.
    pub(crate) fn outcome(&self, wait: Duration) -> Option<(u64, Outcome)> {
        // Never disconnected: this side keeps a sender too.
        self.receiver.recv_timeout(wait).ok()
    }
}
