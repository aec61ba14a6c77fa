//! Colours by what they mean. Two themes: the calm one with at least 10:1 between text and what it
//! stands on, and one with at least 20:1. Colour is never the only sign: whatever has a colour of
//! its own here also has an icon or a thicker border.

use iced::Color;

use super::Contrast;

/// The colours of a theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub page: Color,
    /// Cards, list rows and ordinary buttons.
    pub surface: Color,
    /// A surface while a finger is on it.
    pub surface_pressed: Color,
    /// Text.
    pub ink: Color,
    /// Text of second rank; also of what cannot be touched now.
    pub ink_soft: Color,
    /// Borders of what can be touched.
    pub line: Color,
    /// Borders that only divide.
    pub line_soft: Color,
    /// The main thing to do, and the header.
    pub primary: Color,
    /// The main thing to do while a finger is on it.
    pub primary_pressed: Color,
    /// Text on `primary` and `primary_pressed`.
    pub on_primary: Color,
    /// What is chosen.
    pub chosen: Color,
    /// The ring around something pressed.
    pub ring: Color,
    /// Something to know.
    pub information: Tone,
    /// Something went well.
    pub good: Tone,
    /// Something needs care.
    pub warning: Tone,
    /// Something did not go.
    pub danger: Tone,
}

/// A colour pair for a situation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tone {
    /// Behind the text.
    pub background: Color,
    /// Text and icon.
    pub ink: Color,
    /// The edge.
    pub edge: Color,
}

impl Palette {
    /// The theme of a contrast.
    #[must_use]
    pub const fn of(contrast: Contrast) -> Self {
        match contrast {
            Contrast::Normal => CALM,
            Contrast::High => HIGH,
        }
    }

    /// Every pair of text and what it may stand on, named.
    #[must_use]
    pub fn text_pairs(&self) -> Vec<(&'static str, Color, Color)> {
        let mut pairs = vec![
            ("primary", self.on_primary, self.primary),
            ("primary pressed", self.on_primary, self.primary_pressed),
        ];
        for (on, background) in [
            ("page", self.page),
            ("surface", self.surface),
            ("surface pressed", self.surface_pressed),
            ("chosen", self.chosen),
        ] {
            pairs.push((on, self.ink, background));
            pairs.push((on, self.ink_soft, background));
        }
        for (name, tone) in [
            ("information", self.information),
            ("good", self.good),
            ("warning", self.warning),
            ("danger", self.danger),
        ] {
            pairs.push((name, tone.ink, tone.background));
        }
        pairs
    }
}

const CALM: Palette = Palette {
    page: rgb(0xF3_F6_F8),
    surface: rgb(0xFF_FF_FF),
    surface_pressed: rgb(0xE4_F1_F5),
    ink: rgb(0x0C_1E_2C),
    ink_soft: rgb(0x24_37_46),
    line: rgb(0x5F_78_88),
    line_soft: rgb(0xD3_DD_E3),
    primary: rgb(0x04_45_57),
    primary_pressed: rgb(0x02_2C_39),
    on_primary: rgb(0xFF_FF_FF),
    chosen: rgb(0xE4_F1_F5),
    ring: rgb(0xF2_A9_00),
    information: Tone {
        background: rgb(0xE4_F1_F5),
        ink: rgb(0x05_33_41),
        edge: rgb(0x2C_7A_90),
    },
    good: Tone {
        background: rgb(0xE5_F4_EA),
        ink: rgb(0x0A_38_1F),
        edge: rgb(0x2E_82_4F),
    },
    warning: Tone {
        background: rgb(0xFF_F4_D9),
        ink: rgb(0x42_2B_00),
        edge: rgb(0xB9_7A_00),
    },
    danger: Tone {
        background: rgb(0xFD_EC_EA),
        ink: rgb(0x5E_0F_0D),
        edge: rgb(0xB8_36_2F),
    },
};

const HIGH: Palette = Palette {
    page: rgb(0x00_00_00),
    surface: rgb(0x00_00_00),
    surface_pressed: rgb(0x04_04_04),
    ink: rgb(0xFF_FF_FF),
    ink_soft: rgb(0xFF_FF_FF),
    line: rgb(0xFF_FF_FF),
    line_soft: rgb(0x8A_8A_8A),
    primary: rgb(0xFF_FF_FF),
    primary_pressed: rgb(0xFF_FF_C8),
    on_primary: rgb(0x00_00_00),
    chosen: rgb(0x00_00_00),
    ring: rgb(0xFF_D8_00),
    information: HIGH_TONE,
    good: HIGH_TONE,
    warning: HIGH_TONE,
    danger: HIGH_TONE,
};

const HIGH_TONE: Tone = Tone {
    background: rgb(0x00_00_00),
    ink: rgb(0xFF_FF_FF),
    edge: rgb(0xFF_D8_00),
};

const fn rgb(hex: u32) -> Color {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color::from_rgb8(red, green, blue)
}

/// The contrast of two opaque colours by WCAG 2: 1 to 21.
#[must_use]
pub fn contrast_ratio(one: Color, other: Color) -> f32 {
    let (first, second) = (luminance(one), luminance(other));
    (first.max(second) + 0.05) / (first.min(second) + 0.05)
}

fn luminance(color: Color) -> f32 {
    let linear = |channel: f32| {
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects people with weak sight: text stands out by 10:1, and by 20:1 in the other theme.
    #[test]
    fn every_text_stands_out() {
        for (contrast, least) in [(Contrast::Normal, 10.0), (Contrast::High, 20.0)] {
            for (on, ink, background) in Palette::of(contrast).text_pairs() {
                let ratio = contrast_ratio(ink, background);
                assert!(ratio >= least, "{contrast:?}, text on {on}: {ratio:.1}");
            }
        }
    }

    /// Protects those who cannot see where a button ends: its border stands out by 3:1.
    #[test]
    fn borders_of_buttons_are_visible() {
        for contrast in [Contrast::Normal, Contrast::High] {
            let palette = Palette::of(contrast);
            for background in [palette.page, palette.surface] {
                assert!(contrast_ratio(palette.line, background) >= 3.0);
            }
        }
    }

    /// Protects the test above from a wrong formula: the ends of the scale are known.
    #[test]
    fn black_on_white_is_twenty_one() {
        assert!((contrast_ratio(Color::BLACK, Color::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast_ratio(Color::WHITE, Color::WHITE) - 1.0).abs() < 0.01);
    }
}
