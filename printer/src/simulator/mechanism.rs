//! Turns commands into rows waiting for the head: text lines, images, codes, cuts.

use std::collections::VecDeque;

use qrcode::EcLevel;

use super::commands::Command;
use super::lettering::{Lettering, Line, Shape};
use super::symbols::Symbols;
use crate::bitmap::Bitmap;
use crate::page::Align;
use crate::profile::Profile;

/// Rows of a line at the default line spacing.
const LINE_ROWS: usize = 30;
/// Columns between tab stops: eight characters of font A.
const TAB_DOTS: usize = 96;

/// What waits for the head, in order.
pub(super) enum Pending {
    Row(Vec<u8>),
    /// Cut; with the bytes this slip was printed from.
    Cut(Vec<u8>),
    /// Say that everything before is on paper.
    OnPaper([u8; 4]),
}

/// The settings of the print mode, and the rows already made.
pub(super) struct Mechanism {
    head: usize,
    rows_to_cutter: usize,
    pub(super) lettering: Lettering,
    line: Line,
    lead: Option<u8>,
    two_byte: bool,
    align: Align,
    single: Shape,
    double: Shape,
    spacing: (usize, usize, usize),
    margin: usize,
    line_rows: usize,
    symbols: Symbols,
    pub(super) pending: VecDeque<Pending>,
}

impl Mechanism {
    pub(super) fn new(profile: &Profile) -> Self {
        Self {
            head: profile.width().dots(),
            rows_to_cutter: profile.rows_to_cutter(),
            lettering: Lettering::new(profile.text.rom, profile.text.user_defined),
            line: Line::default(),
            lead: None,
            two_byte: false,
            align: Align::Left,
            single: Shape::default(),
            double: Shape::default(),
            spacing: (0, 0, 0),
            margin: 0,
            line_rows: LINE_ROWS,
            symbols: Symbols::default(),
            pending: VecDeque::new(),
        }
    }

    /// Back to the state after power-on, as `ESC @`; what is already made stays. Whether two-byte mode
    /// is on then differs by maker: here it is off.
    fn initialise(&mut self) {
        self.line = Line::default();
        self.lead = None;
        self.two_byte = false;
        self.align = Align::Left;
        self.single = Shape::default();
        self.double = Shape::default();
        self.spacing = (0, 0, 0);
        self.margin = 0;
        self.line_rows = LINE_ROWS;
        self.symbols = Symbols::default();
        self.lettering.forget();
    }

    /// Forgets everything not yet on paper.
    pub(super) fn clear(&mut self) {
        self.pending.clear();
        self.initialise();
    }

    /// Obeys a command that ends on paper. `raw` holds the bytes since the last cut.
    pub(super) fn obey(&mut self, command: Command, raw: &mut Vec<u8>) {
        match command {
            Command::Initialise => self.initialise(),
            Command::Text(byte) => self.text(byte),
            Command::LineFeed => self.print_line(),
            Command::Tab => self.line.at = (self.line.at / TAB_DOTS + 1) * TAB_DOTS,
            Command::Position(dots) => self.line.at = usize::from(dots),
            Command::LeftMargin(dots) => self.margin = usize::from(dots),
            Command::FeedLines(n) => {
                self.print_line();
                self.feed(usize::from(n).saturating_sub(1) * self.line_rows);
            }
            Command::FeedDots(n) => {
                self.print_waiting();
                self.feed(usize::from(n));
            }
            Command::Raster {
                width_bytes,
                scale,
                dots,
            } if width_bytes > 0 => self.print_raster(width_bytes, scale, &dots),
            Command::Code39(data) => {
                let bars = self.symbols.code39(&data, self.head);
                self.print_bars(bars, &data);
            }
            Command::Code128(data) => {
                let bars = self.symbols.code128(&data, self.head);
                self.print_bars(bars, &data);
            }
            Command::QrPrint => {
                if let Some((code, ink)) = self.symbols.qr(self.head) {
                    self.print_placed(&code, ink);
                }
            }
            Command::Cut { feed_dots } => {
                self.print_waiting();
                if let Some(more) = feed_dots {
                    self.feed(self.rows_to_cutter + usize::from(more));
                }
                self.pending.push_back(Pending::Cut(std::mem::take(raw)));
            }
            Command::TellOnPaper(id) => self.pending.push_back(Pending::OnPaper(id)),
            other => self.set(other),
        }
    }

