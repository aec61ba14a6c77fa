//! The mobile number on large keys.

use domain::visit::{Entry, Mistake, Touch};
use iced::Length;
use iced::widget::{column, space};

use super::frame;
use crate::face::Face;
use crate::look::button;
use crate::look::icon::Icon;
use crate::look::layout::Page;
use crate::look::notice::{Kind, notice};
use crate::look::{Space, keypad};
use crate::message::Message;

const GROUPS: [usize; 3] = [4, 3, 3];

pub(super) fn page<'a>(
    face: Face<'a>,
    entry: &Entry,
    mistake: Option<Mistake>,
) -> Page<'a, Message> {
    let look = face.look;
    let mut body = column![keypad::field(
        look,
        &face.text("mobile-label"),
        entry.as_str(),
        &GROUPS
    )]
    .spacing(look.space(Space::Medium));
    if mistake.is_some() {
        body = body.push(notice(
            look,
            Kind::Danger,
            face.text("mobile-mistake"),
            None,
        ));
    }
    body = body
        .push(space::vertical().height(Length::Fill))
        .push(keypad::digits(
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
