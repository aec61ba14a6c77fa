//! What stands on a slip, from top to bottom, before anybody knows how it is printed. A slip is
//! composed into a page once; printing and preview both start from it.

use std::fmt;

/// One slip, ready to be set in dots. `Debug` tells only its shape: the text is somebody's.
#[derive(Clone, PartialEq, Eq)]
pub struct Page {
    /// The printable width it was composed for.
    pub width: PaperWidth,
    /// Its blocks from top to bottom.
    pub blocks: Vec<Block>,
}

/// A text and what it is: the field tells where a character is that cannot be printed, and whether
/// it is somebody's keeps it out of logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Words {
    /// What stands there.
    pub text: String,
    /// What it is: a key of `assets/text`, or the kind of datum.
    pub field: &'static str,
    /// Whether it tells something about a person.
    pub personal: bool,
}

impl Words {
    /// A text about nobody.
    #[must_use]
    pub const fn new(field: &'static str, text: String) -> Self {
        Self {
            text,
            field,
            personal: false,
        }
    }

    /// A text about a person.
    #[must_use]
    pub const fn personal(field: &'static str, text: String) -> Self {
        Self {
            text,
            field,
            personal: true,
        }
    }
}

/// A text of no particular field, about nobody.
impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::new("text", text.to_owned())
    }
}

/// One part of a page over the full width.
#[derive(Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph, wrapped at the paper's width.
    Text {
        /// What it says.
        words: Words,
        /// How large.
        size: Size,
        /// Where on the line.
        align: Align,
        /// Whether in the bold face.
        bold: bool,
    },
    /// The one number the slip is about, as large as the paper allows.
    Number {
        /// The number as people read it out, in groups.
        words: Words,
    },
    /// A label and its value, in two columns when the label is short.
    Pair {
        /// What it is.
        label: Words,
        /// The same in Chinese, on a slip in another language.
        chinese: Option<Words>,
        /// The value, bold.
        value: Words,
    },
    /// White on black over the whole width: what must not be overlooked.
    Banner {
        /// What it says.
        words: Words,
    },
    /// Between two double lines: what the reader has to do or to know, a paragraph a language.
    Boxed {
        /// What it says, the reader's language first.
        words: Vec<Words>,
    },
    /// A thin line across.
    Rule,
    /// White paper.
    Gap {
        /// Its height in rows (8 rows are 1 mm at 203 dpi).
        rows: usize,
    },
    /// A bar code with its text below.
    Bars {
        /// Which kind.
        symbol: Symbol,
        /// What the bars say: for Code39 0–9, A–Z and `-. $/+%`, for Code128 ASCII.
        data: String,
        /// The line above the bars that tells the clerk which code it is; may be empty.
        caption: Words,
    },
    /// A QR code, model 2, level M.
    Qr {
        /// What it holds.
        data: String,
    },
}

/// A kind of bar code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Symbol {
    /// Code39, as the till's collection slips have it.
    Code39,
    /// Code128, code set B.
    Code128,
}

/// The role of a text; its dots depend on the paper. Nothing on paper is smaller than 24 dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Help lines and notices: 3 mm.
    Small,
    /// Everything else.
    Body,
    /// Headings of a part, and what must be read.
    Heading,
    /// The first line of a slip.
    Title,
}

impl Size {
    /// Height of the type in dots (8 dots are 1 mm at 203 dpi) where a line is shaped and sent as
    /// dots: Thai, and Latin with marks.
    #[must_use]
    pub const fn dots(self, width: PaperWidth) -> u16 {
        match (self, width) {
            (Self::Small, _) => 24,
            (Self::Body, PaperWidth::Dots384) => 26,
            (Self::Body, _) => 28,
            (Self::Heading, PaperWidth::Dots384) => 34,
            (Self::Heading, _) => 38,
            (Self::Title, PaperWidth::Dots384) => 48,
            (Self::Title, _) => 60,
        }
    }
}

/// Where a text stands on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

/// The printable width of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PaperWidth {
    /// 58 mm paper at 203 dpi.
    Dots384,
    /// 80 mm paper at 180 dpi.
    Dots512,
    /// 80 mm paper at 203 dpi.
    #[default]
    Dots576,
}

impl PaperWidth {
    /// The width in dots.
    #[must_use]
    pub const fn dots(self) -> usize {
        match self {
            Self::Dots384 => 384,
            Self::Dots512 => 512,
            Self::Dots576 => 576,
        }
    }

    /// The width with this number of dots, if a printer head has it.
    #[must_use]
    pub const fn from_dots(dots: usize) -> Option<Self> {
        match dots {
            384 => Some(Self::Dots384),
            512 => Some(Self::Dots512),
            576 => Some(Self::Dots576),
            _ => None,
        }
    }
}

impl Page {
    /// An empty page.
    #[must_use]
    pub const fn new(width: PaperWidth) -> Self {
        Self {
            width,
            blocks: Vec::new(),
        }
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Page({} dots, {} blocks)",
            self.width.dots(),
            self.blocks.len()
        )
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Words({}, …)", self.field)
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Block(…)")
    }
}
