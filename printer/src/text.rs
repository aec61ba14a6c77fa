//! Sets text in dots with named fonts and nothing else: characters in the places a printer gives
//! them, and shaped lines for what printers cannot set (Thai, Latin with marks).

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use cosmic_text::{
    Align as Alignment, Attrs, Buffer, Family, FontSystem, Metrics, Shaping, SwashCache,
    SwashContent, Weight, Wrap, fontdb,
};

use crate::bitmap::Bitmap;
use crate::cell::Cells;
use crate::error::Error;
use crate::page::Align;
use crate::wrap;

/// Room at each side for strokes that reach out of their glyph's place.
const OVERHANG_DOTS: usize = 2;
const OVERHANG: f32 = 2.0;

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Height of the type in dots.
    pub dots: u16,
    /// Whether in the bold face.
    pub bold: bool,
    /// Where on the line.
    pub align: Align,
}

/// The fonts, loaded once, and the glyphs drawn so far.
pub struct Typesetter {
    fonts: FontSystem,
    glyphs: SwashCache,
    cells: Cells,
    /// Faces with Chinese in places of one width, the first being the printer's stand-in.
    placed: Vec<fontdb::ID>,
    /// All upright faces of normal weight, for telling what can be set at all.
    upright: Vec<fontdb::ID>,
    known: HashMap<char, bool>,
}

/// Where Debian's packages put the fonts that slips are set in.
const FOLDER: &str = "/usr/share/fonts";
/// `fonts-noto-cjk`: without it there are no slips.
const NEEDED: [&str; 2] = [
    "opentype/noto/NotoSansCJK-Regular.ttc",
    "opentype/noto/NotoSansCJK-Bold.ttc",
];
/// `fonts-tlwg-loma-otf`: without it slips in Thai are refused when they are composed.
const OTHERS: [&str; 2] = ["opentype/tlwg/Loma.otf", "opentype/tlwg/Loma-Bold.otf"];
const CHINESE: &str = "Noto Sans CJK TC";
const THAI: &str = "Loma";
const PLACED: &str = "Noto Sans Mono CJK TC";
/// Families in the order in which a line's is chosen: the first that has all its characters.
const FAMILIES: [&str; 2] = [CHINESE, THAI];

impl Typesetter {
    /// Loads the fonts that slips are set in; they are mapped, not read into memory.
    ///
    /// # Errors
    /// [`Error::ReadFont`] when the Chinese one is missing.
    pub fn load() -> Result<Self, Error> {
        Self::load_from(Path::new(FOLDER))
    }

    /// As [`Typesetter::load`], from another folder.
    ///
    /// # Errors
    /// [`Error::ReadFont`] when the Chinese one is missing.
    pub fn load_from(folder: &Path) -> Result<Self, Error> {
        let mut database = fontdb::Database::new();
        for name in NEEDED {
            let path: PathBuf = folder.join(name);
            database
                .load_font_file(&path)
                .map_err(|source| Error::ReadFont { path, source })?;
        }
        for name in OTHERS {
            if let Err(error) = database.load_font_file(folder.join(name)) {
                tracing::warn!(name, %error, "a font is missing: some languages cannot be printed");
            }
        }
        let faces = |family: Option<&str>| -> Vec<fontdb::ID> {
            database
                .faces()
                .filter(|face| face.weight == Weight::NORMAL && face.style == fontdb::Style::Normal)
                .filter(|face| {
                    let mut names = face.families.iter();
                    family.is_none_or(|family| names.any(|(name, _)| name == family))
                })
                .map(|face| face.id)
                .collect()
        };
        let (placed, upright) = (faces(Some(PLACED)), faces(None));
        Ok(Self {
            fonts: FontSystem::new_with_locale_and_db("zh-TW".to_owned(), database),
            glyphs: SwashCache::new(),
            cells: Cells::default(),
            placed,
            upright,
            known: HashMap::new(),
        })
    }

    /// A character in the place a printer gives it, regular; `None` when the Chinese font lacks it.
    pub fn cell(&mut self, character: char) -> Option<&Bitmap> {
        self.cells
            .draw(character, &mut self.fonts, &self.placed, &mut self.glyphs)
    }

    /// The first character no font has.
    pub fn missing(&mut self, text: &str) -> Option<char> {
        text.chars().find(|&character| !self.knows(character))
    }

    fn knows(&mut self, character: char) -> bool {
        if character == '\n' || character == '\u{200B}' {
            return true;
        }
        // Some fonts have an empty glyph for one or the other.
        if character.is_control() {
            return false;
        }
        if let Some(&known) = self.known.get(&character) {
            return known;
        }
        let (fonts, upright) = (&mut self.fonts, &self.upright);
        let known = upright.iter().any(|&face| {
            fonts
                .get_font(face, Weight::NORMAL)
                .is_some_and(|font| font.as_swash().charmap().map(character) != 0)
        });
        self.known.insert(character, known);
        known
    }

