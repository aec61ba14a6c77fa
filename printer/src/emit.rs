//! A sheet as printer commands, one piece a complete command or line: text in the printer's own
//! characters, dots in bands, codes drawn by the printer, then feed and cut. Built with crate
//! `escpos`, with `custom` where the crate falls short (two-byte characters, raster bands, bar codes
//! of a given length, partial cut).

use escpos::printer::Printer;
use escpos::utils::{JustifyMode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption};

use crate::bands::bands;
use crate::big5;
use crate::cell;
use crate::clean;
use crate::codes::{BAR_ROWS, NARROW_DOTS};
use crate::driver::Collector;
use crate::error::Error;
use crate::page::{Align, Page, Symbol};
use crate::profile::{Cut, Profile, Rom};
use crate::set;
use crate::sheet::{Line, Scale, Sheet, Strip};
use crate::text::Typesetter;

/// The largest piece [`pieces`] makes: one band of 48 rows on the widest head.
pub const LARGEST_PIECE_BYTES: usize = 8 + 48 * 72;

/// First byte of a defined character, and the second of the first of them.
const DEFINED: [u8; 2] = [0xFE, 0xA1];

/// The page as complete printer commands, in order.
///
/// # Errors
/// As [`set::set`], and [`Error::Emit`].
pub fn pieces(
    page: &Page,
    profile: &Profile,
    typesetter: &mut Typesetter,
) -> Result<Vec<Vec<u8>>, Error> {
    sheet_pieces(&set::set(page, profile, typesetter)?, profile)
}

/// A set page as complete printer commands, in order.
///
/// # Errors
/// [`Error::Emit`] when crate `escpos` refuses one.
pub fn sheet_pieces(sheet: &Sheet, profile: &Profile) -> Result<Vec<Vec<u8>>, Error> {
    emit(sheet, profile).map_err(|_| Error::Emit)
}

/// The commands that cut off what an aborted slip left in the printer's mouth.
#[must_use]
pub fn cut_off(profile: &Profile) -> Vec<u8> {
    let mut bytes = vec![0x1B, b'@'];
    bytes.extend_from_slice(cut_command(profile));
    bytes
}

fn emit(sheet: &Sheet, profile: &Profile) -> escpos::errors::Result<Vec<Vec<u8>>> {
    let collector = Collector::default();
    let mut printer = Printer::new(collector.clone(), Protocol::default(), None);
    printer.init()?.custom(&start(sheet, profile))?;
    for (index, (_, glyph)) in sheet.defined.iter().enumerate() {
        printer.custom(&definition(index, &cell::as_columns(glyph)))?;
    }
    let mut state = State::default();
    for strip in &sheet.strips {
        match strip {
            Strip::Line(line) => {
                printer.custom(&state.line(line, sheet, profile.text.rom))?;
            }
            Strip::Dots(rows) => {
                // An image follows the alignment too, and each band is as wide as its own ink.
                let left = state.align(Align::Left);
                if !left.is_empty() {
                    printer.custom(&left)?;
                }
                for band in bands(rows, profile.band_rows) {
                    printer.custom(&band)?;
                }
            }
            Strip::Feed(rows) => {
                printer.custom(&feed(*rows))?;
            }
            Strip::Bars { symbol, data } => {
                let mut bytes = state.align(Align::Centre);
                bytes.extend_from_slice(&bars(*symbol, data));
                printer.custom(&bytes)?;
            }
            Strip::Qr { data, module_dots } => {
                let size = u8::try_from(*module_dots).unwrap_or(6);
                let option = QRCodeOption::new(QRCodeModel::Model2, size, QRCodeCorrectionLevel::M);
                state.align = Some(Align::Centre);
                printer
                    .justify(JustifyMode::CENTER)?
                    .qrcode_option(data, option)?;
            }
        }
    }
    printer.custom(cut_command(profile))?.print()?;
    Ok(collector.take())
}

/// What makers differ in at power-up is said: two-byte mode on or off, and one dot as the unit of
/// all distances.
fn start(sheet: &Sheet, profile: &Profile) -> Vec<u8> {
    let two_byte = if profile.text.rom == Rom::None {
        b'.'
    } else {
        b'&'
    };
    let unit = u8::try_from(sheet.dots_an_inch).unwrap_or(u8::MAX);
    vec![0x1C, two_byte, 0x1D, b'P', unit, unit]
}

/// `FS 2`: a rare character's dots, without a real-time command in them.
fn definition(index: usize, columns: &[u8; 72]) -> Vec<u8> {
    let mut bytes = vec![0x1C, b'2'];
    bytes.extend_from_slice(&defined_code(index));
    bytes.extend_from_slice(columns);
    clean::clean(&mut bytes);
    bytes
}

