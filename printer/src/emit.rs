//! A page as printer commands, one piece a complete command: text as raster bands, Code39 and QR
//! drawn by the printer, then feed and cut. Built with crate `escpos`, with `custom` where the crate
//! falls short (raster bands, partial cut).

use escpos::printer::Printer;
use escpos::utils::{
    BarcodeFont, BarcodeHeight, BarcodeOption, BarcodePosition, BarcodeWidth, JustifyMode,
    Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption,
};

use crate::bitmap::Bitmap;
use crate::clean;
use crate::driver::Collector;
use crate::error::Error;
use crate::page::Page;
use crate::profile::{Cut, Profile};
use crate::raster::{self, QR_MODULE_DOTS, Strip};
use crate::text::Typesetter;

/// Rows of the lowest raster band; a long image in one command is the classic failure.
pub const BAND_ROWS: usize = 24;

/// The largest piece [`pieces`] makes: one band of almost twice [`BAND_ROWS`] on the widest head.
pub const LARGEST_PIECE_BYTES: usize = 8 + (2 * BAND_ROWS - 1) * 72;

/// The page as complete printer commands, in order.
///
/// # Errors
/// [`Error::Code`] or [`Error::Emit`] when a code on the page cannot be printed.
pub fn pieces(
    page: &Page,
    profile: &Profile,
    typesetter: &mut Typesetter,
) -> Result<Vec<Vec<u8>>, Error> {
    let strips = raster::strips(page, typesetter)?;
    emit(&strips, profile).map_err(|_| Error::Emit)
}

/// The commands that cut off what an aborted slip left in the printer's mouth.
#[must_use]
pub fn cut_off(profile: &Profile) -> Vec<u8> {
    let mut bytes = vec![0x1B, b'@'];
    bytes.extend_from_slice(cut_command(profile));
    bytes
}

fn emit(strips: &[Strip], profile: &Profile) -> escpos::errors::Result<Vec<Vec<u8>>> {
    let collector = Collector::default();
    let mut printer = Printer::new(collector.clone(), Protocol::default(), None);
    // Chinese goes out as dots: two-byte mode is said to be off, because makers differ at power-up.
    printer.init()?.custom(&[0x1C, b'.'])?;
    for strip in strips {
        match strip {
            Strip::Dots(rows) => {
                for band in bands(rows) {
                    printer.custom(&band)?;
                }
            }
            Strip::Code39 { data } => {
                let option = BarcodeOption::new(
                    BarcodeWidth::S,
                    BarcodeHeight::S,
                    BarcodeFont::A,
                    BarcodePosition::None,
                );
                printer
                    .justify(JustifyMode::CENTER)?
                    .code39_option(data, option)?
                    .justify(JustifyMode::LEFT)?;
            }
            Strip::Qr { data } => {
                let size = u8::try_from(QR_MODULE_DOTS).unwrap_or(6);
                let option = QRCodeOption::new(QRCodeModel::Model2, size, QRCodeCorrectionLevel::M);
                printer
                    .justify(JustifyMode::CENTER)?
                    .qrcode_option(data, option)?
                    .justify(JustifyMode::LEFT)?;
            }
        }
    }
    printer.custom(cut_command(profile))?.print()?;
    Ok(collector.take())
}

/// Feed to the cutter and cut (`GS V 65/66 0`).
fn cut_command(profile: &Profile) -> &'static [u8] {
    match profile.cutter.cut {
        Cut::Full => &[0x1D, b'V', 65, 0],
        Cut::Partial => &[0x1D, b'V', 66, 0],
        // Four lines of white past the tear bar.
        Cut::None => &[0x1B, b'd', 4],
    }
}

/// `GS v 0` commands of 24 to 47 rows each, only as wide as their ink, without a real-time command
/// in them.
fn bands(rows: &Bitmap) -> Vec<Vec<u8>> {
    let mut padded = rows.clone();
    if padded.rows() < BAND_ROWS {
        padded.append_white(BAND_ROWS - padded.rows());
    }
    let full_bytes = (padded.width() / 8).max(1);
    let ink_bytes: Vec<usize> = padded
        .row_bytes(0, padded.rows())
        .chunks_exact(full_bytes)
        .map(|row| {
            row.iter()
                .rposition(|&byte| byte != 0)
                .map_or(1, |last| last + 1)
        })
        .collect();
    let mut first = 0;
    cuts(&ink_bytes)
        .into_iter()
        .map(|next| {
            let width = ink_bytes[first..next].iter().copied().max().unwrap_or(1);
            let [width_low, width_high] = u16::try_from(width).unwrap_or(u16::MAX).to_le_bytes();
            let [rows_low, rows_high] = u16::try_from(next - first)
                .unwrap_or(u16::MAX)
                .to_le_bytes();
            let mut band = vec![
                0x1D, b'v', b'0', 0, width_low, width_high, rows_low, rows_high,
            ];
            for row in padded
                .row_bytes(first, next - first)
                .chunks_exact(full_bytes)
            {
                band.extend_from_slice(&row[..width]);
            }
            clean::clean(&mut band);
            first = next;
            band
        })
        .collect()
}

