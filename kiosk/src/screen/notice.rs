//! Something the customer must know: one sentence, one thing to do.

use domain::visit::{Notice, Touch};
use iced::widget::column;

use super::{frame, menu};
use crate::face::Face;
use crate::look::Element;
use crate::look::button;
use crate::look::icon::Icon;
use crate::look::notice::{Kind, headline};
use crate::message::Message;

pub(super) fn view<'a>(face: Face<'a>, notice: Notice) -> Element<'a, Message> {
    let (kind, sentence, to_do) = match notice {
        Notice::CardPulled => (
            Kind::Information,
            "notice-card-pulled",
            "notice-card-pulled-do",
        ),
        Notice::RecordFailed => (
            Kind::Danger,
            "notice-record-failed",
            "notice-record-failed-do",
        ),
        Notice::OutcomeUnknown => (Kind::Warning, "notice-unknown", "notice-unknown-do"),
        Notice::Refused(reason) => (Kind::Warning, "notice-refused", menu::rejection_key(reason)),
        Notice::TooManyTries => (Kind::Danger, "notice-tries", "notice-tries-do"),
    };
    let body = column![headline(
        face.look,
        kind,
        face.text(sentence),
        Some(face.text(to_do))
    )];
    let mut page = frame::page(face, face.text("notice-title"), body.into());
    if face.visit.person().is_some() {
        page.actions.push(
            button::secondary("notice.continue", face.text("notice-continue"))
                .icon(Icon::Forward)
                .on_press(Message::Touch(Touch::Continue)),
        );
    }
    page.actions.push(
        button::primary("notice.end", face.text("done-end"))
            .icon(Icon::Finish)
            .on_press(Message::Touch(Touch::End)),
    );
    page.view(face.look)
}
