//! Sessions of people on the web and in the app: ten minutes from sign-in (I10).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use deadpool_postgres::GenericClient;
use domain::channel::Channel;
use domain::sign_in::{SESSION_S, SignInWay};
use domain::{CardNumber, PersonName, PersonNumber};
use jiff::{SignedDuration, Timestamp};
use rand::RngCore as _;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::CentralError;

/// Where a session begun this way is used (I9).
#[must_use]
pub const fn channel(way: SignInWay) -> Channel {
    if way.holds_at(Channel::App) {
        Channel::App
    } else {
        Channel::Web
    }
}

/// A session just begun. The token is told once and never stored.
pub struct Begun {
    /// For `Authorization: Bearer`.
    pub token: String,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// A running session and whose it is.
#[derive(Debug, Clone)]
pub struct Session {
    /// The centre's id of the person.
    pub person: Uuid,
    /// Web or app.
    pub channel: Channel,
    /// The number on the card.
    pub number: PersonNumber,
    /// The newest card.
    pub card: CardNumber,
    /// The name.
    pub name: PersonName,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// What the database knows it by.
    pub token_hash: [u8; 32],
}

/// 256 random bits as text, and the hash that is stored of it.
#[must_use]
pub fn new_token() -> (String, [u8; 32]) {
    let mut bytes = [0; 32];
    rand::rngs::OsRng.fill_bytes(&mut bytes);
    let token = URL_SAFE_NO_PAD.encode(bytes);
    let hash = token_hash(&token);
    (token, hash)
}

/// The hash stored of a token.
#[must_use]
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Begins a session.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn begin(
    client: &impl GenericClient,
    person: Uuid,
    way: SignInWay,
    now: Timestamp,
) -> Result<Begun, CentralError> {
    let during = "beginning a session";
    let (token, hash) = new_token();
    let expires_at = now
        .checked_add(SignedDuration::from_secs(i64::from(SESSION_S)))
        .unwrap_or(Timestamp::MAX);
    let statement = client
        .prepare_cached(
            "INSERT INTO sessions (token_hash, person_id, channel, way, started_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .await
        .map_err(CentralError::database(during))?;
    client
        .execute(
            &statement,
            &[
                &hash.as_slice(),
                &person,
                &channel(way).code(),
                &way.code(),
                &now,
                &expires_at,
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    Ok(Begun { token, expires_at })
}

/// The running session with this token.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn find(
    client: &impl GenericClient,
    token: &str,
    now: Timestamp,
) -> Result<Option<Session>, CentralError> {
    let during = "finding a session";
    let token_hash = token_hash(token);
    let statement = client
        .prepare_cached(
            "SELECT session.person_id, session.channel, session.expires_at, person.number, \
             person.card, person.name FROM sessions AS session \
             JOIN people AS person ON person.person_id = session.person_id \
             WHERE session.token_hash = $1 AND session.ended_at IS NULL AND session.expires_at > $2",
        )
        .await
        .map_err(CentralError::database(during))?;
    let row = client
        .query_opt(&statement, &[&token_hash.as_slice(), &now])
        .await
        .map_err(CentralError::database(during))?;
    let stored = || CentralError::Stored { what: "session" };
    row.map(|row| {
        Ok(Session {
            person: row.get(0),
            channel: Channel::from_code(row.get(1)).ok_or_else(stored)?,
            expires_at: row.get(2),
            number: PersonNumber::parse(row.get(3)).map_err(|_| stored())?,
            card: CardNumber::parse(row.get(4)).map_err(|_| stored())?,
            name: PersonName::new(row.get(5)),
            token_hash,
        })
    })
    .transpose()
}

/// Ends one session.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn end(
    client: &impl GenericClient,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<(), CentralError> {
    client
        .execute(
            "UPDATE sessions SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL",
            &[&token_hash.as_slice(), &now],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database("ending a session"))
}

/// Ends all sessions of a person, whose password or app changed.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn end_all(
    client: &impl GenericClient,
    person: Uuid,
    now: Timestamp,
) -> Result<(), CentralError> {
    client
        .execute(
            "UPDATE sessions SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL",
            &[&person, &now],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database("ending sessions"))
}

/// Deletes what ended long ago: sessions, captchas, links, numeric codes, notices that were sent.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn forget_old(client: &impl GenericClient, now: Timestamp) -> Result<u64, CentralError> {
    const DAY: SignedDuration = SignedDuration::from_hours(24);
    const MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);
    let before = |age| now.checked_sub(age).unwrap_or(Timestamp::MIN);
    let mut forgotten = 0;
    for (statement, limit) in [
        ("DELETE FROM sessions WHERE expires_at < $1", before(DAY)),
        ("DELETE FROM captchas WHERE expires_at < $1", now),
        ("DELETE FROM link_codes WHERE expires_at < $1", before(DAY)),
        (
            "DELETE FROM number_codes WHERE expires_at < $1",
            before(DAY),
        ),
        ("DELETE FROM notices WHERE sent_at < $1", before(MONTH)),
    ] {
        forgotten += client
            .execute(statement, &[&limit])
            .await
            .map_err(CentralError::database("forgetting what ended"))?;
    }
    Ok(forgotten)
}
