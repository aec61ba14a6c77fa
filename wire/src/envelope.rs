//! A payload signed by the centre.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::WireError;

/// Purpose of a signed [`crate::roster::RosterManifest`] (JSON).
pub const ROSTER_MANIFEST: &str = "roster-manifest";

/// Purpose of a signed campaign file (TOML, see [`crate::campaign_file`]).
pub const CAMPAIGN: &str = "campaign";

/// Bytes and the centre's signature over them. The payload is reached only through
/// [`SignedEnvelope::open`], which verifies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedEnvelope {
    /// What sort of payload: a signature for one purpose is none for another.
    pub purpose: String,
    /// The payload, base64.
    pub payload: String,
    /// ed25519 signature over `purpose`, a NUL byte and the payload's bytes, base64.
    pub signature: String,
}

impl SignedEnvelope {
    /// Signs a payload for one purpose.
    #[must_use]
    pub fn seal(purpose: &str, payload: &[u8], key: &SigningKey) -> Self {
        let signature = key.sign(&signed_bytes(purpose, payload));
        Self {
            purpose: purpose.to_owned(),
            payload: STANDARD.encode(payload),
            signature: STANDARD.encode(signature.to_bytes()),
        }
    }

    /// The payload, after purpose and signature were verified.
    ///
    /// # Errors
    /// [`WireError::Signature`] where the purpose is another, the signature is of another key or
    /// over other bytes, or either part is no base64.
    pub fn open(&self, purpose: &'static str, key: &VerifyingKey) -> Result<Vec<u8>, WireError> {
        let unsigned = || WireError::Signature { message: purpose };
        if self.purpose != purpose {
            return Err(unsigned());
        }
        let payload = STANDARD.decode(&self.payload).map_err(|_| unsigned())?;
        let signature = STANDARD.decode(&self.signature).map_err(|_| unsigned())?;
        let signature = Signature::from_slice(&signature).map_err(|_| unsigned())?;
        key.verify_strict(&signed_bytes(purpose, &payload), &signature)
            .map_err(|_| unsigned())?;
        Ok(payload)
    }
}

fn signed_bytes(purpose: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(purpose.len() + 1 + payload.len());
    bytes.extend_from_slice(purpose.as_bytes());
    bytes.push(0);
    bytes.extend_from_slice(payload);
    bytes
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    /// Protects terminals against a lying centre: only the right key, purpose and bytes open.
    #[test]
    fn opens_only_with_the_right_key_purpose_and_bytes() {
        let sealed = SignedEnvelope::seal(CAMPAIGN, b"version = 1", &key(1));
        let good = key(1).verifying_key();
        assert_eq!(sealed.open(CAMPAIGN, &good).unwrap(), b"version = 1");
        assert!(sealed.open(ROSTER_MANIFEST, &good).is_err());
        assert!(sealed.open(CAMPAIGN, &key(2).verifying_key()).is_err());
        let relabelled = SignedEnvelope {
            purpose: ROSTER_MANIFEST.to_owned(),
            ..sealed.clone()
        };
        assert!(relabelled.open(ROSTER_MANIFEST, &good).is_err());
        let changed = SignedEnvelope {
            payload: STANDARD.encode(b"version = 2"),
            ..sealed.clone()
        };
        assert!(changed.open(CAMPAIGN, &good).is_err());
        let cut = SignedEnvelope {
            signature: sealed.signature[..20].to_owned(),
            ..sealed
        };
        assert!(cut.open(CAMPAIGN, &good).is_err());
    }

    /// Protects releases made by an older centre: the signed bytes stay what they were.
    #[test]
    fn signed_bytes_are_purpose_nul_payload() {
        assert_eq!(signed_bytes("campaign", b"x"), b"campaign\0x");
    }
}
