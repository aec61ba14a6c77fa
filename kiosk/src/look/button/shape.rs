//! Size and colours of each kind of button.

use iced::border::Border;
use iced::widget::button::{Status, Style};
use iced::{Background, Color};

use super::Kind;
use crate::look::Look;
use crate::look::millimetre::PRIMARY_HEIGHT_MM;
use crate::look::text::{Role, line_mm};

pub(super) fn least_mm(look: Look, kind: Kind, has_detail: bool) -> f32 {
    let least = match kind {
        Kind::Primary => PRIMARY_HEIGHT_MM + 2.0,
        Kind::Secondary | Kind::Row | Kind::Choice { .. } => PRIMARY_HEIGHT_MM,
        Kind::Key => 27.0,
        Kind::Tile => 38.0,
        Kind::Quiet | Kind::Urgent => 20.0,
    } * grown(look);
    let detail = if has_detail {
        line_mm(look, Role::Caption) + 1.5
    } else {
        0.0
    };
    least.max(line_mm(look, Role::Label) + detail + 6.0)
}

/// How much things beside text grow with it.
pub(super) fn grown(look: Look) -> f32 {
    if look.is_large() { 1.25 } else { 1.0 }
}

pub(super) fn ink(look: Look, kind: Kind, enabled: bool) -> Color {
    match (kind, enabled) {
        (Kind::Primary | Kind::Urgent, true) => look.palette.on_primary,
        (_, true) => look.palette.ink,
        (_, false) => look.palette.ink_soft,
    }
}

pub(super) fn style(look: Look, kind: Kind, status: Status) -> Style {
    let palette = look.palette;
    let (hair, thick) = (look.mm(0.5), look.mm(1.3));
    let (background, line, width) = match (kind, status) {
        (Kind::Quiet, Status::Disabled) => (Color::TRANSPARENT, Color::TRANSPARENT, 0.0),
        // What cannot be touched lies flat on the page: no fill, a faint edge.
        (_, Status::Disabled) => (Color::TRANSPARENT, palette.line_soft, hair),
        (Kind::Primary | Kind::Urgent, Status::Pressed) => {
            (palette.primary_pressed, palette.ring, thick)
        }
        (Kind::Primary | Kind::Urgent, _) => (palette.primary, palette.primary, hair),
        (_, Status::Pressed) => (palette.surface_pressed, palette.ring, thick),
        (Kind::Choice { chosen: true }, _) => (palette.chosen, palette.primary, thick),
        (Kind::Quiet, _) => (palette.surface, palette.line_soft, hair),
        (_, _) => (palette.surface, palette.line, hair),
    };
    Style {
        background: Some(Background::Color(background)),
        text_color: ink(look, kind, status != Status::Disabled),
        border: Border {
            color: line,
            width,
            radius: look.mm(3.0).into(),
        },
        ..Style::default()
    }
}
