//! Nobody is here: what can be done, and plainly what cannot and why.

use domain::visit::{Closed, PrinterState, Purpose, Touch};
use iced::Length;
use iced::widget::{column, space};

use super::frame;
use crate::face::Face;
use crate::look::button;
use crate::look::icon::Icon;
use crate::look::notice::{Kind, notice};
use crate::look::{Element, Space};
use crate::message::Message;

pub(super) fn view<'a>(face: Face<'a>) -> Element<'a, Message> {
    let surroundings = face.visit.surroundings();
    let vaccine = surroundings.vaccine_closed();
    let masks = surroundings.masks_closed();
    let look = face.look;
    let begin = |purpose| Message::Touch(Touch::Begin(purpose));
    let detail = |closed: Option<Closed>, key: &str| match closed {
        None => face.text(key),
        Some(reason) => face.text(reason_key(reason)),
    };
    let mut body = column![
        button::tile("idle.vaccine", face.text("idle-vaccine"))
            .detail(detail(vaccine, "idle-vaccine-detail"))
            .icon(Icon::Syringe)
            .on_press_maybe(vaccine.is_none().then(|| begin(Purpose::Vaccine)))
            .view(look),
        button::tile("idle.masks", face.text("idle-masks"))
            .detail(detail(masks, "idle-masks-detail"))
            .icon(Icon::Mask)
            .on_press_maybe(masks.is_none().then(|| begin(Purpose::Masks)))
            .view(look),
        button::tile("idle.by-number", face.text("idle-by-number"))
            .detail(detail(masks, "idle-by-number-detail"))
            .icon(Icon::Keypad)
            .on_press_maybe(
                masks
                    .is_none()
                    .then_some(Message::Touch(Touch::PickupByNumber))
            )
            .view(look),
        space::vertical().height(Length::Fill),
    ]
    .spacing(look.space(Space::Medium));
    for warning in warnings(face) {
        body = body.push(warning);
    }
    let mut page = frame::page(face, face.text("idle-title"), body.into());
    page.lead = Some(face.text("idle-lead"));
    page.view(look)
}

fn warnings<'a>(face: Face<'a>) -> Vec<Element<'a, Message>> {
    let surroundings = face.visit.surroundings();
    let mut warnings = Vec::new();
    if let PrinterState::Trouble(_) = surroundings.printer {
        warnings.push(notice(
            face.look,
            Kind::Warning,
            face.text("idle-no-paper"),
            Some(face.text("idle-no-paper-do")),
        ));
    }
    if !surroundings.line {
        warnings.push(notice(
            face.look,
            Kind::Information,
            face.text("idle-no-line"),
            Some(face.text("idle-no-line-do")),
        ));
    }
    warnings
}

const fn reason_key(reason: Closed) -> &'static str {
    match reason {
        Closed::NoReader => "closed-no-reader",
        Closed::NoRoster => "closed-no-roster",
        Closed::NoRound => "closed-no-round",
        Closed::NoRecords => "closed-no-records",
    }
}
