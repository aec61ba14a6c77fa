//! How many places the slots of a site have left.

use serde::{Deserialize, Serialize};

/// The answer of `GET /v1/sites/{site}/slots`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteSlots {
    /// The site.
    pub site: String,
    /// Its slots.
    pub slots: Vec<SlotRemaining>,
}

/// A slot and the places it has left at this moment; a promise is only made by booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotRemaining {
    /// The slot.
    pub slot: String,
    /// Places left.
    pub remaining: u32,
}
