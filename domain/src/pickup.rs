//! Fetching pre-ordered masks: whose order, where and in which days (M11–M14).

use std::fmt;

use jiff::civil::Date;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::campaign::{RoundId, StoreId};
use crate::slip::SlipNumber;
use crate::{MobileNumber, PersonNumber};

/// The number texted to whoever won an order: ten digits (M12, M19). `Debug` prints `…`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
pub struct PickupNumber([u8; 10]);

/// The text is not ten digits. Never holds the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a pickup number has exactly 10 digits")]
pub struct PickupNumberError;

impl PickupNumber {
    /// Reads a pickup number.
    ///
    /// # Errors
    /// [`PickupNumberError`] unless it is ten ASCII digits.
    pub fn parse(text: &str) -> Result<Self, PickupNumberError> {
        let bytes: [u8; 10] = text.as_bytes().try_into().map_err(|_| PickupNumberError)?;
        if bytes.iter().all(u8::is_ascii_digit) {
            Ok(Self(bytes))
        } else {
            Err(PickupNumberError)
        }
    }

    /// The number in full: only for the encrypted database, the centre and the person's own paper.
    #[must_use]
    pub fn reveal(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for PickupNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PickupNumber(…)")
    }
}

/// A pre-order as the terminal of its store holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskOrder {
    /// Its number.
    pub number: PickupNumber,
    /// The round it belongs to.
    pub round: RoundId,
    /// Whose it is, as on the card.
    pub person: PersonNumber,
    /// The person's other residence number (I4).
    pub other_number: Option<PersonNumber>,
    /// Where notices went; its last three digits are a second factor (M10).
    pub mobile: MobileNumber,
    /// Where it is fetched; after a move, where it was moved to (M11).
    pub store: StoreId,
    /// Adult masks.
    pub masks: u32,
    /// What was paid, NT$.
    pub price_twd: u32,
    /// Whether it was paid in its window (M9).
    pub paid: bool,
    /// First day it can be fetched.
    pub first_day: Date,
    /// Last day it can be fetched, included.
    pub last_day: Date,
    /// The slip given out for it, if any, and how often it was printed again (M14).
    pub slip: Option<(SlipNumber, u32)>,
    /// Whether the counter took the slip: it is valid once (M14).
    pub redeemed: bool,
}

impl MaskOrder {
    /// Whether it is this person's, under either of the numbers (I4).
    #[must_use]
    pub fn belongs_to(&self, person: &PersonNumber) -> bool {
        self.person == *person || self.other_number.as_ref() == Some(person)
    }
}

/// Why an order cannot be fetched now; each has its own sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickupRefusal {
    /// Not yet; from this day (M13).
    TooEarly(Date),
    /// Over since this day; no refund, no second chance (M13).
    TooLate(Date),
    /// At another store (M11).
    OtherStore(StoreId),
    /// Not paid in time: void (M9).
    NotPaid,
    /// Fetched already (M14).
    Redeemed,
}

/// Whether an order may be fetched here today.
///
/// # Errors
/// The first reason against it, the most final first.
pub fn check(order: &MaskOrder, store: &StoreId, today: Date) -> Result<(), PickupRefusal> {
    if order.redeemed {
        Err(PickupRefusal::Redeemed)
    } else if !order.paid {
        Err(PickupRefusal::NotPaid)
    } else if today > order.last_day {
        Err(PickupRefusal::TooLate(order.last_day))
    } else if order.store != *store {
        Err(PickupRefusal::OtherStore(order.store.clone()))
    } else if today < order.first_day {
        Err(PickupRefusal::TooEarly(order.first_day))
    } else {
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn order() -> MaskOrder {
        MaskOrder {
            number: PickupNumber::parse("0123456789").unwrap(),
            round: RoundId::parse("mask-2").unwrap(),
            person: PersonNumber::parse("A800000014").unwrap(),
            other_number: Some(PersonNumber::parse("AC03095424").unwrap()),
            mobile: MobileNumber::parse("0912345678").unwrap(),
            store: StoreId::parse("S0001").unwrap(),
            masks: 3,
            price_twd: 22,
            paid: true,
            first_day: date(2020, 4, 2),
            last_day: date(2020, 4, 8),
            slip: None,
            redeemed: false,
        }
    }

    /// Protects M13: first and last day are inside, the days beside them are refused with the day.
    #[test]
    fn m13_only_inside_the_pickup_days() {
        let here = StoreId::parse("S0001").unwrap();
        for day in [date(2020, 4, 2), date(2020, 4, 8)] {
            assert_eq!(check(&order(), &here, day), Ok(()));
        }
        assert_eq!(
            check(&order(), &here, date(2020, 4, 1)),
            Err(PickupRefusal::TooEarly(date(2020, 4, 2)))
        );
        assert_eq!(
            check(&order(), &here, date(2020, 4, 9)),
            Err(PickupRefusal::TooLate(date(2020, 4, 8)))
        );
    }

    /// Protects M9, M11 and M14: unpaid, elsewhere and fetched orders each have their own reason.
    #[test]
    fn m9_m11_m14_refusals() {
        let (here, day) = (StoreId::parse("S0001").unwrap(), date(2020, 4, 3));
        let elsewhere = StoreId::parse("S0002").unwrap();
        assert_eq!(
            check(
                &MaskOrder {
                    store: elsewhere.clone(),
                    ..order()
                },
                &here,
                day
            ),
            Err(PickupRefusal::OtherStore(elsewhere))
        );
        assert_eq!(
            check(
                &MaskOrder {
                    paid: false,
                    ..order()
                },
                &here,
                day
            ),
            Err(PickupRefusal::NotPaid)
        );
        assert_eq!(
            check(
                &MaskOrder {
                    redeemed: true,
                    ..order()
                },
                &here,
                day
            ),
            Err(PickupRefusal::Redeemed)
        );
    }

    /// Protects I4: an order made under the old residence number is found under the new one.
    #[test]
    fn i4_order_is_found_under_either_number() {
        assert!(order().belongs_to(&PersonNumber::parse("AC03095424").unwrap()));
        assert!(!order().belongs_to(&PersonNumber::parse("A123456789").unwrap()));
    }
}