    /// Obeys a command that only changes what follows.
    fn set(&mut self, command: Command) {
        match command {
            Command::Justify(n) => {
                self.align = match n {
                    1 => Align::Centre,
                    2 => Align::Right,
                    _ => Align::Left,
                }
            }
            Command::Bold(bold) => (self.single.bold, self.double.bold) = (bold, bold),
            Command::Underline(on) => (self.single.underline, self.double.underline) = (on, on),
            Command::Reverse(on) => (self.single.reverse, self.double.reverse) = (on, on),
            Command::Mode(n) => {
                self.single.bold = n & 0x08 != 0;
                self.double.bold = self.single.bold;
                self.single.high = if n & 0x10 != 0 { 2 } else { 1 };
                self.single.wide = if n & 0x20 != 0 { 2 } else { 1 };
                self.single.underline = n & 0x80 != 0;
            }
            Command::Size(n) => {
                let (wide, high) = (usize::from(n >> 4 & 7) + 1, usize::from(n & 7) + 1);
                (self.single.wide, self.single.high) = (wide, high);
                (self.double.wide, self.double.high) = (wide, high);
            }
            Command::TwoByteMode(n) => {
                self.double.wide = if n & 0x04 != 0 { 2 } else { 1 };
                self.double.high = if n & 0x08 != 0 { 2 } else { 1 };
                self.double.underline = n & 0x80 != 0;
            }
            Command::TwoByte(on) => {
                self.lead = None;
                self.two_byte = on && self.lettering.has_two_bytes();
            }
            Command::Spacing(right) => self.spacing.0 = usize::from(right),
            Command::TwoByteSpacing(left, right) => {
                (self.spacing.1, self.spacing.2) = (usize::from(left), usize::from(right));
            }
            Command::LineSpacing(n) => self.line_rows = n.map_or(LINE_ROWS, usize::from),
            Command::Define(place, dots) => self.lettering.define(place, &dots),
            Command::BarHeight(rows) => self.symbols.bar_rows = usize::from(rows.max(1)),
            Command::BarWidth(width) => self.symbols.bar_width = usize::from(width),
            Command::BarText(place) => self.symbols.text_below = place % 48 >= 2,
            Command::QrModel(model) => self.symbols.qr_model = model,
            Command::QrModule(dots) => self.symbols.qr_dots = usize::from(dots.clamp(1, 16)),
            Command::QrLevel(level) => {
                self.symbols.qr_level = match level {
                    49 => EcLevel::M,
                    50 => EcLevel::Q,
                    51 => EcLevel::H,
                    _ => EcLevel::L,
                }
            }
            Command::QrStore(data) => self.symbols.qr_data = data,
            _ => {}
        }
    }

    fn text(&mut self, byte: u8) {
        if let Some(lead) = self.lead.take() {
            let width = 24 * self.double.wide.max(1) + self.spacing.1 + self.spacing.2;
            self.wrap(width);
            self.line.at += self.spacing.1;
            self.lettering
                .double(lead, byte, self.double, &mut self.line);
            self.line.at += self.spacing.2;
        } else if self.two_byte && byte >= 0x81 {
            self.lead = Some(byte);
        } else {
            self.wrap(12 * self.single.wide.max(1) + self.spacing.0);
            self.lettering.single(byte, self.single, &mut self.line);
            self.line.at += self.spacing.0;
        }
    }

    /// A character that does not fit goes to the next line, as printers do.
    fn wrap(&mut self, width: usize) {
        if self.margin + self.line.at + width > self.head && !self.line.is_empty() {
            self.print_line();
        }
    }

    fn feed(&mut self, rows: usize) {
        for _ in 0..rows {
            self.pending.push_back(Pending::Row(Vec::new()));
        }
    }

    fn print_line(&mut self) {
        let rows = self.print_waiting();
        self.feed(self.line_rows.saturating_sub(rows));
    }

    /// Prints what waits on the line without feeding to the next; gives its rows.
    fn print_waiting(&mut self) -> usize {
        if self.line.is_empty() {
            self.line.at = 0;
            return 0;
        }
        let dots = self.line.take(self.align, self.margin, self.head);
        self.print_rows(&dots);
        dots.rows()
    }

    fn print_raster(&mut self, width_bytes: usize, scale: u8, dots: &[u8]) {
        self.print_waiting();
        for row in dots.chunks_exact(width_bytes) {
            let row: Vec<u8> = if scale & 1 == 0 {
                row.to_vec()
            } else {
                row.iter().flat_map(|&byte| doubled(byte)).collect()
            };
            for _ in 0..1 + (scale >> 1 & 1) {
                self.pending.push_back(Pending::Row(row.clone()));
            }
        }
    }

    fn print_bars(&mut self, bars: Option<(Bitmap, usize)>, data: &[u8]) {
        let Some((bars, ink)) = bars else {
            return;
        };
        self.print_placed(&bars, ink);
        if self.symbols.text_below {
            for &byte in data {
                self.lettering
                    .single(byte, Shape::default(), &mut self.line);
            }
            let align = self.align;
            let dots = self.line.take(align, self.margin, self.head);
            self.print_rows(&dots);
        }
    }

    fn print_placed(&mut self, picture: &Bitmap, ink: usize) {
        self.print_waiting();
        let spare = self.head.saturating_sub(ink);
        let left = match self.align {
            Align::Left => self.margin,
            Align::Centre => spare / 2,
            Align::Right => spare,
        };
        let mut line = Bitmap::white(self.head, picture.rows());
        line.draw(picture, left, 0);
        self.print_rows(&line);
    }

    fn print_rows(&mut self, picture: &Bitmap) {
        for row in 0..picture.rows() {
            self.pending
                .push_back(Pending::Row(picture.row_bytes(row, 1).to_vec()));
        }
    }
}

/// Each dot of a byte twice, side by side.
fn doubled(byte: u8) -> [u8; 2] {
    let mut wide = 0_u16;
    for bit in 0..8 {
        if byte & (1 << bit) != 0 {
            wide |= 0b11 << (2 * bit);
        }
    }
    wide.to_be_bytes()
}
