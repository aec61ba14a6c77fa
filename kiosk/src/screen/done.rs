//! It is done: the card first, then the slip; the number in large type, and where it stands.

use domain::visit::{
    BookingState, Done, DoneResult, PrintGrade, PrintStand, PrintTrouble, StandingBooking, Touch,
};
use iced::Length;
use iced::widget::{column, container, responsive, row, space};

use super::{frame, when};
use crate::face::Face;
use crate::look::button;
use crate::look::icon::{Icon, picture};
use crate::look::notice::{Kind, headline, notice};
use crate::look::summary::{Line, summary, surface};
use crate::look::text::{Role, coloured};
use crate::look::{Element, Space};
use crate::message::Message;

const PICTURE_MM: f32 = 78.0;
/// With less room than this the words do without the pictures.
const PICTURE_LEAST_MM: f32 = 30.0;

pub(super) fn view<'a>(face: Face<'a>, done: &'a Done) -> Element<'a, Message> {
    let look = face.look;
    let (kind, title, to_do) = headline_of(done);
    let mut body = column![headline(
        look,
        kind,
        face.text(title),
        Some(what_next(face, done, to_do))
    )]
    .spacing(look.space(if look.is_large() {
        Space::Small
    } else {
        Space::Medium
    }));
    if let Some((label, number)) = number(face, done) {
        let card = column![
            coloured(look, Role::Body, label, look.palette.ink_soft),
            coloured(look, Role::Number, number, look.palette.ink),
        ]
        .spacing(look.space(Space::Tiny));
        body = body.push(surface(look, card));
    }
    if let Some(booking) = booking(done) {
        body = body.push(summary(look, booking_lines(face, booking)));
    }
    if let Some(paper) = paper(face, done) {
        body = body.push(paper);
    }
    let slip = matches!(done.print, PrintStand::Out { .. });
    body = body.push(responsive(move |room| {
        if look.as_mm(room.height) < PICTURE_LEAST_MM {
            space::vertical().into()
        } else {
            take(face, slip)
        }
    }));
    let title = if face.visit.card_in() {
        "done-take-card"
    } else {
        "done-take-slip"
    };
    let mut page = frame::page(face, face.text(title), body.into());
    page.actions = actions(face, done);
    page.view(look)
}

fn headline_of(done: &Done) -> (Kind, &'static str, &'static str) {
    match &done.result {
        DoneResult::WillingnessSet { .. } => {
            (Kind::Good, "done-willingness", "done-willingness-next")
        }
        DoneResult::WillingnessCancelled => (Kind::Good, "done-cancelled", "done-cancelled-next"),
        DoneResult::Booked { .. } => (Kind::Good, "done-booked", "done-booked-next"),
        DoneResult::BookingShown { .. } => (Kind::Information, "done-shown", "done-shown-next"),
        DoneResult::BookingPending { .. } => (Kind::Warning, "done-pending", "done-pending-next"),
        DoneResult::PickupSlip { .. } => (Kind::Good, "done-pickup", "done-pickup-next"),
    }
}

/// What to do now; a booking shown again says where it can be cancelled (V10).
fn what_next(face: Face<'_>, done: &Done, key: &str) -> String {
    let DoneResult::BookingShown { booking } = &done.result else {
        return face.text(key);
    };
    let site = face
        .campaign()
        .and_then(|campaign| campaign.site(&booking.site));
    let places = face.cancelled_at(site.map(|(round, _)| round));
    face.fill(key, &[("places", &places)])
}

/// The number to photograph, and what it is.
fn number(face: Face<'_>, done: &Done) -> Option<(String, String)> {
    let (label, number) = match &done.result {
        DoneResult::WillingnessSet { receipt } => ("label-registration-number", receipt.clone()),
        DoneResult::BookingPending { receipt, .. } => ("label-receipt", receipt.clone()),
        DoneResult::Booked { number, .. } => ("label-booking-number", number.as_str().to_owned()),
        DoneResult::BookingShown { booking } => match &booking.state {
            BookingState::Confirmed(number) => ("label-booking-number", number.as_str().to_owned()),
            BookingState::Pending(receipt) => ("label-receipt", receipt.clone()),
        },
        DoneResult::PickupSlip { slip } => ("label-slip-number", slip.as_str().to_owned()),
        DoneResult::WillingnessCancelled => return None,
    };
    Some((face.text(label), number))
}

const fn booking(done: &Done) -> Option<&StandingBooking> {
    match &done.result {
        DoneResult::Booked { booking, .. }
        | DoneResult::BookingPending { booking, .. }
        | DoneResult::BookingShown { booking } => Some(booking),
        _ => None,
    }
}

