//! The person's mask orders: one slip each; what stands against one, with its reason (M11–M14).

use domain::campaign::RoundId;
use domain::pickup::PickupRefusal;
use domain::visit::{OrderLine, Touch};
use iced::widget::column;

use super::{frame, menu, when};
use crate::face::Face;
use crate::look::button;
use crate::look::icon::Icon;
use crate::look::notice::{Kind, notice};
use crate::look::summary::summary;
use crate::look::{Element, Space};
use crate::message::Message;

pub(super) fn view<'a>(face: Face<'a>, lines: &'a [OrderLine]) -> Element<'a, Message> {
    let look = face.look;
    let mut body = column![].spacing(look.space(Space::Medium));
    if let Some(person) = face.visit.person() {
        body = body.push(summary(look, vec![menu::who(face, person)]));
    }
    if !face.visit.surroundings().printer.prints() {
        let sentence = face.text("orders-no-paper");
        body = body.push(notice(
            look,
            Kind::Warning,
            sentence,
            Some(face.text("idle-no-paper-do")),
        ));
    }
    let buttons = lines.iter().enumerate();
    let buttons = buttons
        .map(|(index, line)| entry(face, index, line))
        .collect();
    body = body.push(frame::list(face, 1, buttons));
    let mut page = frame::page(face, face.text("orders-title"), body.into());
    page.lead = Some(face.text("orders-lead"));
    page.view(look)
}

fn entry(face: Face<'_>, index: usize, line: &OrderLine) -> button::Button<Message> {
    let order = &line.order;
    let masks = order.masks.to_string();
    let last_day = when::day(face, order.last_day);
    let label = face.fill("orders-entry", &[("masks", &masks)]);
    let detail = match &line.refusal {
        Some(refusal) => refused(face, &order.round, refusal),
        None if order.slip.is_some() => face.fill("orders-again", &[("day", &last_day)]),
        None => face.fill("orders-until", &[("day", &last_day)]),
    };
    button::tile(format!("order.{index}"), label)
        .detail(detail)
        .icon(Icon::Mask)
        .trailing(Icon::Printer)
        .on_press_maybe(
            line.refusal
                .is_none()
                .then(|| Message::Touch(Touch::Order(order.number.clone()))),
        )
}

fn refused(face: Face<'_>, round: &RoundId, refusal: &PickupRefusal) -> String {
    match refusal {
        PickupRefusal::TooEarly(day) => {
            face.fill("orders-too-early", &[("day", &when::day(face, *day))])
        }
        PickupRefusal::TooLate(day) => {
            face.fill("orders-too-late", &[("day", &when::day(face, *day))])
        }
        PickupRefusal::OtherStore(store) => {
            let name = face
                .campaign()
                .and_then(|campaign| campaign.mask_round(round)?.store(store))
                .map(|store| face.local(&store.name));
            face.fill(
                "orders-other-store",
                &[("store", name.unwrap_or(store.as_str()))],
            )
        }
        PickupRefusal::NotPaid => face.text("orders-not-paid"),
        PickupRefusal::Redeemed => face.text("orders-redeemed"),
    }
}
