//! Reads a composed code again, as a scanner would, before anything is sent: a code that a till
//! cannot read is found here and not at the till. The reader is crate `rxing`, another's work.

use rxing::{BarcodeFormat, DecodeHints, helpers};

use crate::bitmap::Bitmap;
use crate::codes;
use crate::error::Error;
use crate::page::Symbol;

/// Reads bars again; `along` when they run along the paper.
///
/// # Errors
/// [`Error::CodeUnreadable`] when they cannot be read or say something else.
pub fn bars(symbol: Symbol, data: &str, picture: &Bitmap, along: bool) -> Result<(), Error> {
    let format = match symbol {
        Symbol::Code39 => BarcodeFormat::CODE_39,
        Symbol::Code128 => BarcodeFormat::CODE_128,
    };
    let kind = codes::name(symbol);
    if along {
        // Back across, as a person turns the slip under the scanner, with white at both ends.
        let turned = picture.turned().turned().turned();
        let mut held = Bitmap::white(turned.width() + 2 * codes::QUIET_DOTS, turned.rows());
        held.draw(&turned, codes::QUIET_DOTS, 0);
        read(format, kind, data, &held)
    } else {
        read(format, kind, data, picture)
    }
}

/// Reads a QR code again.
///
/// # Errors
/// [`Error::CodeUnreadable`] when it cannot be read or says something else.
pub fn qr(data: &str, picture: &Bitmap) -> Result<(), Error> {
    read(BarcodeFormat::QR_CODE, "QR code", data, picture)
}

fn read(
    format: BarcodeFormat,
    kind: &'static str,
    data: &str,
    picture: &Bitmap,
) -> Result<(), Error> {
    let unreadable = Error::CodeUnreadable { kind };
    // Bars are alike in every row: a few in the middle are enough, and quick.
    let rows = if format == BarcodeFormat::QR_CODE {
        picture.rows()
    } else {
        picture.rows().min(8)
    };
    let top = (picture.rows() - rows) / 2;
    let margin = if format == BarcodeFormat::QR_CODE {
        8
    } else {
        0
    };
    let width = picture.width();
    let mut grey = vec![0xFF_u8; width * (rows + 2 * margin)];
    for (index, dot) in grey[width * margin..width * (margin + rows)]
        .iter_mut()
        .enumerate()
    {
        if picture.is_black(index % width, top + index / width) {
            *dot = 0;
        }
    }
    let (Ok(columns), Ok(lines)) = (u32::try_from(width), u32::try_from(rows + 2 * margin)) else {
        return Err(unreadable);
    };
    let mut hints = DecodeHints {
        TryHarder: Some(format == BarcodeFormat::QR_CODE),
        ..DecodeHints::default()
    };
    match helpers::detect_in_luma_with_hints(grey, columns, lines, Some(format), &mut hints) {
        Ok(found) if found.getText() == data => Ok(()),
        _ => Err(unreadable),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::codes::BAR_ROWS;
    use crate::raster::centred;

    /// Protects the till: what is whole is read, and what lost a bar or says something else is not.
    #[test]
    fn a_damaged_code_is_refused() {
        for symbol in [Symbol::Code39, Symbol::Code128] {
            let data = "ZK00042010000017";
            let bars_only = codes::bars(symbol, data, BAR_ROWS).unwrap();
            let picture = codes::in_the_middle(&bars_only, codes::dots(symbol, data).unwrap(), 576);
            bars(symbol, data, &picture, false).unwrap();
            assert!(bars(symbol, "ZK00042010000018", &picture, false).is_err());
            bars(symbol, data, &centred(&bars_only.turned(), 384), true).unwrap();
            let mut damaged = picture.clone();
            damaged.fill(200, 0, 30, BAR_ROWS);
            assert!(bars(symbol, data, &damaged, false).is_err());
        }
        let mut picture = centred(&codes::qr(b"123456", 6, codes::QR_LEVEL).unwrap(), 384);
        qr("123456", &picture).unwrap();
        assert!(qr("123457", &picture).is_err());
        picture.fill(120, 0, 60, 60);
        assert!(qr("123456", &picture).is_err());
    }
}
