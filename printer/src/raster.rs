//! A sheet as one picture: what a person will hold. Dots and codes are those that are sent; where
//! the printer uses its own characters, ours stand in the same places.

use crate::bitmap::Bitmap;
use crate::cell;
use crate::codes::{self, BAR_ROWS};
use crate::error::Error;
use crate::page::Align;
use crate::sheet::{Line, Sheet, Strip};
use crate::text::Typesetter;

/// The sheet as one picture.
///
/// # Errors
/// [`Error::Code`] for a code that cannot be drawn.
pub fn picture(sheet: &Sheet, typesetter: &mut Typesetter) -> Result<Bitmap, Error> {
    let width = sheet.width.dots();
    let mut whole = Bitmap::white(width, 0);
    for strip in &sheet.strips {
        match strip {
            Strip::Line(shown) => {
                let defined = |character: char| {
                    let mut found = sheet.defined.iter();
                    found
                        .find(|(defined, _)| *defined == character)
                        .map(|(_, glyph)| glyph.clone())
                };
                whole.append(&line(shown, width, typesetter, defined));
            }
            Strip::Dots(rows) => whole.append(rows),
            Strip::Feed(rows) => whole.append_white(*rows),
            Strip::Bars { symbol, data } => {
                let bars = codes::bars(*symbol, data, BAR_ROWS)?;
                whole.append(&codes::in_the_middle(
                    &bars,
                    codes::dots(*symbol, data)?,
                    width,
                ));
            }
            Strip::Qr { data, module_dots } => {
                let code = codes::qr(data.as_bytes(), *module_dots, codes::QR_LEVEL)?;
                whole.append(&centred(&code, width));
            }
        }
    }
    Ok(whole)
}

/// A line of characters in their places, with the white below. `defined` has the glyphs that were
/// defined in the printer.
pub fn line(
    line: &Line,
    width: usize,
    typesetter: &mut Typesetter,
    defined: impl Fn(char) -> Option<Bitmap>,
) -> Bitmap {
    let mut rows = Bitmap::white(width, line.rows());
    let mut left = match line.align {
        Align::Left => 0,
        Align::Centre => width.saturating_sub(line.dots()) / 2,
        Align::Right => width.saturating_sub(line.dots()),
    };
    for run in &line.runs {
        for character in run.text.chars() {
            let advance = cell::columns(character) * cell::HALF_DOTS * line.scale.wide;
            let glyph = defined(character).or_else(|| typesetter.cell(character).cloned());
            if let Some(glyph) = glyph {
                stamp(&mut rows, &glyph, left, line, run.bold);
            }
            if line.reversed {
                rows.invert_columns(left, advance, cell::ROWS * line.scale.high);
            }
            left += advance;
        }
    }
    rows
}

/// Draws a glyph as the firmware does: dots repeated for size, one dot wider for emphasis.
fn stamp(rows: &mut Bitmap, glyph: &Bitmap, left: usize, line: &Line, bold: bool) {
    let (wide, high) = (line.scale.wide, line.scale.high);
    for y in 0..glyph.rows() {
        for x in 0..glyph.width() {
            if glyph.is_black(x, y) {
                let width = wide + usize::from(bold);
                rows.fill(left + x * wide, y * high, width, high);
            }
        }
    }
}

/// A picture in the middle of white rows.
#[must_use]
pub fn centred(picture: &Bitmap, width: usize) -> Bitmap {
    let mut line = Bitmap::white(width, picture.rows());
    line.draw(picture, width.saturating_sub(picture.width()) / 2, 0);
    line
}
