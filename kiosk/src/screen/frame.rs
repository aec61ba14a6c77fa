//! What every screen has around it: how things stand on top, what is always possible below.

use domain::visit::{PrinterState, Remaining, State, Touch};
use wording::Language;

use crate::face::Face;
use crate::look::button::{self, Button};
use crate::look::icon::Icon;
use crate::look::layout::{Header, Page, Sign};
use crate::look::list::{self, Pager};
use crate::look::progress;
use crate::look::{Contrast, Element};
use crate::message::Message;

/// Steps of either form.
const STEPS: usize = 4;

/// A page of the present screen, without its body's buttons.
pub(super) fn page<'a>(
    face: Face<'a>,
    title: String,
    body: Element<'a, Message>,
) -> Page<'a, Message> {
    Page {
        header: header(face),
        steps: None,
        title,
        lead: None,
        body,
        actions: Vec::new(),
        footer: footer(face),
    }
}

/// A list that fills the page: as many rows as fit, and page buttons if there are more.
pub(super) fn list<'a>(
    face: Face<'a>,
    columns: usize,
    buttons: Vec<Button<Message>>,
) -> Element<'a, Message> {
    list::pages(
        face.look,
        columns,
        buttons,
        Pager {
            page: face.page,
            previous: face.text("list-previous"),
            next: face.text("list-next"),
            go: Message::Page,
        },
    )
}

fn header(face: Face<'_>) -> Header {
    let surroundings = face.visit.surroundings();
    let mut signs = Vec::new();
    let line = if surroundings.line {
        (Icon::LineUp, "sign-line-up")
    } else {
        (Icon::LineDown, "sign-line-down")
    };
    signs.push(Sign {
        icon: line.0,
        text: face.text(line.1),
    });
    let printer = match surroundings.printer {
        PrinterState::Ready | PrinterState::PaperLow => "sign-printer-ready",
        PrinterState::Trouble(_) => "sign-printer-trouble",
    };
    signs.push(Sign {
        icon: Icon::Printer,
        text: face.text(printer),
    });
    Header {
        title: face.text("app-title"),
        place: face.local(&surroundings.place).to_owned(),
        signs,
        time_left: face
            .visit
            .person()
            .and(face.visit.remaining())
            .map(|left| time_left(face, left)),
        warning: face
            .visit
            .remaining()
            .filter(|left| left.warning)
            .map(|left| face.fill("time-warning", &[("seconds", &left.seconds.to_string())])),
    }
}

fn time_left(face: Face<'_>, left: Remaining) -> String {
    let time = format!("{}:{:02}", left.seconds / 60, left.seconds % 60);
    face.fill("time-left", &[("time", &time)])
}

fn footer(face: Face<'_>) -> Vec<Button<Message>> {
    let idle = *face.visit.state() == State::Idle;
    let quiet = |id: &str, key: &str, icon| button::quiet(id, face.text(key)).icon(icon);
    let mut buttons = Vec::new();
    if !idle && !face.help {
        let back = has_back(face).then_some(Message::Touch(Touch::Back));
        buttons.push(quiet("back", "footer-back", Icon::Back).on_press_maybe(back));
    }
    buttons.extend(settings(face));
    if idle {
        let key = if face.look.preferences.lowered {
            "footer-raise"
        } else {
            "footer-lower"
        };
        buttons.push(quiet("lower", key, Icon::Lower).on_press(Message::ToggleLowered));
    }
    let help = if face.help {
        quiet("help", "footer-close", Icon::Back)
    } else {
        quiet("help", "footer-help", Icon::Help)
    };
    buttons.push(help.on_press(Message::ToggleHelp));
    if !idle {
        buttons.push(more_time(face));
    }
    if !idle && !face.help {
        let end = has_end(face).then_some(Message::Touch(Touch::End));
        buttons.push(quiet("end", "footer-end", Icon::Finish).on_press_maybe(end));
    }
    buttons
}

/// Always there; in the last 20 seconds it stands out (I10).
fn more_time(face: Face<'_>) -> Button<Message> {
    let words = face.text("footer-more-time");
    let warned = face.visit.remaining().is_some_and(|left| left.warning);
    let button = if warned {
        button::urgent("more-time", words)
    } else {
        button::quiet("more-time", words)
    };
    button
        .icon(Icon::MoreTime)
        .on_press(Message::Touch(Touch::MoreTime))
}

fn settings(face: Face<'_>) -> Vec<Button<Message>> {
    let other = match face.wording.language() {
        Language::TraditionalChinese => Language::English,
        _ => Language::TraditionalChinese,
    };
    let text_size = if face.look.is_large() {
        "footer-text-normal"
    } else {
        "footer-text-large"
    };
    let contrast = match face.look.preferences.contrast {
        Contrast::Normal => "footer-contrast-high",
        Contrast::High => "footer-contrast-normal",
    };
    vec![
        button::quiet("language", other.own_name())
            .icon(Icon::Language)
            .on_press(Message::Language(other)),
        button::quiet("text-size", face.text(text_size))
            .icon(Icon::TextSize)
            .on_press(Message::ToggleTextSize),
        button::quiet("contrast", face.text(contrast))
            .icon(Icon::Contrast)
            .on_press(Message::ToggleContrast),
    ]
}

fn has_back(face: Face<'_>) -> bool {
    !matches!(
        face.visit.state(),
        State::Idle
            | State::Reading { .. }
            | State::Identifying { .. }
            | State::Menu
            | State::Working(_)
            | State::Done(_)
            | State::Notice(_)
            | State::TakeCard
    )
}

/// Not while a deed or a print is under way.
fn has_end(face: Face<'_>) -> bool {
    match face.visit.state() {
        State::Working(_) | State::TakeCard => false,
        State::Done(done) => !done.print.is_under_way(),
        _ => true,
    }
}

/// Draws a page of a form with its place among the form's steps, which are four.
pub(super) fn stepped<'a>(
    face: Face<'a>,
    mut page: Page<'a, Message>,
    step: usize,
    words: &str,
) -> Element<'a, Message> {
    let (number, count) = ((step + 1).to_string(), STEPS.to_string());
    let name = face.text(words);
    let words = face.fill(
        "step",
        &[("number", &number), ("count", &count), ("name", &name)],
    );
    page.steps = Some(progress::steps(face.look, step, STEPS, words));
    page.view(face.look)
}
