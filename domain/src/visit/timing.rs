//! The limits of a session (I10) and of every state, so that each ends by itself.

use crate::sign_in::SESSION_S;

/// A session lasts this long after its card was identified.
pub const SESSION_MS: u64 = SESSION_S as u64 * 1_000;
/// It ends this long after the last touch.
pub const IDLE_MS: u64 = 60_000;
/// For this long before either end the screen warns and offers more time.
pub const WARNING_MS: u64 = 20_000;
/// A reading that gives nothing for this long is a problem of the card.
pub const READING_MS: u64 = 15_000;
/// Asking roster and centre takes this long at the most.
pub const IDENTIFYING_MS: u64 = 10_000;
/// A record takes this long at the most; longer, and nobody knows.
pub const RECORDING_MS: u64 = 30_000;
/// The person waits this long at the most for the centre's answer to a deed.
pub const ANSWERING_MS: u64 = 4_000;
/// A print that reports nothing for this long has stopped.
pub const PRINTING_MS: u64 = 60_000;
/// A stopped print waits this long for staff before the session may end.
pub const PRINT_STOPPED_MS: u64 = 120_000;
/// After the card is out, the result stays in sight this long.
pub const DONE_MS: u64 = 15_000;
/// A notice stays this long.
pub const NOTICE_MS: u64 = 8_000;
/// A card left in: reminders this often.
pub const REMIND_EVERY_MS: u64 = 3_000;
/// … louder after this.
pub const REMIND_LOUD_MS: u64 = 10_000;
/// … and staff is called after this.
pub const REMIND_STAFF_MS: u64 = 60_000;

/// What is left of a session, for the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remaining {
    /// Whole seconds until the session ends.
    pub seconds: u64,
    /// Whether to warn and offer more time in the middle of the screen.
    pub warning: bool,
}

/// When a session began and when it was last touched, on the monotonic clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SessionClock {
    /// When the card was identified; `None` before.
    pub identified_ms: Option<u64>,
    /// The last touch.
    pub touched_ms: u64,
    /// When the present state began.
    pub entered_ms: u64,
    /// The last reminder to take the card.
    pub reminded_ms: u64,
}

impl SessionClock {
    /// What is left, by whichever limit comes first.
    #[must_use]
    pub fn remaining(&self, now_ms: u64) -> Remaining {
        let idle_end = self.touched_ms + IDLE_MS;
        let end = match self.identified_ms {
            Some(start) => idle_end.min(start + SESSION_MS),
            None => idle_end,
        };
        let left_ms = end.saturating_sub(now_ms);
        let seconds = match self.identified_ms {
            // The face shows the session's own time (I10); the idle limit shows only as a warning.
            Some(start) if left_ms > WARNING_MS => {
                (start + SESSION_MS).saturating_sub(now_ms) / 1000
            }
            _ => left_ms.div_ceil(1000),
        };
        Remaining {
            seconds,
            warning: left_ms <= WARNING_MS,
        }
    }

    /// Whether the session's time is over.
    #[must_use]
    pub fn is_over(&self, now_ms: u64) -> bool {
        let idle = now_ms >= self.touched_ms + IDLE_MS;
        idle || self
            .identified_ms
            .is_some_and(|start| now_ms >= start + SESSION_MS)
    }

    /// How long the present state lasts.
    #[must_use]
    pub fn in_state_ms(&self, now_ms: u64) -> u64 {
        now_ms.saturating_sub(self.entered_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects I10: 60 s without a touch, the last 20 with a warning, 10 minutes in all.
    #[test]
    fn i10_limits() {
        let clock = SessionClock {
            identified_ms: Some(0),
            touched_ms: 0,
            ..SessionClock::default()
        };
        assert!(!clock.remaining(39_000).warning);
        assert_eq!(clock.remaining(39_000).seconds, 561);
        assert_eq!(
            clock.remaining(41_000),
            Remaining {
                seconds: 19,
                warning: true
            }
        );
        assert!(!clock.is_over(59_999));
        assert!(clock.is_over(60_000));
        let touched = SessionClock {
            touched_ms: 590_000,
            ..clock
        };
        assert!(touched.remaining(590_000).warning);
        assert!(!touched.is_over(599_999));
        assert!(touched.is_over(600_000));
    }
}