/// Where to end the bands so that the fewest bytes go over the line: white at the right of a line
/// and between lines then costs next to nothing, a slip of text shrinks by two fifths. The last is the end.
fn cuts(ink_bytes: &[usize]) -> Vec<usize> {
    // For each row: the bytes of the cheapest bands up to it, and where the last of them begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; ink_bytes.len() + 1];
    best[0] = Some((0, 0));
    for end in BAND_ROWS..=ink_bytes.len() {
        let mut width = ink_bytes[end - BAND_ROWS..end]
            .iter()
            .copied()
            .max()
            .unwrap_or(1);
        for rows in BAND_ROWS..2 * BAND_ROWS {
            let Some(first) = end.checked_sub(rows) else {
                break;
            };
            width = width.max(ink_bytes[first]);
            if let Some((before, _)) = best[first] {
                let bytes = before + 8 + rows * width;
                if best[end].is_none_or(|(least, _)| bytes < least) {
                    best[end] = Some((bytes, first));
                }
            }
        }
    }
    let mut ends = Vec::new();
    let mut end = ink_bytes.len();
    while end > 0 {
        ends.push(end);
        end = best[end].map_or(0, |(_, first)| first);
    }
    ends.reverse();
    ends
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::page::{Align, Block, PaperWidth, Size};
    use proptest::prelude::*;

    fn text(text: &str) -> Block {
        Block::Text {
            text: text.to_owned(),
            size: Size::Body,
            align: Align::Left,
            bold: false,
        }
    }

    /// Protects the printer from the classic failure (one long image) and from bands it would act
    /// upon: every piece of a dense page is one band of 24–100 rows without a real-time command.
    #[test]
    fn pieces_are_small_and_clean() {
        let mut typesetter = Typesetter::load().unwrap();
        let mut page = Page::new(PaperWidth::Dots576);
        page.blocks
            .push(text(&"衛生福利部疾病管制署籲請民眾踴躍接種疫苗".repeat(20)));
        page.blocks.push(Block::Code39 {
            data: "ABCDEFGHIKLMNPQR".to_owned(),
            caption: String::new(),
        });
        page.blocks.push(Block::Qr {
            data: "M-20200326-000001".to_owned(),
        });
        let pieces = pieces(&page, &Profile::default(), &mut typesetter).unwrap();
        let mut bands = 0;
        for piece in &pieces {
            assert!(!clean::holds_real_time_command(piece));
            assert!(piece.len() <= LARGEST_PIECE_BYTES);
            if piece.starts_with(&[0x1D, b'v']) {
                let rows = u16::from_le_bytes([piece[6], piece[7]]);
                assert!((24..=100).contains(&rows), "{rows} rows");
                let width = u16::from_le_bytes([piece[4], piece[5]]);
                assert_eq!(piece.len(), 8 + usize::from(width) * usize::from(rows));
                bands += 1;
            }
        }
        assert!(bands > 10);
        assert!(!clean::holds_real_time_command(&pieces.concat()));
        let whole = pieces.concat();
        assert!(
            whole
                .windows(8)
                .any(|window| window == [0x1D, b'(', b'k', 4, 0, 49, 65, 50]),
            "QR model 2"
        );
        assert!(
            whole
                .windows(4)
                .any(|window| window == [0x1D, b'k', 4, b'A']),
            "Code39 by the printer"
        );
        assert!(whole.ends_with(&[0x1D, b'V', 66, 0]));
    }

    /// Protects 58 mm and 512-dot paper: a Code39 that does not fit across is printed along the
    /// paper as dots, never left to a printer that would drop it.
    #[test]
    fn long_bar_codes_turn_on_narrow_paper() {
        let mut typesetter = Typesetter::load().unwrap();
        for (width, native) in [
            (PaperWidth::Dots384, false),
            (PaperWidth::Dots512, false),
            (PaperWidth::Dots576, true),
        ] {
            let mut page = Page::new(width);
            page.blocks.push(Block::Code39 {
                data: "ABCDEFGHIKLMNPQR".to_owned(),
                caption: String::new(),
            });
            let whole = pieces(&page, &Profile::default(), &mut typesetter)
                .unwrap()
                .concat();
            assert_eq!(
                whole.windows(3).any(|window| window == [0x1D, b'k', 4]),
                native,
                "{width:?}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        /// Protects every picture ever sent: random dots at random heights come out as bands that
        /// hold no real-time command, across the borders of bands too, and every row is there.
        #[test]
        fn no_band_holds_a_real_time_command(
            rows in proptest::collection::vec(proptest::collection::vec(
                prop_oneof![Just(0x10u8), Just(0x04), Just(0x05), Just(0x14), any::<u8>()], 72), 1..80),
        ) {
            let mut picture = Bitmap::white(576, 0);
            for row in &rows {
                picture.append_row(row);
            }
            let bands = bands(&picture);
            let sent: usize = bands.iter().map(|band| usize::from(u16::from_le_bytes([band[6], band[7]]))).sum();
            prop_assert_eq!(sent, rows.len().max(BAND_ROWS));
            prop_assert!(!clean::holds_real_time_command(&bands.concat()));
        }
    }
}
