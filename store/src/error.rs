//! What can go wrong with the terminal's database. None of it holds a person's data.

use std::path::PathBuf;
use std::sync::Arc;

/// Why the codec given at opening could not make or read an operation's bytes.
pub type CodecError = Box<dyn std::error::Error + Send + Sync>;

/// A failure of the terminal's database.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// There is no database, and making one was not asked for.
    #[error("there is no database at {}: set the terminal up first", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file or its folder cannot be reached.
    #[error("the database file {} cannot be reached", path.display())]
    Unreachable {
        /// Where.
        path: PathBuf,
        /// The cause.
        #[source]
        source: Arc<std::io::Error>,
    },
    /// The key file does not hold a raw key.
    #[error("the database key must be 64 hexadecimal digits")]
    KeyForm,
    /// The key does not open the file. A file whose very first page is damaged looks the same.
    #[error(
        "the key does not open the database {}: check that the key file belongs to this disk; if it does, the file's first page is damaged: move it aside and enrol again",
        path.display()
    )]
    WrongKey {
        /// Which file.
        path: PathBuf,
    },
    /// The file is damaged: it must be moved aside and the terminal enrolled again.
    #[error("the database {} is damaged: move it aside and enrol the terminal again", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What the check found, where it was `SQLite` that noticed.
        #[source]
        source: Option<Arc<rusqlite::Error>>,
    },
    /// The file was written by a newer program.
    #[error(
        "the database has schema {found}, this program knows up to {known}: install the newer program again"
    )]
    NewerSchema {
        /// The file's.
        found: i32,
        /// The newest this program knows.
        known: i32,
    },
    /// A setting that durability or privacy rests on was not taken.
    #[error("the database did not take the setting {setting}")]
    Setting {
        /// Which.
        setting: &'static str,
    },
    /// The schema could not be brought up to date.
    #[error("the database's schema could not be brought up to date")]
    Migrate {
        /// The cause.
        #[source]
        source: Arc<refinery::Error>,
    },
    /// The database could not be opened for another reason.
    #[error("the database {} could not be opened", path.display())]
    Open {
        /// Which file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: Arc<rusqlite::Error>,
    },
    /// No room left; nothing of what was asked is on disk.
    #[error("the disk is full: nothing was written by \"{action}\"")]
    DiskFull {
        /// What was asked.
        action: &'static str,
    },
    /// The disk failed to read or write; nothing of what was asked is on disk.
    #[error("the disk failed while \"{action}\" was asked of the database")]
    DiskFault {
        /// What was asked.
        action: &'static str,
        /// The cause.
        #[source]
        source: Arc<rusqlite::Error>,
    },
    /// Reading or writing failed; nothing of what was asked is on disk.
    #[error("the database could not do \"{action}\"")]
    Query {
        /// What was asked.
        action: &'static str,
        /// The cause.
        #[source]
        source: Arc<rusqlite::Error>,
    },
    /// A row holds what no row can hold.
    #[error("a row of {table} holds a value in {column} that cannot be")]
    Row {
        /// Which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
    },
    /// The operation's bytes could not be made or read.
    #[error("the operation's bytes could not be {verb}")]
    Codec {
        /// `made` or `read`.
        verb: &'static str,
        /// The cause.
        #[source]
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
    /// The terminal is not enrolled yet.
    #[error("the terminal is not enrolled yet")]
    NotEnrolled,
    /// An epoch may only rise.
    #[error("the terminal is in epoch {current}; epoch {offered} is older")]
    EpochBehind {
        /// The epoch on this disk.
        current: u32,
        /// The epoch offered.
        offered: u32,
    },
    /// Versions never go back.
    #[error("the {what} on this disk has version {current}; version {offered} is older")]
    VersionBehind {
        /// `roster` or `campaign`.
        what: &'static str,
        /// The version on this disk.
        current: u64,
        /// The version offered.
        offered: u64,
    },
    /// The release does not hold as many people as it says.
    #[error("the roster says it holds {stated} people but holds {found}")]
    RosterCount {
        /// As stated.
        stated: u64,
        /// As counted.
        found: u64,
    },
    /// An answer to an operation this terminal never recorded.
    #[error("there is no operation {seq} to store an answer for")]
    UnknownOperation {
        /// Its sequence number in the current epoch.
        seq: u64,
    },
    /// The centre says a booking was applied but gives no number for it (V8).
    #[error("the answer to booking {seq} carries no booking number")]
    BookingWithoutNumber {
        /// Its sequence number in the current epoch.
        seq: u64,
    },
    /// The operation's bytes were erased a day after it was answered.
    #[error("the bytes of operation {seq} were erased after it was answered")]
    Erased {
        /// Its sequence number in the current epoch.
        seq: u64,
    },
    /// No such slip in the print journal, or it is not in a state for this.
    #[error("slip {slip} of the print journal cannot be {verb} now")]
    SlipState {
        /// Its number in the journal.
        slip: i64,
        /// What was asked.
        verb: &'static str,
    },
    /// The hash chain does not hold.
    #[error("the hash chain breaks at operation {position} of the journal")]
    ChainBroken {
        /// The place in the journal, from 1.
        position: i64,
    },
    /// The writer has ended.
    #[error("the database is closed")]
    Closed,
}

impl StoreError {
    pub(crate) fn query(action: &'static str) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::DiskFull { action },
            Some(rusqlite::ErrorCode::SystemIoFailure) => Self::DiskFault {
                action,
                source: Arc::new(source),
            },
            _ => Self::Query {
                action,
                source: Arc::new(source),
            },
        }
    }

    pub(crate) fn codec(verb: &'static str) -> impl FnOnce(CodecError) -> Self {
        move |source| Self::Codec {
            verb,
            source: Arc::from(source),
        }
    }
}
