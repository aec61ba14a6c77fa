//! The only place that reads clocks.

use std::time::Instant;

use domain::visit::Moment;
use jiff::{SignedDuration, Timestamp};

/// The terminal's clocks: a monotonic one from the start of the program, and the wall clock, moved
/// by a development offset where the configuration allows one.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    start: Instant,
    offset: SignedDuration,
}

impl Clock {
    /// Starts the clock; `offset_seconds` is added to the wall clock.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the edge at which time comes in"
    )]
    pub fn start(offset_seconds: i64) -> Self {
        Self {
            start: Instant::now(),
            offset: SignedDuration::from_secs(offset_seconds),
        }
    }

    /// The wall clock.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the edge at which time comes in"
    )]
    pub fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_add(self.offset).unwrap_or(now)
    }

    /// Both clocks.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment {
            monotonic_ms: u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX),
            wall: self.now(),
        }
    }
}