    /// The family a text is set in: the first that has all of it.
    fn family(&mut self, text: &str) -> &'static str {
        if text.is_ascii() {
            return CHINESE;
        }
        let covering = FAMILIES.into_iter().find(|family| {
            let id = self.fonts.db().query(&fontdb::Query {
                families: &[Family::Name(family)],
                ..fontdb::Query::default()
            });
            let font = id.and_then(|id| self.fonts.get_font(id, Weight::NORMAL));
            font.is_some_and(|font| {
                let swash = font.as_swash();
                let map = swash.charmap();
                text.chars()
                    .all(|character| character.is_whitespace() || map.map(character) != 0)
            })
        });
        // Several languages on one line: Thai needs its own shapes, the others are filled in.
        covering.unwrap_or_else(|| {
            if text.chars().any(wrap::is_thai) {
                THAI
            } else {
                CHINESE
            }
        })
    }

    /// A paragraph, wrapped at `width` dots. Its rows are whole lines.
    pub fn paragraph(&mut self, text: &str, style: Style, width: usize) -> Bitmap {
        let text = &wrap::marked(text);
        let buffer = self.lay_out(text, style, Some(width.saturating_sub(2 * OVERHANG_DOTS)));
        let rows: f32 = buffer.layout_runs().map(|run| run.line_height).sum();
        let mut picture = Bitmap::white(width, whole(rows));
        for run in buffer.layout_runs() {
            for glyph in run.glyphs {
                let glyph = glyph.physical((OVERHANG, run.line_y.round()), 1.0);
                let Some(image) = self.glyphs.get_image(&mut self.fonts, glyph.cache_key) else {
                    continue;
                };
                if image.content != SwashContent::Mask {
                    continue;
                }
                let (left, top) = (
                    glyph.x + image.placement.left,
                    glyph.y - image.placement.top,
                );
                let columns = image.placement.width.max(1) as usize;
                for (index, &cover) in image.data.iter().enumerate() {
                    // A thermal head burns a dot or not; a little under half keeps thin strokes whole.
                    if cover >= 110 {
                        let (x, y) = (as_i32(index % columns), as_i32(index / columns));
                        picture.blacken(left + x, top + y);
                    }
                }
            }
        }
        picture
    }

    /// How many dots the text is long on one line.
    pub fn width(&mut self, text: &str, dots: u16, bold: bool) -> usize {
        let style = Style {
            dots,
            bold,
            align: Align::Left,
        };
        let buffer = self.lay_out(text, style, None);
        whole(
            buffer
                .layout_runs()
                .map(|run| run.line_w)
                .fold(0.0, f32::max),
        )
    }

    fn lay_out(&mut self, text: &str, style: Style, width: Option<usize>) -> Buffer {
        let size = f32::from(style.dots);
        let family = self.family(text);
        let mut buffer = Buffer::new(&mut self.fonts, Metrics::new(size, (size * 1.36).round()));
        buffer.set_wrap(
            &mut self.fonts,
            if width.is_some() {
                Wrap::WordOrGlyph
            } else {
                Wrap::None
            },
        );
        #[allow(clippy::cast_precision_loss)]
        buffer.set_size(&mut self.fonts, width.map(|dots| dots as f32), None);
        let weight = if style.bold {
            Weight::BOLD
        } else {
            Weight::NORMAL
        };
        let attributes = Attrs::new().family(Family::Name(family)).weight(weight);
        let alignment = match style.align {
            Align::Left => Alignment::Left,
            Align::Centre => Alignment::Center,
            Align::Right => Alignment::Right,
        };
        buffer.set_text(
            &mut self.fonts,
            text,
            &attributes,
            Shaping::Advanced,
            Some(alignment),
        );
        buffer.shape_until_scroll(&mut self.fonts, false);
        buffer
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(dots: f32) -> usize {
    dots.ceil().max(0.0) as usize
}

fn as_i32(dots: usize) -> i32 {
    i32::try_from(dots).unwrap_or(i32::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects every line on paper: whatever is wrapped, nothing is cut off at the right side, and
    /// a word too long for the line still gets onto paper.
    #[test]
    fn wrapped_text_is_never_cut_off() {
        let mut typesetter = Typesetter::load().unwrap();
        let style = Style {
            dots: 30,
            bold: false,
            align: Align::Left,
        };
        for text in [
            "請於接種日攜帶健保卡至臺北市中正區衛生所，逾時視同放棄，不得異議。".repeat(3),
            "Please bring your health card to the vaccination site on the day. ".repeat(4),
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".to_owned(),
        ] {
            let wide = typesetter.width(&text, 30, false);
            let picture = typesetter.paragraph(&text, style, 576);
            assert!(wide > 576, "the sample must need wrapping");
            let (_, last) = picture.ink_columns().unwrap();
            assert!(last < 575, "ink reaches the edge: {last}");
            let lines = picture.rows() / 41;
            assert!(lines > wide / 576, "{lines} lines cannot hold {wide} dots");
        }
    }

    /// Protects against a font system that finds no glyph: a Chinese character has ink.
    #[test]
    fn chinese_has_ink() {
        let mut typesetter = Typesetter::load().unwrap();
        let style = Style {
            dots: 24,
            bold: true,
            align: Align::Centre,
        };
        let picture = typesetter.paragraph("補印", style, 576);
        let (first, last) = picture.ink_columns().unwrap();
        assert!(first > 250 && last < 326, "not centred: {first}..{last}");
    }
}
