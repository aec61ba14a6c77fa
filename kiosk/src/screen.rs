//! The screens: one file each, a function of [`Face`] and nothing else. The screen is a picture of
//! the visit's state; [`view`] picks it, [`name`] names it for the published map.

mod area;
mod booking;
mod by_number;
mod done;
mod frame;
mod help;
mod idle;
mod insert_card;
mod menu;
mod mobile;
mod notice;
mod orders;
mod refused;
mod take_card;
mod waiting;
mod when;
mod willingness;

use domain::visit::{BookingPage, State, Visit, WillingnessPage};

use crate::face::Face;
use crate::look::Element;
use crate::message::Message;

/// Draws the screen of the visit's state.
#[must_use]
pub fn view<'a>(face: Face<'a>) -> Element<'a, Message> {
    if face.help {
        return help::view(face);
    }
    match face.visit.state() {
        State::Idle => idle::view(face),
        State::Help => help::view(face),
        State::InsertCard {
            purpose,
            problem,
            failures,
        } => insert_card::view(face, *purpose, problem.as_ref(), *failures),
        State::Reading { .. } => waiting::reading(face),
        State::Identifying { .. } => waiting::identifying(face),
        State::Refused(refusal) => refused::view(face, *refusal),
        State::Menu => menu::view(face),
        State::Willingness(form) => willingness::view(face, form),
        State::Booking(form) => booking::view(face, form),
        State::Orders(lines) => orders::view(face, lines),
        State::ByNumber(form) => by_number::view(face, form),
        State::Working(working) => waiting::working(face, working),
        State::Done(done) => done::view(face, done),
        State::Notice(notice) => notice::view(face, *notice),
        State::TakeCard => take_card::view(face),
    }
}

/// The screen's stable name.
#[must_use]
pub fn name(visit: &Visit) -> &'static str {
    match visit.state() {
        State::Idle => "idle",
        State::Help => "help",
        State::InsertCard { .. } => "insert-card",
        State::Reading { .. } => "reading",
        State::Identifying { .. } => "identifying",
        State::Refused(_) => "refused",
        State::Menu => "menu",
        State::Willingness(form) => match form.page {
            WillingnessPage::Area => "willingness.area",
            WillingnessPage::County => "willingness.county",
            WillingnessPage::Township(_) => "willingness.township",
            WillingnessPage::Brands => "willingness.brands",
            WillingnessPage::Mobile => "willingness.mobile",
            WillingnessPage::Summary => "willingness.summary",
            WillingnessPage::Cancel => "willingness.cancel",
        },
        State::Booking(form) => match form.page {
            BookingPage::Sites => "booking.sites",
            BookingPage::County => "booking.county",
            BookingPage::Township(_) => "booking.township",
            BookingPage::Slots => "booking.slots",
            BookingPage::Mobile => "booking.mobile",
            BookingPage::Summary => "booking.summary",
        },
        State::Orders(_) => "orders",
        State::ByNumber(form) if form.second => "by-number.person",
        State::ByNumber(_) => "by-number.number",
        State::Working(_) => "working",
        State::Done(_) => "done",
        State::Notice(_) => "notice",
        State::TakeCard => "take-card",
    }
}
