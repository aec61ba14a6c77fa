//! Work goes on: reading, asking, recording. Nothing can be touched, and the screen says why.

use domain::visit::{Stage, Working};
use iced::Length;
use iced::widget::{column, container};

use super::frame;
use crate::face::Face;
use crate::look::icon::{Icon, picture};
use crate::look::progress;
use crate::look::{Element, Space};
use crate::message::Message;

const PICTURE_MM: f32 = 110.0;
/// The moving block takes a step this often.
const PHASE_MS: u64 = 500;

pub(super) fn reading<'a>(face: Face<'a>) -> Element<'a, Message> {
    wait(face, "reading-title", "reading-words", Icon::Card)
}

pub(super) fn identifying<'a>(face: Face<'a>) -> Element<'a, Message> {
    wait(face, "identifying-title", "reading-words", Icon::Person)
}

pub(super) fn working<'a>(face: Face<'a>, working: &Working) -> Element<'a, Message> {
    let title = match working.stage {
        Stage::Recording => "recording-title",
        Stage::Answering { .. } => "answering-title",
    };
    wait(face, title, "recording-words", Icon::Done)
}

/// Which block of the moving sign is lit: it goes on with the visit's own clock.
pub(super) fn phase(face: Face<'_>) -> usize {
    usize::try_from(face.visit.now().monotonic_ms / PHASE_MS).unwrap_or_default()
}

fn wait<'a>(face: Face<'a>, title: &str, words: &str, drawing: Icon) -> Element<'a, Message> {
    let look = face.look;
    let body = column![
        container(picture(look, drawing, PICTURE_MM)).center_x(Length::Fill),
        progress::working(look, phase(face), face.text(words)),
    ]
    .spacing(look.space(Space::Huge));
    frame::page(
        face,
        face.text(title),
        container(body).center_y(Length::Fill).into(),
    )
    .view(look)
}
