//! Pictures with letters that a program reads less easily than a person (I9), by crate `captcha`.
//! Its letters, places and noise come from `rand`'s generator that the system's randomness seeds.

use captcha::Captcha;
use captcha::filters::{Dots, Noise, Wave};
use deadpool_postgres::GenericClient;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::CentralError;

/// How long an answer is taken.
pub const VALID: SignedDuration = SignedDuration::from_mins(5);
const LETTERS: u32 = 5;
const WIDTH_PX: u32 = 260;
const HEIGHT_PX: u32 = 120;
/// Letters nobody takes for one another, small or capital.
const CLEAR: &str = "abcdefhkmnpqrtuvwxy34678ABCDEFGHKMNPQRTUVWXY";

/// Where captchas come from.
#[derive(Debug, Clone, Default)]
pub enum Source {
    /// Random letters.
    #[default]
    Random,
    /// For development and tests: random pictures, and this answer instead of what they show.
    Known(String),
}

/// A captcha as it is shown.
#[derive(Debug)]
pub struct Shown {
    /// Its name.
    pub id: Uuid,
    /// A PNG.
    pub image: Vec<u8>,
    /// Until when an answer is taken.
    pub expires_at: Timestamp,
}

/// Draws a captcha and keeps its answer, hashed.
///
/// # Errors
/// [`CentralError::Captcha`] or [`CentralError::Database`].
pub async fn make(
    client: &impl GenericClient,
    source: &Source,
    now: Timestamp,
) -> Result<Shown, CentralError> {
    let (drawn, image) = tokio::task::spawn_blocking(draw)
        .await
        .ok()
        .flatten()
        .ok_or(CentralError::Captcha)?;
    let answer = match source {
        Source::Random => drawn.as_str(),
        Source::Known(answer) => answer,
    };
    let shown = Shown {
        id: Uuid::from_u128(rand::random()),
        image,
        expires_at: now + VALID,
    };
    let during = "keeping a captcha";
    let statement = client
        .prepare_cached(
            "INSERT INTO captchas (captcha_id, answer_hash, expires_at) VALUES ($1, $2, $3)",
        )
        .await
        .map_err(CentralError::database(during))?;
    let hash = hash(shown.id, answer);
    client
        .execute(
            &statement,
            &[&shown.id, &hash.as_slice(), &shown.expires_at],
        )
        .await
        .map_err(CentralError::database(during))?;
    Ok(shown)
}

/// Whether this answers the captcha. Right or wrong, it is used up: nobody tries twice.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn consume(
    client: &impl GenericClient,
    id: Uuid,
    answer: &str,
    now: Timestamp,
) -> Result<bool, CentralError> {
    let during = "using a captcha";
    let statement = client
        .prepare_cached(
            "DELETE FROM captchas WHERE captcha_id = $1 RETURNING answer_hash, expires_at",
        )
        .await
        .map_err(CentralError::database(during))?;
    let row = client
        .query_opt(&statement, &[&id])
        .await
        .map_err(CentralError::database(during))?;
    Ok(row.is_some_and(|row| {
        row.get::<_, &[u8]>(0) == hash(id, answer) && row.get::<_, Timestamp>(1) > now
    }))
}

/// Deletes those nobody answered in time; gives how many.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn forget_old(client: &impl GenericClient, now: Timestamp) -> Result<u64, CentralError> {
    client
        .execute("DELETE FROM captchas WHERE expires_at <= $1", &[&now])
        .await
        .map_err(CentralError::database("deleting old captchas"))
}

/// Capital or small, with spaces or without: what is asked is whether somebody reads.
fn hash(id: Uuid, answer: &str) -> [u8; 32] {
    let letters = answer.chars().filter(|letter| !letter.is_whitespace());
    let answer: String = letters.flat_map(char::to_lowercase).collect();
    let mut hash = Sha256::new();
    hash.update(id.as_bytes());
    hash.update(answer.as_bytes());
    hash.finalize().into()
}

/// The letters and their picture.
fn draw() -> Option<(String, Vec<u8>)> {
    let mut captcha = Captcha::new();
    let supported = captcha.supported_chars();
    let clear: Vec<char> = CLEAR
        .chars()
        .filter(|letter| supported.contains(letter))
        .collect();
    let phase = f64::from(rand::random::<u8>() % 8);
    captcha
        .set_chars(&clear)
        .add_chars(LETTERS)
        .apply_filter(Noise::new(0.2))
        .apply_filter(Wave::new(2.0, 12.0 + phase).horizontal())
        .apply_filter(Wave::new(2.0, 14.0 + phase).vertical())
        .view(WIDTH_PX, HEIGHT_PX)
        .apply_filter(Dots::new(8));
    let (letters, image) = captcha.as_tuple()?;
    (letters.chars().count() == usize::try_from(LETTERS).ok()?).then_some((letters, image))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Protects I9: every captcha is drawn with all its letters, no two are alike, and a person who
    /// types capitals or a space has read it all the same.
    #[test]
    fn i9_captchas_are_drawn_and_differ() {
        let drawn: Vec<_> = (0..40).map(|_| draw().unwrap()).collect();
        let answers: BTreeSet<_> = drawn.iter().map(|(letters, _)| letters).collect();
        assert_eq!(answers.len(), drawn.len());
        for (letters, image) in &drawn {
            assert_eq!(letters.len(), 5);
            assert!(letters.chars().all(|letter| CLEAR.contains(letter)));
            assert!(image.starts_with(b"\x89PNG"));
        }
        let id = Uuid::from_u128(7);
        assert_eq!(hash(id, "aB3dE"), hash(id, " ab3 De"));
        assert_ne!(hash(id, "ab3de"), hash(Uuid::from_u128(8), "ab3de"));
    }
}
