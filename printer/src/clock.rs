//! The one place where this crate reads the clock: its worker and its one-shot calls are edges.

use std::time::Instant;

/// This moment.
#[expect(
    clippy::disallowed_methods,
    reason = "the worker hands the time in to everything that decides"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}
