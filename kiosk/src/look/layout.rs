//! The frame every page has: who we are and how things stand on top, the page, what is always
//! possible below.

use iced::alignment::{Horizontal, Vertical};
use iced::border::Border;
use iced::widget::{column, container, row};
use iced::{Background, Color, Length};

use super::button::Button;
use super::icon::{Icon, icon};
use super::millimetre::LEAST_GAP_MM;
use super::text::{Role, coloured, text};
use super::{Element, Look, Space};

/// What stands on top.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// "健保卡服務站"
    pub title: String,
    /// "健康門市"
    pub place: String,
    /// How line and printer stand, in words and icons.
    pub signs: Vec<Sign>,
    /// "剩餘 9:41" while somebody is signed in.
    pub time_left: Option<String>,
    /// Shown in place of all that when the session is about to end.
    pub warning: Option<String>,
}

/// One thing about the terminal everybody may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// What it looks like.
    pub icon: Icon,
    /// "連線正常"
    pub text: String,
}

/// A page of the screen.
pub struct Page<'a, Message> {
    /// On top.
    pub header: Header,
    /// The steps of the task, from [`super::progress::steps`].
    pub steps: Option<Element<'a, Message>>,
    /// What the page is about, in one sentence.
    pub title: String,
    /// A second sentence.
    pub lead: Option<String>,
    /// The page.
    pub body: Element<'a, Message>,
    /// What to do, the main thing last; stands at the bottom of the page.
    pub actions: Vec<Button<Message>>,
    /// What is always possible, from left to right.
    pub footer: Vec<Button<Message>>,
}

const HEADER_MM: f32 = 33.0;
const FOOTER_PADDING_MM: f32 = 4.0;

impl<'a, Message: Clone + 'a> Page<'a, Message> {
    /// Draws the page.
    #[must_use]
    pub fn view(self, look: Look) -> Element<'a, Message> {
        let mut page = column![].spacing(look.space(Space::Large));
        if let Some(steps) = self.steps {
            page = page.push(steps);
        }
        let mut heading = column![coloured(look, Role::Title, self.title, look.palette.ink)]
            .spacing(look.space(Space::Tiny));
        if let Some(lead) = self.lead {
            heading = heading.push(coloured(look, Role::Body, lead, look.palette.ink_soft));
        }
        page = page.push(heading).push(
            container(self.body)
                .height(Length::Fill)
                .width(Length::Fill)
                .align_y(if look.preferences.lowered {
                    Vertical::Bottom
                } else {
                    Vertical::Top
                }),
        );
        if !self.actions.is_empty() {
            page = page.push(actions(look, self.actions));
        }
        column![
            header(look, self.header),
            container(page)
                .padding([look.space(Space::Large), look.space(Space::Huge)])
                .height(Length::Fill)
                .width(Length::Fill)
                .clip(true),
            footer(look, self.footer),
        ]
        .into()
    }
}

fn header_mm(look: Look) -> f32 {
    HEADER_MM * if look.is_large() { 1.3 } else { 1.0 }
}

fn header<'a, Message: 'a>(look: Look, header: Header) -> Element<'a, Message> {
    let (ink, background) = (look.palette.on_primary, look.palette.primary);
    let signs = header.signs.into_iter();
    let signs = iced::widget::Row::with_children(signs.map(|sign| sign_view(look, sign, ink)))
        .spacing(look.space(Space::Large))
        .align_y(Vertical::Center);
    if let Some(warning) = header.warning {
        return alarm(look, warning);
    }
    let mut first = row![
        icon(look, Icon::Mark, 13.0, ink),
        text(look, Role::Heading, header.title)
            .color(ink)
            .width(Length::Fill),
    ]
    .spacing(look.space(Space::Medium))
    .align_y(Vertical::Center);
    if let Some(time_left) = header.time_left {
        first = first.push(
            row![
                icon(look, Icon::Clock, 9.0, ink),
                text(look, Role::Strong, time_left).color(ink)
            ]
            .spacing(look.space(Space::Small))
            .align_y(Vertical::Center),
        );
    }
    container(
        column![
            first,
            row![
                text(look, Role::Caption, header.place)
                    .color(ink)
                    .width(Length::Fill),
                signs,
            ]
            .align_y(Vertical::Center),
        ]
        .spacing(look.space(Space::Tiny)),
    )
    .padding([0.0, look.space(Space::Huge)])
    .width(Length::Fill)
    .height(look.mm(header_mm(look)))
    .align_y(Vertical::Center)
    .style(move |_| filled(background))
    .into()
}

