//! The one place that reads a clock: everything that decides is handed the time.

use std::time::Instant;

/// This moment, on a clock that never goes back.
#[expect(
    clippy::disallowed_methods,
    reason = "the edge at which time comes into this crate"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Today in Taiwan, for what looks wrong on a card's dates.
#[expect(
    clippy::disallowed_methods,
    reason = "the edge at which the calendar comes into this crate"
)]
pub(crate) fn today() -> jiff::civil::Date {
    domain::taipei::civil(jiff::Timestamp::now()).date()
}
