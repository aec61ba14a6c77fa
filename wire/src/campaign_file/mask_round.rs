//! The tables `mask` (M1, M3, M7–M9, M11, M13, M19).

use std::collections::BTreeSet;

use domain::campaign::{AreaId, MaskRound, PaymentWay, PaymentWays, RoundId, Store};
use domain::channel::{Act, Channel};
use domain::taipei;
use jiff::civil::Date;

use super::error::{CampaignFileError, FieldProblem};
use super::reader::{Located, TableReader};
use super::shared::{CHANNEL, LocatedWindow, channels, days, known_area, local_text, window};
use super::{mask_sale, unique};

/// The list `mask`; `rounds` are the rounds' ids seen so far.
pub(super) fn read_all(
    root: &mut TableReader<'_>,
    areas: &BTreeSet<AreaId>,
    rounds: &mut BTreeSet<RoundId>,
) -> Result<Vec<MaskRound>, CampaignFileError> {
    let mut before = mask_sale::Before::default();
    root.optional_tables("mask")?
        .into_iter()
        .map(|mut table| {
            let id = table.id("round")?;
            unique(rounds, &table, &id)?;
            read(table, id.value, areas, &mut before)
        })
        .collect()
}

fn read(
    mut table: TableReader<'_>,
    id: RoundId,
    areas: &BTreeSet<AreaId>,
    before: &mut mask_sale::Before,
) -> Result<MaskRound, CampaignFileError> {
    let title = local_text(&mut table, "title", "title_english")?;
    let order = window(&mut table, "order")?;
    let payment = window(&mut table, "payment")?;
    let notice = window(&mut table, "pickup_notice")?;
    let pickup = days(&mut table, "pickup_first_day", "pickup_last_day")?;
    in_order(&table, &order, &payment, &notice, &pickup)?;
    let order_channels = channels(&mut table, "order_channels", Act::OrderMasks)?;
    let payment_ways = payment_ways(&mut table, &order_channels)?;
    let round = MaskRound {
        id,
        title,
        order: order.value(),
        order_channels,
        order_supply: table.number("order_supply", 1, 100_000_000)?,
        payment: payment.value(),
        payment_ways,
        pickup_notice: notice.value(),
        pickup_first_day: pickup.0.value,
        pickup_last_day: pickup.1.value,
        masks_per_order: table.number("masks_per_order", 1, 1_000)?,
        price_per_mask_twd: table.number("price_per_mask_twd", 0, 10_000)?,
        delivery_price_twd: table.number("delivery_price_twd", 0, 10_000)?,
        days_between_purchases: table.number("days_between_purchases", 1, 365)?,
        counter_sale: mask_sale::counter(&mut table, before)?,
        traveller_sale: mask_sale::traveller(&mut table, before)?,
        stores: stores(&mut table, areas)?,
    };
    table.finish()?;
    Ok(round)
}

/// Order, lottery, payment, texts, pickup: each needs what the one before it found out (M7–M9).
fn in_order(
    table: &TableReader<'_>,
    order: &LocatedWindow,
    payment: &LocatedWindow,
    notice: &LocatedWindow,
    (first_day, last_day): &(Located<Date>, Located<Date>),
) -> Result<(), CampaignFileError> {
    let reversed = |first| FieldProblem::Reversed { first };
    if payment.start.value < order.end.value {
        return Err(table.fail(&payment.start, reversed("order.end")));
    }
    if notice.start.value < payment.end.value {
        return Err(table.fail(&notice.start, reversed("payment.end")));
    }
    if first_day.value <= taipei::civil(payment.end.value).date() {
        return Err(table.fail(first_day, reversed("the day after payment.end")));
    }
    if taipei::civil(notice.end.value).date() > last_day.value {
        let last = "pickup_last_day";
        return Err(table.fail(&notice.end, FieldProblem::TooLate { last }));
    }
    Ok(())
}

/// One entry for each channel of the orders (M9).
fn payment_ways(
    table: &mut TableReader<'_>,
    order_channels: &[Channel],
) -> Result<Vec<PaymentWays>, CampaignFileError> {
    let words = FieldProblem::Word {
        words: "transfer, card",
    };
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for mut entry in table.some_tables("payment_ways")? {
        let channel = entry.word("channel", CHANNEL, Channel::from_code)?;
        unique(&mut seen, &entry, &channel)?;
        if !order_channels.contains(&channel.value) {
            let what = "channel of orders";
            return Err(entry.fail(&channel, FieldProblem::Reference { what }));
        }
        let mut ways = BTreeSet::new();
        for way in entry.some_words("ways", words, PaymentWay::from_code)? {
            unique(&mut ways, &entry, &way)?;
        }
        entry.finish()?;
        entries.push(PaymentWays {
            channel: channel.value,
            ways: ways.into_iter().collect(),
        });
    }
    if entries.len() < order_channels.len() {
        let list = "order_channels";
        return Err(table.wrong("payment_ways", FieldProblem::Incomplete { list }));
    }
    Ok(entries)
}

fn stores(
    table: &mut TableReader<'_>,
    areas: &BTreeSet<AreaId>,
) -> Result<Vec<Store>, CampaignFileError> {
    let mut seen = BTreeSet::new();
    let mut stores = Vec::new();
    for mut store in table.some_tables("stores")? {
        let id = store.id("id")?;
        unique(&mut seen, &store, &id)?;
        stores.push(Store {
            id: id.value,
            area: known_area(&mut store, areas)?,
            name: local_text(&mut store, "name", "name_english")?,
            address: local_text(&mut store, "address", "address_english")?,
        });
        store.finish()?;
    }
    Ok(stores)
}
