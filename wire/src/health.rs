//! Whether the centre is there, and its clock.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The answer of `GET /v1/health`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// The centre's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub time: Timestamp,
    /// The centre's version.
    pub version: String,
}
