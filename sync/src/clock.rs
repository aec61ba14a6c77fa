//! The terminal's clock beside the centre's: signatures are made by the centre's time.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// How far the centre's clock is ahead of this one, as last heard.
#[derive(Default)]
pub(crate) struct Correction {
    ahead_ms: AtomicI64,
}

impl Correction {
    /// Takes the centre's time from an exchange that lasted from `sent` to `received`: it was read
    /// about half way between them.
    pub(crate) fn observe(&self, sent: Timestamp, received: Timestamp, centre: Timestamp) {
        let middle_ms = i64::midpoint(sent.as_millisecond(), received.as_millisecond());
        self.ahead_ms
            .store(centre.as_millisecond() - middle_ms, Ordering::Relaxed);
    }

    /// This clock's time as the centre would say it.
    pub(crate) fn apply(&self, now: Timestamp) -> Timestamp {
        now.saturating_add(SignedDuration::from_millis(self.ahead_ms()))
            .unwrap_or(now)
    }

    /// How far the centre is ahead, in milliseconds.
    pub(crate) fn ahead_ms(&self) -> i64 {
        self.ahead_ms.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects terminals with a wrong clock: they sign by the centre's time all the same.
    #[test]
    fn clock_is_corrected_by_half_the_round_trip() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let correction = Correction::default();
        assert_eq!(correction.apply(at(100)), at(100));
        correction.observe(at(1000), at(1002), at(5001));
        assert_eq!(correction.ahead_ms(), 4_000_000);
        assert_eq!(correction.apply(at(1010)), at(5010));
        correction.observe(at(1000), at(1000), at(10));
        assert_eq!(correction.apply(at(1000)), at(10));
    }
}
