//! One line of characters in their places: the printer's own where its ROM has them all or they can
//! be defined, else our dots in the same places.

use super::Setter;
use crate::big5;
use crate::bitmap::Bitmap;
use crate::page::Align;
use crate::profile::Rom;
use crate::raster;
use crate::sheet::{Line, Run, Scale, Strip};

/// Places for defined characters: FEA1–FEFE.
const DEFINABLE: usize = 94;

impl Setter<'_> {
    pub(super) fn line(&mut self, runs: Vec<Run>, scale: Scale, align: Align, leading: usize) {
        self.place(Line {
            runs,
            scale,
            align,
            reversed: false,
            leading,
        });
    }

    /// White on black, so many places of double size wide, no white below: lines join.
    pub(super) fn reversed(&mut self, text: &str, columns: usize) {
        let length = crate::cell::columns_of(text);
        let before = columns.saturating_sub(length) / 2;
        let after = columns.saturating_sub(length + before);
        let text = format!("{}{text}{}", " ".repeat(before), " ".repeat(after));
        self.place(Line {
            runs: vec![Run { text, bold: false }],
            scale: Scale::DOUBLE,
            align: Align::Left,
            reversed: true,
            leading: 0,
        });
    }

    fn place(&mut self, line: Line) {
        if self.define(&line) {
            self.close_dots();
            self.strips.push(Strip::Line(line));
        } else {
            let rows = raster::line(&line, self.width.dots(), self.typesetter, |_| None);
            self.dots.append(&rows);
        }
    }

    /// Whether the printer prints the line by itself, after rare characters were defined.
    fn define(&mut self, line: &Line) -> bool {
        let text = self.profile.text;
        let mut rare: Vec<(char, Bitmap)> = Vec::new();
        for character in line.characters() {
            if character.is_ascii() || big5::rom_code(text.rom, character).is_some() {
                continue;
            }
            let known = |(defined, _): &(char, Bitmap)| *defined == character;
            if self.defined.iter().any(known) || rare.iter().any(known) {
                continue;
            }
            if text.rom == Rom::None || !text.user_defined {
                return false;
            }
            let Some(glyph) = self.typesetter.cell(character) else {
                return false;
            };
            rare.push((character, glyph.clone()));
        }
        if self.defined.len() + rare.len() > DEFINABLE {
            return false;
        }
        self.defined.append(&mut rare);
        true
    }
}
