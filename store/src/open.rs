//! Opening the database: the key, the settings durability rests on, the check, the schema.

use std::fs;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::{DatabaseKey, StoreError, schema};

/// What to do where there is no file yet. An empty database never appears by itself: an old one may
/// have been lost, and with it operations and sequence numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfMissing {
    /// Fail with [`StoreError::Missing`].
    Refuse,
    /// Make an empty database: only when the terminal is set up.
    Create,
}

/// How long a statement waits for another process, for example a command line beside the kiosk.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Opens, checks and migrates; the connection is ready for work.
pub(crate) fn open(
    path: &Path,
    key: &DatabaseKey,
    if_missing: IfMissing,
) -> Result<Connection, StoreError> {
    ensure_file(path, if_missing)?;
    let failed = |source| failure(path, source);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    // What fails is told by StoreError; SQLCipher would also write to standard error by itself.
    connection
        .execute_batch("PRAGMA cipher_log_level = NONE")
        .map_err(failed)?;
    connection.execute_batch(&key.statement()).map_err(failed)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(failed)?;
    let cipher: String = connection
        .query_row("PRAGMA cipher_version", [], |row| row.get(0))
        .map_err(|_| StoreError::Setting { setting: "key" })?;
    // Without SQLCipher the key statement does nothing and everything would lie there in clear.
    if cipher.is_empty() {
        return Err(StoreError::Setting { setting: "key" });
    }
    connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .map_err(|source| match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreError::WrongKey {
                path: path.to_owned(),
            },
            _ => failure(path, source),
        })?;
    settings(&connection).map_err(failed)?;
    read_back(&connection, path)?;
    quick_check(&connection, path)?;
    schema::migrate(&mut connection)?;
    Ok(connection)
}

/// Moves a damaged database, with its write-ahead log, aside under a name with the time. Never done
/// by opening: it is a deed of its own, after which the terminal needs a new epoch.
///
/// # Errors
/// [`StoreError::Unreachable`].
pub fn move_aside(path: &Path, at: Timestamp) -> Result<PathBuf, StoreError> {
    let unreachable = |source| StoreError::Unreachable {
        path: path.to_owned(),
        source: Arc::new(source),
    };
    let with = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let mark = format!(".damaged-{}", at.as_millisecond());
    for companion in ["-wal", "-shm"] {
        match fs::rename(with(companion), with(&format!("{mark}{companion}"))) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(unreachable(source));
            }
            _ => {}
        }
    }
    let aside = with(&mark);
    fs::rename(path, &aside).map_err(unreachable)?;
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(unreachable)?;
    }
    Ok(aside)
}

fn ensure_file(path: &Path, if_missing: IfMissing) -> Result<(), StoreError> {
    let unreachable = |source| StoreError::Unreachable {
        path: path.to_owned(),
        source: Arc::new(source),
    };
    match (fs::metadata(path), if_missing) {
        // A file of no bytes is what a lost disk leaves: SQLite would take it for a fresh database.
        (Ok(found), IfMissing::Refuse) if found.len() == 0 => Err(StoreError::Damaged {
            path: path.to_owned(),
            source: None,
        }),
        (Ok(_), _) => Ok(()),
        (Err(source), IfMissing::Create) if source.kind() == std::io::ErrorKind::NotFound => {
            fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(path)
                .map(drop)
                .map_err(unreachable)
        }
        (Err(source), IfMissing::Refuse) if source.kind() == std::io::ErrorKind::NotFound => {
            Err(StoreError::Missing {
                path: path.to_owned(),
            })
        }
        (Err(source), _) => Err(unreachable(source)),
    }
}

fn settings(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;",
    )
}

/// What durability rests on is read back: a setting that was not taken is no setting.
fn read_back(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let text = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0));
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let failed = |source| failure(path, source);
    for (setting, taken) in [
        (
            "journal_mode",
            text("PRAGMA journal_mode").map_err(failed)? == "wal",
        ),
        (
            "synchronous",
            number("PRAGMA synchronous").map_err(failed)? == 2,
        ),
        (
            "foreign_keys",
            number("PRAGMA foreign_keys").map_err(failed)? == 1,
        ),
    ] {
        if !taken {
            return Err(StoreError::Setting { setting });
        }
    }
    Ok(())
}

/// `quick_check`: every page's HMAC, every tree's shape.
pub(crate) fn quick_check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let finding: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|source| failure(path, source))?;
    if finding == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged {
            path: path.to_owned(),
            source: None,
        })
    }
}

fn failure(path: &Path, source: rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    match source.sqlite_error_code() {
        // A page that fails its HMAC after the first was read: "not a database" too.
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Damaged {
            path,
            source: Some(Arc::new(source)),
        },
        Some(ErrorCode::DiskFull) => StoreError::DiskFull {
            action: "open the database",
        },
        _ => StoreError::Open {
            path,
            source: Arc::new(source),
        },
    }
}

#[cfg(test)]
mod tests {
    /// Protects every disk: older versions of `SQLite` can corrupt a write-ahead log.
    #[test]
    fn the_bundled_version_is_sound() {
        assert!(rusqlite::version_number() >= 3_051_003);
    }
}
