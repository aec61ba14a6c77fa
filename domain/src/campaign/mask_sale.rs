//! The sales beside the pre-orders: over the counter (M2) and to travellers (M18).

use jiff::civil::{Date, Weekday};

use super::Days;
use crate::PersonNumber;
use crate::channel::Channel;

/// The sale at pharmacies and health centres (M2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterSale {
    /// In which days it is sold.
    pub days: Days,
    /// Where it is sold: of the counters (C2).
    pub channels: Vec<Channel>,
    /// Adult masks a sale.
    pub adult_masks: u32,
    /// Price of a sale of adult masks in NT$.
    pub adult_price_twd: u32,
    /// Child masks a sale.
    pub child_masks: u32,
    /// Price of a sale of child masks in NT$.
    pub child_price_twd: u32,
    /// Greatest age in years of who may choose child masks.
    pub child_age_max: u8,
    /// Who may buy on which weekday.
    pub odd_even: OddEven,
}

/// Which last digits may buy, for each weekday (M2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OddEven {
    /// From Monday to Sunday.
    pub days: [LastDigit; 7],
}

impl OddEven {
    /// Which last digits may buy on this weekday.
    #[must_use]
    pub fn on(&self, weekday: Weekday) -> LastDigit {
        let index = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default();
        self.days.get(index).copied().unwrap_or(LastDigit::Any)
    }

    /// Whether the holder of this number may buy on this day.
    #[must_use]
    pub fn admits(&self, person: &PersonNumber, day: Date) -> bool {
        let odd = person.last_digit() % 2 == 1;
        match self.on(day.weekday()) {
            LastDigit::Odd => odd,
            LastDigit::Even => !odd,
            LastDigit::Any => true,
        }
    }
}

/// Last digits of person numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LastDigit {
    /// 1, 3, 5, 7, 9.
    Odd,
    /// 0, 2, 4, 6, 8.
    Even,
    /// Everybody.
    Any,
}

impl LastDigit {
    /// Every sort.
    pub const ALL: [Self; 3] = [Self::Odd, Self::Even, Self::Any];

    /// The stable code in campaign files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Odd => "odd",
            Self::Even => "even",
            Self::Any => "any",
        }
    }

    /// The sort with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|digit| digit.code() == code)
    }
}

/// The sale to travellers at airport shops, one a person (M18).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TravellerSale {
    /// In which days it is sold.
    pub days: Days,
    /// Adult masks a sale.
    pub adult_masks: u32,
    /// Child masks a sale.
    pub child_masks: u32,
    /// Price of either in NT$.
    pub price_twd: u32,
    /// The same price in US cents.
    pub price_usd_cents: u32,
}
