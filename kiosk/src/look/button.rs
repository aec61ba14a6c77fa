//! Buttons. A touch counts on release, and only when it began and ended inside (iced's own rule);
//! while the finger is down the button shows it. A tapped button stays "hovered" on a touch panel,
//! so hovered looks like any other.

mod shape;

use iced::alignment::{Horizontal, Vertical};
use iced::widget::{self, column, container, row, space};
use iced::{Color, Length};

use super::icon::{Icon, icon};
use super::target::{Touchable, target};
use super::text::{Role, line_mm, lines_in, text};
use super::{Element, Look, Space};
use shape::{grown, ink, least_mm, style};

/// What a button is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The main thing to do on a page: one, or none.
    Primary,
    /// Anything else to do.
    Secondary,
    /// A large thing to choose.
    Tile,
    /// A line of a list.
    Row,
    /// One of several; shows whether it is chosen.
    Choice { chosen: bool },
    /// In the footer: icon above a short word.
    Quiet,
    /// In the footer, and wanted now.
    Urgent,
    /// On a keypad.
    Key,
}

/// A button being described; [`Button::view`] draws it.
#[derive(Debug, Clone)]
pub struct Button<Message> {
    id: String,
    kind: Kind,
    label: String,
    detail: Option<String>,
    icon: Option<Icon>,
    trailing: Option<Icon>,
    height_mm: Option<f32>,
    message: Option<Message>,
}

/// The main thing to do.
pub fn primary<Message>(id: impl Into<String>, label: impl Into<String>) -> Button<Message> {
    Button::new(Kind::Primary, id, label)
}

/// Something else to do.
pub fn secondary<Message>(id: impl Into<String>, label: impl Into<String>) -> Button<Message> {
    Button::new(Kind::Secondary, id, label)
}

/// A large thing to choose.
pub fn tile<Message>(id: impl Into<String>, label: impl Into<String>) -> Button<Message> {
    Button::new(Kind::Tile, id, label)
}

/// A line of a list.
pub fn list_row<Message>(id: impl Into<String>, label: impl Into<String>) -> Button<Message> {
    Button::new(Kind::Row, id, label)
}

/// One of several, chosen or not.
pub fn choice<Message>(
    id: impl Into<String>,
    label: impl Into<String>,
    chosen: bool,
) -> Button<Message> {
    Button::new(Kind::Choice { chosen }, id, label)
}

/// A footer button.
pub fn quiet<Message>(id: impl Into<String>, label: impl Into<String>) -> Button<Message> {
    Button::new(Kind::Quiet, id, label)
}

/// A footer button that is wanted now.
pub fn urgent<Message>(id: impl Into<String>, label: impl Into<String>) -> Button<Message> {
    Button::new(Kind::Urgent, id, label)
}

/// A key of a keypad.
pub fn key<Message>(id: impl Into<String>, label: impl Into<String>) -> Button<Message> {
    Button::new(Kind::Key, id, label)
}

impl<Message> Button<Message> {
    fn new(kind: Kind, id: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            kind,
            label: label.into(),
            detail: None,
            icon: None,
            trailing: None,
            height_mm: None,
            message: None,
        }
    }

    /// A second, smaller line.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// An icon before the words (above them in tiles and footers).
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// An icon after the words.
    #[must_use]
    pub fn trailing(mut self, icon: Icon) -> Self {
        self.trailing = Some(icon);
        self
    }

    /// A height in millimetres above the usual one of its kind.
    #[must_use]
    pub fn height_mm(mut self, height_mm: f32) -> Self {
        self.height_mm = Some(height_mm);
        self
    }

    /// What touching it does. Without, it cannot be touched.
    #[must_use]
    pub fn on_press(mut self, message: Message) -> Self {
        self.message = Some(message);
        self
    }

    /// What touching it does, if anything now.
    #[must_use]
    pub fn on_press_maybe(mut self, message: Option<Message>) -> Self {
        self.message = message;
        self
    }
}

impl<Message> Button<Message> {
    /// The height it will need in a width, in millimetres: lists make all their rows as high as the
    /// highest.
    #[must_use]
    pub fn height_in(&self, look: Look, width_mm: f32) -> f32 {
        let (role, icon_mm) = self.measures(look);
        let has_icon = self.icon.is_some() || matches!(self.kind, Kind::Choice { .. });
        let beside = 16.0
            + if has_icon { icon_mm + 8.0 } else { 0.0 }
            + self.trailing.map_or(0.0, |_| 9.0 * grown(look) + 8.0);
        let words_mm = width_mm - beside;
        let mut height = lines_in(look, role, &self.label, words_mm) * line_mm(look, role) + 6.0;
        if let Some(detail) = &self.detail {
            height += lines_in(look, Role::Caption, detail, words_mm)
                * line_mm(look, Role::Caption)
                + 1.5;
        }
        height.max(least_mm(look, self.kind, self.detail.is_some()))
    }

    /// Whether its label keeps to one line in a width in millimetres.
    #[must_use]
    pub fn fits_one_line(&self, look: Look, width_mm: f32) -> bool {
        let (role, icon_mm) = self.measures(look);
        let drawings = usize::from(self.icon.is_some()) + usize::from(self.trailing.is_some());
        #[allow(clippy::cast_precision_loss)] // two at the most
        let beside_mm = 12.0 + drawings as f32 * (icon_mm + 5.0);
        lines_in(look, role, &self.label, width_mm - beside_mm) <= 1.0
    }

