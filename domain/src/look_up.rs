//! Looking a booking up by person number and three digits of a mobile number (V11).

use jiff::Timestamp;

use crate::campaign::{SiteId, SlotId};
use crate::mobile::LastThreeDigits;
use crate::operation::BookingNumber;
use crate::{MobileNumber, PersonName, PersonNumber};

/// A booking as the centre holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBooking {
    /// Whose.
    pub person: PersonNumber,
    /// Their name.
    pub name: PersonName,
    /// The number given with the booking.
    pub mobile: MobileNumber,
    /// Its number.
    pub number: BookingNumber,
    /// When it was completed.
    pub completed_at: Timestamp,
    /// Where.
    pub site: SiteId,
    /// When.
    pub slot: SlotId,
}

/// A booking as a look-up shows it: of the person only what is masked (I8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownBooking {
    /// `Q********2`
    pub person: String,
    /// `甄〇康`
    pub name: String,
    /// `0912***678`
    pub mobile: String,
    /// Its number.
    pub number: BookingNumber,
    /// When it was completed.
    pub completed_at: Timestamp,
    /// Where.
    pub site: SiteId,
    /// When.
    pub slot: SlotId,
}

/// The newest of a person's bookings, if these are the last digits given with it. `None` is one
/// answer for everything else, so that nobody learns whether a number exists.
#[must_use]
pub fn newest_booking(
    held: impl IntoIterator<Item = HeldBooking>,
    digits: &LastThreeDigits,
) -> Option<ShownBooking> {
    held.into_iter()
        .max_by_key(|booking| booking.completed_at)
        .filter(|booking| digits.fit(&booking.mobile))
        .map(|booking| ShownBooking {
            person: booking.person.masked(),
            name: booking.name.masked(),
            mobile: booking.mobile.masked(),
            number: booking.number,
            completed_at: booking.completed_at,
            site: booking.site,
            slot: booking.slot,
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn held(mobile: &str, completed_at: &str, number: &str) -> HeldBooking {
        HeldBooking {
            person: PersonNumber::parse("A123456789").unwrap(),
            name: PersonName::new("甄健康"),
            mobile: MobileNumber::parse(mobile).unwrap(),
            number: BookingNumber::parse(number).unwrap(),
            completed_at: completed_at.parse().unwrap(),
            site: SiteId::parse("community-az-2").unwrap(),
            slot: SlotId::parse("0720-1000").unwrap(),
        }
    }

    fn digits(text: &str) -> LastThreeDigits {
        LastThreeDigits::parse(text).unwrap()
    }

    fn both() -> [HeldBooking; 2] {
        [
            held("0912345678", "2021-07-13T08:13:16Z", "020000036"),
            held("0912345999", "2021-07-01T08:00:00Z", "020000001"),
        ]
    }

    /// Protects V11: the newest booking and no other, whatever their order.
    #[test]
    fn v11_only_the_newest_booking() {
        let [newer, older] = both();
        for bookings in [[newer.clone(), older.clone()], [older, newer]] {
            let shown = newest_booking(bookings.clone(), &digits("678")).unwrap();
            assert_eq!(shown.number.as_str(), "020000036");
            // The older one's digits open nothing.
            assert_eq!(newest_booking(bookings, &digits("999")), None);
        }
        assert_eq!(newest_booking([], &digits("678")), None);
    }

    /// Protects V11 and I8: what is shown holds no number and no name in full.
    #[test]
    fn v11_everything_personal_is_masked() {
        let shown = newest_booking(both(), &digits("678")).unwrap();
        assert_eq!(
            (&*shown.person, &*shown.name, &*shown.mobile),
            ("A********9", "甄〇康", "0912***678")
        );
    }
}
