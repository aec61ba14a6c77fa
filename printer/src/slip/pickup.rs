//! The mask pickup slip, 小白單 (M12–M15): the till scans it, the person reads it.

use domain::slip::{PICKUP_SLIP_HOURS, PickupLines};
use jiff::ToSpan;
use jiff::civil::DateTime;

use super::composer::{Composer, grouped};
use crate::page::{Block, Symbol};

pub(super) fn slip(composer: &mut Composer<'_>, pickup: &PickupLines, printed_at: DateTime) {
    let masks = pickup.masks.to_string();
    composer.heading("slip-pickup-kind", "slip-pickup-title");
    composer.number("slip-pickup-number", grouped(pickup.slip.as_str(), 4));
    composer.rule();
    composer.over("slip-pickup-until");
    composer.large_date(pickup.last_day);
    composer.gap(6);
    composer.boxed("slip-pickup-bring");
    composer.pair_of(
        "slip-pickup-goods",
        "slip-pickup-goods-value",
        &[("count", &masks)],
    );
    let price = pickup.price_twd.to_string();
    composer.pair_of(
        "slip-pickup-price",
        "slip-pickup-price-value",
        &[("price", &price)],
    );
    composer.person(&pickup.person);
    composer.rule();
    codes(composer, pickup);
    composer.rule();
    // At the end of the last day at the latest, like the order itself.
    let hours = printed_at.saturating_add(PICKUP_SLIP_HOURS.hours());
    let until = hours.min(pickup.last_day.at(23, 59, 0, 0));
    composer.over("slip-pickup-hours-title");
    composer.large_moment(until);
    composer.say("slip-pickup-hours", &[], false);
    composer.gap(4);
    for key in [
        "slip-pickup-once",
        "slip-pickup-late",
        "slip-pickup-exchange",
    ] {
        composer.say(key, &[("count", &masks)], false);
        composer.gap(4);
    }
}

fn codes(composer: &mut Composer<'_>, pickup: &PickupLines) {
    composer.clerk("slip-pickup-clerk");
    composer.gap(4);
    for (key, data) in [
        "slip-pickup-code-1",
        "slip-pickup-code-2",
        "slip-pickup-code-3",
    ]
    .into_iter()
    .zip(&pickup.codes)
    {
        let caption = composer.chinese_words(key);
        composer.push(Block::Bars {
            symbol: Symbol::Code39,
            data: data.clone(),
            caption,
        });
    }
    composer.push(Block::Qr {
        data: pickup.slip.as_str().to_owned(),
    });
}
