//! A deed: what a person said the last yes to, from the record to the paper.

use jiff::Timestamp;

use super::StandingBooking;
use super::effect::SlipRequest;
use super::input::{PrintGrade, PrintTrouble};
use crate::campaign::RoundId;
use crate::operation::{BookingNumber, BookingRequest, OperationBody, OperationId, Willingness};
use crate::pickup::MaskOrder;
use crate::slip::SlipNumber;
use crate::{CardNumber, PersonNumber};

/// What is to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Willingness declared or changed.
    SetWillingness(Willingness),
    /// Willingness cancelled.
    CancelWillingness {
        /// The round.
        round: RoundId,
        /// Whose.
        person: PersonNumber,
        /// The card in the reader.
        card: CardNumber,
    },
    /// A slot asked for.
    BookSlot(BookingRequest),
    /// A pickup slip given out.
    IssuePickupSlip(Box<MaskOrder>),
}

impl Deed {
    /// The operation's body; a slip's number follows from the operation's identity.
    #[must_use]
    pub fn body(&self, id: &OperationId) -> OperationBody {
        match self {
            Self::SetWillingness(entry) => OperationBody::SetWillingness(entry.clone()),
            Self::CancelWillingness {
                round,
                person,
                card,
            } => OperationBody::CancelWillingness {
                round: round.clone(),
                person: person.clone(),
                card: card.clone(),
            },
            Self::BookSlot(request) => OperationBody::BookSlot(request.clone()),
            Self::IssuePickupSlip(order) => OperationBody::IssuePickupSlip {
                round: order.round.clone(),
                order: order.number.clone(),
                person: order.person.clone(),
                slip: SlipNumber::of(id),
            },
        }
    }
}

/// A deed being done: nothing is promised yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// The deed.
    pub deed: Deed,
    /// How far it is.
    pub stage: Stage,
}

/// How far a deed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Being put on disk.
    Recording,
    /// On disk; the centre is being asked.
    Answering {
        /// Its identity.
        id: OperationId,
        /// When it was recorded.
        at: Timestamp,
    },
}

/// A deed done, or something shown again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What was done.
    pub result: DoneResult,
    /// Its slip, where there is one.
    pub slip: Option<Box<SlipRequest>>,
    /// How the print stands.
    pub print: PrintStand,
    /// Since when the card is out; `None` while it is in or none was used.
    pub card_out_ms: Option<u64>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoneResult {
    /// Willingness registered under this number (V4).
    WillingnessSet {
        /// The registration number.
        receipt: String,
    },
    /// Willingness cancelled (V5).
    WillingnessCancelled,
    /// 預約成功 (V8).
    Booked {
        /// The booking number.
        number: BookingNumber,
        /// The booking.
        booking: Box<StandingBooking>,
    },
    /// 已受理，尚未確認: no place yet.
    BookingPending {
        /// What the person can quote.
        receipt: String,
        /// The booking asked for.
        booking: Box<StandingBooking>,
    },
    /// The booking that stands, shown again (V9).
    BookingShown {
        /// The booking.
        booking: Box<StandingBooking>,
    },
    /// A pickup slip (M12).
    PickupSlip {
        /// Its number.
        slip: SlipNumber,
    },
}

/// How a print stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintStand {
    /// Nothing to print, or not asked for.
    None,
    /// Asked for, under way.
    UnderWay {
        /// Since when, or since the last sign of life.
        since_ms: u64,
        /// The count on the paper.
        reprint: u32,
    },
    /// Out, as surely as the printer can tell; `reprint` is the count on the paper.
    Out {
        /// How sure.
        grade: PrintGrade,
        /// The count on the paper.
        reprint: u32,
    },
    /// It stopped; the printer itself prints the rest once the cause is gone.
    Held {
        /// Why.
        cause: PrintTrouble,
        /// The count on the paper.
        reprint: u32,
        /// Since when.
        since_ms: u64,
    },
    /// It stopped, or could not begin.
    Stopped {
        /// Why.
        cause: PrintTrouble,
        /// Whether it will be printed again, marked, as soon as the printer is ready.
        again: bool,
        /// Since when.
        since_ms: u64,
    },
}

impl PrintStand {
    /// Whether the session must wait for the printer.
    #[must_use]
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::UnderWay { .. } | Self::Held { .. })
    }
}
