//! The mobile number on large keys.

use domain::MobileNumber;
use domain::visit::{Entry, Mistake, Touch};
use iced::Length;
use iced::widget::{column, space};

use super::frame;
use crate::face::Face;
use crate::look::button;
use crate::look::icon::Icon;
use crate::look::layout::Page;
use crate::look::notice::{Kind, notice};
use crate::look::summary::Line;
use crate::look::{Space, keypad};
use crate::message::Message;

const GROUPS: [usize; 3] = [4, 3, 3];

pub(super) fn page<'a>(
    face: Face<'a>,
    entry: &Entry,
    mistake: Option<Mistake>,
) -> Page<'a, Message> {
    let look = face.look;
    // The digits stand right above the keys, and both low enough to reach.
    let mut body = column![
        space::vertical().height(Length::Fill),
        keypad::field(look, &face.text("mobile-label"), entry.as_str(), &GROUPS),
    ]
    .spacing(look.space(Space::Medium));
    if mistake.is_some() {
        body = body.push(notice(
            look,
            Kind::Danger,
            face.text("mobile-mistake"),
            None,
        ));
    }
    body = body.push(keypad::digits(
        look,
        &face.text("key-clear"),
        &face.text("key-erase"),
        |key| Message::Touch(Touch::Key(key)),
    ));
    let mut page = frame::page(face, face.text("mobile-title"), body.into());
    page.lead = Some(face.text("mobile-lead"));
    page.actions.push(
        button::primary("continue", face.text("continue"))
            .icon(Icon::Forward)
            .on_press_maybe(entry.is_full().then_some(Message::Touch(Touch::Continue))),
    );
    page
}

/// The number as a line of a summary: masked, like everywhere but where it is typed (I8).
pub(super) fn line(face: Face<'_>, entry: &Entry) -> Option<Line> {
    let mobile = MobileNumber::parse(entry.as_str()).ok()?;
    let label = face.text("label-mobile");
    Some(Line::new(Icon::Phone, label, mobile.masked()))
}
