//! Rows of dots as raster commands (`GS v 0`): short ones, because a long image in one command is the
//! classic failure; only as wide as their ink; without a real-time command in them.

use crate::bitmap::Bitmap;
use crate::clean;

/// Bytes of a raster command before its dots.
const HEAD_BYTES: usize = 8;

/// The rows as commands of at most `band_rows` rows each.
#[must_use]
pub fn bands(rows: &Bitmap, band_rows: usize) -> Vec<Vec<u8>> {
    let full_bytes = (rows.width() / 8).max(1);
    let ink_bytes: Vec<usize> = rows
        .row_bytes(0, rows.rows())
        .chunks_exact(full_bytes)
        .map(|row| {
            row.iter()
                .rposition(|&byte| byte != 0)
                .map_or(1, |last| last + 1)
        })
        .collect();
    let mut first = 0;
    cuts(&ink_bytes, band_rows.max(1))
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
            for row in rows.row_bytes(first, next - first).chunks_exact(full_bytes) {
                band.extend_from_slice(&row[..width]);
            }
            clean::clean(&mut band);
            first = next;
            band
        })
        .collect()
}

/// Where to end the bands so that the fewest bytes go over the line: white at the right of a line
/// and between lines then costs next to nothing. The last is the end.
fn cuts(ink_bytes: &[usize], band_rows: usize) -> Vec<usize> {
    // For each row: the bytes of the cheapest bands up to it, and where the last of them begins.
    let mut best: Vec<(usize, usize)> = vec![(usize::MAX, 0); ink_bytes.len() + 1];
    best[0] = (0, 0);
    for end in 1..=ink_bytes.len() {
        let mut width = 1;
        for rows in 1..=band_rows.min(end) {
            let first = end - rows;
            width = width.max(ink_bytes[first]);
            let bytes = best[first].0 + HEAD_BYTES + rows * width;
            if bytes < best[end].0 {
                best[end] = (bytes, first);
            }
        }
    }
    let mut ends = Vec::new();
    let mut end = ink_bytes.len();
    while end > 0 {
        ends.push(end);
        end = best[end].1;
    }
    ends.reverse();
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        /// Protects every picture ever sent: random dots at random heights come out as bands that
        /// hold no real-time command, across the borders of bands too; every row is there, no band
        /// is taller than the profile allows, and no dot is lost.
        #[test]
        fn no_band_holds_a_real_time_command(
            rows in proptest::collection::vec(proptest::collection::vec(
                prop_oneof![Just(0x10u8), Just(0x04), Just(0x05), Just(0x14), Just(0), any::<u8>()], 72), 1..120),
            band_rows in 24_usize..=48,
        ) {
            let mut picture = Bitmap::white(576, 0);
            for row in &rows {
                picture.append_row(row);
            }
            let bands = bands(&picture, band_rows);
            let mut top = 0;
            for band in &bands {
                let width = usize::from(u16::from_le_bytes([band[4], band[5]]));
                let height = usize::from(u16::from_le_bytes([band[6], band[7]]));
                prop_assert!(height <= band_rows && band.len() == 8 + width * height);
                for (index, sent) in band[8..].chunks_exact(width).enumerate() {
                    let row = &rows[top + index];
                    prop_assert!(row[width..].iter().all(|&byte| byte == 0));
                    prop_assert!(row.iter().zip(sent).all(|(meant, sent)| meant & sent == *meant));
                }
                top += height;
            }
            prop_assert_eq!(top, rows.len());
            prop_assert!(!clean::holds_real_time_command(&bands.concat()));
        }
    }
}