// As high as the header, so that nothing moves under a finger.
fn alarm<'a, Message: 'a>(look: Look, warning: String) -> Element<'a, Message> {
    let tone = look.palette.warning;
    let edge = look.mm(1.3);
    container(
        row![
            icon(look, Icon::Clock, 15.0, tone.ink),
            coloured(look, Role::Strong, warning, tone.ink),
        ]
        .spacing(look.space(Space::Medium))
        .align_y(Vertical::Center),
    )
    .padding([0.0, look.space(Space::Huge)])
    .width(Length::Fill)
    .height(look.mm(header_mm(look)))
    .align_y(Vertical::Center)
    .style(move |_| container::Style {
        border: Border {
            color: tone.edge,
            width: edge,
            radius: 0.0.into(),
        },
        ..filled(tone.background)
    })
    .into()
}

fn sign_view<'a, Message: 'a>(look: Look, sign: Sign, ink: Color) -> Element<'a, Message> {
    row![
        icon(look, sign.icon, 7.6 * look.text_scale(), ink),
        text(look, Role::Caption, sign.text).color(ink)
    ]
    .spacing(look.space(Space::Tiny))
    .align_y(Vertical::Center)
    .into()
}

/// As many side by side as keep their words on one line; the main thing stays last, lowest and
/// nearest to the hand.
fn actions<'a, Message: Clone + 'a>(
    look: Look,
    actions: Vec<Button<Message>>,
) -> Element<'a, Message> {
    let page_mm = look.as_mm(look.panel.width_px() - 2.0 * look.space(Space::Huge));
    let fits = |columns: &usize| {
        #[allow(clippy::cast_precision_loss)] // a handful of buttons
        let width_mm = page_mm / *columns as f32 - LEAST_GAP_MM;
        actions
            .iter()
            .all(|action| action.fits_one_line(look, width_mm))
    };
    let columns = (1..=actions.len()).rev().find(fits).unwrap_or(1);
    let gap = look.space(Space::Small);
    let first = actions.len() % columns;
    let mut views: Vec<_> = actions
        .into_iter()
        .map(|action| action.view(look))
        .collect();
    let mut rows = iced::widget::Column::new().spacing(gap);
    let mut take = if first == 0 { columns } else { first };
    while !views.is_empty() {
        let rest = views.split_off(take);
        rows = rows.push(iced::widget::Row::with_children(views).spacing(gap));
        views = rest;
        take = columns;
    }
    rows.into()
}

/// How many footer buttons stand side by side at the most.
#[must_use]
pub fn footer_columns(look: Look) -> usize {
    if look.is_large() && look.panel.is_upright() {
        4
    } else {
        7
    }
}

fn footer<'a, Message: Clone + 'a>(
    look: Look,
    buttons: Vec<Button<Message>>,
) -> Element<'a, Message> {
    let background = look.palette.surface;
    let line = look.palette.line_soft;
    // In rows of even length, so that none is left alone.
    let rows = buttons.len().div_ceil(footer_columns(look)).max(1);
    let columns = buttons.len().div_ceil(rows).max(1);
    container(super::list::grid(look, columns, buttons))
        .padding([look.mm(FOOTER_PADDING_MM), look.space(Space::Large)])
        .width(Length::Fill)
        .align_x(Horizontal::Center)
        .style(move |_| container::Style {
            border: Border {
                color: line,
                width: look.mm(0.4),
                radius: 0.0.into(),
            },
            ..filled(background)
        })
        .into()
}

fn filled(background: Color) -> container::Style {
    container::Style {
        background: Some(Background::Color(background)),
        ..container::Style::default()
    }
}
