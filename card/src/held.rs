//! A result that belongs to one insertion and is gone with it.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use zeroize::Zeroizing;

use crate::clock;
use crate::decode::{self, Decoded};

/// What a card answered to READ, readable until the card is out or the time for it is up
/// ([`crate::Config::kept`]); then its bytes are zeroed, wherever this was handed on to.
#[derive(Clone)]
pub struct Held {
    cell: Arc<Mutex<Option<Answer>>>,
}

/// The bytes of an answer; zeroed when dropped, `Debug` prints none.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Answer(pub(crate) Zeroizing<Vec<u8>>);

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Answer(…)")
    }
}

impl Held {
    pub(crate) fn new(answer: Answer) -> Self {
        Self {
            cell: Arc::new(Mutex::new(Some(answer))),
        }
    }

    /// What the card says; `None` when it is out or the time is up.
    #[must_use]
    pub fn get(&self) -> Option<Decoded> {
        self.answer().and_then(|answer| {
            // Never an error: only an answer that decodes is held.
            decode::decode(&answer, clock::today()).ok()
        })
    }

    /// As [`Held::get`], and leaves nothing behind: for who keeps it in a session of their own.
    #[must_use]
    pub fn take(&self) -> Option<Decoded> {
        let decoded = self.get();
        self.wipe();
        decoded
    }

    /// The bytes as the card sent them, without the status word; zeroed when dropped.
    #[must_use]
    pub fn answer(&self) -> Option<Zeroizing<Vec<u8>>> {
        let cell = self.cell.lock().unwrap_or_else(PoisonError::into_inner);
        cell.as_ref().map(|answer| answer.0.clone())
    }

    /// Zeroes the bytes.
    pub(crate) fn wipe(&self) {
        *self.cell.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// The same result, not only an equal one.
impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.cell, &other.cell)
    }
}

impl Eq for Held {}

impl fmt::Debug for Held {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Held(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::decode::tests::GOLDEN;

    /// Protects the next person: once wiped, no copy of the handle gives anything any more, and what
    /// it prints tells nothing.
    #[test]
    fn a_wiped_result_is_gone_everywhere() {
        let held = Held::new(Answer(Zeroizing::new(GOLDEN.to_vec())));
        let copy = held.clone();
        assert_eq!(copy.get().unwrap().person_number.reveal(), "A123456789");
        assert_eq!(*copy.answer().unwrap(), GOLDEN.to_vec());
        assert_eq!(format!("{copy:?}"), "Held(…)");
        held.wipe();
        assert!(copy.get().is_none() && copy.answer().is_none());
        let taken = Held::new(Answer(Zeroizing::new(GOLDEN.to_vec())));
        assert!(taken.take().is_some() && taken.take().is_none());
    }
}
