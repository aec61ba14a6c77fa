//! The card was left in: nothing personal in sight until it is out.

use domain::visit::timing::{REMIND_LOUD_MS, REMIND_STAFF_MS};
use iced::Length;
use iced::widget::{column, container};

use super::frame;
use crate::face::Face;
use crate::look::icon::{Icon, picture};
use crate::look::notice::{Kind, headline};
use crate::look::{Element, Space};
use crate::message::Message;

const PICTURE_MM: f32 = 160.0;

pub(super) fn view<'a>(face: Face<'a>) -> Element<'a, Message> {
    let (kind, sentence) = match face.visit.in_state_ms() {
        REMIND_STAFF_MS.. => (Kind::Danger, "take-card-staff"),
        REMIND_LOUD_MS.. => (Kind::Danger, "take-card-again"),
        _ => (Kind::Warning, "take-card-words"),
    };
    let body = column![
        headline(face.look, kind, face.text(sentence), None),
        container(picture(face.look, Icon::CardTake, PICTURE_MM)).center_x(Length::Fill),
    ]
    .spacing(face.look.space(Space::Huge));
    frame::page(face, face.text("take-card-title"), body.into()).view(face.look)
}
