//! Whom to call, what never to believe, where the card number is (I11, I12).

use iced::widget::column;

use super::frame;
use crate::face::Face;
use crate::look::icon::Icon;
use crate::look::notice::{Kind, notice};
use crate::look::summary::{Line, summary};
use crate::look::{Element, Space};
use crate::message::Message;

pub(super) fn view<'a>(face: Face<'a>) -> Element<'a, Message> {
    let lines = vec![
        Line::new(
            Icon::Syringe,
            face.text("help-vaccine"),
            face.text("help-vaccine-number"),
        )
        .spelled_out(),
        Line::new(
            Icon::Card,
            face.text("help-card"),
            face.text("help-card-number"),
        )
        .detail(face.text("help-card-number-detail"))
        .spelled_out(),
        Line::new(
            Icon::Phone,
            face.text("help-fraud"),
            face.text("help-fraud-number"),
        )
        .spelled_out(),
        Line::new(
            Icon::Person,
            face.text("help-number"),
            face.text("help-number-where"),
        )
        .detail(face.text("help-number-detail"))
        .spelled_out(),
    ];
    let body = column![
        notice(face.look, Kind::Warning, face.text("help-warning"), None),
        summary(face.look, lines),
    ]
    .spacing(face.look.space(Space::Large));
    frame::page(face, face.text("help-title"), body.into()).view(face.look)
}
