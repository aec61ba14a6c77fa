//! Bar codes and QR codes as dots, the way a printer's firmware draws them. The preview and the
//! simulated printer use the same dots, so what the one promises the other shows.

use barcoders::sym::code39::Code39;
use barcoders::sym::code128::Code128;
use qrcode::{EcLevel, QrCode};

use crate::bitmap::Bitmap;
use crate::error::Error;
use crate::page::Symbol;

/// Dots of a narrow bar at `GS w 2`, the only width at which 16 characters fit on 80 mm paper.
pub const NARROW_DOTS: usize = 2;

/// Dots of a wide bar of a Code39 at `GS w 2`.
pub const WIDE_DOTS: usize = 5;

/// White that must stand at each side of a code, in modules (narrow bars).
pub const QUIET_MODULES: usize = 10;

/// The same for bars, in dots.
pub const QUIET_DOTS: usize = QUIET_MODULES * NARROW_DOTS;

/// Height of bars, 12.75 mm: `GS h 102`.
pub const BAR_ROWS: usize = 102;

/// The longest bars with their quiet zones, 9 cm: no scanner at a till takes in more at once.
pub const LONGEST_DOTS: usize = 720;

/// Dots of one QR module where there is room, 0.75 mm: read by an old telephone.
pub const QR_MODULE_DOTS: usize = 6;

/// The smallest modules that are read from a worn head, 0.375 mm.
pub const QR_SMALLEST_DOTS: usize = 3;

/// How much of a QR code may be lost: a seventh.
pub const QR_LEVEL: EcLevel = EcLevel::M;

/// What people call it.
#[must_use]
pub const fn name(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Code39 => "Code39",
        Symbol::Code128 => "Code128",
    }
}

/// How many dots a bar code is long, without quiet zones.
///
/// # Errors
/// [`Error::Code`] for characters it does not have.
pub fn dots(symbol: Symbol, data: &str) -> Result<usize, Error> {
    match symbol {
        Symbol::Code39 => Ok(code39_dots(data.chars().count())),
        Symbol::Code128 => Ok(code128_modules(data)?.len() * NARROW_DOTS),
    }
}

/// The bars, without quiet zone; the width is rounded up to whole bytes.
///
/// # Errors
/// [`Error::Code`] for characters it does not have.
pub fn bars(symbol: Symbol, data: &str, rows: usize) -> Result<Bitmap, Error> {
    match symbol {
        Symbol::Code39 => code39(data, NARROW_DOTS, WIDE_DOTS, rows),
        Symbol::Code128 => code128(data, NARROW_DOTS, rows),
    }
}

/// Bars of this length in the middle of white rows.
#[must_use]
pub fn in_the_middle(bars: &Bitmap, length: usize, width: usize) -> Bitmap {
    let mut line = Bitmap::white(width, bars.rows());
    line.draw(bars, (width - length.min(width)) / 2, 0);
    line
}

/// The bars of a Code128 in code set B, without quiet zone.
///
/// # Errors
/// [`Error::Code`] for characters outside ASCII, and for nothing.
pub fn code128(data: &str, narrow_dots: usize, rows: usize) -> Result<Bitmap, Error> {
    let modules = code128_modules(data)?;
    let mut bars = Bitmap::white(modules.len() * narrow_dots, rows);
    for (index, module) in modules.iter().enumerate() {
        if *module == 1 {
            bars.fill(index * narrow_dots, 0, narrow_dots, rows);
        }
    }
    Ok(bars)
}

fn code128_modules(data: &str) -> Result<Vec<u8>, Error> {
    let refused = Error::Code { kind: "Code128" };
    if !data.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Err(refused);
    }
    // The library writes code set B as the letter Ɓ.
    match Code128::new(format!("\u{0181}{data}")) {
        Ok(code) => Ok(code.encode()),
        Err(_) => Err(refused),
    }
}

/// Modules of a QR code's side, model 2, level M.
///
/// # Errors
/// [`Error::Code`] when the data are too long for any QR code, or not ASCII: printers disagree
/// about everything else.
pub fn qr_modules(data: &str) -> Result<usize, Error> {
    if !data.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Err(Error::Code { kind: "QR code" });
    }
    QrCode::with_error_correction_level(data, QR_LEVEL)
        .map(|code| code.width())
        .map_err(|_| Error::Code { kind: "QR code" })
}

/// How many dots a Code39 of so many characters is long, its start and stop included.
#[must_use]
pub const fn code39_dots(characters: usize) -> usize {
    (characters + 2) * (6 * NARROW_DOTS + 3 * WIDE_DOTS + NARROW_DOTS) - NARROW_DOTS
}

/// The bars of a Code39, without quiet zone; the width is rounded up to whole bytes.
///
/// # Errors
/// [`Error::Code`] for characters Code39 does not have.
pub fn code39(
    data: &str,
    narrow_dots: usize,
    wide_dots: usize,
    rows: usize,
) -> Result<Bitmap, Error> {
    let modules = Code39::new(data)
        .map_err(|_| Error::Code { kind: "Code39" })?
        .encode();
    // The library draws a wide bar as two modules; printers draw it 2.5 times as wide.
    let runs: Vec<(bool, usize)> = modules
        .chunk_by(|left, right| left == right)
        .map(|run| {
            (
                run[0] == 1,
                if run.len() > 1 {
                    wide_dots
                } else {
                    narrow_dots
                },
            )
        })
        .collect();
    let width = runs.iter().map(|(_, dots)| dots).sum();
    let mut bars = Bitmap::white(width, rows);
    let mut x = 0;
    for (black, dots) in runs {
        if black {
            bars.fill(x, 0, dots, rows);
        }
        x += dots;
    }
    Ok(bars)
}

/// A QR code, model 2, without quiet zone; the width is rounded up to whole bytes.
///
/// # Errors
/// [`Error::Code`] when the data are too long for any QR code.
pub fn qr(data: &[u8], module_dots: usize, level: EcLevel) -> Result<Bitmap, Error> {
    let code = QrCode::with_error_correction_level(data, level)
        .map_err(|_| Error::Code { kind: "QR code" })?;
    let mut picture = Bitmap::white(code.width() * module_dots, code.width() * module_dots);
    for (index, module) in code.to_colors().into_iter().enumerate() {
        if module == qrcode::Color::Dark {
            let (x, y) = (index % code.width(), index / code.width());
            picture.fill(x * module_dots, y * module_dots, module_dots, module_dots);
        }
    }
    Ok(picture)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects the lengths measured on paper: 9, 15 and 16 characters at `GS w 2`.
    #[test]
    fn code39_is_as_long_as_measured() {
        for (data, dots) in [
            ("991231Y01", 317),
            ("12349Y000007890", 491),
            ("ABCDEFGHIKLMNPQR", 520),
        ] {
            assert_eq!(code39_dots(data.len()), dots);
            let bars = code39(data, NARROW_DOTS, WIDE_DOTS, 1).unwrap();
            assert_eq!(bars.ink_columns(), Some((0, dots - 1)));
        }
        assert!(code39("小白單", NARROW_DOTS, WIDE_DOTS, 1).is_err());
    }
}
