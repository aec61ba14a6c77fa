//! The terminal's two secrets: the database's raw key and the device's own key. Files of mode 0600,
//! or credentials handed over by the service manager.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use rand::RngCore as _;
use rand::rngs::OsRng;
use store::DatabaseKey;
use zeroize::Zeroizing;

use crate::error::KioskError;

/// Reads the database's key.
///
/// # Errors
/// [`KioskError::ReadKey`] or what the store says of its form.
pub fn database_key(file: &Path) -> Result<DatabaseKey, KioskError> {
    let text = read(file)?;
    Ok(DatabaseKey::from_hex(&text)?)
}

/// Reads the device's key.
///
/// # Errors
/// [`KioskError::ReadKey`] or [`KioskError::DeviceKey`].
pub fn device_key(file: &Path) -> Result<SigningKey, KioskError> {
    let text = read(file)?;
    SigningKey::from_pkcs8_pem(&text).map_err(|_| KioskError::DeviceKey {
        path: file.to_owned(),
    })
}

/// Makes the keys that are not there yet; one that is there stays.
///
/// # Errors
/// [`KioskError::WriteKey`].
pub fn make_missing(database_key_file: &Path, device_key_file: &Path) -> Result<(), KioskError> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    OsRng.fill_bytes(bytes.as_mut());
    let mut digits = Zeroizing::new(String::with_capacity(65));
    for byte in bytes.iter() {
        use std::fmt::Write as _;
        let _ = write!(digits, "{byte:02x}");
    }
    digits.push('\n');
    make(database_key_file, digits.as_bytes())?;
    let path = device_key_file.to_owned();
    let pem = SigningKey::generate(&mut OsRng)
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|_| KioskError::DeviceKey { path })?;
    make(device_key_file, pem.as_bytes())
}

fn make(file: &Path, content: &[u8]) -> Result<(), KioskError> {
    let path = file.to_owned();
    let made = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path);
    let written = match made {
        Ok(mut file) => file.write_all(content).and_then(|()| file.sync_all()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    };
    written.map_err(|source| KioskError::WriteKey { path, source })
}

fn read(file: &Path) -> Result<Zeroizing<String>, KioskError> {
    let path = file.to_owned();
    std::fs::read_to_string(&path)
        .map(Zeroizing::new)
        .map_err(|source| KioskError::ReadKey { path, source })
}
