//! The card is not served: one sentence, one thing to do (I5, I6, I7, I13).

use domain::roster::IdentityRefusal;
use domain::visit::Touch;
use iced::Length;
use iced::widget::{column, container};

use super::frame;
use crate::face::Face;
use crate::look::button;
use crate::look::icon::{Icon, picture};
use crate::look::notice::{Kind, headline};
use crate::look::{Element, Space};
use crate::message::Message;

const PICTURE_MM: f32 = 110.0;

pub(super) fn view<'a>(face: Face<'a>, refusal: IdentityRefusal) -> Element<'a, Message> {
    let (sentence, to_do) = match refusal {
        IdentityRefusal::Unknown => ("refused-unknown", "refused-unknown-do"),
        IdentityRefusal::UnknownOffline => ("refused-offline", "refused-offline-do"),
        IdentityRefusal::SupersededCard => ("refused-old-card", "refused-old-card-do"),
        IdentityRefusal::InsuranceOnlyMismatch => {
            ("refused-insurance-only", "refused-insurance-only-do")
        }
        IdentityRefusal::OtherNumberOnCard => ("refused-other-number", "refused-other-number-do"),
    };
    let body = column![
        headline(
            face.look,
            Kind::Danger,
            face.text(sentence),
            Some(face.text(to_do))
        ),
        container(picture(face.look, Icon::CardTake, PICTURE_MM)).center_x(Length::Fill),
    ]
    .spacing(face.look.space(Space::Huge));
    let mut page = frame::page(face, face.text("refused-title"), body.into());
    page.actions.push(
        button::primary("refused.end", face.text("take-card-and-end"))
            .icon(Icon::Finish)
            .on_press(Message::Touch(Touch::End)),
    );
    page.view(face.look)
}