    /// The role of the label and the size of the icon beside it.
    fn measures(&self, look: Look) -> (Role, f32) {
        match self.kind {
            Kind::Tile => (Role::Heading, 26.0),
            _ => (Role::Label, 11.0 * grown(look)),
        }
    }
}

impl<Message: Clone> Button<Message> {
    /// Draws the button, as wide as there is room.
    #[must_use]
    pub fn view<'a>(self, look: Look) -> Element<'a, Message>
    where
        Message: 'a,
    {
        let enabled = self.message.is_some();
        let kind = self.kind;
        let ink = ink(look, kind, enabled);
        let height_mm =
            self.height_mm
                .unwrap_or_default()
                .max(least_mm(look, kind, self.detail.is_some()));
        let touchable = Touchable {
            id: self.id.clone(),
            label: self.label.clone(),
            enabled,
        };
        let padding = match kind {
            Kind::Quiet | Kind::Urgent | Kind::Key => look.space(Space::Tiny),
            Kind::Tile => look.space(Space::Large),
            _ => look.space(Space::Medium),
        };
        let content = match kind {
            Kind::Quiet | Kind::Urgent => self.stacked(look, ink),
            Kind::Key => self.centred(look, ink),
            Kind::Primary | Kind::Secondary => self.in_line(look, ink, true),
            Kind::Tile | Kind::Row | Kind::Choice { .. } => self.in_line(look, ink, false),
        };
        // The strut gives the least height (a thing without any width would be left out); words that need more lines make the button grow.
        let strut = space::vertical()
            .width(look.mm(0.1))
            .height(look.mm(height_mm));
        let button = widget::button(row![strut, content].align_y(Vertical::Center))
            .on_press_maybe(self.message)
            .width(Length::Fill)
            .padding([0.0, padding])
            .style(move |_, status| style(look, kind, status));
        target(touchable, button)
    }

    fn in_line<'a>(&self, look: Look, ink: Color, centred: bool) -> Element<'a, Message>
    where
        Message: 'a,
    {
        let large = self.kind == Kind::Tile;
        let (role, icon_mm) = self.measures(look);
        let mut words = column![text(look, role, self.label.clone()).color(ink)]
            .spacing(look.space(Space::Tiny));
        if let Some(detail) = &self.detail {
            let soft = if self.kind == Kind::Primary {
                ink
            } else {
                look.palette.ink_soft
            };
            words = words.push(text(look, Role::Caption, detail.clone()).color(soft));
        }
        let mut line = row![]
            .spacing(look.space(if large { Space::Large } else { Space::Medium }))
            .align_y(Vertical::Center);
        let leading = match self.kind {
            Kind::Choice { chosen } => Some(match (chosen, self.message.is_some()) {
                (true, _) => Icon::Done,
                (false, true) => Icon::Circle,
                (false, false) => Icon::Unavailable,
            }),
            _ => self.icon,
        };
        if let Some(leading) = leading {
            line = line.push(icon(look, leading, icon_mm, ink));
        }
        let trailing = self
            .trailing
            // A tile that leads nowhere now points nowhere.
            .filter(|_| self.message.is_some() || self.kind != Kind::Tile)
            .map(|trailing| icon(look, trailing, 9.0 * grown(look), ink));
        if centred {
            // The words keep to the middle whether or not there is an icon beside them.
            line = line.push(words).push_maybe_element(trailing);
            container(line).center_x(Length::Fill).into()
        } else {
            line.push(words.width(Length::Fill))
                .push_maybe_element(trailing)
                .width(Length::Fill)
                .into()
        }
    }

    fn stacked<'a>(&self, look: Look, ink: Color) -> Element<'a, Message>
    where
        Message: 'a,
    {
        let mut stack = column![]
            .spacing(look.mm(0.8))
            .align_x(Horizontal::Center)
            .width(Length::Fill);
        if let Some(drawing) = self.icon {
            stack = stack.push(icon(look, drawing, 8.5 * grown(look), ink));
        }
        stack
            .push(
                text(look, Role::Caption, self.label.clone())
                    .color(ink)
                    .center(),
            )
            .into()
    }

    fn centred<'a>(&self, look: Look, ink: Color) -> Element<'a, Message>
    where
        Message: 'a,
    {
        let face: Element<'a, Message> = match self.icon {
            Some(drawing) => icon(look, drawing, 13.0 * grown(look), ink),
            None => text(look, Role::Title, self.label.clone())
                .color(ink)
                .center()
                .into(),
        };
        container(face).center_x(Length::Fill).into()
    }
}

trait PushMaybe<'a, Message> {
    fn push_maybe_element(self, element: Option<Element<'a, Message>>) -> Self;
}

impl<'a, Message> PushMaybe<'a, Message> for widget::Row<'a, Message> {
    fn push_maybe_element(self, element: Option<Element<'a, Message>>) -> Self {
        match element {
            Some(element) => self.push(element),
            None => self,
        }
    }
}
