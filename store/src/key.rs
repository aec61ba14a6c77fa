//! The raw key of the database.

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::StoreError;

/// 32 random bytes from the platform's credential store. A raw key opens in 2 ms where a passphrase
/// costs 248 ms. Zeroed when dropped; `Debug` prints `…`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DatabaseKey([u8; 32]);

impl DatabaseKey {
    /// Takes the bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads the text of a key file: 64 hexadecimal digits, surrounding white space allowed.
    ///
    /// # Errors
    /// [`StoreError::KeyForm`]; it never holds the text.
    pub fn from_hex(text: &str) -> Result<Self, StoreError> {
        let digits = text.trim().as_bytes();
        if digits.len() != 64 {
            return Err(StoreError::KeyForm);
        }
        let mut key = Self([0; 32]);
        for (byte, pair) in key.0.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |place: usize| char::from(pair[place]).to_digit(16);
            let (high, low) = digit(0).zip(digit(1)).ok_or(StoreError::KeyForm)?;
            *byte = u8::try_from(high * 16 + low).map_err(|_| StoreError::KeyForm)?;
        }
        Ok(key)
    }

    /// The statement that gives it to `SQLCipher`.
    pub(crate) fn statement(&self) -> Zeroizing<String> {
        use std::fmt::Write as _;
        // Room for all of it at once, so that growing leaves no copy behind.
        let mut text = Zeroizing::new(String::with_capacity(96));
        text.push_str("PRAGMA key = \"x'");
        for byte in self.0 {
            let _ = write!(text, "{byte:02x}");
        }
        text.push_str("'\";");
        text
    }
}

impl std::fmt::Debug for DatabaseKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("DatabaseKey(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects the key: read from a file with a line end, refused in any other form, never shown.
    #[test]
    fn key_is_64_hexadecimal_digits() {
        let key = DatabaseKey::from_hex(&format!("{}0F\n", "ab".repeat(31))).unwrap();
        assert!(key.statement().contains(&"ab".repeat(31)));
        assert_eq!(format!("{key:?}"), "DatabaseKey(…)");
        for wrong in [
            "",
            "ab",
            &"zz".repeat(32),
            &"ab".repeat(33),
            &"é".repeat(32),
        ] {
            assert!(DatabaseKey::from_hex(wrong).is_err());
        }
    }
}
