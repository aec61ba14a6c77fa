//! Turns commands into rows waiting for the head: text lines, images, codes, cuts.

use std::collections::VecDeque;
use std::io;

use printer::bitmap::Bitmap;
use printer::codes;
use printer::raster::centred;
use printer::text::{Style, Typesetter};
use printer::{Align, Error};
use qrcode::EcLevel;

use crate::commands::Command;

/// Rows from the head to the cutter.
const CUTTER_ROWS: usize = 96;
/// Rows of a line of font A at the default line spacing.
const LINE_ROWS: usize = 30;

/// What waits for the head, in order.
pub(crate) enum Pending {
    Row(Vec<u8>),
    /// Cut; with the bytes this slip was printed from.
    Cut(Vec<u8>),
    /// Say that everything before is on paper.
    OnPaper([u8; 4]),
}

/// The settings of the print mode, and the rows already made.
pub(crate) struct Mechanism {
    width: usize,
    typesetter: Typesetter,
    line: String,
    align: Align,
    bold: bool,
    height: u16,
    bar_rows: usize,
    bar_width: usize,
    qr_dots: usize,
    qr_level: EcLevel,
    qr_model: u8,
    qr_data: Vec<u8>,
    pub(crate) pending: VecDeque<Pending>,
}

impl Mechanism {
    pub(crate) fn new(width: usize) -> io::Result<Self> {
        let typesetter = Typesetter::load().map_err(io::Error::other)?;
        Ok(Self {
            width,
            typesetter,
            line: String::new(),
            align: Align::Left,
            bold: false,
            height: 1,
            bar_rows: 162,
            bar_width: 3,
            qr_dots: 3,
            qr_level: EcLevel::L,
            qr_model: 50,
            qr_data: Vec::new(),
            pending: VecDeque::new(),
        })
    }

    /// Back to the state after power-on, as `ESC @`; what is already made stays.
    pub(crate) fn initialise(&mut self) {
        self.line.clear();
        self.align = Align::Left;
        self.bold = false;
        self.height = 1;
        self.bar_rows = 162;
        self.bar_width = 3;
        self.qr_data.clear();
    }

    /// Forgets everything not yet on paper.
    pub(crate) fn clear(&mut self) {
        self.pending.clear();
        self.initialise();
    }

    /// Obeys a command that ends on paper. `raw` holds the bytes since the last cut.
    pub(crate) fn obey(&mut self, command: Command, raw: &mut Vec<u8>) {
        match command {
            Command::Initialise => self.initialise(),
            Command::Text(byte) => self.line.push(if byte.is_ascii() {
                char::from(byte)
            } else {
                '▯'
            }),
            Command::LineFeed => self.print_line(),
            Command::Justify(n) => {
                self.align = match n {
                    1 => Align::Centre,
                    2 => Align::Right,
                    _ => Align::Left,
                }
            }
            Command::Bold(bold) => self.bold = bold,
            Command::CharacterSize(n) => self.height = u16::from(n & 7) + 1,
            Command::FeedLines(n) => {
                self.print_line();
                self.feed((usize::from(n).saturating_sub(1)) * LINE_ROWS);
            }
            Command::FeedDots(n) => self.feed(usize::from(n)),
            Command::Raster { width_bytes, dots } if width_bytes > 0 => {
                for row in dots.chunks_exact(width_bytes) {
                    self.pending.push_back(Pending::Row(row.to_vec()));
                }
            }
            Command::BarHeight(rows) => self.bar_rows = usize::from(rows.max(1)),
            Command::BarWidth(width) => self.bar_width = usize::from(width),
            Command::Code39(data) => self.print_code39(&data),
            Command::QrModel(model) => self.qr_model = model,
            Command::QrModule(dots) => self.qr_dots = usize::from(dots.clamp(1, 16)),
            Command::QrLevel(level) => {
                self.qr_level = match level {
                    49 => EcLevel::M,
                    50 => EcLevel::Q,
                    51 => EcLevel::H,
                    _ => EcLevel::L,
                }
            }
            Command::QrStore(data) => self.qr_data = data,
            Command::QrPrint => self.print_qr(),
            Command::Cut { feed_dots } => {
                self.feed(CUTTER_ROWS + usize::from(feed_dots));
                self.pending.push_back(Pending::Cut(std::mem::take(raw)));
            }
            Command::TellOnPaper(id) => self.pending.push_back(Pending::OnPaper(id)),
            _ => {}
        }
    }

    fn feed(&mut self, rows: usize) {
        for _ in 0..rows {
            self.pending.push_back(Pending::Row(Vec::new()));
        }
    }

    fn print_line(&mut self) {
        let text = std::mem::take(&mut self.line);
        if text.is_empty() {
            self.feed(LINE_ROWS);
            return;
        }
        let style = Style {
            dots: 24 * self.height,
            bold: self.bold,
            align: self.align,
        };
        let rows = self.typesetter.paragraph(&text, style, self.width);
        self.print_rows(&rows);
    }

    /// A code wider than the head is left out without a word, as real printers do.
    fn print_code39(&mut self, data: &[u8]) {
        let narrow = self.bar_width.max(1);
        let Ok(bars) = str::from_utf8(data)
            .map_err(|_| Error::Emit)
            .and_then(|data| codes::code39(data, narrow, narrow * 5 / 2, self.bar_rows))
        else {
            return;
        };
        let Some((_, last)) = bars.ink_columns() else {
            return;
        };
        if last < self.width {
            self.print_placed(&bars, last + 1);
        }
    }

    fn print_qr(&mut self) {
        // Model 1 is obsolete: no telephone reads it. It is left out here so that nobody misses it.
        if self.qr_model != 50 {
            return;
        }
        if let Ok(code) = codes::qr(&self.qr_data, self.qr_dots, self.qr_level)
            && code.width() <= self.width
        {
            let ink = code.width();
            self.print_placed(&code, ink);
        }
    }

    fn print_placed(&mut self, picture: &Bitmap, ink: usize) {
        let placed = match self.align {
            Align::Left => centred(picture, picture.width()),
            Align::Centre | Align::Right => {
                let spare = self.width.saturating_sub(ink);
                let left = if self.align == Align::Right {
                    spare
                } else {
                    spare / 2
                };
                let mut line = Bitmap::white(self.width, picture.rows());
                line.draw(picture, left, 0);
                line
            }
        };
        self.print_rows(&placed);
    }

    fn print_rows(&mut self, picture: &Bitmap) {
        for row in 0..picture.rows() {
            self.pending
                .push_back(Pending::Row(picture.row_bytes(row, 1).to_vec()));
        }
    }
}
