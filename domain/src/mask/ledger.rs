//! The one record of purchases over all channels (M3, M4, M5, M16, M18).
//!
//! How the documents (S2, questions 1, 8, 11, 22, 23, 24.5, 24.6, 25) are read:
//!
//! - A sale over the counter, and a traveller's, counts from its day. It is refused until the next
//!   allowed day.
//! - A pre-order counts from the first day of its pickup window, whenever it is fetched, and also
//!   when it never is: "from 26 March the system begins to enter" it, and masks not fetched are
//!   neither given later nor refunded. Before that day it does not count at all, ordered or paid (M5).
//! - A pre-order is never refused for the days between purchases. Question 24.5 lets somebody who
//!   bought on 24 March fetch from 26 March, and postpones the next allowed day to 7 April instead:
//!   the order takes the turn after the one already used. So a pre-order may be refused for its
//!   window, its channel, its store and the lottery (M6–M8), and a person who orders pays in days.
//! - An order that was not paid never counts (question 16): it is void.
//!
//! Each purchase thus has a day it is *counted* on: its own day, or, when an earlier purchase still
//! blocks that day, the first day it does not. Counted days are never closer than the days between
//! purchases, and the next allowed day follows the last of them.

use jiff::SignedDuration;
use jiff::civil::Date;

/// A purchase as the record holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Purchase {
    /// The day of a sale; the first pickup day of a paid pre-order (M4).
    pub counts_from: Date,
    /// Days until the next purchase, as the campaign had it then (M3).
    pub days_between: u32,
}

/// What a person's purchases amount to on a day (M16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The last purchase that counts already; `None` without any.
    pub last_purchase: Option<Date>,
    /// The first day a counter may sell again; `None` without any purchase.
    pub next_allowed: Option<Date>,
}

impl Standing {
    /// Whether a counter may sell on this day (M3).
    #[must_use]
    pub fn may_buy(&self, day: Date) -> bool {
        self.next_allowed.is_none_or(|allowed| allowed <= day)
    }

    /// M4: next allowed day = max(first day, next allowed day so far) + the days between.
    fn with(self, purchase: Purchase) -> Self {
        let counted = self.next_allowed.map_or(purchase.counts_from, |allowed| {
            allowed.max(purchase.counts_from)
        });
        Self {
            last_purchase: Some(purchase.counts_from),
            next_allowed: Some(days_after(counted, purchase.days_between)),
        }
    }
}

/// What these purchases, in any order, amount to on `today`: those that count from later days are
/// left out (M5).
#[must_use]
pub fn standing(purchases: &[Purchase], today: Date) -> Standing {
    let mut counted: Vec<Purchase> = purchases
        .iter()
        .copied()
        .filter(|purchase| purchase.counts_from <= today)
        .collect();
    counted.sort_unstable();
    counted
        .into_iter()
        .fold(Standing::default(), Standing::with)
}

fn days_after(day: Date, days: u32) -> Date {
    day.saturating_add(SignedDuration::from_hours(24 * i64::from(days)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn purchase(counts_from: Date) -> Purchase {
        Purchase {
            counts_from,
            days_between: 7,
        }
    }

    /// Protects M4's first example: pickup from 26 March, nothing before, so again from 2 April,
    /// on whichever day it is fetched.
    #[test]
    fn m4_example_1_pickup_from_26_march() {
        let order = [purchase(date(2020, 3, 26))];
        for today in [date(2020, 3, 26), date(2020, 3, 30), date(2020, 4, 1)] {
            let standing = standing(&order, today);
            assert_eq!(standing.next_allowed, Some(date(2020, 4, 2)));
            assert!(!standing.may_buy(date(2020, 4, 1)));
            assert!(standing.may_buy(date(2020, 4, 2)));
        }
    }

    /// Protects M4's second example: pharmacy on 24 March, pickup from 26 March, so from 7 April.
    #[test]
    fn m4_example_2_pharmacy_on_24_march() {
        let both = [purchase(date(2020, 3, 26)), purchase(date(2020, 3, 24))];
        let before = standing(&both, date(2020, 3, 25));
        assert_eq!(before.next_allowed, Some(date(2020, 3, 31)));
        let after = standing(&both, date(2020, 3, 26));
        assert_eq!(after.next_allowed, Some(date(2020, 4, 7)));
        assert_eq!(after.last_purchase, Some(date(2020, 3, 26)));
    }

    /// Protects M5: before its first pickup day a paid order does not keep anyone from a pharmacy.
    #[test]
    fn m5_an_order_does_not_block_before_its_pickup() {
        let order = [purchase(date(2020, 3, 26))];
        let before = standing(&order, date(2020, 3, 25));
        assert_eq!(before, Standing::default());
        assert!(before.may_buy(date(2020, 3, 25)));
        assert!(!standing(&order, date(2020, 3, 26)).may_buy(date(2020, 3, 26)));
    }

    /// Protects M3 and M16: the seventh day after is allowed, the sixth is not, and the record
    /// names both days; another campaign may have other days.
    #[test]
    fn m3_m16_seven_days_between_purchases() {
        let sale = [purchase(date(2020, 3, 24))];
        let today = standing(&sale, date(2020, 3, 24));
        assert_eq!(today.last_purchase, Some(date(2020, 3, 24)));
        assert_eq!(today.next_allowed, Some(date(2020, 3, 31)));
        assert!(!today.may_buy(date(2020, 3, 30)));
        assert!(today.may_buy(date(2020, 3, 31)));
        let longer = [Purchase {
            days_between: 14,
            ..sale[0]
        }];
        let allowed = standing(&longer, date(2020, 3, 24)).next_allowed;
        assert_eq!(allowed, Some(date(2020, 4, 7)));
        let last_day = [purchase(Date::MAX)];
        assert_eq!(standing(&last_day, Date::MAX).next_allowed, Some(Date::MAX));
    }
}
