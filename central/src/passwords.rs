//! Passwords at rest: Argon2id in a PHC string, computed away from the threads that serve.

use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use domain::password::Password;
use tokio::sync::Semaphore;

use crate::CentralError;

/// OWASP's first recommendation for Argon2id: 19 MiB, two passes, one lane. A PHC string carries
/// its own, so that raising them leaves older passwords usable.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Computed at once: each takes a processor for some 30 ms and 19 MiB.
const AT_ONCE: usize = 2;
/// How long one waits for its turn before the centre says it is busy.
const WAIT: Duration = Duration::from_secs(5);

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// Stands for the password of whoever has none: comparing with it takes as long as with a real one, so that
/// the time of an answer does not tell who is registered. Nobody's password; its salt is all zeros.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$\
     AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The PHC string to store, with a salt of its own.
///
/// # Errors
/// [`CentralError::Overloaded`] or [`CentralError::PasswordHash`].
pub async fn hash(password: &Password) -> Result<String, CentralError> {
    let password = password.clone();
    computed(move || {
        let hash = hasher()?
            .hash_password(password.reveal().as_bytes())
            .map_err(|_| CentralError::PasswordHash)?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether this is the password of the PHC string; `None` stands for somebody without a password, takes as long
/// and is false.
///
/// # Errors
/// [`CentralError::Overloaded`], [`CentralError::PasswordHash`], or [`CentralError::Stored`] where
/// the string is none.
pub async fn verify(password: &Password, stored: Option<&str>) -> Result<bool, CentralError> {
    use argon2::password_hash::Error;
    let password = password.clone();
    let is_somebody = stored.is_some();
    let stored = stored.unwrap_or(NOBODY).to_owned();
    computed(move || {
        match hasher()?.verify_password(password.reveal().as_bytes(), stored.as_str()) {
            Ok(()) => Ok(is_somebody),
            Err(Error::PasswordInvalid) => Ok(false),
            Err(_) => Err(CentralError::Stored { what: "password" }),
        }
    })
    .await
}

fn hasher() -> Result<Argon2<'static>, CentralError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None);
    let params = params.map_err(|_| CentralError::PasswordHash)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn computed<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, CentralError> + Send + 'static,
) -> Result<T, CentralError> {
    let turn = tokio::time::timeout(WAIT, TURNS.acquire())
        .await
        .map_err(|_| CentralError::Overloaded)?
        .map_err(|_| CentralError::Overloaded)?;
    let done = tokio::task::spawn_blocking(move || {
        // Held until the work is over, also when nobody waits for it any longer.
        let _turn = turn;
        work()
    });
    done.await.map_err(|_| CentralError::PasswordHash)?
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects R1 and I9: what is stored is no password, differs each time, and only the password
    /// fits it; nobody's password fits nothing.
    #[tokio::test]
    async fn r1_a_password_is_stored_as_its_hash() {
        let password = Password::typed("correct horse").unwrap();
        let other = Password::typed("correct house").unwrap();
        let stored = hash(&password).await.unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        assert_ne!(stored, hash(&password).await.unwrap());
        assert!(verify(&password, Some(&stored)).await.unwrap());
        assert!(!verify(&other, Some(&stored)).await.unwrap());
        assert!(!verify(&password, None).await.unwrap());
        let broken = verify(&password, Some("correct horse")).await;
        assert!(matches!(
            broken,
            Err(CentralError::Stored { what: "password" })
        ));
    }
}
