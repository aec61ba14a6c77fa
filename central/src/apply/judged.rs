//! Which moment an operation recorded without the line is judged by.

use jiff::{SignedDuration, Timestamp};

/// How far ahead of the centre's clock a terminal's may be.
const AHEAD_MAX: SignedDuration = SignedDuration::from_mins(5);

/// The terminal's own moment, where it can be true: not before its epoch began and not ahead of
/// the centre. Otherwise its clock is wrong and the arrival counts.
pub(super) fn moment(
    recorded_at: Timestamp,
    enrolled_at: Timestamp,
    received_at: Timestamp,
) -> Timestamp {
    let earliest = enrolled_at.saturating_sub(AHEAD_MAX).unwrap_or(enrolled_at);
    let latest = received_at.saturating_add(AHEAD_MAX).unwrap_or(received_at);
    if recorded_at < earliest || recorded_at > latest {
        received_at
    } else {
        recorded_at.min(received_at)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects windows: an operation recorded in time and sent late counts as in time, and a
    /// clock set back or ahead gains nothing.
    #[test]
    fn recorded_moments_count_when_they_can_be_true() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let enrolled = at("2026-04-01T00:00:00Z");
        let received = at("2026-04-03T02:00:00Z");
        for (recorded, counts) in [
            ("2026-04-02T10:00:00Z", "2026-04-02T10:00:00Z"),
            ("2026-04-03T02:04:00Z", "2026-04-03T02:00:00Z"),
            ("2026-04-03T02:06:00Z", "2026-04-03T02:00:00Z"),
            ("2020-01-01T00:00:00Z", "2026-04-03T02:00:00Z"),
            ("2026-03-31T23:56:00Z", "2026-03-31T23:56:00Z"),
        ] {
            assert_eq!(moment(at(recorded), enrolled, received), at(counts));
        }
    }
}
