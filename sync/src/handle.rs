//! What the application says to the worker.

use std::sync::Arc;

use domain::operation::{OperationId, Outcome};
use tokio::sync::{Notify, mpsc, oneshot};

/// Somebody waits for this operation's answer.
pub(crate) struct Waiter {
    pub(crate) id: OperationId,
    pub(crate) reply: oneshot::Sender<Option<Outcome>>,
}

/// The way to the worker; clones share it. The worker ends when the last one is dropped.
#[derive(Clone)]
pub struct Handle {
    pub(crate) waiters: mpsc::Sender<Waiter>,
    pub(crate) bell: Arc<Bell>,
}

/// Wakes the worker at once, whatever it waits for.
#[derive(Default)]
pub(crate) struct Bell {
    /// There is something to send, or the line may be back.
    pub(crate) kick: Notify,
    /// Everything should be asked for again.
    pub(crate) refresh: Notify,
}

impl Handle {
    /// Something was recorded, the terminal was enrolled, or the line may be back: the worker stops
    /// waiting and tries at once.
    pub fn kick(&self) {
        self.bell.kick.notify_one();
    }

    /// Asks for roster, campaign and orders now.
    pub fn refresh(&self) {
        self.bell.refresh.notify_one();
    }

    /// Sends everything up to this operation and waits for its answer, as long as a person waits
    /// (`Pace::interactive_ms`, 3 s). `None` where no answer came: it stays in the outbox, and its
    /// answer comes as [`crate::Event::Answered`] later.
    pub async fn send_now(&self, id: OperationId) -> Option<Outcome> {
        let (reply, answer) = oneshot::channel();
        self.waiters.send(Waiter { id, reply }).await.ok()?;
        answer.await.ok().flatten()
    }
}
