//! Sets a page for a printer: which size fits, where lines end, and what the printer prints by
//! itself. Everything that cannot be printed is found here, before a byte is sent.

mod code;
mod line;

use crate::bitmap::Bitmap;
use crate::cell;
use crate::error::Error;
use crate::page::{Align, Block, Page, PaperWidth, Size, Words};
use crate::profile::{Profile, Rom};
use crate::sheet::{Run, Scale, Sheet, Strip};
use crate::text::{Style, Typesetter};
use crate::wrap;

/// White rows between lines: the eye finds the next one.
const LEADING: usize = 8;
/// Narrow places of a label beside its value: five Chinese characters, or ten Latin ones.
const LABEL_COLUMNS: usize = 10;

/// Sets a page for a printer.
///
/// # Errors
/// [`Error::NoGlyph`] for a character no font has, [`Error::Code`] and [`Error::CodeTooWide`] for a
/// code that cannot be printed, [`Error::CodeUnreadable`] for one that a scanner would not read.
pub fn set(page: &Page, profile: &Profile, typesetter: &mut Typesetter) -> Result<Sheet, Error> {
    let mut setter = Setter {
        width: page.width,
        profile,
        typesetter,
        dots: Bitmap::white(page.width.dots(), 0),
        strips: Vec::new(),
        defined: Vec::new(),
    };
    for block in &page.blocks {
        setter.block(block)?;
    }
    setter.close_dots();
    Ok(Sheet {
        width: page.width,
        dots_an_inch: profile.paper.dots_an_inch,
        strips: setter.strips,
        defined: setter.defined,
    })
}

struct Setter<'a> {
    width: PaperWidth,
    profile: &'a Profile,
    typesetter: &'a mut Typesetter,
    /// Rows not yet in a strip.
    dots: Bitmap,
    strips: Vec<Strip>,
    defined: Vec<(char, Bitmap)>,
}

