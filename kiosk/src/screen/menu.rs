//! Who you are, masked, and what you may do now; each refusal with its reason.

use domain::operation::Rejection;
use domain::visit::{BookingState, MenuAction, MenuItem, MenuRefusal, Person, Touch};
use iced::widget::column;

use super::frame;
use crate::face::Face;
use crate::look::button::{self, Button};
use crate::look::icon::Icon;
use crate::look::notice::{Kind, notice};
use crate::look::summary::{Line, summary};
use crate::look::{Element, Space};
use crate::message::Message;

pub(super) fn view<'a>(face: Face<'a>) -> Element<'a, Message> {
    let look = face.look;
    let mut body = column![].spacing(look.space(Space::Medium));
    if let Some(person) = face.visit.person() {
        body = body.push(summary(look, vec![who(face, person)]));
        if let Some(reason) = person.standing.refused {
            let why = face.text(rejection_key(reason));
            body = body.push(notice(
                look,
                Kind::Warning,
                face.text("menu-pending-refused"),
                Some(why),
            ));
        }
    }
    let entries = face.visit.menu().into_iter();
    let entries = entries.map(|item| entry(face, item)).collect();
    body = body.push(frame::list(face, 1, entries));
    let mut page = frame::page(face, face.text("menu-title"), body.into());
    page.lead = Some(face.text("menu-lead"));
    page.view(look)
}

/// Masked name and number (I8).
pub(super) fn who(face: Face<'_>, person: &Person) -> Line {
    Line::new(
        Icon::Person,
        face.text("label-person"),
        person.reading.name.masked(),
    )
    .detail(person.reading.person_number.masked())
}

fn entry(face: Face<'_>, item: MenuItem) -> Button<Message> {
    let (id, label, icon) = match item.action {
        MenuAction::DeclareWillingness => ("menu.declare", "menu-declare", Icon::Syringe),
        MenuAction::ChangeWillingness => ("menu.change", "menu-change", Icon::Syringe),
        MenuAction::CancelWillingness => ("menu.cancel", "menu-cancel", Icon::Cross),
        MenuAction::Book => ("menu.book", "menu-book", Icon::Calendar),
        MenuAction::ShowBooking => ("menu.show-booking", "menu-show-booking", Icon::Calendar),
        MenuAction::FetchMasks => ("menu.masks", "menu-masks", Icon::Mask),
    };
    let detail = match item.refusal {
        None => detail(face, item.action),
        Some(MenuRefusal::Vaccine(reason)) => face.text(rejection_key(reason)),
        Some(MenuRefusal::NoOrders) => face.text("menu-no-orders"),
    };
    button::tile(id, face.text(label))
        .detail(detail)
        .icon(icon)
        .trailing(Icon::Next)
        .on_press_maybe(
            item.refusal
                .is_none()
                .then_some(Message::Touch(Touch::Menu(item.action))),
        )
}

fn detail(face: Face<'_>, action: MenuAction) -> String {
    let booking = face
        .visit
        .person()
        .and_then(|person| person.standing.booking.as_ref());
    face.text(match (action, booking.map(|booking| &booking.state)) {
        (MenuAction::DeclareWillingness, _) => "menu-declare-detail",
        (MenuAction::ChangeWillingness, _) => "menu-change-detail",
        (MenuAction::CancelWillingness, _) => "menu-cancel-detail",
        (MenuAction::Book, _) => "menu-book-detail",
        (MenuAction::ShowBooking, Some(BookingState::Pending(_))) => "menu-booking-pending",
        (MenuAction::ShowBooking, _) => "menu-booking-confirmed",
        (MenuAction::FetchMasks, _) => "menu-masks-detail",
    })
}

/// One sentence for each rule that says no.
pub(super) const fn rejection_key(reason: Rejection) -> &'static str {
    match reason {
        Rejection::SlotFull => "rejected-slot-full",
        Rejection::AlreadyBooked => "rejected-already-booked",
        Rejection::NoWillingness => "rejected-no-willingness",
        Rejection::NotCalled => "rejected-not-called",
        Rejection::NotInRound => "rejected-not-in-round",
        Rejection::WindowClosed => "rejected-window-closed",
        Rejection::BrandNotAccepted => "rejected-brand",
        Rejection::UnknownTarget => "rejected-unknown-target",
        Rejection::IdentityNotVerified => "rejected-identity",
        Rejection::CancelElsewhere => "rejected-cancel-elsewhere",
        Rejection::NoBooking => "rejected-no-booking",
        Rejection::BookingStands => "rejected-booking-stands",
        Rejection::OrderUnknown => "rejected-order-unknown",
        Rejection::OrderVoid => "rejected-order-void",
        Rejection::OtherStore => "rejected-other-store",
        Rejection::OutsidePickup => "rejected-outside-pickup",
        Rejection::SlipExists => "rejected-slip-exists",
        // The place promised without the line is not there after all.
        Rejection::LeaseNotValid | Rejection::LeaseNotAllowed => "rejected-slot-full",
        Rejection::NotThisChannel => "rejected-not-this-channel",
        Rejection::BoughtAlready => "rejected-bought-already",
        Rejection::OddEven => "rejected-odd-even",
        Rejection::NoChildMasks => "rejected-no-child-masks",
        Rejection::SaleLapsed => "rejected-sale-lapsed",
        Rejection::StoreMoved => "rejected-store-moved",
        Rejection::SlipUnknown => "rejected-slip-unknown",
        Rejection::SlipRedeemed => "rejected-slip-redeemed",
    }
}
