//! What a signed-in person does without a terminal, exactly once by person and key.

use domain::channel::Channel;
use domain::operation::{OperationBody, Outcome};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use wire::operation;

use super::group::{Answer, Job};
use crate::CentralError;
use crate::http::Centre;

/// An operation of a signed-in person.
pub struct PersonAct {
    /// Web or app (C3).
    pub channel: Channel,
    /// The centre's own id of the person.
    pub person: Uuid,
    /// The request's `Idempotency-Key`.
    pub key: Uuid,
    /// What a terminal would have recorded.
    pub body: OperationBody,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonReply {
    /// The result.
    pub outcome: Outcome,
    /// What the person can quote: `W-7KQ4-M2XP-9DTA`, never the form of a terminal's.
    pub receipt: String,
}

/// Applies it, gathered with what others ask. The same key with the same body is answered from
/// the record.
///
/// # Errors
/// [`CentralError::KeyReused`] for the same key with another body, [`CentralError::Busy`] where too
/// many wait already; those of the database, after which nothing was done and the same can be
/// asked again.
pub async fn person(centre: &Centre, act: PersonAct) -> Result<PersonReply, CentralError> {
    let encoded = operation::encode_body(&act.body)?;
    match centre.lanes.ask(Job::Person { act, encoded }).await? {
        Answer::Person(reply) => Ok(reply),
        Answer::Batch(_) => Err(CentralError::Stored { what: "answer" }),
    }
}

/// 60 bits of a hash in letters and digits that are not mistaken for one another. A terminal's
/// receipt begins with a digit.
pub(super) fn receipt(person: Uuid, key: Uuid) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut hash = Sha256::new();
    hash.update(person.as_bytes());
    hash.update(key.as_bytes());
    let mut text = String::from("W");
    for (place, byte) in hash.finalize().iter().take(12).enumerate() {
        if place % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::operation::OperationId;

    /// Protects people at a hotline: a number from the web is never read as a terminal's, and two
    /// people with the same key have different ones.
    #[test]
    fn a_web_receipt_is_no_terminals() {
        let key = Uuid::from_u128(1);
        let one = receipt(Uuid::from_u128(2), key);
        assert_eq!(one.len(), 16);
        assert_eq!(OperationId::from_receipt(&one), None);
        assert_ne!(one, receipt(Uuid::from_u128(3), key));
        assert_eq!(one, receipt(Uuid::from_u128(2), key));
    }
}