fn booking_lines(face: Face<'_>, booking: &StandingBooking) -> Vec<Line> {
    let site = face
        .campaign()
        .and_then(|campaign| campaign.site(&booking.site));
    let Some((_, site)) = site else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    if let Some(slot) = site.slot(&booking.slot) {
        lines.push(Line::new(
            Icon::Calendar,
            face.text("label-when"),
            when::slot(face, slot),
        ));
    }
    let place = Line::new(Icon::Place, face.text("label-site"), face.local(&site.name));
    // In large text the name must do: what stands below is more urgent, and the slip says both.
    lines.push(if face.look.is_large() {
        place
    } else {
        place.detail(face.local(&site.address))
    });
    lines
}

/// How the slip stands, in words that follow the printer's grade.
fn paper<'a>(face: Face<'a>, done: &Done) -> Option<Element<'a, Message>> {
    let look = face.look;
    let told = |kind, sentence: String, to_do: Option<&str>| {
        Some(notice(
            look,
            kind,
            sentence,
            to_do.map(|key| face.text(key)),
        ))
    };
    match done.print {
        PrintStand::None => None,
        PrintStand::UnderWay { reprint: 0, .. } => {
            told(Kind::Information, face.text("paper-under-way"), None)
        }
        PrintStand::UnderWay { reprint, .. } => {
            let count = reprint.to_string();
            told(
                Kind::Information,
                face.fill("paper-again-under-way", &[("count", &count)]),
                None,
            )
        }
        PrintStand::Out { grade, reprint } => {
            let key = match grade {
                PrintGrade::Printed | PrintGrade::Answered => "paper-out",
                PrintGrade::Sent => "paper-sent",
            };
            let sentence = if reprint == 0 {
                face.text(key)
            } else {
                face.fill("paper-again-out", &[("count", &reprint.to_string())])
            };
            told(Kind::Good, sentence, None)
        }
        PrintStand::Held { cause, .. } => told(
            Kind::Warning,
            face.text(trouble_key(cause)),
            Some("paper-held-do"),
        ),
        PrintStand::Stopped {
            cause, again: true, ..
        } => told(
            Kind::Warning,
            face.text(trouble_key(cause)),
            Some("paper-stopped-again-do"),
        ),
        PrintStand::Stopped {
            cause,
            again: false,
            ..
        } => told(
            Kind::Warning,
            face.text(trouble_key(cause)),
            Some("paper-stopped-do"),
        ),
    }
}

const fn trouble_key(cause: PrintTrouble) -> &'static str {
    match cause {
        PrintTrouble::PaperEnd => "paper-end",
        PrintTrouble::CoverOpen => "paper-cover",
        PrintTrouble::Fault => "paper-fault",
        PrintTrouble::NotThere => "paper-no-printer",
    }
}

/// The pictures of what to take: the card first.
fn take<'a>(face: Face<'a>, slip: bool) -> Element<'a, Message> {
    let mut pictures = row![].spacing(face.look.space(Space::Huge));
    if face.visit.card_in() {
        pictures = pictures.push(picture(face.look, Icon::CardTake, PICTURE_MM));
    }
    if slip {
        pictures = pictures.push(picture(face.look, Icon::SlipTake, PICTURE_MM));
    }
    container(pictures)
        .center_x(Length::Fill)
        .align_bottom(Length::Fill)
        .into()
}

fn actions(face: Face<'_>, done: &Done) -> Vec<button::Button<Message>> {
    let mut actions = Vec::new();
    let busy = done.print.is_under_way();
    let again = match done.print {
        PrintStand::None => Some("done-print"),
        PrintStand::Out { .. } | PrintStand::Stopped { again: false, .. } => {
            Some("done-print-again")
        }
        _ => None,
    };
    if let (Some(key), Some(_)) = (again, &done.slip) {
        actions.push(
            button::secondary("done.print-again", face.text(key))
                .icon(Icon::Printer)
                .on_press(Message::Touch(Touch::PrintAgain)),
        );
    }
    if face.visit.card_in() {
        actions.push(
            button::secondary("done.more", face.text("done-more"))
                .icon(Icon::Forward)
                .on_press_maybe((!busy).then_some(Message::Touch(Touch::Continue))),
        );
    }
    actions.push(
        button::primary("done.end", face.text("done-end"))
            .icon(Icon::Finish)
            .on_press_maybe((!busy).then_some(Message::Touch(Touch::End))),
    );
    actions
}
