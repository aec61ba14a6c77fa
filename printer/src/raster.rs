//! Sets a page in dots. Text becomes rows of dots here; bar codes and QR codes stay codes, because
//! the printer draws them sharper than we could send them.

use crate::bitmap::Bitmap;
use crate::codes;
use crate::error::Error;
use crate::page::{Align, Block, Page, PaperWidth, Size};
use crate::text::{Style, Typesetter};

/// A part of a page as the printer gets it.
#[derive(Clone)]
pub enum Strip {
    /// Rows of dots over the full width.
    Dots(Bitmap),
    /// Bars drawn by the printer, in the middle of the line.
    Code39 {
        /// What the bars say.
        data: String,
    },
    /// A QR code drawn by the printer, in the middle of the line.
    Qr {
        /// What it holds.
        data: String,
    },
}

/// Height of the bars of a Code39, 12.75 mm: the crate's and the printers' `GS h 102`.
pub const BAR_ROWS: usize = 102;

/// Dots of one QR module, 0.75 mm: read by an old telephone.
pub const QR_MODULE_DOTS: usize = 6;

/// The page as strips, neighbouring rows of dots joined.
///
/// # Errors
/// [`Error::Code`] for a code that cannot be drawn.
pub fn strips(page: &Page, typesetter: &mut Typesetter) -> Result<Vec<Strip>, Error> {
    let mut composer = Composer {
        width: page.width,
        typesetter,
        rows: Bitmap::white(page.width.dots(), 0),
        strips: Vec::new(),
    };
    for block in &page.blocks {
        composer.block(block)?;
    }
    composer.close_rows();
    Ok(composer.strips)
}

/// The page as one picture, the codes drawn in: what a person will hold.
///
/// # Errors
/// [`Error::Code`] for a code that cannot be drawn.
pub fn picture(page: &Page, typesetter: &mut Typesetter) -> Result<Bitmap, Error> {
    let width = page.width.dots();
    let mut whole = Bitmap::white(width, 0);
    for strip in strips(page, typesetter)? {
        match strip {
            Strip::Dots(rows) => whole.append(&rows),
            Strip::Code39 { data } => whole.append(&bars_in_the_middle(&data, width)?),
            Strip::Qr { data } => {
                let code = codes::qr(data.as_bytes(), QR_MODULE_DOTS, qrcode::EcLevel::M)?;
                whole.append(&centred(&code, width));
            }
        }
    }
    Ok(whole)
}

struct Composer<'a> {
    width: PaperWidth,
    typesetter: &'a mut Typesetter,
    rows: Bitmap,
    strips: Vec<Strip>,
}

