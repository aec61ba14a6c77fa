//! The mask pickup slip, 小白單 (M12–M15): the till scans it, the person reads it.

use domain::slip::PickupLines;

use super::composer::{Composer, grouped};
use super::words;
use crate::page::{Align, Block, Size};

pub(super) fn slip(composer: &mut Composer<'_>, pickup: &PickupLines) {
    let masks = pickup.masks.to_string();
    composer.heading("slip-pickup-kind", "slip-pickup-title", false);
    composer.number("slip-pickup-number", grouped(pickup.slip.as_str(), 4));
    composer.rule();
    let until = composer.text("slip-pickup-until", &[]);
    composer.line(until, Size::Body, Align::Centre, false);
    let last_day = words::date(composer.own, pickup.last_day);
    composer.line(last_day, Size::Heading, Align::Centre, true);
    composer.gap(10);
    let bring = composer.text("slip-pickup-bring", &[]);
    composer.boxed(bring);
    let goods = composer.text("slip-pickup-goods-value", &[("count", &masks)]);
    composer.pair("slip-pickup-goods", goods);
    let price = composer.text(
        "slip-pickup-price-value",
        &[("price", &pickup.price_twd.to_string())],
    );
    composer.pair("slip-pickup-price", price);
    composer.person(&pickup.person);
    composer.rule();
    codes(composer, pickup);
    composer.rule();
    for key in [
        "slip-pickup-once",
        "slip-pickup-late",
        "slip-pickup-exchange",
    ] {
        let text = composer.text(key, &[("count", &masks)]);
        composer.line(text, Size::Body, Align::Left, false);
        composer.gap(6);
    }
}

fn codes(composer: &mut Composer<'_>, pickup: &PickupLines) {
    let clerk = composer.text("slip-pickup-clerk", &[]);
    composer.line(clerk, Size::Body, Align::Left, true);
    composer.gap(8);
    for (key, data) in [
        "slip-pickup-code-1",
        "slip-pickup-code-2",
        "slip-pickup-code-3",
    ]
    .into_iter()
    .zip(&pickup.codes)
    {
        let caption = composer.text(key, &[]);
        composer.push(Block::Code39 {
            data: data.clone(),
            caption,
        });
    }
    composer.push(Block::Qr {
        data: pickup.slip.as_str().to_owned(),
    });
}
