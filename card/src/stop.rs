//! How the worker is ended.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::clock;
use crate::worker::Message;

/// The longest step of a sleep, so that stopping is noticed soon.
const STEP: Duration = Duration::from_millis(100);

/// Ends the worker: asked for, or at a moment set beforehand.
#[derive(Default)]
pub(crate) struct Stop {
    asked: AtomicBool,
    deadline: Option<Instant>,
    context: Mutex<Option<pcsc::Context>>,
    inbox: Mutex<Option<SyncSender<Message>>>,
}

impl std::fmt::Debug for Stop {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Stop")
            .field("asked", &self.asked)
            .finish_non_exhaustive()
    }
}

impl Stop {
    pub(crate) fn at(deadline: Option<Instant>) -> Self {
        Self {
            deadline,
            ..Self::default()
        }
    }

    /// Asks the worker to end and cuts its wait short. A cancel sent before the wait begins is lost;
    /// then it ends with the turn.
    pub(crate) fn stop(&self) {
        self.asked.store(true, Ordering::Release);
        if let Some(context) = &*self.context.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = context.cancel();
        }
        if let Some(inbox) = &*self.inbox.lock().unwrap_or_else(PoisonError::into_inner) {
            // A full inbox wakes the worker by itself.
            let _ = inbox.try_send(Message::Stop);
        }
    }

    /// Whether [`Stop::stop`] was called.
    pub(crate) fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Acquire)
    }

    /// Whether the worker shall end: asked to, or out of time.
    pub(crate) fn is_set(&self) -> bool {
        self.is_asked() || self.remaining().is_zero()
    }

    /// How long it may still run.
    pub(crate) fn remaining(&self) -> Duration {
        self.deadline.map_or(Duration::MAX, |deadline| {
            deadline.saturating_duration_since(clock::now())
        })
    }

    /// The connection whose wait [`Stop::stop`] cuts short.
    pub(crate) fn set_context(&self, context: Option<pcsc::Context>) {
        *self.context.lock().unwrap_or_else(PoisonError::into_inner) = context;
    }

    /// The inbox of the thread that [`Stop::stop`] wakes.
    pub(crate) fn set_inbox(&self, inbox: SyncSender<Message>) {
        *self.inbox.lock().unwrap_or_else(PoisonError::into_inner) = Some(inbox);
    }

    /// Sleeps in small steps so that stopping is noticed soon.
    pub(crate) fn sleep(&self, duration: Duration) {
        let until = clock::now() + duration;
        while !self.is_set() {
            let left = until.saturating_duration_since(clock::now());
            if left.is_zero() {
                return;
            }
            thread::park_timeout(left.min(STEP));
        }
    }
}
