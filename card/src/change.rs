//! What happens at each reader, as a technician watches it.

use crate::{CardFault, Held, WrongCard};

/// One change; nothing is told twice in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// `pcscd` cannot be reached, refuses, or no longer answers; every reader is forgotten. The
    /// worker keeps trying.
    NoService,
    /// The readers (of the configured name) that are attached now; none is news too.
    Readers(Vec<String>),
    /// The state of one of them. The first that is told of a reader is [`State::Empty`], or
    /// [`State::Powering`] where a card was in it already.
    Reader {
        /// Its name as `pcscd` gives it.
        reader: String,
        /// What it is in.
        state: State,
    },
}

/// The state of a reader. Between two cards, and between two insertions of one, it is always
/// [`State::Empty`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// No card.
    Empty,
    /// A card is in; it is being connected.
    Powering,
    /// The card is being read.
    Reading,
    /// A health card was read.
    Read(Held),
    /// A card that is none of the NHI's.
    Wrong(WrongCard),
    /// It does not answer: wrong way round, dirty, or contactless only.
    Mute,
    /// Another program holds it; it is read when that program lets go.
    Busy,
    /// It cannot be used. After [`CardFault::HeldByOther`] it is still tried.
    Failed(CardFault),
    /// It was read, the time for the result is up, and it is still in.
    AwaitingRemoval,
}

impl State {
    /// One word for logs and the command line; never anything of the card's holder.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Powering => "powering",
            Self::Reading => "reading",
            Self::Read(_) => "read",
            Self::Wrong(_) => "wrong-card",
            Self::Mute => "mute",
            Self::Busy => "busy",
            Self::Failed(_) => "failed",
            Self::AwaitingRemoval => "awaiting-removal",
        }
    }
}
