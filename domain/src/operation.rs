//! Operations: everything a person does, recorded before the person is told anything, and applied
//! at the centre exactly once in effect.

use std::fmt;

use jiff::Timestamp;

use crate::campaign::{AreaId, BrandId, CategoryCode, RoundId, SiteId, SlotId};
use crate::mask::request::{MaskOrderRequest, MaskSale};
use crate::pickup::PickupNumber;
use crate::registration::CardRegistration;
use crate::slip::SlipNumber;
use crate::{CardNumber, MobileNumber, PersonName, PersonNumber};

/// A terminal, 1 to 99999, as the centre enrolled it. Shown as `T00042`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(u32);

impl DeviceId {
    /// `None` unless 1 to 99999.
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        (1..=99_999).contains(&number).then_some(Self(number))
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "T{:05}", self.0)
    }
}

/// The identity of an operation. `seq` is contiguous from 1 within an epoch; the centre raises the
/// epoch whenever a terminal's disk may be older than what it already sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId {
    /// The terminal.
    pub device: DeviceId,
    /// Given by the centre, from 1.
    pub epoch: u32,
    /// From 1.
    pub seq: u64,
}

impl OperationId {
    /// What a person can quote: `00042-01-0000017`.
    #[must_use]
    pub fn receipt(&self) -> String {
        format!("{:05}-{:02}-{:07}", self.device.get(), self.epoch, self.seq)
    }
}

impl OperationId {
    /// The identity a receipt names.
    #[must_use]
    pub fn from_receipt(receipt: &str) -> Option<Self> {
        let mut parts = receipt.split('-');
        let id = Self {
            device: DeviceId::new(parts.next()?.parse().ok()?)?,
            epoch: parts.next()?.parse().ok()?,
            seq: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(id)
    }
}

/// An operation with everything that is hashed, stored and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its identity.
    pub id: OperationId,
    /// A `UUIDv7` beside it, for people and for `Idempotency-Key`.
    pub key: u128,
    /// When it was recorded, by the terminal's clock.
    pub recorded_at: Timestamp,
    /// What the person did.
    pub body: OperationBody,
}

/// What a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperationBody {
    /// Willingness declared or changed (V2, V5): free, the centre keeps the latest.
    SetWillingness(Willingness),
    /// Willingness cancelled (V5).
    CancelWillingness {
        /// The round.
        round: RoundId,
        /// Who, as on the card.
        person: PersonNumber,
        /// The card that was in the reader.
        card: CardNumber,
    },
    /// A slot asked for (V6, V9, V12): scarce; without the line it is pending.
    BookSlot(BookingRequest),
    /// A booking cancelled (V10): the place is free again at once.
    CancelBooking {
        /// The round.
        round: RoundId,
        /// Who, as on the card.
        person: PersonNumber,
        /// The card that was in the reader.
        card: CardNumber,
    },
    /// A card registered for network services (R1, R6): free, the centre keeps the latest.
    RegisterCard(CardRegistration),
    /// A mask pickup slip given out (M12, M14): one owner, final at once.
    IssuePickupSlip {
        /// The round.
        round: RoundId,
        /// The order.
        order: PickupNumber,
        /// Whose order.
        person: PersonNumber,
        /// The slip; reprints carry the same number.
        slip: SlipNumber,
    },
    /// Masks pre-ordered, or ordered again (M1, M6): free, the last one stands.
    OrderMasks(MaskOrderRequest),
    /// Masks sold over a counter (M2, M18): only with the centre's answer.
    SellMasks(MaskSale),
    /// A pickup slip taken in for the masks (M14): valid once.
    RedeemSlip {
        /// The round.
        round: RoundId,
        /// The slip the clerk scanned.
        slip: SlipNumber,
    },
}

/// A willingness entry (V2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Willingness {
    /// The round.
    pub round: RoundId,
    /// Who, as on the card.
    pub person: PersonNumber,
    /// The card that was in the reader.
    pub card: CardNumber,
    /// The name on the card, for the result (V4).
    pub name: PersonName,
    /// The group.
    pub category: CategoryCode,
    /// Where the call is sent.
    pub mobile: MobileNumber,
    /// County and township.
    pub area: AreaId,
    /// Brands accepted, at least one.
    pub brands: Vec<BrandId>,
}

/// A slot asked for (V6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingRequest {
    /// The round.
    pub round: RoundId,
    /// Who, as on the card.
    pub person: PersonNumber,
    /// The card that was in the reader.
    pub card: CardNumber,
    /// The name on the card, for the result (V8).
    pub name: PersonName,
    /// Where notices are sent.
    pub mobile: MobileNumber,
    /// Where.
    pub site: SiteId,
    /// When.
    pub slot: SlotId,
    /// The lease it was confirmed from without the line; `None` where the centre is asked.
    pub lease: Option<LeaseId>,
}

