//! What stands, row by row: a label and its value.

use iced::border::Border;
use iced::widget::{column, container, row, rule};
use iced::{Background, Length, alignment::Vertical};

use super::icon::{Icon, icon};
use super::text::{Role, text};
use super::{Element, Look, Space};

/// A row of a summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub icon: Icon,
    /// "日期"
    pub label: String,
    /// "4月10日 (五) 13:30–14:30"
    pub value: String,
    /// A second line of the value.
    pub detail: Option<String>,
    /// Whether the label is needed: large text leaves out those an icon replaces.
    pub spelled_out: bool,
}

impl Line {
    /// A row without a second line.
    #[must_use]
    pub fn new(icon: Icon, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            icon,
            label: label.into(),
            value: value.into(),
            detail: None,
            spelled_out: false,
        }
    }

    /// With a second line.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

impl Line {
    /// With its label in any text size.
    #[must_use]
    pub fn spelled_out(mut self) -> Self {
        self.spelled_out = true;
        self
    }
}

/// The rows on a card of their own.
#[must_use]
pub fn summary<'a, Message: 'a>(look: Look, lines: Vec<Line>) -> Element<'a, Message> {
    let palette = look.palette;
    let mut rows = column![].width(Length::Fill);
    let last = lines.len().saturating_sub(1);
    for (index, line) in lines.into_iter().enumerate() {
        rows = rows.push(line_view(look, line));
        if index < last {
            rows = rows.push(rule::horizontal(look.mm(0.4)).style(move |_| rule::Style {
                color: palette.line_soft,
                radius: 0.0.into(),
                fill_mode: rule::FillMode::Full,
                snap: true,
            }));
        }
    }
    surface(look, rows)
}

fn line_view<'a, Message: 'a>(look: Look, line: Line) -> Element<'a, Message> {
    let ink = look.palette.ink;
    let mut value = column![text(look, Role::Strong, line.value).color(ink)].width(Length::Fill);
    if let Some(detail) = line.detail {
        value = value.push(text(look, Role::Caption, detail).color(look.palette.ink_soft));
    }
    let label = text(look, Role::Body, line.label).color(look.palette.ink_soft);
    let content: Element<'a, Message> = if !look.is_large() {
        row![label.width(look.mm(40.0)), value]
            .spacing(look.space(Space::Small))
            .align_y(Vertical::Center)
            .width(Length::Fill)
            .into()
    } else if line.spelled_out {
        column![label, value].width(Length::Fill).into()
    } else {
        value.into()
    };
    container(
        row![icon(look, line.icon, 11.0, look.palette.primary), content]
            .spacing(look.space(Space::Medium))
            .align_y(Vertical::Center),
    )
    .padding([look.mm(if look.is_large() { 2.0 } else { 3.6 }), 0.0])
    .into()
}

/// A card: the surface things stand on.
#[must_use]
pub fn surface<'a, Message: 'a>(
    look: Look,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let palette = look.palette;
    container(content)
        .padding([look.space(Space::Medium), look.space(Space::Large)])
        .width(Length::Fill)
        .style(move |_| container::Style {
            background: Some(Background::Color(palette.surface)),
            border: Border {
                color: palette.line_soft,
                width: look.mm(0.4),
                radius: look.mm(3.0).into(),
            },
            ..container::Style::default()
        })
        .into()
}
