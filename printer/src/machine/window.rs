//! How far ahead of the printer's answers bytes may be sent.
//!
//! Only one question in order (`GS r`) is out at a time, and after its answer there is a moment of
//! deafness: so a doubled answer is never taken for the next question's.

/// Pause after an answer before the next question, in which a doubled one finds nothing to answer.
const DEAF_MS: u64 = 15;

/// The bytes between what was sent and what the printer is known to have worked through.
#[derive(Debug)]
pub(super) struct Window {
    limit_bytes: usize,
    /// Bytes before the question that is out.
    asked: Option<usize>,
    /// Bytes sent behind it, or sent while none is out.
    behind: Option<usize>,
    deaf_until_ms: u64,
}

impl Window {
    pub(super) const fn new(limit_bytes: usize) -> Self {
        Self {
            limit_bytes,
            asked: None,
            behind: None,
            deaf_until_ms: 0,
        }
    }

    /// Whether so many bytes may be sent now. A single piece larger than the window may go alone.
    pub(super) fn has_room(&self, bytes: usize) -> bool {
        let ahead = self.asked.unwrap_or(0) + self.behind.unwrap_or(0);
        ahead == 0 || ahead + bytes <= self.limit_bytes
    }

    /// Bytes were sent.
    pub(super) fn sent(&mut self, bytes: usize) {
        self.behind = Some(self.behind.unwrap_or(0) + bytes);
    }

    /// Whether a question is to be sent now; it counts as sent.
    pub(super) fn ask(&mut self, now_ms: u64) -> bool {
        if self.asked.is_some() || now_ms < self.deaf_until_ms {
            return false;
        }
        self.asked = self.behind.take();
        self.asked.is_some()
    }

    /// An answer came: the bytes it answers for, if it answers anything.
    pub(super) fn answered(&mut self, now_ms: u64) -> Option<usize> {
        let bytes = self.asked.take()?;
        self.deaf_until_ms = now_ms + DEAF_MS;
        Some(bytes)
    }

    /// The answer was lost on the way: the question is to be asked again.
    pub(super) fn lost(&mut self) {
        if let Some(bytes) = self.asked.take() {
            self.sent(bytes);
        }
    }

    /// Whether a question is out.
    pub(super) const fn is_asking(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether everything sent is known to be worked through.
    pub(super) const fn is_through(&self) -> bool {
        self.asked.is_none() && self.behind.is_none()
    }

    /// When the next question is due, if one is.
    pub(super) fn due_ms(&self) -> Option<u64> {
        (self.asked.is_none() && self.behind.is_some()).then_some(self.deaf_until_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the printer's buffer and the count of answers: no more than the window goes ahead,
    /// a doubled answer frees nothing, a lost one is asked again.
    #[test]
    fn the_window_opens_only_by_answers() {
        let mut window = Window::new(100);
        assert!(window.has_room(500), "a large piece may go alone");
        window.sent(60);
        assert!(window.ask(0));
        assert!(!window.has_room(50) && window.has_room(40));
        window.sent(40);
        assert!(!window.ask(1), "one question at a time");
        assert_eq!(window.answered(10), Some(60));
        assert_eq!(window.answered(11), None, "doubled");
        assert!(!window.ask(11));
        assert_eq!(window.due_ms(), Some(25));
        assert!(window.ask(25));
        assert_eq!(window.answered(26), Some(40));
        assert!(window.is_through());
        window.sent(10);
        assert!(window.ask(100));
        window.lost();
        assert!(!window.is_through() && window.ask(101));
    }
}
