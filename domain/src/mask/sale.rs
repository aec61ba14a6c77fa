//! Sales beside the pre-orders: over the counter (M2) and to travellers (M18).

use std::fmt;

use jiff::civil::Date;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::ledger::Standing;
use crate::PersonNumber;
use crate::campaign::{CounterSale, TravellerSale};
use crate::channel::{Act, Channel, permits};
use crate::operation::Rejection;

/// Which masks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Goods {
    /// For adults.
    Adult,
    /// For children.
    Child,
}

impl Goods {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Adult, Self::Child];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::Child => "child",
        }
    }

    /// The goods with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|goods| goods.code() == code)
    }
}

/// A traveller's passport: the issuing state's three letters, a hyphen, 5 to 12 letters or digits,
/// for example `JPN-TR1234567` (M18). `Debug` prints `…`.
#[derive(Clone, PartialEq, Eq, Hash, Zeroize, ZeroizeOnDrop)]
pub struct Passport(String);

/// The text is no passport. Never holds the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a passport is written as three letters, a hyphen and 5 to 12 letters or digits")]
pub struct PassportError;

impl Passport {
    /// Reads a passport's state and number.
    ///
    /// # Errors
    /// [`PassportError`] unless it has the form.
    pub fn parse(text: &str) -> Result<Self, PassportError> {
        let (state, number) = text.split_once('-').ok_or(PassportError)?;
        let good = state.len() == 3
            && state.bytes().all(|byte| byte.is_ascii_uppercase())
            && (5..=12).contains(&number.len())
            && number
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(PassportError)
        }
    }

    /// State and number: only for the centre's database.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Passport(…)")
    }
}

/// What is handed over, and for how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sale {
    /// Masks.
    pub masks: u32,
    /// Price of all of them in NT$.
    pub price_twd: u32,
}

/// Who stands at a counter.
#[derive(Debug, Clone, Copy)]
pub struct Buyer<'a> {
    /// The number on the card: its last digit has its weekdays.
    pub number: &'a PersonNumber,
    /// Day of birth: who may choose child masks.
    pub birth: Date,
    /// What the record says (M3).
    pub standing: Standing,
}

/// A sale over the counter of a pharmacy or a health centre (M2).
///
/// # Errors
/// [`Rejection::NotThisChannel`] (C1, C3), [`Rejection::WindowClosed`], [`Rejection::OddEven`],
/// [`Rejection::NoChildMasks`] or [`Rejection::BoughtAlready`] (M3).
pub fn over_the_counter(
    offer: &CounterSale,
    channel: Channel,
    buyer: &Buyer<'_>,
    goods: Goods,
    today: Date,
) -> Result<Sale, Rejection> {
    if !permits(channel, Act::BuyMasks) || !offer.channels.contains(&channel) {
        return Err(Rejection::NotThisChannel);
    }
    if !offer.days.contains(today) {
        return Err(Rejection::WindowClosed);
    }
    if !offer.odd_even.admits(buyer.number, today) {
        return Err(Rejection::OddEven);
    }
    if goods == Goods::Child && age_on(buyer.birth, today) > i16::from(offer.child_age_max) {
        return Err(Rejection::NoChildMasks);
    }
    if !buyer.standing.may_buy(today) {
        return Err(Rejection::BoughtAlready);
    }
    Ok(match goods {
        Goods::Adult => Sale {
            masks: offer.adult_masks,
            price_twd: offer.adult_price_twd,
        },
        Goods::Child => Sale {
            masks: offer.child_masks,
            price_twd: offer.child_price_twd,
        },
    })
}

/// A sale to a traveller at the airport (M18): either sort for either age, no weekdays. `standing` is
/// the record of whoever has a national or residence number; others are sold to once a round.
///
/// # Errors
/// [`Rejection::NotThisChannel`], [`Rejection::WindowClosed`] or [`Rejection::BoughtAlready`] (M3).
pub fn to_a_traveller(
    offer: &TravellerSale,
    channel: Channel,
    standing: Option<Standing>,
    goods: Goods,
    today: Date,
) -> Result<Sale, Rejection> {
    if !permits(channel, Act::BuyMasks) {
        return Err(Rejection::NotThisChannel);
    }
    if !offer.days.contains(today) {
        return Err(Rejection::WindowClosed);
    }
    if standing.is_some_and(|standing| !standing.may_buy(today)) {
        return Err(Rejection::BoughtAlready);
    }
    Ok(Sale {
        masks: match goods {
            Goods::Adult => offer.adult_masks,
            Goods::Child => offer.child_masks,
        },
        price_twd: offer.price_twd,
    })
}

