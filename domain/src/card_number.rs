//! The twelve digits on the front of a health card (rule I1).

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A card number: exactly 12 digits, leading zeros count (I1). `Debug` prints `…`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
pub struct CardNumber([u8; 12]);

/// The text is not twelve digits. Never holds the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a card number has exactly 12 digits")]
pub struct CardNumberError;

impl CardNumber {
    /// Reads a card number.
    ///
    /// # Errors
    /// [`CardNumberError`] unless the text is exactly twelve ASCII digits.
    pub fn parse(text: &str) -> Result<Self, CardNumberError> {
        let bytes: [u8; 12] = text.as_bytes().try_into().map_err(|_| CardNumberError)?;
        if bytes.iter().all(u8::is_ascii_digit) {
            Ok(Self(bytes))
        } else {
            Err(CardNumberError)
        }
    }

    /// The number in full: only for the encrypted database and the centre.
    #[must_use]
    pub fn reveal(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for CardNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CardNumber(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects I1: twelve digits, no more, no less, leading zeros kept.
    #[test]
    fn i1_exactly_twelve_digits() {
        assert_eq!(
            CardNumber::parse("000012345678").unwrap().reveal(),
            "000012345678"
        );
        for wrong in [
            "",
            "12345678901",
            "1234567890123",
            "00001234567a",
            "０００012345678",
        ] {
            assert_eq!(CardNumber::parse(wrong), Err(CardNumberError));
        }
        assert_eq!(
            format!("{:?}", CardNumber::parse("000012345678")),
            "Ok(CardNumber(…))"
        );
    }
}
