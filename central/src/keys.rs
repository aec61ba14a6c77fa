//! The release key, with which rosters and campaigns are signed. The running centre never holds it.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};

use crate::CentralError;

/// Makes a key pair and writes its private half to a new file that only its owner may read.
///
/// # Errors
/// [`CentralError::File`] when the file exists already or cannot be written.
pub fn make(path: &Path) -> Result<SigningKey, CentralError> {
    let key = SigningKey::generate(&mut rand::rngs::OsRng);
    let pem = key
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|_| unusable(path))?;
    write_private(path, pem.as_bytes())?;
    Ok(key)
}

/// Reads a private key.
///
/// # Errors
/// [`CentralError::File`] or [`CentralError::ReleaseKey`].
pub fn read(path: &Path) -> Result<SigningKey, CentralError> {
    let text = std::fs::read_to_string(path).map_err(|source| CentralError::File {
        path: path.to_owned(),
        action: "read",
        source,
    })?;
    SigningKey::from_pkcs8_pem(&text).map_err(|_| unusable(path))
}

/// Writes a file of mode 0600 in the place of an older one.
///
/// # Errors
/// [`CentralError::File`].
pub fn replace_private(path: &Path, bytes: &[u8]) -> Result<(), CentralError> {
    match std::fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(CentralError::File {
            path: path.to_owned(),
            action: "written",
            source,
        }),
        _ => write_private(path, bytes),
    }
}

/// Writes a new file of mode 0600.
///
/// # Errors
/// [`CentralError::File`], also when the file exists already.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), CentralError> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .map_err(|source| CentralError::File {
            path: path.to_owned(),
            action: "written",
            source,
        })
}

fn unusable(path: &Path) -> CentralError {
    CentralError::ReleaseKey {
        path: path.to_owned(),
    }
}
