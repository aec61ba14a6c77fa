//! What is seen at a reader, and what identifies one card's stay in it.

use std::ffi::CString;

/// One reader as `pcscd` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReaderView {
    pub(crate) name: CString,
    pub(crate) present: bool,
    pub(crate) atr: Vec<u8>,
    /// Counts insertions and removals since `pcscd` started.
    pub(crate) event_count: u32,
}

/// One insertion of one card: the same card put in again is another. Nothing in it tells whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    pub(crate) reader: CString,
    pub(crate) atr: Vec<u8>,
    pub(crate) event_count: u32,
}

impl Insertion {
    /// The card that is in this reader, if one is.
    pub(crate) fn of(view: &ReaderView) -> Option<Self> {
        view.present.then(|| Self {
            reader: view.name.clone(),
            atr: view.atr.clone(),
            event_count: view.event_count,
        })
    }
}
