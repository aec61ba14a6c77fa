//! What a signed-in person does without a terminal, exactly once by person and key.

use domain::channel::Channel;
use domain::operation::{OperationBody, Outcome};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use wire::operation;

use super::{Context, record};
use crate::http::Centre;
use crate::{CentralError, database};

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

/// Applies it. The same key with the same body is answered from the record.
///
/// # Errors
/// [`CentralError::KeyReused`] for the same key with another body; those of the database, after
/// which nothing was done and the same can be asked again.
pub async fn person(centre: &Centre, act: PersonAct) -> Result<PersonReply, CentralError> {
    let encoded = operation::encode_body(&act.body)?;
    database::with_retry(|| once(centre, &act, &encoded)).await
}

async fn once(
    centre: &Centre,
    act: &PersonAct,
    encoded: &operation::EncodedOperation,
) -> Result<PersonReply, CentralError> {
    let during = "applying a person's operation";
    let now = centre.clock.now();
    let mut client = database::connection(&centre.pool).await?;
    let published = centre.campaigns.newest(&client).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let known = transaction
        .prepare_cached(
            "SELECT hash, outcome, reason, number, receipt FROM person_operations \
             WHERE person_id = $1 AND key = $2",
        )
        .await
        .map_err(CentralError::database(during))?;
    let known = transaction
        .query_opt(&known, &[&act.person, &act.key])
        .await
        .map_err(CentralError::database(during))?;
    if let Some(row) = known {
        if row.get::<_, &[u8]>(0) != encoded.hash {
            return Err(CentralError::KeyReused);
        }
        let stored = || CentralError::Stored { what: "operation" };
        let outcome =
            record::read_outcome(row.get(1), row.get(2), row.get(3)).ok_or_else(stored)?;
        return Ok(PersonReply {
            outcome: outcome.try_into()?,
            receipt: row.get(4),
        });
    }
    let receipt = receipt(act.person, act.key);
    let context = Context {
        transaction: &transaction,
        published: published.as_deref(),
        channel: act.channel,
        store: None,
        receipt: &receipt,
        judged_at: now,
        now,
    };
    let outcome = context.apply(&act.body).await?;
    let (word, reason, number) = record::words(&outcome);
    let keep = transaction
        .prepare_cached(
            "INSERT INTO person_operations (person_id, key, channel, kind, hash, payload, outcome, \
             reason, number, receipt, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
             ON CONFLICT (person_id, key) DO NOTHING",
        )
        .await
        .map_err(CentralError::database(during))?;
    let kept = transaction
        .execute(
            &keep,
            &[
                &act.person,
                &act.key,
                &act.channel.code(),
                &record::kind(&act.body),
                &encoded.hash.as_slice(),
                &encoded.payload,
                &word,
                &reason,
                &number,
                &receipt,
                &now,
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    if kept == 0 {
        // The same request was sent twice at once, and the other was first.
        return Err(CentralError::Raced);
    }
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(PersonReply { outcome, receipt })
}

/// 60 bits of a hash in letters and digits that are not mistaken for one another. A terminal's
/// receipt begins with a digit.
fn receipt(person: Uuid, key: Uuid) -> String {
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
