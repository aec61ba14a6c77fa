//! Large keys for numbers, and the letters a person number begins with.

use domain::visit::Key;
use iced::widget::{column, container, row, space};
use iced::{Background, Length, alignment::Vertical, border::Border};

use super::button;
use super::icon::Icon;
use super::text::{Role, text};
use super::{Element, Look, Space};

/// Digits, with "clear" and "erase one" beside the nought.
#[must_use]
pub fn digits<'a, Message: Clone + 'a>(
    look: Look,
    clear: &str,
    erase: &str,
    press: impl Fn(Key) -> Message,
) -> Element<'a, Message> {
    let gap = look.space(Space::Small);
    let digit = |character: char| {
        button::key(format!("key.{character}"), character.to_string())
            .on_press(press(Key::Character(character)))
            .view(look)
    };
    column![
        row![digit('1'), digit('2'), digit('3')].spacing(gap),
        row![digit('4'), digit('5'), digit('6')].spacing(gap),
        row![digit('7'), digit('8'), digit('9')].spacing(gap),
        row![
            button::key("key.clear", clear)
                .on_press(press(Key::Clear))
                .view(look),
            digit('0'),
            button::key("key.erase", erase)
                .icon(Icon::Backspace)
                .on_press(press(Key::Erase))
                .view(look),
        ]
        .spacing(gap),
    ]
    .spacing(gap)
    .into()
}

/// Some characters in rows of so many, with "erase one" at the end.
#[must_use]
pub fn characters<'a, Message: Clone + 'a>(
    look: Look,
    characters: &str,
    columns: usize,
    erase: &str,
    press: impl Fn(Key) -> Message,
) -> Element<'a, Message> {
    let gap = look.space(Space::Small);
    let mut keys: Vec<Element<'a, Message>> = characters
        .chars()
        .map(|character| {
            button::key(format!("key.{character}"), character.to_string())
                .on_press(press(Key::Character(character)))
                .view(look)
        })
        .collect();
    keys.push(
        button::key("key.erase", erase)
            .icon(Icon::Backspace)
            .on_press(press(Key::Erase))
            .view(look),
    );
    let mut rows = column![].spacing(gap);
    let mut keys = keys.into_iter().peekable();
    while keys.peek().is_some() {
        let mut line = row![].spacing(gap);
        for _ in 0..columns.max(1) {
            line = line.push(keys.next().unwrap_or_else(|| space::horizontal().into()));
        }
        rows = rows.push(line);
    }
    rows.into()
}

/// What was typed so far, in groups, the empty places shown: `0912 345 ___`.
#[must_use]
pub fn field<'a, Message: 'a>(
    look: Look,
    label: &str,
    typed: &str,
    groups: &[usize],
) -> Element<'a, Message> {
    let mut characters = typed.chars();
    let mut line = row![].spacing(look.space(Space::Medium));
    let length: usize = groups.iter().sum();
    // Ten places fill an upright page: the number keeps to one line in either text size.
    let place_mm = if length > 10 { 14.0 } else { 20.0 };
    for &group in groups {
        let mut cells = row![].spacing(look.mm(1.2));
        for _ in 0..group {
            cells = cells.push(cell(look, characters.next(), place_mm));
        }
        line = line.push(cells);
    }
    column![
        text(look, Role::Body, label).color(look.palette.ink_soft),
        line,
    ]
    .spacing(look.space(Space::Small))
    .into()
}

fn cell<'a, Message: 'a>(
    look: Look,
    character: Option<char>,
    width_mm: f32,
) -> Element<'a, Message> {
    let palette = look.palette;
    let filled = character.is_some();
    container(
        text(
            look,
            Role::Number,
            character.map(String::from).unwrap_or_default(),
        )
        .size(look.mm(16.0))
        .center(),
    )
    .center_x(look.mm(width_mm))
    .height(look.mm(27.0))
    .align_y(Vertical::Center)
    .width(Length::Fixed(look.mm(width_mm)))
    .style(move |_| container::Style {
        background: Some(Background::Color(palette.surface)),
        border: Border {
            color: if filled {
                palette.primary
            } else {
                palette.line
            },
            width: look.mm(if filled { 0.9 } else { 0.4 }),
            radius: look.mm(2.0).into(),
        },
        ..container::Style::default()
    })
    .into()
}
