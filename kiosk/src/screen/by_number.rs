//! Masks by pickup number and person number, for whoever has no card here (M12).

use domain::visit::{Mistake, NumberForm, Touch};
use iced::Length;
use iced::widget::{column, space};

use super::{frame, waiting};
use crate::face::Face;
use crate::look::button;
use crate::look::icon::Icon;
use crate::look::notice::{Kind, notice};
use crate::look::{Element, Space, keypad, progress};
use crate::message::Message;

const NUMBER_GROUPS: [usize; 3] = [4, 3, 3];
const PERSON_GROUPS: [usize; 3] = [2, 4, 4];
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LETTER_COLUMNS: usize = 6;

pub(super) fn view<'a>(face: Face<'a>, form: &NumberForm) -> Element<'a, Message> {
    let look = face.look;
    let press = |key| Message::Touch(Touch::Key(key));
    let (title, label, entry, groups) = if form.second {
        (
            "by-number-person-title",
            "by-number-person-label",
            &form.person,
            PERSON_GROUPS,
        )
    } else {
        (
            "by-number-title",
            "by-number-label",
            &form.number,
            NUMBER_GROUPS,
        )
    };
    let mut body = column![
        space::vertical().height(Length::Fill),
        keypad::field(look, &face.text(label), entry.as_str(), &groups),
    ]
    .spacing(look.space(Space::Medium));
    if let Some(mistake) = form.mistake {
        body = body.push(notice(
            look,
            Kind::Danger,
            face.text(mistake_key(mistake)),
            None,
        ));
    }
    let erase = face.text("key-erase");
    // A person number begins with a letter; the second place of an old residence number is one too.
    let letters = form.second && entry.as_str().is_empty();
    body = if form.looking {
        body.push(progress::working(
            look,
            waiting::phase(face),
            face.text("by-number-looking"),
        ))
    } else if letters {
        body.push(keypad::characters(
            look,
            LETTERS,
            LETTER_COLUMNS,
            &erase,
            press,
        ))
    } else if form.second && entry.as_str().chars().count() == 1 {
        body.push(keypad::characters(look, "1289ABCD", 3, &erase, press))
    } else {
        body.push(keypad::digits(look, &face.text("key-clear"), &erase, press))
    };
    let mut page = frame::page(face, face.text(title), body.into());
    page.lead = Some(face.text(if form.second {
        "by-number-person-lead"
    } else {
        "by-number-lead"
    }));
    let ready = entry.is_full() && !form.looking;
    page.actions.push(
        button::primary("continue", face.text("continue"))
            .icon(Icon::Forward)
            .on_press_maybe(ready.then_some(Message::Touch(Touch::Continue))),
    );
    page.view(look)
}

const fn mistake_key(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::PickupNumber => "by-number-mistake",
        Mistake::PersonNumber => "by-number-person-mistake",
        Mistake::NoMatch => "by-number-no-match",
        Mistake::Mobile => "mobile-mistake",
        Mistake::NoBrand => "brand-mistake",
    }
}
