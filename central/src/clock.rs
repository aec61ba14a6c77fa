//! The centre's clock.

use jiff::{SignedDuration, Timestamp};

/// The system's clock, shifted by a fixed offset so that a sample campaign is open on any day.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    offset: SignedDuration,
}

impl Clock {
    /// A clock that is this many seconds ahead of the system's.
    #[must_use]
    pub const fn ahead_by_seconds(offset_seconds: i64) -> Self {
        Self {
            offset: SignedDuration::from_secs(offset_seconds),
        }
    }

    /// The moment it shows.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the edge at which the centre learns the time"
    )]
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
            .checked_add(self.offset)
            .unwrap_or(Timestamp::MAX)
    }
}
