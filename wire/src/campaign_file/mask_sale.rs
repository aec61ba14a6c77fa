//! The tables `counter_sale` (M2) and `traveller_sale` (M18) of a mask round.

use domain::campaign::{CounterSale, Days, LastDigit, OddEven, TravellerSale};
use domain::channel::Act;
use jiff::civil::Date;

use super::error::{CampaignFileError, FieldProblem};
use super::reader::{Located, TableReader};
use super::shared::{channels, days};

/// The fields of `odd_even`.
pub(super) const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The days of the same sales in the rounds before: a day must have one price.
#[derive(Default)]
pub(super) struct Before {
    counter: Vec<Days>,
    traveller: Vec<Days>,
}

pub(super) fn counter(
    round: &mut TableReader<'_>,
    before: &mut Before,
) -> Result<Option<CounterSale>, CampaignFileError> {
    let Some(mut table) = round.optional_table("counter_sale")? else {
        return Ok(None);
    };
    let sold = days(&mut table, "first_day", "last_day")?;
    let sale = CounterSale {
        days: no_other(&table, &sold, &mut before.counter)?,
        channels: channels(&mut table, "channels", Act::BuyMasks)?,
        adult_masks: table.number("adult_masks", 1, 1_000)?,
        adult_price_twd: table.number("adult_price_twd", 0, 10_000)?,
        child_masks: table.number("child_masks", 1, 1_000)?,
        child_price_twd: table.number("child_price_twd", 0, 10_000)?,
        child_age_max: table.small_number("child_age_max", 0, 130)?,
        odd_even: odd_even(&mut table)?,
    };
    table.finish()?;
    Ok(Some(sale))
}

/// Every weekday must be named: a forgotten one would let everybody or nobody buy.
fn odd_even(table: &mut TableReader<'_>) -> Result<OddEven, CampaignFileError> {
    let words = FieldProblem::Word {
        words: "odd, even, any",
    };
    let mut table = table.table("odd_even")?;
    let mut days = [LastDigit::Any; 7];
    for (day, weekday) in days.iter_mut().zip(WEEKDAYS) {
        *day = table.word(weekday, words, LastDigit::from_code)?.value;
    }
    table.finish()?;
    Ok(OddEven { days })
}

pub(super) fn traveller(
    round: &mut TableReader<'_>,
    before: &mut Before,
) -> Result<Option<TravellerSale>, CampaignFileError> {
    let Some(mut table) = round.optional_table("traveller_sale")? else {
        return Ok(None);
    };
    let sold = days(&mut table, "first_day", "last_day")?;
    let sale = TravellerSale {
        days: no_other(&table, &sold, &mut before.traveller)?,
        adult_masks: table.number("adult_masks", 1, 1_000)?,
        child_masks: table.number("child_masks", 1, 1_000)?,
        price_twd: table.number("price_twd", 0, 10_000)?,
        price_usd_cents: table.number("price_usd_cents", 0, 100_000)?,
    };
    table.finish()?;
    Ok(Some(sale))
}

fn no_other(
    table: &TableReader<'_>,
    (first, last): &(Located<Date>, Located<Date>),
    before: &mut Vec<Days>,
) -> Result<Days, CampaignFileError> {
    let days = Days {
        first: first.value,
        last: last.value,
    };
    let overlap = |other: &Days| days.first <= other.last && other.first <= days.last;
    if before.iter().any(overlap) {
        return Err(table.fail(first, FieldProblem::Overlap));
    }
    before.push(days);
    Ok(days)
}