/// Places of a slot that the centre lets a terminal promise without the line: a random id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LeaseId(pub u128);

/// What the centre made of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done. A booking carries its number (V8).
    Applied {
        /// The booking number; `None` for other kinds.
        number: Option<BookingNumber>,
    },
    /// A business "no".
    Rejected(Rejection),
    /// Received, decided later.
    Pending,
    /// A later operation stood already.
    Superseded,
}

/// A booking's number, given by the centre: nine digits (V8).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BookingNumber(String);

impl BookingNumber {
    /// `None` unless nine digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 9 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| Self(text.to_owned()))
    }

    /// The nine digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! rejections {
    ($($(#[$meta:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// Why the centre said no; stable codes go over the wire and into records.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Rejection { $($(#[$meta])* $name),+ }

        impl Rejection {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The reason with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

rejections! {
    /// The slot has no place left (V7, V12).
    SlotFull = "slot-full",
    /// The person holds a booking for this dose (V9).
    AlreadyBooked = "already-booked",
    /// No willingness entry (V1).
    NoWillingness = "no-willingness",
    /// Category or age not called yet (V1, V13).
    NotCalled = "not-called",
    /// Not in this round's groups (V3).
    NotInRound = "not-in-round",
    /// Outside the window.
    WindowClosed = "window-closed",
    /// The site gives a brand the person did not accept (V6).
    BrandNotAccepted = "brand-not-accepted",
    /// No such round, site, slot, area or brand.
    UnknownTarget = "unknown-target",
    /// The pair of person and card does not verify (I3).
    IdentityNotVerified = "identity-not-verified",
    /// Bookings cannot be cancelled at this place; the person is told where (V10).
    CancelElsewhere = "cancel-elsewhere",
    /// There is no booking to cancel (V10).
    NoBooking = "no-booking",
    /// There is an open booking; willingness cannot be cancelled under it (V5).
    BookingStands = "booking-stands",
    /// No such order, or it is another person's (M12).
    OrderUnknown = "order-unknown",
    /// The order was not paid in time (M9).
    OrderVoid = "order-void",
    /// The order is fetched at another store (M11).
    OtherStore = "other-store",
    /// Outside the pickup window (M13).
    OutsidePickup = "outside-pickup",
    /// The lease is not this terminal's, sealed, lost or sold out.
    LeaseNotValid = "lease-not-valid",
    /// The campaign lets this terminal hold no (more) places of the slot.
    LeaseNotAllowed = "lease-not-allowed",
    /// Another slip of this order stands (M14).
    SlipExists = "slip-exists",
    /// Not possible where it was asked (C1–C3).
    NotThisChannel = "not-this-channel",
    /// The days since the last purchase are not over (M3).
    BoughtAlready = "bought-already",
    /// Today is for the other last digits (M2).
    OddEven = "odd-even",
    /// Child masks are for children (M2).
    NoChildMasks = "no-child-masks",
    /// The answer came too late for a sale: nothing was handed over (M2).
    SaleLapsed = "sale-lapsed",
    /// The store is closed; another took its orders over (M11).
    StoreMoved = "store-moved",
    /// No such slip, or it is another store's (M14).
    SlipUnknown = "slip-unknown",
    /// The slip was taken in already: it is valid once (M14).
    SlipRedeemed = "slip-redeemed",
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects the wire and old records: each reason has one code, and reads back.
    #[test]
    fn rejection_codes_read_back() {
        for &reason in Rejection::ALL {
            assert_eq!(Rejection::from_code(reason.code()), Some(reason));
        }
        assert_eq!(Rejection::from_code("no-such"), None);
    }

    /// Protects the receipt people quote: fixed width, device, epoch and sequence.
    #[test]
    fn receipt_has_device_epoch_and_sequence() {
        let id = OperationId {
            device: DeviceId::new(42).unwrap(),
            epoch: 1,
            seq: 17,
        };
        assert_eq!(id.receipt(), "00042-01-0000017");
        assert_eq!(OperationId::from_receipt(&id.receipt()), Some(id));
        assert_eq!(OperationId::from_receipt("00042-01"), None);
        assert_eq!(id.device.to_string(), "T00042");
        assert_eq!(DeviceId::new(0), None);
        assert_eq!(DeviceId::new(100_000), None);
    }
}
