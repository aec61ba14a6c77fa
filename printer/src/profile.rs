//! What differs between printers and cannot be asked of them, as data: `assets/printers/*.toml`,
//! or a technician's own file of the same form (`docs/printer-profiles.md`).

mod bundled;
mod file;

pub use bundled::{BUNDLED, DEFAULT};

use crate::page::PaperWidth;
use crate::transport::Flow;

/// The habits of one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Which printers it is for, for people.
    pub name: String,
    /// Paper and head.
    pub paper: Paper,
    /// Its characters.
    pub text: Characters,
    /// The codes it draws itself.
    pub codes: Codes,
    /// The most rows of one raster command, 24–48: a long image in one command is the classic failure.
    pub band_rows: usize,
    /// How a slip leaves it.
    pub cutter: Cutter,
    /// What it answers.
    pub answers: Answers,
    /// Its line, where the address does not say otherwise.
    pub line: Line,
}

/// Paper and head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// Width of the roll in millimetres.
    pub width_mm: u16,
    /// The dots of the head that slips are set in.
    pub head: PaperWidth,
    /// Dots an inch, in both directions.
    pub dots_an_inch: u16,
    /// Speed of the paper in millimetres a second.
    pub speed_mm_s: u16,
}

impl Paper {
    /// The dots of a length in millimetres, rounded up.
    #[must_use]
    pub const fn dots_of_mm(&self, length_mm: usize) -> usize {
        (length_mm * self.dots_an_inch as usize * 10).div_ceil(254)
    }
}

/// The characters a printer can print by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Characters {
    /// What its ROM holds.
    pub rom: Rom,
    /// Whether rare characters can be defined (`FS 2`, 94 places FEA1–FEFE, 24×24).
    pub user_defined: bool,
}

/// Chinese in a printer's ROM, each including the one before. Never Hong Kong's code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rom {
    /// None: everything but ASCII goes out as dots.
    None,
    /// Big5 symbols A140–A3E0 and the frequent characters A440–C67E.
    #[serde(rename = "big5-level-1")]
    Big5LevelOne,
    /// And the less frequent characters C940–F9D5.
    #[serde(rename = "big5-level-2")]
    Big5LevelTwo,
    /// And ETEN's F9D6–F9FE.
    #[serde(rename = "big5-eten")]
    Big5Eten,
}

/// The codes a printer draws itself; others are drawn by us as dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// `GS k` 69 (Code39).
    pub code39: bool,
    /// `GS k` 73 (Code128).
    pub code128: bool,
    /// `GS ( k` model 2.
    pub qr: bool,
}

/// How a slip leaves the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cutter {
    /// How it cuts.
    pub cut: Cut,
    /// From the head to the cutter or the tear bar, in millimetres.
    pub distance_mm: u8,
}

/// How a slip is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cut {
    /// Not at all: it is torn off at a bar.
    None,
    /// A bridge is left: it hangs until it is torn off.
    Partial,
    /// Cut through: it falls into the tray or is presented.
    Full,
}

/// What a printer answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// What it answers when it worked through what it was sent.
    pub fence: Fence,
    /// Whether it empties its buffers on `DLE DC4` fn 8 and proves it.
    pub clear: bool,
    /// Whether it tells changes by itself (`GS a`).
    pub automatic: bool,
    /// Whether it has a sensor for the paper's near end.
    pub near_end: bool,
    /// Whether it tells that a slip hangs in its mouth.
    pub presenter: Presenter,
}

/// The best proof of printing a printer gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fence {
    /// None: the most that is known is that the bytes were taken.
    None,
    /// `GS r 1`: it worked through everything before.
    InOrder,
    /// `GS ( H` fn 48 besides: everything before is on paper.
    OnPaper,
}

/// How a printer tells that a slip hangs in its mouth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presenter {
    /// Not at all.
    None,
    /// Custom's six bytes to `DLE EOT 20`.
    Custom,
}

/// A printer's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Bits a second of a serial line as the printer comes from its maker.
    pub baud: u32,
    /// How it says that it takes no more.
    pub handshake: Flow,
    /// Bytes sent ahead of the printer's answers; at least its receive buffer must hold them.
    pub buffer_bytes: usize,
}

impl Profile {
    /// Rows from the head to the cutter or the tear bar.
    #[must_use]
    pub const fn rows_to_cutter(&self) -> usize {
        self.paper.dots_of_mm(self.cutter.distance_mm as usize)
    }

    /// The width slips are set in.
    #[must_use]
    pub const fn width(&self) -> PaperWidth {
        self.paper.head
    }
}

impl Default for Profile {
    /// The bundled profile [`DEFAULT`].
    fn default() -> Self {
        bundled::default_profile()
    }
}
