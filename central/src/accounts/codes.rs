//! Numeric codes: one that binds an app (R2), one that signs in on the web (R5). One use each.

use deadpool_postgres::GenericClient;
use jiff::{SignedDuration, Timestamp};
use rand::Rng as _;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::CentralError;

/// What a code does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePurpose {
    /// Binds an app (R2): twelve digits, ten minutes.
    Device,
    /// Signs in on the web (R5): eight digits, five minutes, five tries.
    OneTime,
}

impl CodePurpose {
    const fn word(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::OneTime => "one-time",
        }
    }

    const fn digits(self) -> usize {
        match self {
            Self::Device => 12,
            Self::OneTime => 8,
        }
    }

    const fn lasts(self) -> SignedDuration {
        match self {
            Self::Device => SignedDuration::from_mins(10),
            Self::OneTime => SignedDuration::from_mins(5),
        }
    }
}

/// Wrong tries a one-time code bears.
const TRIES: i32 = 5;

/// A code just made, told once.
pub struct MadeCode {
    /// Digits only.
    pub digits: String,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// Makes a code; an earlier one of the same purpose ends.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn make(
    client: &impl GenericClient,
    person: Uuid,
    purpose: CodePurpose,
    now: Timestamp,
) -> Result<MadeCode, CentralError> {
    let during = "making a code";
    let mut random = rand::rngs::OsRng;
    let digits: String = (0..purpose.digits())
        .map(|_| char::from(b'0' + random.gen_range(0..10_u8)))
        .collect();
    let expires_at = now.checked_add(purpose.lasts()).unwrap_or(Timestamp::MAX);
    let statement = client
        .prepare_cached(
            "INSERT INTO number_codes (person_id, purpose, code_hash, tries_left, expires_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person_id, purpose) DO UPDATE SET \
             code_hash = excluded.code_hash, tries_left = excluded.tries_left, \
             expires_at = excluded.expires_at, used_at = NULL",
        )
        .await
        .map_err(CentralError::database(during))?;
    client
        .execute(
            &statement,
            &[
                &person,
                &purpose.word(),
                &hash(purpose, &digits).as_slice(),
                &TRIES,
                &expires_at,
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    Ok(MadeCode { digits, expires_at })
}

/// The digits of a code as people type them: in groups, with spaces or hyphens.
#[must_use]
pub fn plain(typed: &str) -> String {
    typed
        .chars()
        .filter(|character| !matches!(character, ' ' | '-'))
        .collect()
}

/// Uses a device code up: whose it was. Of two at the same moment one gets it.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn use_device_code(
    client: &impl GenericClient,
    digits: &str,
    now: Timestamp,
) -> Result<Option<Uuid>, CentralError> {
    client
        .query_opt(
            "UPDATE number_codes SET used_at = $2 WHERE purpose = 'device' AND code_hash = $1 \
             AND used_at IS NULL AND expires_at > $2 RETURNING person_id",
            &[&hash(CodePurpose::Device, digits).as_slice(), &now],
        )
        .await
        .map(|row| row.map(|row| row.get(0)))
        .map_err(CentralError::database("using a device code"))
}

/// Tries a person's one-time code: each try counts before it is looked at.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn try_one_time(
    client: &impl GenericClient,
    person: Uuid,
    digits: &str,
    now: Timestamp,
) -> Result<bool, CentralError> {
    let during = "trying a one-time code";
    let counted = client
        .execute(
            "UPDATE number_codes SET tries_left = tries_left - 1 WHERE person_id = $1 \
             AND purpose = 'one-time' AND used_at IS NULL AND expires_at > $2 AND tries_left > 0",
            &[&person, &now],
        )
        .await
        .map_err(CentralError::database(during))?;
    let used = client
        .execute(
            "UPDATE number_codes SET used_at = $2 WHERE person_id = $1 AND purpose = 'one-time' \
             AND used_at IS NULL AND expires_at > $2 AND code_hash = $3 AND $4",
            &[
                &person,
                &now,
                &hash(CodePurpose::OneTime, digits).as_slice(),
                &(counted == 1),
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    Ok(used == 1)
}

/// Short codes are guessed from any hash; it keeps them out of casual sight for their minutes.
fn hash(purpose: CodePurpose, digits: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(purpose.word());
    hash.update(digits.as_bytes());
    hash.finalize().into()
}
