//! The terminal's two secrets: the database's raw key and the device's own key. Files of mode 0600,
//! or credentials handed over by the service manager.

use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
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
/// [`KioskError::ReadKey`], [`KioskError::KeyIsOpen`] or what the store says of its form.
pub fn database_key(file: &Path) -> Result<DatabaseKey, KioskError> {
    let text = read(file)?;
    Ok(DatabaseKey::from_hex(&text)?)
}

/// Reads the device's key.
///
/// # Errors
/// [`KioskError::ReadKey`], [`KioskError::KeyIsOpen`] or [`KioskError::DeviceKey`].
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
    let path = || file.to_owned();
    let failed = |source| KioskError::ReadKey {
        path: path(),
        source,
    };
    let mode = std::fs::metadata(file)
        .map_err(failed)?
        .permissions()
        .mode();
    // The group's bits are left alone: systemd shows its access list for the service there.
    if mode & 0o007 != 0 {
        return Err(KioskError::KeyIsOpen { path: path() });
    }
    std::fs::read_to_string(file)
        .map(Zeroizing::new)
        .map_err(failed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects the keys: made for their owner only, and refused once anybody else may read them.
    #[test]
    fn a_key_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (database, device) = (
            folder.path().join("database.key"),
            folder.path().join("device.pem"),
        );
        make_missing(&database, &device).unwrap();
        assert!(database_key(&database).is_ok());
        let first = device_key(&device).unwrap();
        make_missing(&database, &device).unwrap();
        assert_eq!(
            device_key(&device).unwrap().verifying_key(),
            first.verifying_key()
        );
        for file in [&database, &device] {
            std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o644)).unwrap();
        }
        assert!(matches!(
            database_key(&database),
            Err(KioskError::KeyIsOpen { .. })
        ));
        assert!(matches!(
            device_key(&device),
            Err(KioskError::KeyIsOpen { .. })
        ));
    }
}