impl Setter<'_> {
    fn block(&mut self, block: &Block) -> Result<(), Error> {
        match block {
            Block::Text {
                words,
                size,
                align,
                bold,
            } => self.words(words, *size, *align, *bold),
            Block::Number { words } => self.number(words),
            Block::Pair {
                label,
                chinese,
                value,
            } => self.pair(label, chinese.as_ref(), value),
            Block::Banner { words } => self.banner(words),
            Block::Boxed { words } => self.boxed(words),
            Block::Rule => {
                self.rule('─', &[2]);
                Ok(())
            }
            Block::Gap { rows } => {
                self.feed(*rows);
                Ok(())
            }
            Block::Bars {
                symbol,
                data,
                caption,
            } => self.bars(*symbol, data, caption),
            Block::Qr { data } => self.qr(data),
        }
    }

    fn columns(&self) -> usize {
        self.width.dots() / cell::HALF_DOTS
    }

    fn check(&mut self, words: &Words) -> Result<(), Error> {
        match self.typesetter.missing(&words.text) {
            Some(character) => Err(Error::NoGlyph {
                character,
                field: words.field,
            }),
            None => Ok(()),
        }
    }

    fn words(&mut self, words: &Words, size: Size, align: Align, bold: bool) -> Result<(), Error> {
        self.check(words)?;
        if !is_placed(&words.text) {
            self.shaped(&words.text, size, align, bold, 0);
            return Ok(());
        }
        let (scale, lines) = self.arranged(&words.text, size);
        for text in lines {
            self.line(vec![Run { text, bold }], scale, align, LEADING);
        }
        Ok(())
    }

    /// Headings are twice as large where two lines hold them, else twice as high.
    fn arranged(&self, text: &str, size: Size) -> (Scale, Vec<String>) {
        let columns = self.columns();
        match size {
            Size::Small | Size::Body => (Scale::ONE, wrap::lines(text, columns)),
            Size::Heading | Size::Title => {
                let large = wrap::even_lines(text, columns / 2);
                if large.len() <= 2 {
                    (Scale::DOUBLE, large)
                } else {
                    (Scale::TALL, wrap::even_lines(text, columns))
                }
            }
        }
    }

    /// A line no printer sets: shaped by us and sent as dots.
    fn shaped(&mut self, text: &str, size: Size, align: Align, bold: bool, indent: usize) {
        let room = self.width.dots() - indent;
        let body = Size::Body.dots(self.width);
        let mut dots = size.dots(self.width);
        // A heading that just does not fit is set smaller rather than broken, down to body size.
        if dots > body {
            let width = self.typesetter.width(text, dots, bold).max(1);
            let fitting = usize::from(dots) * (room - 8) / width;
            dots = dots.min(u16::try_from(fitting).unwrap_or(dots)).max(body);
        }
        let style = Style { dots, bold, align };
        let rows = self.typesetter.paragraph(text, style, room);
        if indent == 0 {
            self.dots.append(&rows);
        } else {
            let top = self.dots.rows();
            self.dots.append_white(rows.rows());
            self.dots.draw(&rows, indent, top);
        }
        self.feed(LEADING / 2);
    }

    /// As large as fits on one line; in two lines of groups where it would not be large.
    fn number(&mut self, words: &Words) -> Result<(), Error> {
        self.check(words)?;
        let columns = self.columns();
        let fitting = |length: usize| (columns / length.max(1)).min(4);
        let mut lines = vec![words.text.clone()];
        let whole = fitting(cell::columns_of(&words.text));
        if whole < 2 && words.text.contains(' ') {
            lines = wrap::even_lines(&words.text, cell::columns_of(&words.text).div_ceil(2) + 2);
        }
        let longest = lines.iter().map(|line| cell::columns_of(line)).max();
        let wide = fitting(longest.unwrap_or(1)).max(1);
        // Narrow digits twice as high as wide are the ROM's own; a little wider reads better.
        let scale = Scale {
            wide,
            high: wide.clamp(2, 3),
        };
        for text in lines {
            let bold = wide < 3;
            self.line(vec![Run { text, bold }], scale, Align::Centre, LEADING);
        }
        Ok(())
    }

    fn pair(&mut self, label: &Words, chinese: Option<&Words>, value: &Words) -> Result<(), Error> {
        self.check(label)?;
        self.check(value)?;
        let label = match chinese {
            None => label.text.clone(),
            Some(chinese) if is_placed(&label.text) => {
                let run = regular(&format!("{}  {}", label.text, chinese.text));
                self.line(vec![run], Scale::ONE, Align::Left, LEADING);
                String::new()
            }
            Some(chinese) => {
                self.shaped(&label.text, Size::Small, Align::Left, false, 0);
                chinese.text.clone()
            }
        };
        let beside = cell::columns_of(&label) <= LABEL_COLUMNS;
        if !beside {
            self.line(vec![regular(&label)], Scale::ONE, Align::Left, LEADING);
        }
        let mut named = beside && !label.is_empty();
        let indent = if named { LABEL_COLUMNS + 1 } else { 2 };
        let parts: Vec<&str> = value.text.split('\n').collect();
        for (index, part) in parts.iter().enumerate() {
            if !is_placed(part) {
                // The Chinese label waits for the Chinese value, where there is one.
                if named && !parts[index..].iter().any(|part| is_placed(part)) {
                    self.line(vec![regular(&label)], Scale::ONE, Align::Left, LEADING);
                    named = false;
                }
                let indent = 2 * cell::HALF_DOTS;
                self.shaped(part, Size::Body, Align::Left, true, indent);
                continue;
            }
            for text in wrap::lines(part, self.columns() - indent) {
                let start = if named { label.as_str() } else { "" };
                named = false;
                let gap = " ".repeat(indent - cell::columns_of(start));
                let runs = vec![regular(&format!("{start}{gap}")), Run { text, bold: true }];
                self.line(runs, Scale::ONE, Align::Left, LEADING);
            }
        }
        Ok(())
    }

    /// White on black from edge to edge, twice as large.
    fn banner(&mut self, words: &Words) -> Result<(), Error> {
        self.check(words)?;
        if !is_placed(&words.text) {
            self.shaped_banner(&words.text);
            return Ok(());
        }
        let columns = self.columns() / 2;
        for text in wrap::even_lines(&words.text, columns - 2) {
            self.reversed(&text, columns);
        }
        self.feed(LEADING);
        Ok(())
    }

    fn shaped_banner(&mut self, text: &str) {
        let style = Style {
            dots: Size::Heading.dots(self.width),
            bold: true,
            align: Align::Centre,
        };
        let inner = self
            .typesetter
            .paragraph(text, style, self.width.dots() - 32);
        let mut banner = Bitmap::white(self.width.dots(), inner.rows() + 8);
        banner.draw(&inner, 16, 4);
        banner.invert();
        self.dots.append(&banner);
        self.feed(LEADING);
    }

    /// Between double lines, bold; the same in Chinese for whoever helps, regular.
    fn boxed(&mut self, words: &[Words]) -> Result<(), Error> {
        self.rule('═', &[2, 3, 2]);
        for (index, words) in words.iter().enumerate() {
            if index > 0 {
                self.words(words, Size::Body, Align::Left, false)?;
            } else if is_placed(&words.text) {
                self.check(words)?;
                self.enlarged(&words.text);
            } else {
                self.words(words, Size::Heading, Align::Left, true)?;
            }
        }
        self.rule('═', &[2, 3, 2]);
        Ok(())
    }

    /// Twice as large where a few lines hold it, else twice as high: read without glasses.
    fn enlarged(&mut self, text: &str) {
        const LINES_MAX: usize = 4;
        let mut scale = Scale::DOUBLE;
        let mut lines = wrap::lines(text, self.columns() / 2);
        if lines.len() > LINES_MAX {
            scale = Scale::TALL;
            lines = wrap::lines(text, self.columns());
        }
        for text in lines {
            let bold = scale == Scale::TALL;
            self.line(vec![Run { text, bold }], scale, Align::Left, LEADING);
        }
    }

    /// A line across: the ROM's own, or stripes of black and white rows.
    fn rule(&mut self, character: char, stripes: &[usize]) {
        if self.profile.text.rom == Rom::None {
            let mut rows = Bitmap::white(self.width.dots(), 0);
            for (index, &height) in stripes.iter().enumerate() {
                let mut stripe = Bitmap::white(self.width.dots(), height);
                if index % 2 == 0 {
                    stripe.invert();
                }
                rows.append(&stripe);
            }
            self.feed(LEADING);
            self.close_dots();
            self.dots.append(&rows);
            self.feed(LEADING);
        } else {
            let text = character.to_string().repeat(self.columns() / 2);
            self.line(vec![Run { text, bold: false }], Scale::ONE, Align::Left, 0);
        }
    }

    fn feed(&mut self, rows: usize) {
        self.close_dots();
        if let Some(Strip::Feed(before)) = self.strips.last_mut() {
            *before += rows;
        } else if rows > 0 {
            self.strips.push(Strip::Feed(rows));
        }
    }

    fn close_dots(&mut self) {
        if self.dots.rows() > 0 {
            let rows = std::mem::replace(&mut self.dots, Bitmap::white(self.width.dots(), 0));
            self.strips.push(Strip::Dots(rows));
        }
    }
}

fn regular(text: &str) -> Run {
    Run {
        text: text.to_owned(),
        bold: false,
    }
}

fn is_placed(text: &str) -> bool {
    text.chars()
        .all(|character| character == '\n' || cell::is_placed(character))
}
