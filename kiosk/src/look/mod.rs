//! The design system: every size, colour and shape on the screen comes from here. Views name what a
//! thing *is* (a heading, a primary button, a warning); this module knows how that looks.
//!
//! | file | what |
//! | --- | --- |
//! | [`millimetre`] | the panel, and sizes people can rely on whatever its pixels |
//! | [`palette`] | two colour themes with computed contrast |
//! | [`text`] | the type scale by role |
//! | [`icon`], [`button`], [`list`], [`keypad`], [`notice`], [`summary`], [`progress`] | parts |
//! | [`layout`] | header, body, footer |
//! | [`target`], [`touch_map`] | what can be touched, told to programs that drive the screen |

pub mod button;
pub mod icon;
pub mod keypad;
pub mod layout;
pub mod list;
pub mod millimetre;
pub mod notice;
pub mod palette;
pub mod progress;
pub mod summary;
pub mod target;
pub mod text;
pub mod touch_map;

use millimetre::Panel;
use palette::Palette;

/// An element of this application's theme and renderer.
pub type Element<'a, Message> = iced::Element<'a, Message>;

/// The part of the panel's height that lists take at the most on a lowered screen, above the
/// buttons at the bottom.
const REACHABLE_PART: f32 = 0.4;

/// Everything a view needs to know to draw: made for each frame, cheap to copy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The panel it is drawn for.
    pub panel: Panel,
    /// What this person chose; back to the default for the next one.
    pub preferences: Preferences,
    /// The colours of the chosen contrast.
    pub palette: Palette,
}

/// What a person sets for the length of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preferences {
    /// Text size.
    pub text_size: TextSize,
    /// Colours.
    pub contrast: Contrast,
    /// Whether everything to be touched is moved into the lower part of the panel.
    pub lowered: bool,
}

/// Text size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextSize {
    /// As designed.
    #[default]
    Normal,
    /// One and a half times.
    Large,
}

/// Colour theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Contrast {
    /// At least 10:1.
    #[default]
    Normal,
    /// At least 20:1.
    High,
}

/// Distances between things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// Between a label and its value.
    Tiny,
    /// Between things that are touched: the least gap there may be.
    Small,
    /// Between parts of one thing.
    Medium,
    /// Between things.
    Large,
    /// Between sections, and the margin of the page.
    Huge,
}

impl Look {
    /// The look of a panel under a person's preferences.
    #[must_use]
    pub fn new(panel: Panel, preferences: Preferences) -> Self {
        Self {
            panel,
            preferences,
            palette: Palette::of(preferences.contrast),
        }
    }

    /// Design millimetres as pixels: at least real ones, and more on a glass larger than the one
    /// designed for, so that it is filled.
    #[must_use]
    pub fn mm(&self, millimetres: f32) -> f32 {
        self.panel.px(millimetres * self.panel.growth())
    }

    /// Pixels as design millimetres.
    #[must_use]
    pub fn as_mm(&self, pixels: f32) -> f32 {
        pixels / self.mm(1.0)
    }

    /// How high a stack of things to be touched may be, in design millimetres, so that it stays in
    /// the part of the panel a seated person reaches; without end unless the screen is lowered.
    #[must_use]
    pub fn reach_mm(&self) -> f32 {
        if self.preferences.lowered {
            self.as_mm(self.panel.height_px()) * REACHABLE_PART
        } else {
            f32::INFINITY
        }
    }

    /// A distance in pixels.
    #[must_use]
    pub fn space(&self, space: Space) -> f32 {
        self.mm(match space {
            Space::Tiny => 1.5,
            Space::Small => millimetre::LEAST_GAP_MM,
            Space::Medium => 5.0,
            Space::Large => 8.0,
            Space::Huge => 12.0,
        })
    }

    /// What text sizes are multiplied with.
    #[must_use]
    pub const fn text_scale(&self) -> f32 {
        match self.preferences.text_size {
            TextSize::Normal => 1.0,
            TextSize::Large => 1.5,
        }
    }

    /// Whether the person chose large text.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.preferences.text_size == TextSize::Large
    }

    /// The theme iced fills the window with and draws plain text in.
    #[must_use]
    pub fn theme(&self) -> iced::Theme {
        iced::Theme::custom(
            "kiosk",
            iced::theme::Palette {
                background: self.palette.page,
                text: self.palette.ink,
                primary: self.palette.primary,
                success: self.palette.good.ink,
                warning: self.palette.warning.ink,
                danger: self.palette.danger.ink,
            },
        )
    }
}
