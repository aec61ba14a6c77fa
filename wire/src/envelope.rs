//! A payload signed by the centre.

use serde::{Deserialize, Serialize};

/// Bytes and the centre's signature over them. Read the payload only after
/// the signature was verified.
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
