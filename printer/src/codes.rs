//! Bar codes and QR codes as dots, the way a printer's firmware draws them. The preview and the
//! simulated printer use the same dots, so what the one promises the other shows.

use barcoders::sym::code39::Code39;
use qrcode::{EcLevel, QrCode};

use crate::bitmap::Bitmap;
use crate::error::Error;

/// Dots of a narrow bar at `GS w 2`, the only width at which 16 characters fit on 80 mm paper.
pub const NARROW_DOTS: usize = 2;

/// Dots of a wide bar at `GS w 2`.
pub const WIDE_DOTS: usize = 5;

/// White that must stand at each side of a bar code: ten narrow bars.
pub const QUIET_DOTS: usize = 10 * NARROW_DOTS;

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

/// A QR code, model 2, level M, without quiet zone; the width is rounded up to whole bytes.
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
