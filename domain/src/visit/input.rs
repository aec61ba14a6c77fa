//! What can happen to a visit from outside.

use std::sync::Arc;

use jiff::Timestamp;

use super::entry::Key;
use super::person::{MenuAction, Standing};
use crate::CardReading;
use crate::campaign::{AreaId, BrandId, SiteId, SlotId};
use crate::operation::{OperationId, Outcome};
use crate::pickup::{MaskOrder, PickupNumber};
use crate::roster::{CentreVerdict, RosterRecord};

/// A moment by both clocks. Limits are counted on the monotonic one; windows of a campaign and what
/// is printed use the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since some start; never goes back.
    pub monotonic_ms: u64,
    /// The wall clock.
    pub wall: Timestamp,
}

/// An event from outside. Every input is legal in every state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Time went on.
    Tick(Moment),
    /// The customer touched something.
    Touch(Touch),
    /// The card reader saw something.
    Card(CardInput),
    /// What the roster, this terminal's records and the centre say of the card.
    Identified(Box<Identification>),
    /// The slots of a site and the places they have.
    Slots {
        /// The site.
        site: SiteId,
        /// Its slots, by date and start.
        offers: Vec<SlotOffer>,
    },
    /// The answer to [`super::Effect::FindOrder`].
    OrderFound(Option<Box<MaskOrder>>),
    /// The deed is on disk.
    Recorded {
        /// Its identity.
        id: OperationId,
        /// When it was recorded.
        at: Timestamp,
    },
    /// The order had its slip already: nothing was recorded, that slip is printed again (M14).
    SlipExists(crate::slip::SlipNumber),
    /// The deed could not be recorded: nothing happened.
    RecordFailed,
    /// The centre's answer to a deed, or none in time.
    Answered {
        /// The deed.
        id: OperationId,
        /// `None` when no answer came in time.
        outcome: Option<Outcome>,
    },
    /// A print went on.
    Print(PrintInput),
    /// A device's or the line's health changed.
    Surroundings(super::surroundings::Change),
}

/// A touch, by its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touch {
    /// Idle: what the customer came for.
    Begin(Purpose),
    /// Open the help page.
    Help,
    /// One step back.
    Back,
    /// End the session.
    End,
    /// Reset the idle limit.
    MoreTime,
    /// Choose from the menu.
    Menu(MenuAction),
    /// Choose another area.
    OtherArea,
    /// Choose a county by its place in the campaign's list.
    County(usize),
    /// Choose a township.
    Area(AreaId),
    /// Tick or untick a brand.
    Brand(BrandId),
    /// Choose a site.
    Site(SiteId),
    /// Choose a slot.
    Slot(SlotId),
    /// Type.
    Key(Key),
    /// Go on to the next page of a form.
    Continue,
    /// The last yes.
    Yes,
    /// No: back to what stands.
    No,
    /// Print the slip of this order.
    Order(PickupNumber),
    /// Fetch masks by pickup number and person number instead of the card (M12).
    PickupByNumber,
    /// Print the slip again, marked.
    PrintAgain,
}

/// What a customer comes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Willingness or booking.
    Vaccine,
    /// A mask pickup slip.
    Masks,
    /// A card put in without a choice.
    Anything,
}

/// What the reader saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardInput {
    /// A card is in and is being read.
    Reading,
    /// It was read.
    Read(Box<CardReading>),
    /// It cannot be used.
    Problem(CardProblem),
    /// It was taken out.
    Removed,
}

/// Why a card cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CardProblem {
    /// Another card.
    Wrong(WrongCard),
    /// No answer: wrong way round, dirty or contactless only.
    Mute,
    /// It answered, but not as a health card must.
    Unreadable,
    /// Its person number fails its check: a fault of the card, not of the person (I2).
    BadPersonNumber,
    /// It was pulled while it was read.
    PulledTooEarly,
}

/// A card put in by mistake: the key of the wording that names it. The list of such cards is data
/// that grows without a release, so the rules know none by name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WrongCard(pub Arc<str>);

/// What is known of a card's holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identification {
    /// The roster's record under the number on the card.
    pub local: Option<RosterRecord>,
    /// What the centre said, [`CentreVerdict::NoAnswer`] without the line.
    pub centre: CentreVerdict,
    /// What stands, merged from this terminal's records and the centre's.
    pub standing: Standing,
    /// The person's orders held here.
    pub orders: Vec<MaskOrder>,
}

/// A slot as offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotOffer {
    /// The slot.
    pub slot: crate::campaign::Slot,
    /// Places left as last heard; `None` when the centre was never asked.
    pub remaining: Option<u32>,
}

impl SlotOffer {
    /// 額滿: known to have no place (V7).
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.slot.capacity == 0 || self.remaining == Some(0)
    }
}

/// How a print went on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintInput {
    /// It began; `reprint` is the count on the paper, 0 for the first.
    Started {
        /// The count on the paper.
        reprint: u32,
    },
    /// It ended as well as the printer can tell.
    Finished(PrintGrade),
    /// It stopped, but the printer keeps the rest and will print it by itself: printing again now
    /// would make two slips.
    Held(PrintTrouble),
    /// It stopped.
    Stopped {
        /// Why.
        cause: PrintTrouble,
        /// Whether the printer proved that it forgot the rest: only then is another print safe.
        cleared: bool,
    },
}

/// How sure it is that there is paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrintGrade {
    /// The bytes were taken.
    Sent,
    /// The printer answered after them.
    Answered,
    /// The printer said that they are on paper.
    Printed,
}

/// Why a print stopped or cannot begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrintTrouble {
    /// No paper.
    PaperEnd,
    /// The cover is open.
    CoverOpen,
    /// The cutter, the head or something else.
    Fault,
    /// No printer, or it does not answer.
    NotThere,
}
