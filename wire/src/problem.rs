//! Errors as `application/problem+json` (RFC 9457).

use serde::{Deserialize, Serialize};

/// A problem. Never holds a person's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank`, or a page about this kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// One sentence for people.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Stable code for programs, for example `epoch-ended`.
    pub code: String,
    /// The field at fault, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// Codes a terminal acts on.
pub mod code {
    /// The device is quarantined: cloned or rolled back; an operator must look.
    pub const QUARANTINED: &str = "quarantined";
    /// Another epoch is current: this disk is old; enrol again.
    pub const EPOCH_ENDED: &str = "epoch-ended";
    /// The enrolment code is unknown, used or expired.
    pub const ENROLMENT_REFUSED: &str = "enrolment-refused";
    /// The request's signature does not verify.
    pub const NOT_AUTHENTIC: &str = "not-authentic";
    /// The request does not have the documented shape.
    pub const MALFORMED: &str = "malformed";
    /// No such thing.
    pub const NOT_FOUND: &str = "not-found";
    /// Too busy: come again after `Retry-After` seconds.
    pub const BUSY: &str = "busy";
}
