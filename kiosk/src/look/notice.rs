//! A situation: an icon, one sentence, one thing to do.

use iced::alignment::Vertical;
use iced::border::Border;
use iced::widget::{column, container, row};
use iced::{Background, Length};

use super::icon::{Icon, icon};
use super::palette::Tone;
use super::text::{Role, text};
use super::{Element, Look, Space};

/// What sort of situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something to know.
    Information,
    /// It went well.
    Good,
    /// It needs care.
    Warning,
    /// It did not go.
    Danger,
}

impl Kind {
    /// The icon that says it without colour.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Information => Icon::Information,
            Self::Good => Icon::Done,
            Self::Warning => Icon::Warning,
            Self::Danger => Icon::Unavailable,
        }
    }

    const fn tone(self, look: &Look) -> Tone {
        match self {
            Self::Information => look.palette.information,
            Self::Good => look.palette.good,
            Self::Warning => look.palette.warning,
            Self::Danger => look.palette.danger,
        }
    }
}

/// The panel: what happened, and what to do if there is something to do.
#[must_use]
pub fn notice<'a, Message: 'a>(
    look: Look,
    kind: Kind,
    sentence: impl Into<String>,
    to_do: Option<String>,
) -> Element<'a, Message> {
    situation(look, kind, sentence.into(), to_do, NOTICE)
}

/// A page-filling situation: a large icon, a title, one thing to do.
#[must_use]
pub fn headline<'a, Message: 'a>(
    look: Look,
    kind: Kind,
    sentence: impl Into<String>,
    to_do: Option<String>,
) -> Element<'a, Message> {
    let role = if look.is_large() {
        Role::Heading
    } else {
        Role::Title
    };
    situation(
        look,
        kind,
        sentence.into(),
        to_do,
        Measure { role, ..HEADLINE },
    )
}

/// How large a situation is drawn.
#[derive(Clone, Copy)]
struct Measure {
    role: Role,
    icon_mm: f32,
    between_lines: Space,
    beside_icon: Space,
}

const NOTICE: Measure = Measure {
    role: Role::Strong,
    icon_mm: 15.0,
    between_lines: Space::Tiny,
    beside_icon: Space::Medium,
};

const HEADLINE: Measure = Measure {
    role: Role::Title,
    icon_mm: 26.0,
    between_lines: Space::Small,
    beside_icon: Space::Large,
};

fn situation<'a, Message: 'a>(
    look: Look,
    kind: Kind,
    sentence: String,
    to_do: Option<String>,
    measure: Measure,
) -> Element<'a, Message> {
    let tone = kind.tone(&look);
    let mut words = column![text(look, measure.role, sentence).color(tone.ink)]
        .spacing(look.space(measure.between_lines))
        .width(Length::Fill);
    if let Some(to_do) = to_do {
        words = words.push(text(look, Role::Body, to_do).color(tone.ink));
    }
    panel(
        look,
        tone,
        row![icon(look, kind.icon(), measure.icon_mm, tone.ink), words]
            .spacing(look.space(measure.beside_icon))
            .align_y(Vertical::Center),
    )
}

fn panel<'a, Message: 'a>(
    look: Look,
    tone: Tone,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    container(content)
        .padding(look.space(if look.is_large() {
            Space::Medium
        } else {
            Space::Large
        }))
        .width(Length::Fill)
        .style(move |_| container::Style {
            background: Some(Background::Color(tone.background)),
            border: Border {
                color: tone.edge,
                width: look.mm(0.7),
                radius: look.mm(3.0).into(),
            },
            ..container::Style::default()
        })
        .into()
}
