//! What can go wrong at the centre.

use std::path::PathBuf;

/// A failure of one of the centre's duties. None holds a person's data; the cause of a database
/// failure may, so it is never logged with its text, see [`CentralError::sql_state`].
#[derive(Debug, thiserror::Error)]
pub enum CentralError {
    /// No connection to the database could be had in time.
    #[error("no connection to the database in time")]
    Connect {
        /// What the pool says.
        #[source]
        source: deadpool_postgres::PoolError,
    },
    /// The pool could not be made.
    #[error("the pool of database connections could not be made")]
    Pool {
        /// What the pool says.
        #[source]
        source: deadpool_postgres::BuildError,
    },
    /// The address of the database does not parse.
    #[error("the address of the database is no postgres:// address")]
    DatabaseAddress {
        /// What the driver says.
        #[source]
        source: tokio_postgres::Error,
    },
    /// No address of a database was given.
    #[error("no database is named: use --database, DATABASE_URL or the configuration")]
    NoDatabase,
    /// A migration failed.
    #[error("the database could not be brought to this version")]
    Migrate {
        /// What the migration says.
        #[source]
        source: refinery::Error,
    },
    /// A statement failed.
    #[error("the database failed while {during}")]
    Database {
        /// For example `booking a slot`.
        during: &'static str,
        /// What the driver says.
        #[source]
        source: tokio_postgres::Error,
    },
    /// Too many wait already.
    #[error("too many requests wait already")]
    Busy,
    /// Passwords are being computed and no turn was free in time.
    #[error("too many passwords are being computed")]
    Overloaded,
    /// A password could not be hashed.
    #[error("a password could not be hashed")]
    PasswordHash,
    /// Somebody used a key again for something else.
    #[error("the key was used for another request")]
    KeyReused,
    /// Somebody else's transaction was first; the whole of this one is done again.
    #[error("another transaction was first")]
    Raced,
    /// A captcha could not be drawn.
    #[error("a captcha could not be drawn")]
    Captcha,
    /// The built-in texts of notices are damaged.
    #[error("the texts of notices cannot be read")]
    Wording {
        /// Which.
        #[source]
        source: wording::WordingError,
    },
    /// The trusted header has no header's name.
    #[error("the client address header is no name of a header")]
    AddressHeader,
    /// A row holds what the program never writes.
    #[error("the {what} stored in the database cannot be read")]
    Stored {
        /// For example `campaign`.
        what: &'static str,
    },
    /// A message could not be made or read.
    #[error("a message could not be made")]
    Message {
        /// Which and why.
        #[source]
        source: wire::WireError,
    },
    /// A campaign file is wrong.
    #[error("the campaign is refused")]
    Campaign {
        /// Line and field.
        #[source]
        source: wire::campaign_file::CampaignFileError,
    },
    /// The version of a campaign does not rise.
    #[error("version {version} of the campaign is not above the published version {published}")]
    CampaignVersion {
        /// That of the file.
        version: u32,
        /// The published one.
        published: u32,
    },
    /// A new version takes away places that are booked.
    #[error("the campaign gives slot {slot} of site {site} fewer places than are booked")]
    CapacityBelowBooked {
        /// The site.
        site: String,
        /// The slot.
        slot: String,
    },
    /// A release did not survive its own check.
    #[error("the roster release is not what the people table says; it was not published")]
    RosterCheck,
    /// There are people already.
    #[error("the database holds people already; only an empty one is seeded")]
    AlreadySeeded,
    /// The seeded population was made wrongly.
    #[error("the sample population could not be made")]
    Population,
    /// No such store.
    #[error("no published campaign names the store {store}")]
    UnknownStore {
        /// Its id.
        store: String,
    },
    /// No such terminal, and no store was given to make it in.
    #[error("there is no terminal {device}; name the store it stands in")]
    UnknownDevice {
        /// Its number.
        device: u32,
    },
    /// A file cannot be read or written.
    #[error("the file {path} cannot be {action}")]
    File {
        /// Which file.
        path: PathBuf,
        /// `read` or `written`.
        action: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The configuration is wrong.
    #[error("the configuration {path} is wrong in line {line}")]
    Configuration {
        /// Which file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What is wrong there, naming the key.
        #[source]
        source: ConfigurationMistake,
    },
    /// The release key does not parse.
    #[error("the file {path} holds no ed25519 private key")]
    ReleaseKey {
        /// Which file.
        path: PathBuf,
    },
    /// An address cannot be listened on.
    #[error("the centre cannot listen on {address}")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The operator's listener has no token.
    #[error("the operator's address needs a token file")]
    NoOperatorToken,
    /// The server ended by itself.
    #[error("the server ended")]
    Serve {
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// JSON could not be made.
    #[error("JSON could not be made")]
    Json {
        /// Why.
        #[source]
        source: serde_json::Error,
    },
}

/// What the TOML reader says, in one line and without the file's text: an address of a database
/// may hold a password.
#[derive(Debug)]
pub struct ConfigurationMistake(pub(crate) toml::de::Error);

impl std::fmt::Display for ConfigurationMistake {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0.message())
    }
}

impl std::error::Error for ConfigurationMistake {}

impl CentralError {
    /// For `map_err`: a database failure during a named step.
    pub(crate) fn database(during: &'static str) -> impl FnOnce(tokio_postgres::Error) -> Self {
        move |source| Self::Database { during, source }
    }

    /// The five characters PostgreSQL gave, which are safe to log.
    #[must_use]
    pub fn sql_state(&self) -> Option<&str> {
        match self {
            Self::Database { source, .. } => source.code().map(|state| state.code()),
            _ => None,
        }
    }

    /// Whether the database is away for the moment: nothing was done, and it can be tried later.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Connect { .. } | Self::Busy => true,
            Self::Database { source, .. } => {
                // Shutting down, connection lost, too many connections.
                let away = |state: &str| {
                    ["57P0", "08", "533"]
                        .iter()
                        .any(|class| state.starts_with(class))
                };
                source.is_closed() || self.sql_state().is_some_and(away)
            }
            _ => false,
        }
    }

    /// Whether doing the whole transaction again may succeed (40001, 40P01).
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Raced) || matches!(self.sql_state(), Some("40001" | "40P01"))
    }
}

impl From<wire::WireError> for CentralError {
    fn from(source: wire::WireError) -> Self {
        Self::Message { source }
    }
}

impl From<wire::campaign_file::CampaignFileError> for CentralError {
    fn from(source: wire::campaign_file::CampaignFileError) -> Self {
        Self::Campaign { source }
    }
}
