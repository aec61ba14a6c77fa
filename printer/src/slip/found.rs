//! The papers of a look-up (V11, M10, M16) and of a device's code (R2).

use domain::slip::{DeviceCodeLines, FoundBooking, FoundLines, FoundState};

use super::composer::{Composer, grouped};
use super::words;
use crate::page::{Block, Words};

/// What was found, masked; what was not, said.
pub(super) fn slip(composer: &mut Composer<'_>, found: &FoundLines) {
    composer.heading("slip-lookup-kind", "slip-lookup-title");
    composer.person(&found.person);
    composer.moment("slip-lookup-moment", found.asked_at);
    composer.rule();
    composer.say("slip-lookup-booking", &[], true);
    match &found.booking {
        Some(booking) => newest(composer, booking),
        None => composer.say("slip-lookup-no-booking", &[], false),
    }
    composer.rule();
    composer.say("slip-lookup-order", &[], true);
    match &found.order {
        Some(order) => {
            let account = Words::personal("slip-lookup-account", grouped(&order.account, 4));
            composer.pair("slip-lookup-account", account);
            composer.moment("slip-lookup-pay-until", order.pay_until);
            let store = composer.local("slip-order-store", &order.store);
            composer.pair("slip-order-store", store);
        }
        None => composer.say("slip-lookup-no-order", &[], false),
    }
    composer.rule();
    composer.say("slip-lookup-purchase", &[], true);
    match found.purchase {
        Some(purchase) => {
            for (key, day) in [
                ("slip-lookup-last", purchase.last),
                ("slip-lookup-next", purchase.next_allowed),
            ] {
                let day = composer.told(key, |wording| words::date(wording, day));
                composer.pair(key, day);
            }
        }
        None => composer.say("slip-lookup-no-purchase", &[], false),
    }
}

fn newest(composer: &mut Composer<'_>, booking: &FoundBooking) {
    let state = match booking.state {
        FoundState::Confirmed => "slip-lookup-confirmed",
        FoundState::Pending => "slip-lookup-pending",
        FoundState::Cancelled => "slip-lookup-cancelled",
    };
    composer.pair_of("slip-lookup-state", state, &[]);
    let number = Words::personal("slip-lookup-number", booking.number.clone());
    composer.pair("slip-lookup-number", number);
    composer.large_date(booking.date);
    composer.large_range(booking.start, booking.end);
    for (key, text) in [
        ("slip-booking-site", &booking.site),
        ("slip-booking-address", &booking.address),
    ] {
        let words = composer.local(key, text);
        composer.pair(key, words);
    }
}

/// The code as digits and to be scanned; works once, until it expires.
pub(super) fn device_code(composer: &mut Composer<'_>, code: &DeviceCodeLines) {
    composer.heading("slip-device-kind", "slip-device-title");
    composer.number("slip-device-number", grouped(&code.code, 4));
    composer.over("slip-device-until");
    composer.large_moment(code.expires_at);
    composer.gap(6);
    composer.boxed("slip-device-how");
    composer.push(Block::Qr {
        data: code.scanned.clone(),
    });
    composer.boxed("slip-device-once");
    composer.person(&code.person);
}