impl Composer<'_> {
    fn block(&mut self, block: &Block) -> Result<(), Error> {
        match block {
            Block::Text {
                text,
                size,
                align,
                bold,
            } => {
                let style = self.fitted(text, self.style(*size, *align, *bold));
                self.text(text, style);
            }
            Block::Number { text } => self.number(text),
            Block::Pair { label, value } => self.pair(label, value),
            Block::Banner { text } => self.banner(text),
            Block::Boxed { text } => self.boxed(text),
            Block::Rule => {
                self.rows.append_white(10);
                let mut line = Bitmap::white(self.width.dots(), 2);
                line.invert();
                self.rows.append(&line);
                self.rows.append_white(10);
            }
            Block::Gap { rows } => self.rows.append_white(*rows),
            Block::Code39 { data, caption } => self.code39(data, caption)?,
            Block::Qr { data } => {
                // Checked here, so that a page that cannot be printed is known before anything is sent.
                codes::qr(data.as_bytes(), 1, qrcode::EcLevel::M)?;
                self.rows.append_white(QR_MODULE_DOTS * 4);
                self.close_rows();
                self.strips.push(Strip::Qr { data: data.clone() });
                self.rows.append_white(QR_MODULE_DOTS * 4);
            }
        }
        Ok(())
    }

    fn style(&self, size: Size, align: Align, bold: bool) -> Style {
        Style {
            dots: size.dots(self.width),
            bold,
            align,
        }
    }

    /// A heading that just does not fit is set smaller rather than broken, down to body size.
    fn fitted(&mut self, text: &str, style: Style) -> Style {
        let body = Size::Body.dots(self.width);
        let room = self.width.dots() - 4;
        let fits = |dots: &u16| self.typesetter.width(text, *dots, style.bold) <= room;
        if style.dots <= body {
            return style;
        }
        match (body..=style.dots).rev().step_by(2).find(fits) {
            Some(dots) => Style { dots, ..style },
            None => style,
        }
    }

    fn text(&mut self, text: &str, style: Style) {
        let rows = self.typesetter.paragraph(text, style, self.width.dots());
        self.rows.append(&rows);
    }

    /// As large as fits on one line; only a number longer than any of ours is wrapped.
    fn number(&mut self, text: &str) {
        let room = self.width.dots() - 16;
        let dots = (28..=96)
            .rev()
            .step_by(4)
            .find(|&dots| self.typesetter.width(text, dots, true) <= room)
            .unwrap_or(28);
        self.text(
            text,
            Style {
                dots,
                bold: true,
                align: Align::Centre,
            },
        );
    }

    fn pair(&mut self, label: &str, value: &str) {
        let width = self.width.dots();
        let label_style = self.style(Size::Body, Align::Left, false);
        let value_style = self.style(Size::Body, Align::Left, true);
        let column = usize::from(label_style.dots) * 5 + 12;
        if self.typesetter.width(label, label_style.dots, false) + 8 > column {
            self.text(label, label_style);
            let indent = usize::from(label_style.dots);
            let shown = self
                .typesetter
                .paragraph(value, value_style, width - indent);
            self.beside(&Bitmap::white(8, 0), &shown, indent);
        } else {
            let named = self.typesetter.paragraph(label, label_style, column);
            let shown = self
                .typesetter
                .paragraph(value, value_style, width - column);
            self.beside(&named, &shown, column);
        }
        self.rows.append_white(6);
    }

    fn beside(&mut self, left: &Bitmap, right: &Bitmap, column: usize) {
        let mut line = Bitmap::white(self.width.dots(), left.rows().max(right.rows()));
        line.draw(left, 0, 0);
        line.draw(right, column, 0);
        self.rows.append(&line);
    }

    fn banner(&mut self, text: &str) {
        let style = self.style(Size::Heading, Align::Centre, true);
        let inner = self
            .typesetter
            .paragraph(text, style, self.width.dots() - 32);
        let mut banner = Bitmap::white(self.width.dots(), inner.rows() + 20);
        banner.draw(&inner, 16, 10);
        banner.invert();
        self.rows.append(&banner);
    }

    fn boxed(&mut self, text: &str) {
        const LINE: usize = 3;
        const PADDING: usize = 16;
        let style = self.style(Size::Body, Align::Left, true);
        let width = self.width.dots();
        let inner = self
            .typesetter
            .paragraph(text, style, width - 2 * (LINE + PADDING));
        let rows = inner.rows() + 2 * (LINE + 8);
        let mut framed = Bitmap::white(width, rows);
        framed.fill(0, 0, width, LINE);
        framed.fill(0, rows - LINE, width, LINE);
        framed.fill(0, 0, LINE, rows);
        framed.fill(width - LINE, 0, LINE, rows);
        framed.draw(&inner, LINE + PADDING, LINE + 8);
        self.rows.append(&framed);
    }

    /// Bars across the paper where they fit with their quiet zone, along the paper where not: a bar
    /// code too wide for the head is silently left out by printers.
    fn code39(&mut self, data: &str, caption: &str) -> Result<(), Error> {
        let width = self.width.dots();
        let bars = codes::code39(data, codes::NARROW_DOTS, codes::WIDE_DOTS, BAR_ROWS)?;
        if !caption.is_empty() {
            self.text(caption, self.style(Size::Small, Align::Left, false));
        }
        if codes::code39_dots(data.chars().count()) + 2 * codes::QUIET_DOTS <= width {
            self.rows.append_white(6);
            self.close_rows();
            self.strips.push(Strip::Code39 {
                data: data.to_owned(),
            });
        } else {
            self.rows.append_white(codes::QUIET_DOTS);
            self.rows.append(&centred(&bars.turned(), width));
            self.rows.append_white(codes::QUIET_DOTS);
        }
        let spaced = spaced(data);
        self.text(&spaced, self.style(Size::Small, Align::Centre, false));
        self.rows.append_white(14);
        Ok(())
    }

    fn close_rows(&mut self) {
        if self.rows.rows() > 0 {
            let rows = std::mem::replace(&mut self.rows, Bitmap::white(self.width.dots(), 0));
            self.strips.push(Strip::Dots(rows));
        }
    }
}

/// Characters apart, so that a clerk can type them when the scanner fails.
fn spaced(data: &str) -> String {
    let mut text = String::with_capacity(data.len() * 2);
    for (index, character) in data.chars().enumerate() {
        if index > 0 {
            text.push('\u{2009}');
        }
        text.push(character);
    }
    text
}

fn bars_in_the_middle(data: &str, width: usize) -> Result<Bitmap, Error> {
    let bars = codes::code39(data, codes::NARROW_DOTS, codes::WIDE_DOTS, BAR_ROWS)?;
    let left = (width - codes::code39_dots(data.chars().count()).min(width)) / 2;
    let mut line = Bitmap::white(width, BAR_ROWS);
    line.draw(&bars, left, 0);
    Ok(line)
}

/// A picture in the middle of white rows.
#[must_use]
pub fn centred(picture: &Bitmap, width: usize) -> Bitmap {
    let mut line = Bitmap::white(width, picture.rows());
    line.draw(picture, width.saturating_sub(picture.width()) / 2, 0);
    line
}
