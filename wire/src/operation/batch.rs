//! The batch that carries operations, and the centre's answer to it.

use domain::operation::{BookingNumber, Outcome, Rejection};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

#[cfg(feature = "openapi")]
use super::OperationMessage;
use crate::WireError;

/// Operations a batch carries at most.
pub const BATCH_OPERATIONS_MAX: usize = 500;

/// A batch in order of `seq`, without gaps, at most [`BATCH_OPERATIONS_MAX`].
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchRequest {
    /// The device's number.
    pub device: u32,
    /// Its epoch.
    pub epoch: u32,
    /// The operations.
    pub operations: Vec<BatchItem>,
}

/// One operation of a batch.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchItem {
    /// Its sequence number.
    pub seq: u64,
    /// SHA-256 of the bytes of `operation`, 64 hexadecimal digits.
    pub hash: String,
    /// The operation, byte for byte as recorded.
    #[cfg_attr(feature = "openapi", schema(value_type = OperationMessage))]
    pub operation: Box<RawValue>,
}

/// The centre's answer to a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchReply {
    /// The sequence number the centre expects next. Where the batch began later than that (a gap),
    /// there are no results.
    pub next_seq: u64,
    /// One result an operation, in order.
    pub results: Vec<ResultMessage>,
}

/// The result of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResultMessage {
    /// Its sequence number.
    pub seq: u64,
    /// The hash the centre stored for it.
    pub hash: String,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: OutcomeMessage,
}

/// What became of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum OutcomeMessage {
    /// Done.
    Applied {
        /// The booking number, for bookings.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
    },
    /// A business "no".
    Rejected {
        /// A stable code, see `domain::operation::Rejection`.
        reason: String,
    },
    /// Decided later.
    Pending,
    /// A later one stood already.
    Superseded,
}

impl From<&Outcome> for OutcomeMessage {
    fn from(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Applied { number } => Self::Applied {
                number: number.as_ref().map(|number| number.as_str().to_owned()),
            },
            Outcome::Rejected(reason) => Self::Rejected {
                reason: reason.code().to_owned(),
            },
            Outcome::Pending => Self::Pending,
            Outcome::Superseded => Self::Superseded,
        }
    }
}

impl TryFrom<OutcomeMessage> for Outcome {
    type Error = WireError;

    fn try_from(message: OutcomeMessage) -> Result<Self, WireError> {
        let bad = |field| WireError::Field {
            message: "operation result",
            field,
        };
        Ok(match message {
            OutcomeMessage::Applied { number } => Self::Applied {
                number: number
                    .map(|text| BookingNumber::parse(&text).ok_or_else(|| bad("number")))
                    .transpose()?,
            },
            OutcomeMessage::Rejected { reason } => {
                Self::Rejected(Rejection::from_code(&reason).ok_or_else(|| bad("reason"))?)
            }
            OutcomeMessage::Pending => Self::Pending,
            OutcomeMessage::Superseded => Self::Superseded,
        })
    }
}
