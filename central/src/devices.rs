//! Terminals: one-time enrolment codes, keys and epochs, quarantine.

use deadpool_postgres::{GenericClient, Pool, Transaction};
use domain::channel::Channel;
use domain::operation::DeviceId;
use ed25519_dalek::VerifyingKey;
use jiff::{SignedDuration, Timestamp};
use rand::{CryptoRng, Rng, RngCore};
use sha2::{Digest as _, Sha256};
use wire::enrolment::{Enrolment, StoreMessage};
use wire::signature::KeyId;

use crate::{CentralError, database};

/// How long an enrolment code can be used.
pub const CODE_VALID: SignedDuration = SignedDuration::from_hours(14 * 24);

/// A terminal as a request's signature names it.
#[derive(Debug, Clone)]
pub struct Terminal {
    /// Device and epoch of the key.
    pub key_id: KeyId,
    /// The key registered for that epoch.
    pub public_key: VerifyingKey,
    /// The epoch that is current now.
    pub current_epoch: u32,
    /// Whether it is quarantined.
    pub quarantined: bool,
    /// When this epoch began.
    pub enrolled_at: Timestamp,
    /// The store it stands in.
    pub store: String,
    /// By its role: a store's kiosk or a counter.
    pub channel: Channel,
}

/// The terminal with this key; `None` when none was ever registered under that name.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn find(
    client: &impl GenericClient,
    key_id: KeyId,
) -> Result<Option<Terminal>, CentralError> {
    let during = "looking up a terminal";
    let statement = client
        .prepare_cached(
            "SELECT entry.public_key, entry.enrolled_at, device.epoch, device.store_id, \
             device.quarantined_at IS NOT NULL, device.role FROM device_keys AS entry \
             JOIN devices AS device ON device.device_id = entry.device_id \
             WHERE entry.device_id = $1 AND entry.epoch = $2",
        )
        .await
        .map_err(CentralError::database(during))?;
    let Ok(epoch) = i32::try_from(key_id.epoch) else {
        return Ok(None);
    };
    let row = client
        .query_opt(&statement, &[&number(key_id.device), &epoch])
        .await
        .map_err(CentralError::database(during))?;
    row.map(|row| {
        let bytes: [u8; 32] = row.get::<_, &[u8]>(0).try_into().unwrap_or_default();
        Ok(Terminal {
            key_id,
            public_key: VerifyingKey::from_bytes(&bytes).map_err(|_| CentralError::Stored {
                what: "key of a terminal",
            })?,
            current_epoch: row.get::<_, i32>(2).unsigned_abs(),
            quarantined: row.get(4),
            enrolled_at: row.get(1),
            store: row.get(3),
            channel: Channel::from_code(row.get(5)).ok_or(CentralError::Stored {
                what: "role of a terminal",
            })?,
        })
    })
    .transpose()
}

/// A device's number as the database keeps it.
pub(crate) fn number(device: DeviceId) -> i32 {
    i32::try_from(device.get()).unwrap_or(i32::MAX)
}

/// Makes a one-time code for a terminal; a terminal that does not exist yet is made in `store`.
/// Its `role` is kept where none is given; a new terminal is a store's kiosk.
///
/// # Errors
/// [`CentralError::UnknownDevice`] for a new terminal without a store,
/// [`CentralError::UnknownStore`], or those of the database.
pub async fn make_code(
    pool: &Pool,
    device: DeviceId,
    store: Option<&str>,
    role: Option<Channel>,
    random: &mut (impl RngCore + CryptoRng),
    now: Timestamp,
) -> Result<String, CentralError> {
    let during = "making an enrolment code";
    let client = database::connection(pool).await?;
    if let Some(store) = store {
        let made = client
            .execute(
                "INSERT INTO devices (device_id, store_id) SELECT $1, store_id FROM stores \
                 WHERE store_id = $2 ON CONFLICT (device_id) DO UPDATE \
                 SET store_id = excluded.store_id",
                &[&number(device), &store],
            )
            .await
            .map_err(CentralError::database(during))?;
        if made == 0 {
            let store = store.to_owned();
            return Err(CentralError::UnknownStore { store });
        }
    }
    if let Some(role) = role {
        client
            .execute(
                "UPDATE devices SET role = $2 WHERE device_id = $1",
                &[&number(device), &role.code()],
            )
            .await
            .map_err(CentralError::database(during))?;
    }
    let code = random_code(random);
    let stored = client
        .execute(
            "INSERT INTO enrolment_codes (code_hash, device_id, expires_at) \
             SELECT $1, device_id, $3 FROM devices WHERE device_id = $2",
            &[&code_hash(&code), &number(device), &(now + CODE_VALID)],
        )
        .await
        .map_err(CentralError::database(during))?;
    if stored == 0 {
        let device = device.get();
        return Err(CentralError::UnknownDevice { device });
    }
    Ok(code)
}

