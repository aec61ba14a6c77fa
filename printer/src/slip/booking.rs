//! The two papers of a booking, which must never be taken for each other: confirmed (V8) and
//! pending.

use domain::operation::BookingNumber;
use domain::slip::BookingLines;

use super::composer::{Composer, grouped};
use super::words;
use crate::page::{Align, Size};

/// 預約成功, with the number large (V8).
pub(super) fn confirmed(
    composer: &mut Composer<'_>,
    number: &BookingNumber,
    booking: &BookingLines,
) {
    composer.heading("slip-booking-kind", "slip-booking-title", false);
    composer.number("slip-booking-number", grouped(number.as_str(), 3));
    composer.rule();
    when(composer, booking);
    composer.gap(10);
    place(composer, booking);
    let bring = composer.text("slip-booking-bring", &[]);
    composer.gap(6);
    composer.boxed(bring);
    let notice = composer.local(&booking.notice);
    if !notice.is_empty() {
        composer.part("slip-booking-notice", notice);
    }
    composer.rule();
    person(composer, booking);
    composer.rule();
    let keys: Vec<String> = booking
        .cancel_at
        .iter()
        .map(|channel| format!("channel-{}", channel.code()))
        .collect();
    let places = composer.own.any_of(&keys);
    let cancel = composer.text("slip-booking-cancel", &[("places", &places)]);
    composer.part("slip-booking-cancel-title", cancel);
}

/// 已受理，尚未確認: no place yet; how and when the answer comes.
pub(super) fn pending(composer: &mut Composer<'_>, receipt: &str, booking: &BookingLines) {
    composer.heading("slip-pending-kind", "slip-pending-title", true);
    let warning = composer.text("slip-pending-no-place", &[]);
    composer.boxed(warning);
    composer.number("slip-pending-number", receipt.to_owned());
    composer.rule();
    let when_text = composer.text("slip-pending-when", &[]);
    composer.part("slip-pending-how-title", when_text);
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
        let text = composer.text(key, &[]);
        composer.line(text, Size::Body, Align::Left, true);
        composer.gap(4);
    }
    composer.rule();
    let wanted = composer.text("slip-pending-wanted", &[]);
    composer.line(wanted, Size::Body, Align::Left, false);
    let date = words::date(composer.own, booking.date);
    let range = words::range(composer.own, booking.start, booking.end);
    composer.line(date, Size::Body, Align::Left, true);
    composer.line(range, Size::Body, Align::Left, true);
    composer.gap(8);
    place(composer, booking);
    composer.rule();
    person(composer, booking);
}

fn when(composer: &mut Composer<'_>, booking: &BookingLines) {
    let date = words::date(composer.own, booking.date);
    let range = words::range(composer.own, booking.start, booking.end);
    composer.line(date, Size::Heading, Align::Centre, true);
    composer.line(range, Size::Heading, Align::Centre, true);
}

fn place(composer: &mut Composer<'_>, booking: &BookingLines) {
    let site = composer.local(&booking.site);
    composer.pair("slip-booking-site", site);
    let address = composer.local(&booking.address);
    composer.pair("slip-booking-address", address);
    let brand = composer.local_short(&booking.brand);
    composer.pair("slip-booking-brand", brand);
}

fn person(composer: &mut Composer<'_>, booking: &BookingLines) {
    composer.person(&booking.person);
    let round = composer.local_short(&booking.round);
    composer.pair("slip-round", round);
    composer.completed(booking.completed_at);
}
