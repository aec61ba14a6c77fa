//! The record of purchases against an independent oracle that walks the calendar.
#![allow(clippy::unwrap_used)]

use jiff::SignedDuration;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::ledger::{Purchase, standing};

const DAYS: u32 = 7;
/// Days the story lasts.
const STORY: i64 = 60;

fn day(index: i64) -> Date {
    date(2020, 3, 1).saturating_add(SignedDuration::from_hours(24 * index))
}

/// What may happen on a day, over all channels.
#[derive(Debug, Clone, Copy)]
enum Act {
    /// A pharmacy or a health centre is asked for masks (M2).
    AskCounter,
    /// The airport's shop is asked, with a national or residence number (M18).
    AskAirport,
    /// Ordered for a pickup window that begins this many days later (M1, M7).
    Order(i64),
    /// Ordered again: the last one stands (M6).
    Replace(i64),
    /// The order that stands is paid (M9); without it the order is void.
    Pay,
    /// The masks of a paid order are fetched (M13); they may never be.
    Fetch,
}

fn acts() -> impl Strategy<Value = Vec<(i64, Act)>> {
    let act = prop_oneof![
        5 => Just(Act::AskCounter),
        2 => Just(Act::AskAirport),
        2 => (1_i64..15).prop_map(Act::Order),
        1 => (1_i64..15).prop_map(Act::Replace),
        3 => Just(Act::Pay),
        2 => Just(Act::Fetch),
    ];
    prop::collection::vec((0..STORY, act), 0..60).prop_map(|mut story| {
        story.sort_by_key(|(on, _)| *on);
        story
    })
}

/// The oracle: a calendar on which each purchase takes the first free day from its own on, and
/// keeps the days after it free. It knows nothing of sums.
#[derive(Default)]
struct Calendar {
    /// Indexes of counted days.
    counted: Vec<i64>,
    /// First pickup days of paid orders that do not count yet.
    ahead: Vec<i64>,
}

impl Calendar {
    fn blocked(&self, on: i64) -> bool {
        self.counted
            .iter()
            .any(|&counted| on < counted + i64::from(DAYS))
    }

    fn count(&mut self, from: i64) {
        let free = (from..).find(|&candidate| !self.blocked(candidate));
        self.counted.push(free.unwrap());
    }

    /// A day begins: the orders whose window begins are counted before any counter opens.
    fn begin(&mut self, today: i64) {
        let (begun, ahead) = self.ahead.iter().partition(|&&first| first <= today);
        self.ahead = ahead;
        let mut begun: Vec<i64> = begun;
        begun.sort_unstable();
        begun.into_iter().for_each(|first| self.count(first));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..Default::default() })]

    /// Protects M3–M6 and M18 together: whatever is ordered, replaced, paid, fetched or never
    /// fetched and bought over all channels, nobody buys twice within the days as they are counted,
    /// and nobody is refused who may.
    #[test]
    fn m3_m6_nobody_buys_twice_and_nobody_is_refused_wrongly(
        story in acts(),
        rotation in 0_usize..8,
    ) {
        let mut record: Vec<Purchase> = Vec::new();
        let mut sales: Vec<i64> = Vec::new();
        let mut open_order: Option<i64> = None;
        let mut calendar = Calendar::default();
        for (on, act) in story {
            calendar.begin(on);
            // The record is a set: the order in which rows come does not matter.
            if !record.is_empty() {
                let middle = rotation % record.len();
                record.rotate_left(middle);
            }
            let before = standing(&record, day(on));
            match act {
                Act::AskCounter | Act::AskAirport => {
                    prop_assert_eq!(before.may_buy(day(on)), !calendar.blocked(on));
                    if before.may_buy(day(on)) {
                        record.push(Purchase { counts_from: day(on), days_between: DAYS });
                        calendar.count(on);
                        sales.push(on);
                    }
                }
                // M5: never refused for the days, whatever was bought before.
                Act::Order(later) | Act::Replace(later) => {
                    open_order = Some(on + later);
                    prop_assert_eq!(standing(&record, day(on)), before);
                }
                Act::Pay => {
                    if let Some(first) = open_order.take().filter(|&first| first > on) {
                        record.push(Purchase { counts_from: day(first), days_between: DAYS });
                        calendar.ahead.push(first);
                        // M5: paid or not, nothing changes before the first pickup day.
                        prop_assert_eq!(standing(&record, day(on)), before);
                    }
                }
                Act::Fetch => prop_assert_eq!(standing(&record, day(on)), before),
            }
        }
        let mut counted = calendar.counted.clone();
        counted.sort_unstable();
        let apart = counted.windows(2).all(|pair| pair[1] - pair[0] >= i64::from(DAYS));
        prop_assert!(apart, "two purchases were counted too close together: {:?}", counted);
        // A sale is counted on its own day: it never borrows a later turn, as a pre-order does.
        prop_assert!(sales.iter().all(|on| counted.contains(on)));
    }
}
