//! Leases: places a terminal may promise without the line.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A lease asked for. Its id is the terminal's own: the same request again gets the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeaseRequest {
    /// A new random `UUIDv7`.
    pub lease: Uuid,
    /// The vaccine round.
    pub round: String,
    /// The site.
    pub site: String,
    /// The slot.
    pub slot: String,
    /// Places wanted, 1 to 1000.
    pub units: u32,
}

/// What is granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeaseGrant {
    /// The lease.
    pub lease: Uuid,
    /// Places granted: no more than the campaign allows, nothing with a `reason`.
    pub units: u32,
    /// Seconds it lives, counted by the holder from the moment it sent the request.
    pub time_to_live_s: u32,
    /// Why nothing is granted, see `domain::operation::Rejection`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A lease given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SealRequest {
    /// The site.
    pub site: String,
    /// The sequence number the terminal gives next: everything it sold from the lease lies under
    /// it, and must have arrived before the lease is sealed.
    pub next_seq: u64,
}

/// How a lease stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeaseSealed {
    /// The lease.
    pub lease: Uuid,
    /// Places that were granted.
    pub units: u32,
    /// Places that were sold.
    pub sold: u32,
    /// Whether it is closed and the rest is free again; `false` where operations are missing.
    pub sealed: bool,
}
