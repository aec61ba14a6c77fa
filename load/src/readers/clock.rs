//! The monotonic clock, the same for all programs of the run, and waiting for conditions by it.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Pause between two looks at a condition.
const LOOK_AGAIN: Duration = Duration::from_millis(1);

/// `CLOCK_MONOTONIC` in nanoseconds.
pub(crate) fn now_ns() -> u64 {
    let time = Duration::try_from(clock_gettime(ClockId::Monotonic)).unwrap_or_default();
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

/// Looks every millisecond until the condition holds; false after the limit.
pub(crate) fn until(limit: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let end = now_ns().saturating_add(u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX));
    while !holds() {
        if now_ns() >= end || stage::wait::told_to_end() {
            return false;
        }
        pause(LOOK_AGAIN);
    }
    true
}

/// Time that belongs to the script.
#[expect(
    clippy::disallowed_methods,
    reason = "the script says how long something is left as it is"
)]
pub(crate) fn pause(time: Duration) {
    std::thread::sleep(time);
}
