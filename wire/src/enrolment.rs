//! How a terminal becomes one of the fleet.

use serde::{Deserialize, Serialize};

/// What a terminal sends once, with the code its technician was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentRequest {
    /// The one-time code.
    pub code: String,
    /// The device's ed25519 public key, base64; its private half never leaves the device.
    pub public_key: String,
}

/// What the centre answers. A device enrolled again keeps its number and gets the next epoch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolment {
    /// The device's number, 1 to 99999.
    pub device: u32,
    /// Its epoch, from 1.
    pub epoch: u32,
    /// The store it stands in.
    pub store: StoreMessage,
}

/// A store as a terminal shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreMessage {
    /// Its id.
    pub id: String,
    /// Its township.
    pub area: String,
    /// Its name in Chinese.
    pub name: String,
    /// Its name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_english: Option<String>,
}
