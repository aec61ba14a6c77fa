//! Put the card in; what was wrong with the one before, and what to do.

use domain::visit::{CardProblem, Purpose, Touch};
use iced::widget::{column, container, space};
use iced::{Length, alignment::Horizontal};

use super::frame;
use crate::face::Face;
use crate::look::button;
use crate::look::icon::{Icon, picture};
use crate::look::notice::{Kind, headline};
use crate::look::{Element, Space};
use crate::message::Message;

/// From this failure on the screen says where to go for help.
const FAILURES_BEFORE_HELP: u8 = 2;
const PICTURE_MM: f32 = 150.0;

pub(super) fn view<'a>(
    face: Face<'a>,
    purpose: Purpose,
    problem: Option<&CardProblem>,
    failures: u8,
) -> Element<'a, Message> {
    let look = face.look;
    let mut body = column![]
        .spacing(look.space(Space::Large))
        .align_x(Horizontal::Center);
    if let Some(problem) = problem {
        let (sentence, to_do) = keys(face, problem);
        let to_do = if failures >= FAILURES_BEFORE_HELP {
            "card-again-do"
        } else {
            to_do
        };
        body = body.push(headline(
            look,
            Kind::Danger,
            face.text(sentence),
            Some(face.text(to_do)),
        ));
    }
    let drawing = match problem {
        Some(CardProblem::Mute) => Icon::CardTurn,
        Some(_) if face.visit.card_in() => Icon::CardTake,
        _ => Icon::CardInsert,
    };
    body = body
        .push(space::vertical())
        .push(container(picture(look, drawing, PICTURE_MM)).center_x(Length::Fill));
    body = body.push(space::vertical());
    let take_out = problem.is_some() && face.visit.card_in();
    let title = if take_out {
        "card-take-title"
    } else {
        "card-insert-title"
    };
    let mut page = frame::page(face, face.text(title), body.into());
    page.lead = (!take_out).then(|| face.text("card-insert-lead"));
    if purpose == Purpose::Masks {
        page.actions.push(
            button::secondary("card.by-number", face.text("card-by-number"))
                .icon(Icon::Keypad)
                .on_press_maybe(
                    (!face.visit.card_in()).then_some(Message::Touch(Touch::PickupByNumber)),
                ),
        );
    }
    page.view(look)
}

/// The sentence that names the problem, and what to do.
fn keys<'a>(face: Face<'_>, problem: &'a CardProblem) -> (&'a str, &'static str) {
    match problem {
        // The list of cards may know one that these texts do not know yet.
        CardProblem::Wrong(wrong) if face.has(&wrong.0) => (&wrong.0, "card-wrong-do"),
        CardProblem::Wrong(_) => ("card-wrong-other", "card-wrong-do"),
        CardProblem::Mute => ("card-mute", "card-mute-do"),
        CardProblem::Unreadable => ("card-unreadable", "card-unreadable-do"),
        CardProblem::BadPersonNumber => ("card-bad-number", "card-bad-number-do"),
        CardProblem::PulledTooEarly => ("card-pulled", "card-pulled-do"),
    }
}
