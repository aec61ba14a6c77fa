//! Bar codes and QR codes as the printer's firmware draws them: what is too wide for the head is left
//! out without a word.

use barcoders::sym::code128::Code128;
use qrcode::EcLevel;

use crate::bitmap::Bitmap;
use crate::codes;

/// The settings of the next code.
pub(super) struct Symbols {
    pub(super) bar_rows: usize,
    pub(super) bar_width: usize,
    /// Whether the text stands below the bars.
    pub(super) text_below: bool,
    pub(super) qr_dots: usize,
    pub(super) qr_level: EcLevel,
    pub(super) qr_model: u8,
    pub(super) qr_data: Vec<u8>,
}

impl Default for Symbols {
    fn default() -> Self {
        Self {
            bar_rows: 162,
            bar_width: 3,
            text_below: false,
            qr_dots: 3,
            qr_level: EcLevel::L,
            qr_model: 50,
            qr_data: Vec::new(),
        }
    }
}

impl Symbols {
    /// The bars and how many dots of them are used; `None` where a real printer prints none.
    pub(super) fn code39(&self, data: &[u8], head: usize) -> Option<(Bitmap, usize)> {
        // A printer adds the start and stop sign itself, and takes them where they are given.
        let data = str::from_utf8(data).ok()?.trim_matches('*');
        let narrow = self.bar_width.max(1);
        let bars = codes::code39(data, narrow, narrow * 5 / 2, self.bar_rows).ok()?;
        fitting(bars, head)
    }

    /// As [`Symbols::code39`]; the data choose their code sets with `{A`, `{B` and `{C`.
    pub(super) fn code128(&self, data: &[u8], head: usize) -> Option<(Bitmap, usize)> {
        let modules = Code128::new(code_sets(data)?).ok()?.encode();
        let dots = self.bar_width.max(1);
        let mut bars = Bitmap::white(modules.len() * dots, self.bar_rows);
        for (index, _) in modules.iter().enumerate().filter(|(_, black)| **black == 1) {
            bars.fill(index * dots, 0, dots, self.bar_rows);
        }
        fitting(bars, head)
    }

    /// The QR code as stored. Model 1 is obsolete, no telephone reads it: it is left out here so that
    /// nobody misses it.
    pub(super) fn qr(&self, head: usize) -> Option<(Bitmap, usize)> {
        if self.qr_model != 50 {
            return None;
        }
        let code = codes::qr(&self.qr_data, self.qr_dots, self.qr_level).ok()?;
        fitting(code, head)
    }
}

fn fitting(picture: Bitmap, head: usize) -> Option<(Bitmap, usize)> {
    let (_, last) = picture.ink_columns()?;
    (last < head).then_some((picture, last + 1))
}

/// The printer's way to name code sets, put into the library's.
fn code_sets(data: &[u8]) -> Option<String> {
    let mut text = String::new();
    let mut digits = false;
    let mut rest = data.iter().copied();
    while let Some(byte) = rest.next() {
        if byte != b'{' {
            if digits {
                text.push_str(&format!("{byte:02}"));
            } else {
                text.push(char::from(byte));
            }
            continue;
        }
        let set = rest.next()?;
        digits = set == b'C';
        text.push(match set {
            b'A' => '\u{00C0}',
            b'B' => '\u{0181}',
            b'C' => '\u{0106}',
            b'1' => '\u{0179}',
            b'{' => '{',
            _ => return None,
        });
    }
    Some(text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects the rehearsal of Code128: the printer's names for code sets become the library's, a
    /// code without one is refused as printers do.
    #[test]
    fn code_sets_are_understood() {
        assert_eq!(
            code_sets(b"{BZK00{C\x0c\x22").unwrap(),
            "\u{181}ZK00\u{106}1234"
        );
        let symbols = Symbols::default();
        assert!(symbols.code128(b"ZK00", 576).is_none());
        let (_, dots) = symbols.code128(b"{BZK00", 576).unwrap();
        assert_eq!(dots, 3 * (11 * 6 + 13));
        assert!(
            symbols.code128(b"{BZK00042010000017", 384).is_none(),
            "too wide"
        );
    }
}
