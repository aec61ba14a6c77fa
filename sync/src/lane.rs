//! One sort of the worker's work and its own waits.

use crate::backoff;
use crate::pace::Pace;

/// One sort of work: never twice at the same time, waiting by itself after failures.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lane {
    pub(crate) due_ms: u64,
    pub(crate) running: bool,
    /// Whether it was asked for while it was running.
    pub(crate) again: bool,
    pub(crate) failures: u32,
}

impl Lane {
    /// Starts it where it is due and not running.
    pub(crate) fn starts(&mut self, now_ms: u64) -> bool {
        let starts = !self.running && now_ms >= self.due_ms;
        if starts {
            self.running = true;
            self.again = false;
        }
        starts
    }

    /// When it is due; never while it runs.
    pub(crate) fn wakes(&self) -> u64 {
        if self.running { u64::MAX } else { self.due_ms }
    }

    /// Waits after one more failure.
    pub(crate) fn wait(&mut self, now_ms: u64, pace: &Pace, jitter: f64) {
        self.failures = self.failures.saturating_add(1);
        let wait_ms = backoff::wait_ms(
            self.failures,
            pace.backoff_base_ms,
            pace.backoff_cap_ms,
            jitter,
        );
        self.due_ms = now_ms + wait_ms;
    }
}
