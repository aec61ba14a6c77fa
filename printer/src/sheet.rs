//! A page set for one printer: lines it prints with its own characters, dots where it cannot, and
//! codes it draws. Printer commands and the preview are both made of this, dot for dot.

use crate::bitmap::Bitmap;
use crate::cell;
use crate::page::{Align, PaperWidth, Symbol};

/// A slip as it will be printed.
#[derive(Clone)]
pub struct Sheet {
    /// The head's width.
    pub width: PaperWidth,
    /// Dots an inch, in both directions.
    pub dots_an_inch: u16,
    /// Its parts from top to bottom.
    pub strips: Vec<Strip>,
    /// Rare characters to be defined in the printer first, each with its dots, for FEA1, FEA2 …
    pub defined: Vec<(char, Bitmap)>,
}

/// A part of a sheet.
#[derive(Clone)]
pub enum Strip {
    /// A line of the printer's own characters.
    Line(Line),
    /// Rows of dots from the left edge.
    Dots(Bitmap),
    /// So many rows of white.
    Feed(usize),
    /// A bar code drawn by the printer, in the middle of the line.
    Bars {
        /// Which kind.
        symbol: Symbol,
        /// What the bars say.
        data: String,
    },
    /// A QR code drawn by the printer, in the middle of the line.
    Qr {
        /// What it holds.
        data: String,
        /// Dots of a module.
        module_dots: usize,
    },
}

/// How many times a character is as wide and as high as its place (`GS !`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// 1–8.
    pub wide: usize,
    /// 1–8.
    pub high: usize,
}

impl Scale {
    /// As it is.
    pub const ONE: Self = Self { wide: 1, high: 1 };
    /// Twice as high.
    pub const TALL: Self = Self { wide: 1, high: 2 };
    /// Twice as large.
    pub const DOUBLE: Self = Self { wide: 2, high: 2 };
}

/// A line of characters in their places.
#[derive(Clone)]
pub struct Line {
    /// Its text.
    pub runs: Vec<Run>,
    /// Its size.
    pub scale: Scale,
    /// Where on the paper.
    pub align: Align,
    /// White on black.
    pub reversed: bool,
    /// White rows below the characters.
    pub leading: usize,
}

/// Characters of one weight.
#[derive(Clone)]
pub struct Run {
    /// What they say.
    pub text: String,
    /// Whether emphasised (`ESC E`).
    pub bold: bool,
}

impl Line {
    /// Rows from this line to the next.
    #[must_use]
    pub const fn rows(&self) -> usize {
        cell::ROWS * self.scale.high + self.leading
    }

    /// Its length in dots.
    #[must_use]
    pub fn dots(&self) -> usize {
        let columns = self.runs.iter().map(|run| cell::columns_of(&run.text));
        columns.sum::<usize>() * cell::HALF_DOTS * self.scale.wide
    }

    /// Its characters.
    pub fn characters(&self) -> impl Iterator<Item = char> {
        self.runs.iter().flat_map(|run| run.text.chars())
    }
}
