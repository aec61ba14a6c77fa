//! The type scale. A view says what a text is; the size follows from the panel and the person's
//! text size.

use iced::font::{Family, Weight};
use iced::widget;
use iced::widget::text::{LineHeight, Wrapping};
use iced::{Color, Font, Length};

use super::{Element, Look};

/// The installed family that holds every character of the screen. By name, and with
/// `LANG=zh_TW.UTF-8`: a generic family would draw Han characters in their Simplified shapes.
pub const FONT: Font = Font {
    family: Family::Name("Noto Sans CJK TC"),
    ..Font::DEFAULT
};

/// The same family, bold.
pub const BOLD: Font = Font {
    weight: Weight::Bold,
    ..FONT
};

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Numbers to be photographed or read from a distance.
    Number,
    /// The one sentence a page is about.
    Title,
    /// The head of a part.
    Heading,
    /// What a button says.
    Label,
    /// Running text.
    Body,
    /// Running text that matters.
    Strong,
    /// Footer and header; as small as text may be.
    Caption,
}

impl Role {
    /// Size of the type in millimetres before the person's text size. Han characters fill 92 % of
    /// it and Latin capitals 73 %, so 7.6 mm is the least that gives 7 mm and 5 mm.
    #[must_use]
    pub const fn size_mm(self) -> f32 {
        match self {
            Self::Number => 20.0,
            Self::Title => 13.0,
            Self::Heading => 10.5,
            Self::Label => 9.6,
            Self::Body | Self::Strong => 8.4,
            Self::Caption => 7.6,
        }
    }

    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Number,
        Self::Title,
        Self::Heading,
        Self::Label,
        Self::Body,
        Self::Strong,
        Self::Caption,
    ];

    const fn font(self) -> Font {
        match self {
            Self::Body | Self::Caption => FONT,
            Self::Number | Self::Title | Self::Heading | Self::Label | Self::Strong => BOLD,
        }
    }

    const fn line_height(self) -> f32 {
        match self {
            Self::Number | Self::Label | Self::Caption => 1.25,
            Self::Title | Self::Heading => 1.3,
            Self::Body | Self::Strong => 1.45,
        }
    }
}

/// A text in the colour of what it stands on.
#[must_use]
pub fn text<'a>(look: Look, role: Role, content: impl Into<String>) -> widget::Text<'a> {
    let mut size_mm = role.size_mm() * look.text_scale();
    if role == Role::Number {
        // A number must stay on one line; it is large already.
        size_mm = size_mm.min(21.0);
    }
    widget::text(content.into())
        .size(look.mm(size_mm))
        .font(role.font())
        .line_height(LineHeight::Relative(role.line_height()))
        .wrapping(Wrapping::WordOrGlyph)
}

/// The height of one line of a role, in millimetres, in the person's text size.
#[must_use]
pub fn line_mm(look: Look, role: Role) -> f32 {
    role.size_mm() * role.line_height() * look.text_scale()
}

/// How many lines a text will take in a width, at a guess that is rather too high: Han characters
/// fill their square, others about 0.6 of it.
#[must_use]
pub fn lines_in(look: Look, role: Role, content: &str, width_mm: f32) -> f32 {
    let ems: f32 = content
        .chars()
        .map(|character| if character.is_ascii() { 0.6 } else { 1.0 })
        .sum();
    (ems * role.size_mm() * look.text_scale() / width_mm.max(1.0))
        .ceil()
        .max(1.0)
}

/// A text in a colour of its own, as wide as there is room.
#[must_use]
pub fn coloured<'a, Message: 'a>(
    look: Look,
    role: Role,
    content: impl Into<String>,
    color: Color,
) -> Element<'a, Message> {
    text(look, role, content)
        .color(color)
        .width(Length::Fill)
        .into()
}

/// Running text of second rank, as wide as there is room.
#[must_use]
pub fn soft<'a, Message: 'a>(look: Look, content: impl Into<String>) -> Element<'a, Message> {
    coloured(look, Role::Body, content, look.palette.ink_soft)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects tired eyes: Han characters of 7 mm and capitals of 5 mm at the least.
    #[test]
    fn no_text_is_smaller_than_promised() {
        for role in Role::ALL {
            assert!(role.size_mm() * 0.92 >= 6.99, "{role:?}");
            assert!(role.size_mm() * 0.73 >= 5.0, "{role:?}");
        }
    }
}
