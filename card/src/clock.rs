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
