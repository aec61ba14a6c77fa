//! Operations on the wire, and the batch that carries them.
//!
//! An operation's bytes are made once, when it is recorded, and never again: the hash in the
//! terminal's record, on the wire and at the centre is over those same bytes.

mod batch;
mod masks;
mod message;

pub use batch::{
    BATCH_OPERATIONS_MAX, BatchItem, BatchReply, BatchRequest, OutcomeMessage, ResultMessage,
};
pub use masks::{OrderMasksMessage, SellMasksMessage};
pub use message::{BodyMessage, OperationMessage};

use domain::operation::{Operation, OperationBody};
use sha2::{Digest, Sha256};

use crate::WireError;

const MESSAGE: &str = "operation";

/// The bytes of an operation and their SHA-256.
#[derive(Clone, PartialEq, Eq)]
pub struct EncodedOperation {
    /// JSON text of an [`OperationMessage`].
    pub payload: String,
    /// SHA-256 of the payload's bytes.
    pub hash: [u8; 32],
}

/// Makes an operation's bytes. Called once, inside the transaction that records it.
///
/// # Errors
/// [`WireError::Json`], which would be a fault of this program.
pub fn encode(operation: &Operation) -> Result<EncodedOperation, WireError> {
    let payload = serde_json::to_string(&OperationMessage::from(operation)).map_err(|source| {
        WireError::Json {
            message: MESSAGE,
            source,
        }
    })?;
    let hash = hash(&payload);
    Ok(EncodedOperation { payload, hash })
}

/// The bytes of what a person without a terminal did, and their SHA-256.
///
/// # Errors
/// [`WireError::Json`], which would be a fault of this program.
pub fn encode_body(body: &OperationBody) -> Result<EncodedOperation, WireError> {
    let payload =
        serde_json::to_string(&BodyMessage::from(body)).map_err(|source| WireError::Json {
            message: MESSAGE,
            source,
        })?;
    let hash = hash(&payload);
    Ok(EncodedOperation { payload, hash })
}

/// SHA-256 of an operation's bytes.
#[must_use]
pub fn hash(payload: &str) -> [u8; 32] {
    Sha256::digest(payload.as_bytes()).into()
}

/// Reads an operation from its bytes.
///
/// # Errors
/// [`WireError::Json`] or [`WireError::Field`].
pub fn decode(payload: &str) -> Result<Operation, WireError> {
    serde_json::from_str::<OperationMessage>(payload)
        .map_err(|source| WireError::Json {
            message: MESSAGE,
            source,
        })?
        .try_into()
}

#[cfg(test)]
mod tests;