/// Full years of age on a day; somebody born on 29 February turns a year older on 1 March.
#[must_use]
pub fn age_on(birth: Date, day: Date) -> i16 {
    let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
    day.year() - birth.year() - i16::from(!had_birthday)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::mask::fixture::round;
    use crate::mask::ledger::{Purchase, standing};
    use jiff::civil::date;

    fn buys(
        number: &str,
        birth: Date,
        goods: Goods,
        today: Date,
        bought: Option<Date>,
    ) -> Result<Sale, Rejection> {
        let number = PersonNumber::parse(number).unwrap();
        let record = bought.map(|counts_from| Purchase {
            counts_from,
            days_between: 7,
        });
        let buyer = Buyer {
            number: &number,
            birth,
            standing: standing(record.as_slice(), today),
        };
        let offer = round().counter_sale.unwrap();
        over_the_counter(&offer, Channel::Pharmacy, &buyer, goods, today)
    }

    const ADULT: Date = date(1990, 5, 5);
    /// A Wednesday, an odd day, in the fixture's sale.
    const WEDNESDAY: Date = date(2020, 3, 25);

    /// Protects M2: quantities and prices; child masks up to sixteen years, the birthday included.
    #[test]
    fn m2_child_masks_up_to_sixteen() {
        let adult = Ok(Sale {
            masks: 3,
            price_twd: 15,
        });
        let child = Ok(Sale {
            masks: 5,
            price_twd: 25,
        });
        for (birth, goods, expected) in [
            (ADULT, Goods::Adult, adult),
            (ADULT, Goods::Child, Err(Rejection::NoChildMasks)),
            (
                date(2003, 3, 25),
                Goods::Child,
                Err(Rejection::NoChildMasks),
            ),
            (date(2003, 3, 26), Goods::Child, child),
            (date(2004, 3, 25), Goods::Adult, adult),
            (date(2020, 3, 1), Goods::Child, child),
        ] {
            let sold = buys("A123456789", birth, goods, WEDNESDAY, None);
            assert_eq!(sold, expected, "{birth} {goods:?}");
        }
        assert_eq!(age_on(date(2004, 2, 29), date(2021, 2, 28)), 16);
        assert_eq!(age_on(date(2004, 2, 29), date(2021, 3, 1)), 17);
    }

    /// Protects M2: odd and even last digits have their weekdays, Sunday everybody's.
    #[test]
    fn m2_odd_and_even_days() {
        let (odd, even) = ("A123456789", "A800000014");
        for (today, odd_may, even_may) in [
            (WEDNESDAY, true, false),
            (date(2020, 3, 26), false, true),
            (date(2020, 3, 29), true, true),
        ] {
            for (number, may) in [(odd, odd_may), (even, even_may)] {
                let sold = buys(number, ADULT, Goods::Adult, today, None);
                assert_eq!(sold.is_ok(), may, "{today}");
                assert!(may || sold == Err(Rejection::OddEven));
            }
        }
    }

    /// Protects M3 at the counter, and the sale's days.
    #[test]
    fn m3_not_twice_in_seven_days() {
        let bought = |on| buys("A123456789", ADULT, Goods::Adult, WEDNESDAY, Some(on));
        assert_eq!(bought(date(2020, 3, 19)), Err(Rejection::BoughtAlready));
        assert!(bought(date(2020, 3, 18)).is_ok());
        let late = buys("A123456789", ADULT, Goods::Adult, date(2020, 5, 6), None);
        assert_eq!(late, Err(Rejection::WindowClosed));
    }

    /// Protects C1 and C3: masks are sold over counters only.
    #[test]
    fn c1_c3_no_counter_sale_elsewhere() {
        let (number, round) = (PersonNumber::parse("A123456789").unwrap(), round());
        let buyer = Buyer {
            number: &number,
            birth: ADULT,
            standing: Standing::default(),
        };
        for channel in [Channel::StoreKiosk, Channel::Web, Channel::App] {
            let counter = round.counter_sale.as_ref().unwrap();
            let sold = over_the_counter(counter, channel, &buyer, Goods::Adult, WEDNESDAY);
            assert_eq!(sold, Err(Rejection::NotThisChannel));
            let offer = round.traveller_sale.as_ref().unwrap();
            let sold = to_a_traveller(offer, channel, None, Goods::Adult, WEDNESDAY);
            assert_eq!(sold, Err(Rejection::NotThisChannel));
        }
    }

    /// Protects M18: travellers' quantities and price, and the one record for those with a number.
    #[test]
    fn m18_travellers() {
        let (offer, channel) = (round().traveller_sale.unwrap(), Channel::Pharmacy);
        let sold = |goods, standing| to_a_traveller(&offer, channel, standing, goods, WEDNESDAY);
        for (goods, masks) in [(Goods::Adult, 3), (Goods::Child, 5)] {
            let price_twd = 50;
            assert_eq!(sold(goods, None), Ok(Sale { masks, price_twd }));
        }
        assert_eq!(offer.price_usd_cents, 200);
        let record = [Purchase {
            counts_from: date(2020, 3, 20),
            days_between: 7,
        }];
        let blocked = Some(standing(&record, WEDNESDAY));
        assert_eq!(sold(Goods::Adult, blocked), Err(Rejection::BoughtAlready));
        assert!(sold(Goods::Adult, Some(Standing::default())).is_ok());
        for wrong in [
            "",
            "JPN",
            "JPN-",
            "jpn-TR1234567",
            "JPN-TR 123",
            "JP-TR1234567",
        ] {
            assert_eq!(Passport::parse(wrong), Err(PassportError));
        }
        let passport = Passport::parse("JPN-TR1234567").unwrap();
        assert_eq!(format!("{passport:?}"), "Passport(…)");
    }
}
