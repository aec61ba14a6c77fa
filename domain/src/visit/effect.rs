//! What a visit asks of the outside. The application does it and reports back as an input.

use super::deed::Deed;
use crate::campaign::SiteId;
use crate::operation::OperationId;
use crate::pickup::PickupNumber;
use crate::slip::SlipBody;
use crate::{CardNumber, PersonNumber};

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Look the pair up in the roster and in this terminal's records, and ask the centre.
    Identify {
        /// The number on the card.
        person: PersonNumber,
        /// The card.
        card: CardNumber,
    },
    /// Find out which slots a site has and what is left.
    LoadSlots(SiteId),
    /// Find the order with this number if it is this person's (M12).
    FindOrder {
        /// The pickup number typed.
        number: PickupNumber,
        /// The person number typed.
        person: PersonNumber,
    },
    /// Put the deed on disk; answer [`super::Input::Recorded`] only when it is durable.
    Record(Box<Deed>),
    /// Send it now; answer [`super::Input::Answered`] within three seconds.
    SendNow(OperationId),
    /// Print a slip.
    Print(Box<SlipRequest>),
    /// A sound for the customer.
    Sound(Sound),
    /// The session is over: forget language, text size and everything typed.
    Forget,
}

/// A slip to print, and the operation whose journal counts its prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipRequest {
    /// What it says.
    pub body: SlipBody,
    /// Whose prints are counted; `None` for something made elsewhere, whose copy is always marked.
    pub operation: Option<OperationId>,
}

/// Sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sound {
    /// Done.
    Done,
    /// Take your card.
    TakeCard,
    /// Take your card, louder.
    TakeCardLoud,
    /// Call the staff: a card was left.
    StaffAlert,
}
