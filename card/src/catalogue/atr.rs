//! The answer to reset, taken apart (ISO 7816-3), and patterns for it.

/// The historical bytes: what stands behind the interface bytes; `None` when it ends too early.
pub(super) fn historical_bytes(atr: &[u8]) -> Option<&[u8]> {
    let format = *atr.get(1)?;
    let count = usize::from(format & 0x0F);
    let mut follows = format >> 4;
    let mut at = 2;
    while follows != 0 {
        let interface = usize::try_from(follows.count_ones()).ok()?;
        at += interface;
        follows = if follows & 0x8 != 0 {
            atr.get(at - 1)? >> 4
        } else {
            0
        };
    }
    atr.get(at..at + count)
}

/// Bytes of which some may be any; matches exactly so many bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Option<u8>>);

impl Pattern {
    /// Reads hexadecimal, `..` for any byte, spaces allowed; `None` when it is neither, or empty.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits: Vec<char> = text.chars().filter(|digit| *digit != ' ').collect();
        let byte = |pair: &[char]| match pair {
            ['.', '.'] => Some(None),
            [high, low] => {
                let value = high.to_digit(16)? << 4 | low.to_digit(16)?;
                u8::try_from(value).ok().map(Some)
            }
            _ => None,
        };
        let bytes = digits.chunks(2).map(byte).collect::<Option<Vec<_>>>()?;
        (!bytes.is_empty()).then_some(Self(bytes))
    }

    /// Whether the bytes are these, all of them.
    pub(super) fn is(&self, bytes: &[u8]) -> bool {
        self.0.len() == bytes.len() && self.begins(bytes)
    }

    /// Whether the bytes begin so.
    pub(super) fn begins(&self, bytes: &[u8]) -> bool {
        let fits = |(wanted, byte): (&Option<u8>, &u8)| wanted.is_none_or(|wanted| wanted == *byte);
        self.0.len() <= bytes.len() && self.0.iter().zip(bytes).all(fits)
    }

    /// Whether they stand anywhere in the bytes.
    pub(super) fn is_in(&self, bytes: &[u8]) -> bool {
        bytes.windows(self.0.len()).any(|window| self.is(window))
    }

    /// The bytes, when none may be any.
    #[cfg(test)]
    pub(super) fn literal(&self) -> Option<Vec<u8>> {
        self.0.iter().copied().collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects the file's patterns: any byte where `..` stands, nothing longer or shorter, and no
    /// pattern that fits everything.
    #[test]
    fn patterns_fit_what_they_say() {
        let pattern = Pattern::parse("3B .. 00").unwrap();
        assert!(pattern.is(&[0x3B, 0xFF, 0x00]));
        assert!(!pattern.is(&[0x3B, 0xFF, 0x01]) && !pattern.is(&[0x3B, 0xFF]));
        assert!(pattern.begins(&[0x3B, 0xFF, 0x00, 0x01]));
        assert!(pattern.is_in(&[0x00, 0x3B, 0xFF, 0x00]));
        for none in ["", "3", "3B.", "3G", "甄健"] {
            assert_eq!(Pattern::parse(none), None, "{none}");
        }
    }

    /// Protects against damaged answers to reset.
    #[test]
    fn damaged_answers_have_no_historical_bytes() {
        for atr in [
            &[][..],
            &[0x3B],
            &[0x3B, 0xFF],
            &[0x3B, 0x8F, 0x80],
            &[0xFF; 33],
        ] {
            assert_eq!(historical_bytes(atr), None);
        }
    }
}