/// Three groups of four, a `-` between them, of 32 letters and digits that are not mistaken for one
/// another: 60 bits.
fn random_code(random: &mut impl RngCore) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut code = String::with_capacity(14);
    for place in 0..12 {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(ALPHABET[random.gen_range(0..ALPHABET.len())]));
    }
    code
}

/// Only a code's hash is kept. Case, spaces and hyphens do not matter.
fn code_hash(code: &str) -> Vec<u8> {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_uppercase())
        .collect();
    Sha256::digest(plain.as_bytes()).to_vec()
}

/// Enrols a terminal: the code is used up, the epoch rises, the sequence begins at 1, a
/// quarantine ends. The same code with the same key again gives the same answer, for a terminal
/// that did not hear the first. `None` when the code is unknown, used or expired.
///
/// # Errors
/// Those of the database.
pub async fn enrol(
    pool: &Pool,
    code: &str,
    key: &VerifyingKey,
    now: Timestamp,
) -> Result<Option<Enrolment>, CentralError> {
    database::with_retry(|| enrol_once(pool, code, key, now)).await
}

async fn enrol_once(
    pool: &Pool,
    code: &str,
    key: &VerifyingKey,
    now: Timestamp,
) -> Result<Option<Enrolment>, CentralError> {
    let during = "enrolling a terminal";
    let mut client = database::connection(pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let (hash, key) = (code_hash(code), key.as_bytes().as_slice());
    let used = transaction
        .query_opt(
            "UPDATE enrolment_codes SET used_at = $2, used_key = $3 \
             WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING device_id",
            &[&hash, &now, &key],
        )
        .await
        .map_err(CentralError::database(during))?;
    let Some(row) = used else {
        return answered_before(&transaction, &hash, key).await;
    };
    let device: i32 = row.get(0);
    let row = transaction
        .query_one(
            "UPDATE devices SET epoch = epoch + 1, next_seq = 1, quarantined_at = NULL, \
             quarantine_reason = NULL WHERE device_id = $1 RETURNING epoch",
            &[&device],
        )
        .await
        .map_err(CentralError::database(during))?;
    let epoch: i32 = row.get(0);
    transaction
        .execute(
            "INSERT INTO device_keys (device_id, epoch, public_key, enrolled_at) \
             VALUES ($1, $2, $3, $4)",
            &[&device, &epoch, &key, &now],
        )
        .await
        .map_err(CentralError::database(during))?;
    transaction
        .execute(
            "UPDATE enrolment_codes SET epoch = $2 WHERE code_hash = $1",
            &[&hash, &epoch],
        )
        .await
        .map_err(CentralError::database(during))?;
    let enrolment = answered_before(&transaction, &hash, key).await?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(enrolment)
}

/// The answer given to a code that was used with this key, as long as its epoch is current.
async fn answered_before(
    transaction: &Transaction<'_>,
    hash: &[u8],
    key: &[u8],
) -> Result<Option<Enrolment>, CentralError> {
    let row = transaction
        .query_opt(
            "SELECT device.device_id, device.epoch, store.store_id, store.area, store.name, \
             store.name_english FROM enrolment_codes AS code \
             JOIN devices AS device ON device.device_id = code.device_id \
             AND device.epoch = code.epoch \
             JOIN stores AS store ON store.store_id = device.store_id \
             WHERE code.code_hash = $1 AND code.used_key = $2",
            &[&hash, &key],
        )
        .await
        .map_err(CentralError::database("reading an enrolment"))?;
    Ok(row.map(|row| Enrolment {
        device: row.get::<_, i32>(0).unsigned_abs(),
        epoch: row.get::<_, i32>(1).unsigned_abs(),
        store: StoreMessage {
            id: row.get(2),
            area: row.get(3),
            name: row.get(4),
            name_english: row.get(5),
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;

    /// Protects technicians: a code read over the phone works in any case and with any spacing.
    #[test]
    fn codes_are_forgiving_to_read() {
        let code = random_code(&mut rand_chacha::ChaCha20Rng::seed_from_u64(1));
        assert_eq!(code.len(), 14);
        assert_eq!(
            code_hash(&code),
            code_hash(&code.to_lowercase().replace('-', " "))
        );
        assert_ne!(code_hash(&code), code_hash("AAAA-AAAA-AAAA"));
    }
}
