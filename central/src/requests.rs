//! Requests remembered by their `Idempotency-Key`: who sends one again is answered again.

use deadpool_postgres::GenericClient;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::CentralError;

/// After this a request that was never answered is taken for one whose server died: the time limit
/// of a request and a wide margin.
const ABANDONED_AFTER: SignedDuration = SignedDuration::from_secs(60);
/// How long an answer is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Which request it is.
#[derive(Debug, Clone, Copy)]
pub struct RequestId {
    /// SHA-256 over who asks, the method and the path.
    pub scope: [u8; 32],
    /// The `Idempotency-Key`.
    pub key: Uuid,
    /// SHA-256 of the body.
    pub fingerprint: [u8; 32],
}

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`, if there was one.
    pub media_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is known of a request.
#[derive(Debug)]
pub enum Known {
    /// Nothing: do it. It is now noted as begun.
    New,
    /// It is being done at this moment.
    Running,
    /// The key was used with another body.
    OtherBody,
    /// It was done, with this answer.
    Answered(Answer),
}

/// Notes a request as begun, or says what became of it before.
///
/// # Errors
/// Those of the database; nothing is noted then.
pub async fn begin(
    client: &impl GenericClient,
    request: &RequestId,
    now: Timestamp,
) -> Result<Known, CentralError> {
    let during = "noting a request";
    let insert = client
        .prepare_cached(
            "INSERT INTO idempotency_keys AS known (scope, key, fingerprint, started_at) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (scope, key) DO UPDATE \
             SET started_at = excluded.started_at WHERE known.status IS NULL \
             AND known.fingerprint = excluded.fingerprint AND known.started_at < $5",
        )
        .await
        .map_err(CentralError::database(during))?;
    let begun = client
        .execute(
            &insert,
            &[
                &request.scope.as_slice(),
                &request.key,
                &request.fingerprint.as_slice(),
                &now,
                &(now - ABANDONED_AFTER),
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    if begun == 1 {
        return Ok(Known::New);
    }
    let select = client
        .prepare_cached(
            "SELECT fingerprint, status, media_type, body FROM idempotency_keys \
             WHERE scope = $1 AND key = $2",
        )
        .await
        .map_err(CentralError::database(during))?;
    let row = client
        .query_opt(&select, &[&request.scope.as_slice(), &request.key])
        .await
        .map_err(CentralError::database(during))?;
    // Forgotten between the two statements: it is just ending without an answer to keep.
    let Some(row) = row else {
        return Ok(Known::Running);
    };
    if row.get::<_, &[u8]>(0) != request.fingerprint {
        return Ok(Known::OtherBody);
    }
    let status = row
        .get::<_, Option<i16>>(1)
        .and_then(|status| u16::try_from(status).ok());
    Ok(status.map_or(Known::Running, |status| {
        Known::Answered(Answer {
            status,
            media_type: row.get(2),
            body: row.get::<_, Option<Vec<u8>>>(3).unwrap_or_default(),
        })
    }))
}

/// Keeps the answer of a request that was begun.
///
/// # Errors
/// Those of the database.
pub async fn keep(
    client: &impl GenericClient,
    request: &RequestId,
    answer: &Answer,
) -> Result<(), CentralError> {
    let during = "keeping an answer";
    let statement = client
        .prepare_cached(
            "UPDATE idempotency_keys SET status = $3, media_type = $4, body = $5 \
             WHERE scope = $1 AND key = $2",
        )
        .await
        .map_err(CentralError::database(during))?;
    let status = i16::try_from(answer.status).unwrap_or(i16::MAX);
    client
        .execute(
            &statement,
            &[
                &request.scope.as_slice(),
                &request.key,
                &status,
                &answer.media_type,
                &answer.body,
            ],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database(during))
}

/// Forgets a request that was not done, so that the same key can be tried again.
///
/// # Errors
/// Those of the database.
pub async fn forget(client: &impl GenericClient, request: &RequestId) -> Result<(), CentralError> {
    client
        .execute(
            "DELETE FROM idempotency_keys WHERE scope = $1 AND key = $2 AND status IS NULL",
            &[&request.scope.as_slice(), &request.key],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database("forgetting a request"))
}

/// Deletes answers older than a day; gives how many.
///
/// # Errors
/// Those of the database.
pub async fn forget_old(client: &impl GenericClient, now: Timestamp) -> Result<u64, CentralError> {
    client
        .execute(
            "DELETE FROM idempotency_keys WHERE started_at < $1",
            &[&(now - KEPT)],
        )
        .await
        .map_err(CentralError::database("deleting old answers"))
}
