//! Characters in the places a printer gives them: 24 rows, 12 dots wide for ASCII and 24 for the
//! rest. The same dots define a rare character in the printer (`FS 2`), set a line where the ROM has
//! no Chinese, and show in the preview where the printer has a glyph of its own.

use std::collections::HashMap;

use cosmic_text::{CacheKey, CacheKeyFlags, FontSystem, SwashCache, SwashContent, fontdb};

use crate::big5;
use crate::bitmap::Bitmap;
use crate::profile::Rom;

/// Rows of a place.
pub const ROWS: usize = 24;
/// Dots of a narrow place: ASCII.
pub const HALF_DOTS: usize = 12;
/// Dots of a wide place: everything else.
pub const FULL_DOTS: usize = 24;

/// How many narrow places a character takes.
#[must_use]
pub const fn columns(character: char) -> usize {
    if character.is_ascii() { 1 } else { 2 }
}

/// How many narrow places a text takes.
#[must_use]
pub fn columns_of(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Whether a character stands in a place of its own: ASCII, and all of East Asia's script and
/// symbols. Others (letters with marks, Thai) are shaped as a line.
#[must_use]
pub fn is_placed(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
        || big5::rom_code(Rom::Big5LevelOne, character).is_some()
}

/// The glyphs drawn so far.
#[derive(Default)]
pub struct Cells {
    drawn: HashMap<char, Option<Bitmap>>,
}

impl Cells {
    /// A character in its place, drawn once; `None` when no font has it.
    pub(crate) fn draw(
        &mut self,
        character: char,
        fonts: &mut FontSystem,
        faces: &[fontdb::ID],
        glyphs: &mut SwashCache,
    ) -> Option<&Bitmap> {
        self.drawn
            .entry(character)
            .or_insert_with(|| draw(character, fonts, faces, glyphs))
            .as_ref()
    }
}

/// Type sizes and base lines at which nothing of a glyph leaves its place.
const HALF_TYPE: (f32, i32) = (22.0, 18);
const FULL_TYPE: (f32, i32) = (24.0, 21);

fn draw(
    character: char,
    fonts: &mut FontSystem,
    faces: &[fontdb::ID],
    glyphs: &mut SwashCache,
) -> Option<Bitmap> {
    let width = if character.is_ascii() {
        HALF_DOTS
    } else {
        FULL_DOTS
    };
    let mut cell = Bitmap::white(width, ROWS);
    if character == ' ' {
        return Some(cell);
    }
    let (size, base_row) = if character.is_ascii() {
        HALF_TYPE
    } else {
        FULL_TYPE
    };
    let weight = fontdb::Weight::NORMAL;
    let (face, glyph, advance) = faces.iter().find_map(|&face| {
        let font = fonts.get_font(face, weight)?;
        let swash = font.as_swash();
        let glyph = swash.charmap().map(character);
        let advance = swash.glyph_metrics(&[]).scale(size).advance_width(glyph);
        (glyph != 0).then_some((face, glyph, advance))
    })?;
    let (key, _, _) = CacheKey::new(
        face,
        glyph,
        size,
        (0.0, 0.0),
        weight,
        CacheKeyFlags::empty(),
    );
    let image = glyphs.get_image(fonts, key).as_ref()?;
    if image.content != SwashContent::Mask {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
    let margin = ((width as f32 - advance) / 2.0).round() as i32;
    let columns = image.placement.width.max(1) as usize;
    for (index, &cover) in image.data.iter().enumerate() {
        if cover >= 110 {
            let x = i32::try_from(index % columns).unwrap_or(i32::MAX);
            let y = i32::try_from(index / columns).unwrap_or(i32::MAX);
            let x = x + image.placement.left + margin;
            // The dots of a glyph wider than its place are not drawn into the next.
            if usize::try_from(x).is_ok_and(|x| x < width) {
                cell.blacken(x, y + base_row - image.placement.top);
            }
        }
    }
    Some(cell)
}

/// A wide glyph as `FS 2` takes it: column by column from the left, three bytes from top to bottom.
#[must_use]
pub fn as_columns(glyph: &Bitmap) -> [u8; 72] {
    let mut bytes = [0; 72];
    for (index, byte) in bytes.iter_mut().enumerate() {
        let (x, top) = (index / 3, index % 3 * 8);
        for bit in 0..8 {
            if glyph.is_black(x, top + bit) {
                *byte |= 0x80 >> bit;
            }
        }
    }
    bytes
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::text::Typesetter;

    /// Protects defined characters: a glyph's columns are its dots, none lost and none turned.
    #[test]
    fn columns_hold_the_same_dots() {
        let mut typesetter = Typesetter::load().unwrap();
        let glyph = typesetter.cell('堃').unwrap().clone();
        let columns = as_columns(&glyph);
        let mut black = 0;
        for y in 0..24 {
            for x in 0..24 {
                let byte = columns[x * 3 + y / 8];
                assert_eq!(byte & (0x80 >> (y % 8)) != 0, glyph.is_black(x, y));
                black += usize::from(glyph.is_black(x, y));
            }
        }
        assert!((80..400).contains(&black), "{black} dots");
    }

    /// Protects lines from losing strokes: no glyph of ASCII or of frequent characters touches a
    /// dot outside its place (a descender cut off would make j of y).
    #[test]
    fn glyphs_stay_in_their_place() {
        let mut typesetter = Typesetter::load().unwrap();
        for character in "gjpqy|Q@W預約口罩領取龜鬱".chars() {
            let cell = typesetter.cell(character).unwrap();
            let (first, last) = cell.ink_columns().unwrap();
            assert!(first <= last && last < columns(character) * HALF_DOTS);
            assert!(cell.rows() == ROWS);
        }
        assert!(typesetter.cell('\u{10FFFD}').is_none());
    }
}
