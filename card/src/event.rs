//! What the counter sees of the card readers, in the words of the counter.

use crate::{Held, WrongCard};

/// One thing that happened. One card at a time is told, wherever it was put in; after any of
/// `Reading`, `Read`, `Wrong`, `Mute` and `Fault` a `Removed` follows when that card is gone, also
/// when the reader or `pcscd` went with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A reader can be used; told again when it is another one.
    ReaderReady {
        /// The reader's name as `pcscd` gives it.
        reader: String,
    },
    /// `pcscd` runs and no reader (or none of the configured name) is attached.
    ReaderMissing,
    /// `pcscd` cannot be reached or refuses; the worker keeps trying.
    ServiceDown,
    /// A card was put in and is being read; told again for a card that was held by another program
    /// and can now be read after all.
    Reading,
    /// A health card was read.
    Read(Held),
    /// The card is none of the NHI's (official wording: 所置入非健保IC卡).
    Wrong(WrongCard),
    /// A card is in but does not answer: wrong way round, dirty, or contactless only.
    Mute,
    /// It seems to be a health card, but it cannot be used.
    Fault(CardFault),
    /// The card is out.
    Removed,
}

/// Why a health card cannot be used. Never holds anything from the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CardFault {
    /// The person number on the card fails its check (rule I2): the card's fault, not the person's.
    #[error("the person number on the card fails its check digit")]
    InvalidPersonNumber,
    /// The card answered, but not with a health card's fields.
    #[error("the card's answer cannot be read")]
    UnreadableAnswer,
    /// The reading did not end in time (official wording: 讀卡機逾時).
    #[error("the card was not read in time")]
    TimedOut,
    /// Another program holds the card and did not let go.
    #[error("another program holds the card")]
    HeldByOther,
}
