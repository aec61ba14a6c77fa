//! How the workbench looks: one font, one palette, a few shapes.

use iced::border::Radius;
use iced::font::{Family, Weight};
use iced::theme::Palette;
use iced::widget::{button, container, text};
use iced::{Background, Border, Color, Element, Font, Length, Theme};

/// By name: the generic family would draw Simplified shapes.
pub(crate) const FONT: Font = Font {
    family: Family::Name("Noto Sans CJK TC"),
    ..Font::DEFAULT
};
const BOLD: Font = Font {
    weight: Weight::Bold,
    ..FONT
};

const INK: Color = Color::from_rgb8(0x1c, 0x26, 0x2b);
const SOFT: Color = Color::from_rgb8(0x55, 0x63, 0x6b);
const PAGE: Color = Color::from_rgb8(0xe9, 0xed, 0xee);
const SURFACE: Color = Color::WHITE;
const LINE: Color = Color::from_rgb8(0xc9, 0xd2, 0xd5);
const PRIMARY: Color = Color::from_rgb8(0x0b, 0x5f, 0x6b);
const PRESSED: Color = Color::from_rgb8(0xd8, 0xe6, 0xe8);
const DANGER: Color = Color::from_rgb8(0x9d, 0x2b, 0x22);

/// Space between things, in logical pixels.
pub(crate) const GAP: f32 = 10.0;

pub(crate) fn theme() -> Theme {
    Theme::custom(
        "Workbench",
        Palette {
            background: PAGE,
            text: INK,
            primary: PRIMARY,
            success: PRIMARY,
            warning: DANGER,
            danger: DANGER,
        },
    )
}

/// The head of a part.
pub(crate) fn heading<'a>(words: &'a str) -> text::Text<'a> {
    text(words).size(17).font(BOLD)
}

/// A word of second rank.
pub(crate) fn soft<'a>(words: impl text::IntoFragment<'a>) -> text::Text<'a> {
    text(words).size(13).color(SOFT)
}

/// What must be noticed.
pub(crate) fn alarm<'a>(words: impl text::IntoFragment<'a>) -> text::Text<'a> {
    text(words).size(14).color(DANGER)
}

/// A white sheet that holds a part of the window.
pub(crate) fn sheet<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
) -> container::Container<'a, Message> {
    container(content)
        .padding(14)
        .width(Length::Fill)
        .style(|_| container::Style {
            background: Some(Background::Color(SURFACE)),
            border: Border {
                color: LINE,
                width: 1.0,
                radius: Radius::new(8),
            },
            ..container::Style::default()
        })
}

/// The ground on which slips lie: paper is white.
pub(crate) fn desk<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
) -> container::Container<'a, Message> {
    container(content)
        .padding(GAP)
        .center_x(Length::Fill)
        .style(|_| container::Style {
            background: Some(Background::Color(LINE)),
            border: Border {
                radius: Radius::new(6),
                ..Border::default()
            },
            ..container::Style::default()
        })
}

/// A button; `chosen` for the one of several that holds now.
pub(crate) fn press<'a, Message: Clone + 'a>(
    label: impl text::IntoFragment<'a>,
    chosen: bool,
    message: Option<Message>,
) -> button::Button<'a, Message> {
    button(text(label).size(14))
        .padding([8, 12])
        .on_press_maybe(message)
        .style(move |_, status| shape(chosen, status))
}

fn shape(chosen: bool, status: button::Status) -> button::Style {
    let (background, ink, edge) = match (chosen, status) {
        (true, button::Status::Disabled) => (LINE, INK, LINE),
        (true, _) => (PRIMARY, Color::WHITE, PRIMARY),
        (false, button::Status::Pressed) => (PRESSED, INK, PRIMARY),
        (false, button::Status::Disabled) => (PAGE, SOFT, LINE),
        // Hovered looks like active: a touched button stays hovered.
        (false, button::Status::Active | button::Status::Hovered) => (SURFACE, INK, LINE),
    };
    button::Style {
        background: Some(Background::Color(background)),
        text_color: ink,
        border: Border {
            color: edge,
            width: 1.0,
            radius: Radius::new(6),
        },
        ..button::Style::default()
    }
}
