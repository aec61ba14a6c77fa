//! How far along: the steps of a task, and a sign that work goes on.

use iced::border::Border;
use iced::widget::{column, container, row, space};
use iced::{Background, Color, Length, alignment::Horizontal};

use super::text::{Role, text};
use super::{Element, Look, Space};

/// Which step of how many, as bars and in words ("步驟 2／5　選擇地點").
#[must_use]
pub fn steps<'a, Message: 'a>(
    look: Look,
    current: usize,
    count: usize,
    words: impl Into<String>,
) -> Element<'a, Message> {
    let mut bars = row![].spacing(look.mm(2.0));
    for step in 0..count {
        bars = bars.push(bar(look, step <= current, 2.6));
    }
    column![
        bars,
        text(look, Role::Caption, words).color(look.palette.ink_soft)
    ]
    .spacing(look.space(Space::Tiny))
    .into()
}

/// Work goes on: a block that moves with `phase`, which the caller raises with its clock, and words.
#[must_use]
pub fn working<'a, Message: 'a>(
    look: Look,
    phase: usize,
    words: impl Into<String>,
) -> Element<'a, Message> {
    const BLOCKS: usize = 6;
    let mut blocks = row![].spacing(look.mm(2.0));
    for block in 0..BLOCKS {
        blocks = blocks.push(bar(look, block == phase % BLOCKS, 6.0));
    }
    column![text(look, Role::Heading, words).center(), blocks]
        .spacing(look.space(Space::Large))
        .align_x(Horizontal::Center)
        .width(Length::Fill)
        .into()
}

fn bar<'a, Message: 'a>(look: Look, full: bool, height_mm: f32) -> Element<'a, Message> {
    let palette = look.palette;
    let background: Color = if full {
        palette.primary
    } else {
        palette.line_soft
    };
    container(space::horizontal())
        .width(Length::Fill)
        .height(look.mm(height_mm))
        .style(move |_| container::Style {
            background: Some(Background::Color(background)),
            border: Border {
                radius: look.mm(1.3).into(),
                ..Border::default()
            },
            ..container::Style::default()
        })
        .into()
}
