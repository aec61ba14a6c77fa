//! Captchas (I9): drawn by a port, answered once, within five minutes.

use std::fmt;

use captcha::Captcha;
use captcha::filters::{Dots, Noise, Wave};
use deadpool_postgres::GenericClient;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::CentralError;

/// How long an answer is taken.
const LASTS: SignedDuration = SignedDuration::from_mins(5);
const CHARACTERS: u32 = 5;
const WIDTH_PX: u32 = 220;
const HEIGHT_PX: u32 = 110;

/// A picture and what stands in it.
pub struct Drawn {
    answer: String,
    png: Vec<u8>,
}

/// Draws pictures whose text people read and programs do not.
pub trait Captchas: fmt::Debug + Send + Sync {
    /// A new one.
    ///
    /// # Errors
    /// [`CentralError::Captcha`].
    fn draw(&self) -> Result<Drawn, CentralError>;
}

/// Letters and digits at random, bent and dotted.
#[derive(Debug)]
pub struct DrawnCaptchas;

impl Captchas for DrawnCaptchas {
    fn draw(&self) -> Result<Drawn, CentralError> {
        let mut captcha = Captcha::new();
        captcha.add_chars(CHARACTERS);
        finished(captcha)
    }
}

/// For development: always the same text, so that a script can answer.
#[derive(Debug)]
pub struct KnownCaptchas(pub String);

impl Captchas for KnownCaptchas {
    fn draw(&self) -> Result<Drawn, CentralError> {
        let mut captcha = Captcha::new();
        for character in self.0.chars() {
            captcha.set_chars(&[character]).add_char();
        }
        let drawn = finished(captcha)?;
        Ok(Drawn {
            answer: self.0.clone(),
            ..drawn
        })
    }
}

fn finished(mut captcha: Captcha) -> Result<Drawn, CentralError> {
    captcha
        .apply_filter(Noise::new(0.2))
        .apply_filter(Wave::new(2.0, 12.0).horizontal())
        .apply_filter(Wave::new(2.0, 12.0).vertical())
        .view(WIDTH_PX, HEIGHT_PX)
        .apply_filter(Dots::new(8));
    let answer = captcha.chars_as_string();
    let png = captcha.as_png().ok_or(CentralError::Captcha)?;
    Ok(Drawn { answer, png })
}

/// Keeps a drawn captcha's answer; returns its id and picture.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn keep(
    client: &impl GenericClient,
    drawn: Drawn,
    now: Timestamp,
) -> Result<(Uuid, Vec<u8>, Timestamp), CentralError> {
    let id = Uuid::now_v7();
    let expires_at = now.checked_add(LASTS).unwrap_or(Timestamp::MAX);
    client
        .execute(
            "INSERT INTO captchas (captcha_id, answer_hash, expires_at) VALUES ($1, $2, $3)",
            &[&id, &hash(id, &drawn.answer).as_slice(), &expires_at],
        )
        .await
        .map_err(CentralError::database("keeping a captcha"))?;
    Ok((id, drawn.png, expires_at))
}

/// Takes an answer: right or wrong, the captcha is used up.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn answer(
    client: &impl GenericClient,
    id: Uuid,
    answer: &str,
    now: Timestamp,
) -> Result<bool, CentralError> {
    let row = client
        .query_opt(
            "DELETE FROM captchas WHERE captcha_id = $1 RETURNING answer_hash, expires_at",
            &[&id],
        )
        .await
        .map_err(CentralError::database("taking a captcha's answer"))?;
    Ok(row.is_some_and(|row| {
        row.get::<_, &[u8]>(0) == hash(id, answer) && row.get::<_, Timestamp>(1) > now
    }))
}

/// Letters count alike in both cases: nobody can tell them apart in a bent picture.
fn hash(id: Uuid, answer: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(id.as_bytes());
    hash.update(answer.trim().to_lowercase().as_bytes());
    hash.finalize().into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects I9: each picture has another text, a PNG, and its answer in any case.
    #[test]
    fn i9_a_captcha_is_a_picture_of_its_answer() {
        let (one, other) = (DrawnCaptchas.draw().unwrap(), DrawnCaptchas.draw().unwrap());
        assert!(one.png.starts_with(b"\x89PNG") && one.answer.len() == 5);
        assert!(one.answer != other.answer && one.png != other.png);
        let id = Uuid::now_v7();
        assert_eq!(hash(id, &one.answer), hash(id, &one.answer.to_uppercase()));
        let known = KnownCaptchas("abcd".to_owned()).draw().unwrap();
        assert!(known.answer == "abcd" && known.png.starts_with(b"\x89PNG"));
    }
}
