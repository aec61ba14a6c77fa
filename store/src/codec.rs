//! How operations become bytes and back: given at opening, because the database does not know the
//! wire.

use domain::operation::Operation;

use crate::StoreError;
use crate::error::CodecError;

/// The bytes of an operation, made once.
#[derive(Clone)]
pub struct Encoded {
    /// What is stored and sent.
    pub payload: String,
    /// SHA-256 of the payload's bytes.
    pub hash: [u8; 32],
}

/// The two directions.
#[derive(Clone, Copy)]
pub struct Codec {
    /// Makes the bytes; called once an operation, inside the transaction that records it.
    pub encode: fn(&Operation) -> Result<Encoded, CodecError>,
    /// Reads them; called when a new epoch records unanswered operations again.
    pub decode: fn(&str) -> Result<Operation, CodecError>,
}

impl Codec {
    pub(crate) fn encode(&self, operation: &Operation) -> Result<Encoded, StoreError> {
        (self.encode)(operation).map_err(StoreError::codec("made"))
    }

    pub(crate) fn decode(&self, payload: &str) -> Result<Operation, StoreError> {
        (self.decode)(payload).map_err(StoreError::codec("read"))
    }
}
