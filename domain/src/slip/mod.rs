//! What a slip says, before it is laid out: only what may stand on paper, personal fields masked (I8).

mod desk;
mod found;
mod masks;

use jiff::civil::{Date, DateTime, Time};

pub use desk::{Check, CheckLine, ReadinessLines, StaffTotal, TotalsLines};
pub use found::{DeviceCodeLines, FoundBooking, FoundLines, FoundOrder, FoundPurchase, FoundState};
pub use masks::{OrderLines, PICKUP_SLIP_HOURS, PickupLines, SaleLines};

use crate::campaign::LocalText;
use crate::channel::Channel;
use crate::operation::{BookingNumber, DeviceId, OperationId};

/// The number of a pickup slip: 16 characters, the same on every reprint (M14). Its prefix is an
/// invented one, so that no real till takes it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SlipNumber(String);

impl SlipNumber {
    /// The number of the slip that this operation gives out.
    #[must_use]
    pub fn of(id: &OperationId) -> Self {
        Self(format!(
            "ZK{:05}{:02}{:07}",
            id.device.get(),
            id.epoch % 100,
            id.seq
        ))
    }

    /// Reads a slip number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("ZK")?;
        (digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| Self(text.to_owned()))
    }

    /// The operation that gave it out: its device, epoch and sequence number stand in it.
    #[must_use]
    pub fn operation(&self) -> Option<OperationId> {
        let digits = self.0.strip_prefix("ZK")?;
        Some(OperationId {
            device: DeviceId::new(digits.get(0..5)?.parse().ok()?)?,
            epoch: digits.get(5..7)?.parse().ok()?,
            seq: digits.get(7..)?.parse().ok()?,
        })
    }

    /// The sixteen characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A slip to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// What it is about.
    pub body: SlipBody,
    /// Where it was printed: the shop's name.
    pub place: LocalText,
    /// The terminal, for example `T00042`.
    pub terminal: String,
    /// When, Taipei's time.
    pub printed_at: DateTime,
    /// 0 for the first print; reprints are marked 補印 with this count (M14).
    pub reprint: u32,
}

/// The kinds of slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlipBody {
    /// 預約成功 (V8).
    BookingConfirmed {
        /// The booking's number.
        number: BookingNumber,
        /// The booking.
        booking: BookingLines,
    },
    /// 已受理，尚未確認: no place yet.
    BookingPending {
        /// What the person can quote.
        receipt: String,
        /// The booking asked for.
        booking: BookingLines,
    },
    /// Willingness registered (V4).
    Willingness {
        /// The registration number; not the order of booking.
        receipt: String,
        /// When it was completed.
        completed_at: DateTime,
        /// Whose.
        person: PersonLines,
        /// County and township.
        area: LocalText,
        /// The brands accepted.
        brands: Vec<LocalText>,
    },
    /// 小白單 (M12–M15).
    Pickup(PickupLines),
    /// A mask order (M1, M6–M9).
    Order(OrderLines),
    /// What a look-up found (V11, M10, M16).
    Found(FoundLines),
    /// A code that binds a device (R2).
    DeviceCode(DeviceCodeLines),
    /// The receipt of a counter sale (M2, M3).
    Sale(SaleLines),
    /// The totals of a counter's day.
    Totals(TotalsLines),
    /// Whether the terminal is fit for service.
    Readiness(ReadinessLines),
    /// A technician's test.
    Test,
}

/// The person as a slip shows them: masked (I8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLines {
    /// `A********9`
    pub number: String,
    /// `甄〇康`; `None` where no card was read.
    pub name: Option<String>,
    /// `0912***678`
    pub mobile: Option<String>,
}

/// A booking as a slip shows it (V8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingLines {
    /// When it was completed.
    pub completed_at: DateTime,
    /// Whose.
    pub person: PersonLines,
    /// The round's title.
    pub round: LocalText,
    /// The day.
    pub date: Date,
    /// From.
    pub start: Time,
    /// Until.
    pub end: Time,
    /// The site's name.
    pub site: LocalText,
    /// The site's address.
    pub address: LocalText,
    /// The site's notice; may be empty.
    pub notice: LocalText,
    /// The brand.
    pub brand: LocalText,
    /// Where it can be cancelled (V10).
    pub cancel_at: Vec<Channel>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects M14: a copy of a slip finds the journal that counts its prints.
    #[test]
    fn m14_slip_number_names_its_operation() {
        let id = OperationId {
            device: DeviceId::new(42).unwrap(),
            epoch: 1,
            seq: 17,
        };
        let slip = SlipNumber::of(&id);
        assert_eq!(slip.as_str(), "ZK00042010000017");
        assert_eq!(slip.operation(), Some(id));
        assert_eq!(SlipNumber::parse(slip.as_str()), Some(slip));
        assert_eq!(SlipNumber::parse("ZK0004201000001"), None);
    }
}
