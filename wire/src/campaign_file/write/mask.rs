//! Writes a mask round and its sales.

use domain::campaign::{CounterSale, MaskRound, Store, TravellerSale};
use toml::Table;

use super::super::mask_sale::WEEKDAYS;
use super::{day, list, put, put_text, window, words};

pub(super) fn mask(round: &MaskRound) -> Table {
    let mut table = Table::new();
    put(&mut table, "round", round.id.as_str());
    put_text(&mut table, "title", &round.title);
    put(&mut table, "order", window(round.order));
    put(
        &mut table,
        "order_channels",
        words(&round.order_channels, |channel| channel.code()),
    );
    put(&mut table, "order_supply", round.order_supply);
    put(&mut table, "payment", window(round.payment));
    let ways = list(&round.payment_ways, |entry| {
        let mut table = Table::new();
        put(&mut table, "channel", entry.channel.code());
        put(&mut table, "ways", words(&entry.ways, |way| way.code()));
        table
    });
    put(&mut table, "payment_ways", ways);
    put(&mut table, "pickup_notice", window(round.pickup_notice));
    put(&mut table, "pickup_first_day", day(round.pickup_first_day));
    put(&mut table, "pickup_last_day", day(round.pickup_last_day));
    put(&mut table, "masks_per_order", round.masks_per_order);
    put(&mut table, "price_per_mask_twd", round.price_per_mask_twd);
    put(&mut table, "delivery_price_twd", round.delivery_price_twd);
    put(
        &mut table,
        "days_between_purchases",
        round.days_between_purchases,
    );
    if let Some(sale) = &round.counter_sale {
        put(&mut table, "counter_sale", counter_sale(sale));
    }
    if let Some(sale) = &round.traveller_sale {
        put(&mut table, "traveller_sale", traveller_sale(sale));
    }
    put(&mut table, "stores", list(&round.stores, store));
    table
}

fn counter_sale(sale: &CounterSale) -> Table {
    let mut table = Table::new();
    put(&mut table, "first_day", day(sale.days.first));
    put(&mut table, "last_day", day(sale.days.last));
    put(
        &mut table,
        "channels",
        words(&sale.channels, |channel| channel.code()),
    );
    put(&mut table, "adult_masks", sale.adult_masks);
    put(&mut table, "adult_price_twd", sale.adult_price_twd);
    put(&mut table, "child_masks", sale.child_masks);
    put(&mut table, "child_price_twd", sale.child_price_twd);
    put(&mut table, "child_age_max", u32::from(sale.child_age_max));
    let mut odd_even = Table::new();
    for (weekday, digit) in WEEKDAYS.iter().zip(sale.odd_even.days) {
        put(&mut odd_even, weekday, digit.code());
    }
    put(&mut table, "odd_even", odd_even);
    table
}

fn traveller_sale(sale: &TravellerSale) -> Table {
    let mut table = Table::new();
    put(&mut table, "first_day", day(sale.days.first));
    put(&mut table, "last_day", day(sale.days.last));
    put(&mut table, "adult_masks", sale.adult_masks);
    put(&mut table, "child_masks", sale.child_masks);
    put(&mut table, "price_twd", sale.price_twd);
    put(&mut table, "price_usd_cents", sale.price_usd_cents);
    table
}

fn store(store: &Store) -> Table {
    let mut table = Table::new();
    put(&mut table, "id", store.id.as_str());
    put(&mut table, "area", store.area.as_str());
    put_text(&mut table, "name", &store.name);
    put_text(&mut table, "address", &store.address);
    table
}
