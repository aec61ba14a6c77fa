//! The paper of a mask order (M1, M6–M9): what to pay until when, and where to fetch it.

use domain::slip::OrderLines;

use super::composer::Composer;
use super::words;

pub(super) fn slip(composer: &mut Composer<'_>, order: &OrderLines) {
    if order.confirmed {
        composer.heading("slip-order-kind", "slip-order-title");
    } else {
        composer.warning("slip-order-kind", "slip-order-pending-title");
        composer.boxed("slip-order-pending");
        composer.gap(6);
    }
    composer.number("slip-order-number", order.receipt.clone());
    if order.replaces {
        composer.boxed("slip-order-replaces");
    }
    composer.rule();
    if order.confirmed {
        composer.over("slip-order-pay-title");
        for (key, moment) in [
            ("slip-order-from", order.pay_from),
            ("slip-order-until", order.pay_until),
        ] {
            composer.large_told(key, move |wording| {
                let moment = words::moment(wording, moment);
                wording.text(key, &[("moment", &moment)])
            });
        }
        composer.gap(6);
        composer.boxed("slip-order-pay");
    }
    let masks = order.masks.to_string();
    composer.pair_of(
        "slip-pickup-goods",
        "slip-pickup-goods-value",
        &[("count", &masks)],
    );
    let price = order.price_twd.to_string();
    composer.pair_of(
        "slip-order-price",
        "slip-order-price-value",
        &[("price", &price)],
    );
    let (first, last) = (order.first_day, order.last_day);
    let days = composer.told("slip-order-pickup", |wording| {
        let (from, until) = (words::date(wording, first), words::date(wording, last));
        wording.text(
            "slip-order-pickup-value",
            &[("from", &from), ("until", &until)],
        )
    });
    composer.pair("slip-order-pickup", days);
    composer.over("slip-order-store");
    composer.large_local("slip-order-store", &order.store);
    composer.gap(6);
    composer.person(&order.person);
    composer.moment("slip-completed", order.completed_at);
    composer.rule();
    composer.say("slip-order-lottery", &[], false);
    composer.gap(4);
    composer.say("slip-order-final", &[], false);
}
