//! The terminal's database with another key, or damaged.

use std::fs::Permissions;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use stage::{Error, namespace};

use super::{set_up, told};

/// Protects what is recorded: a key that does not fit or a damaged file is told and left as it is,
/// never replaced by an empty database.
#[test]
fn another_key_and_damage_are_told() -> Result<(), Error> {
    namespace::test("database::another_key_and_damage_are_told", || {
        let temporary = tempfile::tempdir().unwrap();
        let world = set_up::enrolled(temporary.path())?;
        let folder = world.kiosk.config().parent().unwrap();
        let (database, key) = (folder.join("kiosk.db"), folder.join("database.key"));
        let status = || world.kiosk.runs_command(&["outbox", "status", "--json"]);
        assert!(status()?.status.success());

        let right = std::fs::read(&key).unwrap();
        std::fs::write(&key, "0123456789abcdef".repeat(4)).unwrap();
        told::refused(&status()?, 1, &["the key does not open", "kiosk.db"]);
        std::fs::write(&key, "no key").unwrap();
        told::refused(&status()?, 1, &["64 hexadecimal digits"]);
        std::fs::remove_file(&key).unwrap();
        told::refused(&status()?, 1, &["cannot read the key file"]);
        std::fs::write(&key, right).unwrap();
        std::fs::set_permissions(&key, Permissions::from_mode(0o644)).unwrap();
        told::refused(&status()?, 1, &["can be read by others", "chmod 600"]);
        std::fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
        assert!(status()?.status.success(), "nothing was lost meanwhile");

        damage(&database);
        let damaged = std::fs::read(&database).unwrap();
        told::refused(&status()?, 1, &["kiosk.db is damaged", "move it aside"]);
        assert!(
            std::fs::read(&database).unwrap() == damaged,
            "the damaged file is left for whoever can save it"
        );
        std::fs::remove_file(&database).unwrap();
        told::refused(&status()?, 1, &["there is no database", "kiosk.db"]);
        assert!(!database.exists(), "an empty one never appears by itself");
        Ok(())
    })
}

/// Writes over everything but the first page.
fn damage(database: &Path) {
    const PAGE: u64 = 4096;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .open(database)
        .unwrap();
    let length = file.metadata().unwrap().len();
    file.seek(SeekFrom::Start(PAGE)).unwrap();
    let garbage = vec![0x5A; usize::try_from(length - PAGE).unwrap()];
    file.write_all(&garbage).unwrap();
}
