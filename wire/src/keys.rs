//! Public keys as text: 32 bytes in base64, as configurations and enrolment carry them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::VerifyingKey;

use crate::WireError;

/// A public key as 44 characters of base64.
#[must_use]
pub fn public_key_to_text(key: &VerifyingKey) -> String {
    STANDARD.encode(key.as_bytes())
}

/// Reads a public key; `name` says which one, for the error.
///
/// # Errors
/// [`WireError::Key`] unless it is base64 of 32 bytes that are a usable ed25519 key.
pub fn public_key_from_text(text: &str, name: &'static str) -> Result<VerifyingKey, WireError> {
    let unusable = || WireError::Key { key: name };
    let bytes: [u8; 32] = STANDARD
        .decode(text.trim())
        .map_err(|_| unusable())?
        .try_into()
        .map_err(|_| unusable())?;
    let key = VerifyingKey::from_bytes(&bytes).map_err(|_| unusable())?;
    // A key of small order verifies signatures nobody made.
    if key.is_weak() {
        return Err(unusable());
    }
    Ok(key)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;

    /// Protects configuration and enrolment: a key reads back, anything else is refused by name.
    #[test]
    fn public_keys_read_back() {
        let key = SigningKey::from_bytes(&[7; 32]).verifying_key();
        assert_eq!(
            public_key_from_text(&public_key_to_text(&key), "release key").unwrap(),
            key
        );
        for wrong in ["", "AAAA", "not base64!", &STANDARD.encode([0; 32])] {
            assert!(matches!(
                public_key_from_text(wrong, "release key"),
                Err(WireError::Key { key: "release key" })
            ));
        }
    }
}
