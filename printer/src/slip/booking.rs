//! The two papers of a booking, which must never be taken for each other: confirmed (V8) and
//! pending.

use domain::operation::BookingNumber;
use domain::slip::BookingLines;

use super::composer::{Composer, grouped};

/// 預約成功, with the number large (V8).
pub(super) fn confirmed(
    composer: &mut Composer<'_>,
    number: &BookingNumber,
    booking: &BookingLines,
) {
    composer.heading("slip-booking-kind", "slip-booking-title");
    composer.number("slip-booking-number", grouped(number.as_str(), 3));
    composer.rule();
    when(composer, booking);
    composer.gap(6);
    place(composer, booking);
    composer.gap(6);
    composer.boxed("slip-booking-bring");
    composer.local_part("slip-booking-notice", &booking.notice);
    composer.rule();
    person(composer, booking);
    composer.rule();
    let channels: Vec<String> = booking
        .cancel_at
        .iter()
        .map(|channel| format!("channel-{}", channel.code()))
        .collect();
    composer.say("slip-booking-cancel-title", &[], true);
    composer.say_places("slip-booking-cancel", &channels);
}

/// 已受理，尚未確認: no place yet; how and when the answer comes.
pub(super) fn pending(composer: &mut Composer<'_>, receipt: &str, booking: &BookingLines) {
    composer.warning("slip-pending-kind", "slip-pending-title");
    composer.boxed("slip-pending-no-place");
    composer.gap(6);
    composer.number("slip-pending-number", receipt.to_owned());
    composer.rule();
    composer.part("slip-pending-how-title", "slip-pending-when");
    composer.gap(6);
    for key in [
        "slip-pending-how-text",
        "slip-pending-how-phone",
        "slip-pending-how-card",
    ] {
        // Nobody is promised a text message to a number that was not given.
        if key == "slip-pending-how-text" && booking.person.mobile.is_none() {
            continue;
        }
        composer.say(key, &[], true);
        composer.gap(4);
    }
    composer.rule();
    composer.over("slip-pending-wanted");
    when(composer, booking);
    composer.gap(6);
    place(composer, booking);
    composer.rule();
    person(composer, booking);
}

fn when(composer: &mut Composer<'_>, booking: &BookingLines) {
    composer.large_date(booking.date);
    composer.large_range(booking.start, booking.end);
}

fn place(composer: &mut Composer<'_>, booking: &BookingLines) {
    composer.over("slip-booking-site");
    composer.large_local("slip-booking-site", &booking.site);
    composer.gap(6);
    for (key, text) in [
        ("slip-booking-address", &booking.address),
        ("slip-booking-brand", &booking.brand),
    ] {
        let words = composer.local(key, text);
        composer.pair(key, words);
    }
}

fn person(composer: &mut Composer<'_>, booking: &BookingLines) {
    composer.person(&booking.person);
    let round = composer.local("slip-round", &booking.round);
    composer.pair("slip-round", round);
    composer.moment("slip-completed", booking.completed_at);
}
