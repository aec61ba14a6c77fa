//! The sample clock: on whatever day the stage runs, its world begins in the sample campaign.

use std::time::{SystemTime, UNIX_EPOCH};

/// When every run begins: 2026-04-03 10:00 in Taipei, when the sample campaign is open.
pub const SAMPLE_START_UNIX_S: i64 = 1_775_181_600;

/// Seconds to add to this machine's clock to be in the sample world. Computed once a run and handed
/// to every program, so that all agree.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the edge: the one place where the offset is made"
)]
pub fn offset_to_sample_s() -> i64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    SAMPLE_START_UNIX_S - i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}
