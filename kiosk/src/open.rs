//! Opens what the configuration names: keys, database, centre. Used by the running terminal and by
//! the command line alike.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use rand::RngCore as _;
use rand::rngs::OsRng;
use store::{DatabaseKey, IfMissing, Store};
use sync::{Centre, CentreConfig, Timeouts};
use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::config::Config;
use crate::error::Error;
use crate::records::CODEC;

/// The terminal's database, which must be there.
///
/// # Errors
/// [`Error::ReadKey`], [`Error::KeyIsOpen`] or [`Error::Store`].
pub fn store(config: &Config) -> Result<Store, Error> {
    let key = DatabaseKey::from_hex(&read_secret(&config.database_key)?)?;
    Ok(Store::open(&config.database, &key, IfMissing::Refuse, CODEC)?)
}

/// The terminal's database at set-up: made, with its key, where neither is there yet. A database
/// whose key is gone is never replaced.
///
/// # Errors
/// As [`store`], and [`Error::WriteKey`].
pub fn store_at_set_up(config: &Config) -> Result<Store, Error> {
    if !config.database_key.exists() && !config.database.exists() {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        OsRng.fill_bytes(bytes.as_mut_slice());
        let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
        let text = Zeroizing::new(digits.collect::<String>());
        write_secret(&config.database_key, &text)?;
    }
    let key = DatabaseKey::from_hex(&read_secret(&config.database_key)?)?;
    Ok(Store::open(&config.database, &key, IfMissing::Create, CODEC)?)
}

/// The device's own key.
///
/// # Errors
/// [`Error::ReadKey`], [`Error::KeyIsOpen`] or [`Error::DeviceKey`].
pub fn device_key(config: &Config) -> Result<SigningKey, Error> {
    let path = &config.device_key;
    let text = read_secret(path)?;
    SigningKey::from_pkcs8_pem(&text).map_err(|_| Error::DeviceKey { path: path.clone() })
}

/// The device's own key at set-up: made where there is none.
///
/// # Errors
/// As [`device_key`], and [`Error::WriteKey`].
pub fn device_key_at_set_up(config: &Config) -> Result<SigningKey, Error> {
    let path = &config.device_key;
    if path.exists() {
        return device_key(config);
    }
    let key = SigningKey::generate(&mut OsRng);
    let text = key
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|_| Error::DeviceKey { path: path.clone() })?;
    write_secret(path, &text)?;
    Ok(key)
}

/// The centre as the configuration names it; does not connect yet.
///
/// # Errors
/// [`Error::ReadCertificate`] or [`Error::Centre`].
pub fn centre(config: &Config, device_key: SigningKey, clock: Clock) -> Result<Centre, Error> {
    let certificates = config.centre_certificates.iter().map(|path| {
        fs::read(path).map_err(|source| Error::ReadCertificate {
            path: path.clone(),
            source,
        })
    });
    Ok(Centre::new(CentreConfig {
        address: config.centre_url.clone(),
        root_certificates: certificates.collect::<Result<_, _>>()?,
        device_key,
        release_key: config.centre_key,
        wall: Arc::new(move || clock.now()),
        timeouts: Timeouts::default(),
    })?)
}

fn read_secret(path: &Path) -> Result<Zeroizing<String>, Error> {
    let failed = |source| Error::ReadKey {
        path: path.to_owned(),
        source,
    };
    let others = fs::metadata(path).map_err(failed)?.mode() & 0o077;
    // systemd's credentials are readable by the service's user alone, whatever the group bit says.
    if others & 0o007 != 0 {
        return Err(Error::KeyIsOpen {
            path: path.to_owned(),
        });
    }
    fs::read_to_string(path).map(Zeroizing::new).map_err(failed)
}

fn write_secret(path: &Path, text: &str) -> Result<(), Error> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        })
        .map_err(|source| Error::WriteKey {
            path: path.to_owned(),
            source,
        })
}
