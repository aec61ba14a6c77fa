//! What can go wrong when the terminal starts or its command line is used. Nothing personal.

use std::path::PathBuf;

pub use crate::cli::FieldMistake;
use crate::look::millimetre::PanelError;

/// A failure of the terminal program.
#[derive(Debug, thiserror::Error)]
pub enum KioskError {
    /// The configuration file cannot be read.
    #[error("cannot read the configuration {}", path.display())]
    ReadConfig {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The configuration is not TOML of the expected shape: an unknown key, a missing one, another
    /// type.
    #[error("{} line {line} is wrong", path.display())]
    ConfigShape {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong there, naming the key.
        #[source]
        source: ConfigMistake,
    },
    /// A key of the configuration holds a value it cannot have.
    #[error("{} line {line}: {key} cannot be used", path.display())]
    ConfigValue {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The key, for example `printer.url`.
        key: &'static str,
        /// Why.
        #[source]
        source: ValueMistake,
    },
    /// A key file by bare name, and no credentials directory.
    #[error(
        "{key} = {name:?} is a credential's name, but systemd gave no CREDENTIALS_DIRECTORY; write a path with a / in it"
    )]
    NoCredentials {
        /// The key of the configuration.
        key: &'static str,
        /// The name.
        name: PathBuf,
    },
    /// A key file cannot be read.
    #[error("cannot read the key file {}", path.display())]
    ReadKey {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A key file cannot be written.
    #[error("cannot write the key file {}", path.display())]
    WriteKey {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A key file may be read by others.
    #[error("the key file {} can be read by others: chmod 600 it", path.display())]
    KeyIsOpen {
        /// The file.
        path: PathBuf,
    },
    /// A device key file holds no ed25519 key in PKCS#8 PEM.
    #[error("the device key {} is no ed25519 key in PKCS#8 PEM", path.display())]
    DeviceKey {
        /// The file.
        path: PathBuf,
    },
    /// A certificate file cannot be read.
    #[error("cannot read the certificate {}", path.display())]
    ReadCertificate {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A roster file cannot be read.
    #[error("cannot read {}", path.display())]
    ReadFile {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The built-in texts are damaged.
    #[error("the built-in texts cannot be loaded")]
    Wording(#[from] wording::WordingError),
    /// The terminal's database.
    #[error("the terminal's database cannot be used")]
    Store(#[from] store::StoreError),
    /// The centre.
    #[error("the centre could not do it")]
    Centre(#[from] sync::SyncError),
    /// The card reader.
    #[error("the card cannot be read")]
    Card(#[from] card::Error),
    /// The printer.
    #[error("the slip cannot be printed")]
    Printer(#[from] printer::Error),
    /// The invented data of a sample slip break a rule.
    #[error("the sample slip cannot be made")]
    SampleSlip,
    /// A slip's file is not JSON.
    #[error("{}:{line}:{column}: not JSON", path.display())]
    SlipJson {
        /// The file.
        path: PathBuf,
        /// Where, from 1.
        line: usize,
        /// Where in the line, from 1.
        column: usize,
    },
    /// A slip's file lacks a field or has a wrong one.
    #[error("{} is not such a slip", path.display())]
    SlipData {
        /// The file.
        path: PathBuf,
        /// Which field.
        #[source]
        source: FieldMistake,
    },
    /// The terminal was never enrolled.
    #[error("this terminal is not enrolled: run `kiosk enrol --code CODE`")]
    NotEnrolled,
    /// Threads or timers cannot be had.
    #[error("cannot start the asynchronous runtime")]
    Runtime(#[source] std::io::Error),
    /// There is no display; the window's library would panic.
    #[error(
        "there is no display to open the window on: neither DISPLAY nor WAYLAND_DISPLAY is set"
    )]
    NoDisplay,
    /// The window cannot be opened.
    #[error("cannot open the window")]
    Window(#[source] iced::Error),
    /// Standard output is gone.
    #[error("cannot write to standard output")]
    Output(#[source] std::io::Error),
}

impl KioskError {
    /// Whether it is a wrong usage (exit status 2) and not something that is not well (1).
    #[must_use]
    pub const fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::ReadConfig { .. }
                | Self::ConfigShape { .. }
                | Self::ConfigValue { .. }
                | Self::NoCredentials { .. }
                | Self::SlipJson { .. }
                | Self::SlipData { .. }
                | Self::Printer(
                    printer::Error::Address { .. }
                        | printer::Error::UnknownProfile { .. }
                        | printer::Error::ReadProfile { .. }
                        | printer::Error::Profile { .. }
                        | printer::Error::PreviewKind { .. }
                )
        )
    }
}

/// What the TOML reader says, in one line and without the file's text.
#[derive(Debug)]
pub struct ConfigMistake(pub toml::de::Error);

impl std::fmt::Display for ConfigMistake {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0.message())
    }
}

impl std::error::Error for ConfigMistake {}

/// Why a value cannot be.
#[derive(Debug, thiserror::Error)]
pub enum ValueMistake {
    /// No such panel.
    #[error(transparent)]
    Panel(#[from] PanelError),
    /// A panel that lies: the screens would not fit.
    #[error("the screens are made for panels that stand upright")]
    LyingPanel,
    /// No printer's address, or no such profile.
    #[error(transparent)]
    Printer(#[from] printer::Error),
    /// No key.
    #[error(transparent)]
    Key(#[from] wire::WireError),
    /// Development settings in a release build.
    #[error(
        "a release build takes development settings with role = \"demo\" only, never at a store"
    )]
    Development,
}

/// An error and its causes as one line, for standard error.
#[must_use]
pub fn sentence(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        line.push_str(": ");
        line.push_str(&inner.to_string());
        cause = inner.source();
    }
    line
}
