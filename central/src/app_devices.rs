//! Apps bound to a person (R2): each has a key of its own, made on the phone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use deadpool_postgres::{GenericClient, Transaction};
use ed25519_dalek::{Signature, VerifyingKey};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::CentralError;

/// How far a phone's clock may be off.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(1);

/// Binds an app's key to a person.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn bind(
    client: &impl GenericClient,
    person: Uuid,
    key: &VerifyingKey,
    now: Timestamp,
) -> Result<Uuid, CentralError> {
    let id = Uuid::now_v7();
    client
        .execute(
            "INSERT INTO app_devices (app_device_id, person_id, public_key, bound_at, signed_at) \
             VALUES ($1, $2, $3, $4, '1970-01-01T00:00:00Z')",
            &[&id, &person, &key.as_bytes().as_slice(), &now],
        )
        .await
        .map_err(CentralError::database("binding an app"))?;
    Ok(id)
}

/// The apps bound to a person and since when, the newest first.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn of_person(
    client: &impl GenericClient,
    person: Uuid,
) -> Result<Vec<(Uuid, Timestamp)>, CentralError> {
    let during = "listing a person's apps";
    let statement = client
        .prepare_cached(
            "SELECT app_device_id, bound_at FROM app_devices WHERE person_id = $1 \
             ORDER BY bound_at DESC, app_device_id",
        )
        .await
        .map_err(CentralError::database(during))?;
    let rows = client
        .query(&statement, &[&person])
        .await
        .map_err(CentralError::database(during))?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Ends a binding, and with it the sessions of apps and a code the app may still show. False where the
/// person has no such app.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn unbind(
    transaction: &Transaction<'_>,
    person: Uuid,
    device: Uuid,
    now: Timestamp,
) -> Result<bool, CentralError> {
    let during = "ending an app's binding";
    let unbound = transaction
        .execute(
            "DELETE FROM app_devices WHERE app_device_id = $1 AND person_id = $2",
            &[&device, &person],
        )
        .await
        .map_err(CentralError::database(during))?;
    if unbound == 0 {
        return Ok(false);
    }
    transaction
        .execute(
            "DELETE FROM number_codes WHERE person_id = $1 AND purpose = 'one-time'",
            &[&person],
        )
        .await
        .map_err(CentralError::database(during))?;
    transaction
        .execute(
            "UPDATE sessions SET ended_at = $2 \
             WHERE person_id = $1 AND channel = 'app' AND ended_at IS NULL",
            &[&person, &now],
        )
        .await
        .map_err(CentralError::database(during))?;
    Ok(true)
}

/// Whose app signed this message, if the signature holds, the moment is now and none before it was
/// as late: so each message counts once.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn verify(
    client: &impl GenericClient,
    device: Uuid,
    message: &str,
    signature: &str,
    signed_at: Timestamp,
    now: Timestamp,
) -> Result<Option<Uuid>, CentralError> {
    let during = "signing an app in";
    let row = client
        .query_opt(
            "SELECT person_id, public_key FROM app_devices WHERE app_device_id = $1",
            &[&device],
        )
        .await
        .map_err(CentralError::database(during))?;
    let Some(row) = row else { return Ok(None) };
    let holds = || {
        let key: [u8; 32] = row.get::<_, &[u8]>(1).try_into().ok()?;
        let key = VerifyingKey::from_bytes(&key).ok()?;
        let signature = Signature::from_slice(&STANDARD.decode(signature).ok()?).ok()?;
        key.verify_strict(message.as_bytes(), &signature).ok()
    };
    if now.duration_since(signed_at).abs() > TOLERANCE || holds().is_none() {
        return Ok(None);
    }
    let first = client
        .execute(
            "UPDATE app_devices SET signed_at = $2 WHERE app_device_id = $1 AND signed_at < $2",
            &[&device, &signed_at],
        )
        .await
        .map_err(CentralError::database(during))?;
    Ok((first == 1).then(|| row.get(0)))
}
