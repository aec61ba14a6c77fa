//! Sessions of people who signed in on the web or in the app: ten minutes (I10), known by a token
//! of which only the hash is stored.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use deadpool_postgres::GenericClient;
use domain::channel::Channel;
use jiff::{SignedDuration, Timestamp};
use rand::RngCore as _;
use rand::rngs::OsRng;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::CentralError;

/// How long a session lasts from signing in; nothing prolongs it (I10).
pub const LASTS: SignedDuration = SignedDuration::from_mins(10);
/// Sessions a person has at once; the oldest end for a newer one.
const AT_ONCE_MAX: i64 = 5;

/// What a client shows to be known again: 256 random bits.
pub struct SessionToken(Zeroizing<String>);

impl SessionToken {
    /// A new one from the system's randomness.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        OsRng.fill_bytes(bytes.as_mut_slice());
        Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice())))
    }

    /// The text itself, for the answer to the person it belongs to.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SessionToken(…)")
    }
}

/// SHA-256 of a token, the session's name in the database.
pub type TokenHash = [u8; 32];

/// What a token is stored as. It holds 256 random bits, so a plain hash cannot be searched.
#[must_use]
pub fn hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

/// Somebody's session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Its name in the database.
    pub hash: TokenHash,
    /// Whose it is.
    pub person: Uuid,
    /// Web or app.
    pub channel: Channel,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// A session that was just opened.
#[derive(Debug)]
pub struct Opened {
    /// Shown once, to the person.
    pub token: SessionToken,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Opens a session for a person who proved who they are, on [`Channel::Web`] or [`Channel::App`].
/// Of more than five at once the oldest end.
///
/// # Errors
/// [`CentralError::Database`]; also for another channel, which the table refuses.
pub async fn open(
    client: &impl GenericClient,
    person: Uuid,
    channel: Channel,
    now: Timestamp,
) -> Result<Opened, CentralError> {
    let during = "opening a session";
    let token = SessionToken::random();
    let expires_at = now + LASTS;
    let insert = client
        .prepare_cached(
            "INSERT INTO sessions (token_hash, person_id, channel, opened_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .await
        .map_err(CentralError::database(during))?;
    let token_hash = hash(token.reveal());
    client
        .execute(
            &insert,
            &[
                &token_hash.as_slice(),
                &person,
                &channel.code(),
                &now,
                &expires_at,
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    let end_oldest = client
        .prepare_cached(
            "DELETE FROM sessions WHERE token_hash IN (SELECT token_hash FROM sessions \
             WHERE person_id = $1 ORDER BY opened_at DESC, token_hash OFFSET $2)",
        )
        .await
        .map_err(CentralError::database(during))?;
    client
        .execute(&end_oldest, &[&person, &AT_ONCE_MAX])
        .await
        .map_err(CentralError::database(during))?;
    Ok(Opened { token, expires_at })
}

/// The session of a token, while it lasts.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn find(
    client: &impl GenericClient,
    token: &str,
    now: Timestamp,
) -> Result<Option<Session>, CentralError> {
    let during = "looking up a session";
    let statement = client
        .prepare_cached(
            "SELECT person_id, channel, expires_at FROM sessions \
             WHERE token_hash = $1 AND expires_at > $2",
        )
        .await
        .map_err(CentralError::database(during))?;
    let hash = hash(token);
    client
        .query_opt(&statement, &[&hash.as_slice(), &now])
        .await
        .map_err(CentralError::database(during))?
        .map(|row| {
            Ok(Session {
                hash,
                person: row.get(0),
                channel: Channel::from_code(row.get(1)).ok_or(CentralError::Stored {
                    what: "channel of a session",
                })?,
                expires_at: row.get(2),
            })
        })
        .transpose()
}

/// Ends a session: the person signed out.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn close(client: &impl GenericClient, hash: &TokenHash) -> Result<(), CentralError> {
    client
        .execute(
            "DELETE FROM sessions WHERE token_hash = $1",
            &[&hash.as_slice()],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database("ending a session"))
}

/// Ends every session of a person: their password changed (R4).
///
/// # Errors
/// [`CentralError::Database`].
pub async fn close_all(client: &impl GenericClient, person: Uuid) -> Result<(), CentralError> {
    client
        .execute("DELETE FROM sessions WHERE person_id = $1", &[&person])
        .await
        .map(|_| ())
        .map_err(CentralError::database("ending a person's sessions"))
}

/// Deletes sessions that ended by themselves; gives how many.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn forget_ended(
    client: &impl GenericClient,
    now: Timestamp,
) -> Result<u64, CentralError> {
    client
        .execute("DELETE FROM sessions WHERE expires_at <= $1", &[&now])
        .await
        .map_err(CentralError::database("deleting ended sessions"))
}
