//! What can be wrong with a message.

/// A message that cannot be taken. None holds a person's data.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// Not JSON of the expected shape.
    #[error("the {message} is not JSON of the expected shape")]
    Json {
        /// Which message.
        message: &'static str,
        /// Where the parser stopped.
        #[source]
        source: serde_json::Error,
    },
    /// A field holds a value no such field can have.
    #[error("the field {field} of the {message} holds a value that cannot be")]
    Field {
        /// Which message.
        message: &'static str,
        /// Which field.
        field: &'static str,
    },
    /// The signature is missing, of another key or over other bytes.
    #[error("the {message} is not signed by the expected key")]
    Signature {
        /// Which message.
        message: &'static str,
    },
    /// The hash of the bytes is not the one stated.
    #[error("the bytes of the {message} do not have the stated hash")]
    Hash {
        /// Which message.
        message: &'static str,
    },
    /// The signature is too old or from the future.
    #[error("the signature of the {message} was made at another time")]
    Stale {
        /// Which message.
        message: &'static str,
    },
    /// A key does not parse.
    #[error("the {key} is not a usable ed25519 key")]
    Key {
        /// Which key.
        key: &'static str,
    },
}