fn defined_code(index: usize) -> [u8; 2] {
    let offset = u8::try_from(index).unwrap_or(u8::MAX);
    [DEFINED[0], DEFINED[1].saturating_add(offset)]
}

/// `ESC J`, as often as one byte asks for.
fn feed(rows: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut left = rows;
    while left > 0 {
        let step = left.min(255);
        bytes.extend_from_slice(&[0x1B, b'J', u8::try_from(step).unwrap_or(u8::MAX)]);
        left -= step;
    }
    bytes
}

/// Bars at `GS w 2`, without the printer's own text below: `GS k` with a length, so that no byte of
/// the data can end it.
fn bars(symbol: Symbol, data: &str) -> Vec<u8> {
    let dots = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
    let mut bytes = vec![
        0x1D,
        b'w',
        dots(NARROW_DOTS),
        0x1D,
        b'h',
        dots(BAR_ROWS),
        0x1D,
        b'H',
        0,
        0x1D,
        b'k',
    ];
    match symbol {
        Symbol::Code39 => bytes.extend_from_slice(&[69, dots(data.len())]),
        // Code set B; a brace in the data is written twice.
        Symbol::Code128 => {
            let escaped = data.replace('{', "{{");
            bytes.extend_from_slice(&[73, dots(escaped.len() + 2), b'{', b'B']);
            bytes.extend_from_slice(escaped.as_bytes());
            return bytes;
        }
    }
    bytes.extend_from_slice(data.as_bytes());
    bytes
}

/// Feed to the cutter and cut (`GS V 65/66 0`).
const fn cut_command(profile: &Profile) -> &'static [u8] {
    match profile.cutter.cut {
        Cut::Full => &[0x1D, b'V', 65, 0],
        Cut::Partial => &[0x1D, b'V', 66, 0],
        // Four lines of white past the tear bar.
        Cut::None => &[0x1B, b'd', 4],
    }
}

/// What the printer was last told, so that nothing is told twice. Begins as after `ESC @`.
#[derive(Default)]
struct State {
    scale: Option<Scale>,
    align: Option<Align>,
    bold: bool,
    reversed: bool,
    rows: Option<usize>,
}

impl State {
    fn line(&mut self, line: &Line, sheet: &Sheet, rom: Rom) -> Vec<u8> {
        let mut bytes = self.align(line.align);
        if self.scale.unwrap_or(Scale::ONE) != line.scale {
            self.scale = Some(line.scale);
            let (wide, high) = (line.scale.wide, line.scale.high);
            let times = u8::try_from((wide - 1) << 4 | (high - 1)).unwrap_or(0);
            bytes.extend_from_slice(&[0x1D, b'!', times]);
            if rom != Rom::None && wide <= 2 && high <= 2 {
                // Some makers' Chinese does not follow `GS !`.
                let chinese = u8::from(wide == 2) << 2 | u8::from(high == 2) << 3;
                bytes.extend_from_slice(&[0x1C, b'!', chinese]);
            }
        }
        if self.reversed != line.reversed {
            self.reversed = line.reversed;
            bytes.extend_from_slice(&[0x1D, b'B', u8::from(line.reversed)]);
        }
        if self.rows != Some(line.rows()) {
            self.rows = Some(line.rows());
            let rows = u8::try_from(line.rows()).unwrap_or(u8::MAX);
            bytes.extend_from_slice(&[0x1B, b'3', rows]);
        }
        for run in line.runs.iter().filter(|run| !run.text.is_empty()) {
            if self.bold != run.bold && !run.text.trim().is_empty() {
                self.bold = run.bold;
                bytes.extend_from_slice(&[0x1B, b'E', u8::from(run.bold)]);
            }
            for character in run.text.chars() {
                bytes.extend_from_slice(&encoded(character, sheet, rom));
            }
        }
        bytes.push(b'\n');
        bytes
    }

    fn align(&mut self, align: Align) -> Vec<u8> {
        if self.align.unwrap_or(Align::Left) == align {
            return Vec::new();
        }
        self.align = Some(align);
        let mode = match align {
            Align::Left => 0,
            Align::Centre => 1,
            Align::Right => 2,
        };
        vec![0x1B, b'a', mode]
    }
}

/// A character as the printer takes it; whatever else a line held would have been set as dots.
fn encoded(character: char, sheet: &Sheet, rom: Rom) -> Vec<u8> {
    if let ' '..='~' = character {
        return vec![u8::try_from(character).unwrap_or(b'?')];
    }
    if let Some(code) = big5::rom_code(rom, character) {
        return code.to_vec();
    }
    let mut defined = sheet.defined.iter();
    match defined.position(|(known, _)| *known == character) {
        Some(index) => defined_code(index).to_vec(),
        None => vec![b'?'],
    }
}
