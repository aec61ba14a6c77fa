//! Everything that can go wrong in this crate, one variant an operation.

use std::path::PathBuf;
use std::time::Duration;

use crate::{CardFault, WrongCard};

/// Why a card could not be watched for or read. Never holds anything from a card.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `pcscd` could not be reached, or refused.
    #[error("connecting to pcscd failed")]
    Connect(#[source] pcsc::Error),
    /// The readers could not be listed.
    #[error("listing the card readers failed")]
    ListReaders(#[source] pcsc::Error),
    /// Waiting for a change at the readers failed.
    #[error("waiting for a card failed")]
    Wait(#[source] pcsc::Error),
    /// The worker's thread could not be started.
    #[error("starting the card reader's thread failed")]
    StartThread(#[source] std::io::Error),
    /// The catalogue of cards cannot be read.
    #[error("reading the catalogue of cards {} failed", path.display())]
    ReadCatalogue {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The catalogue of cards has a mistake in it; the cause names line and key.
    #[error("{} is no catalogue of cards", path.display())]
    ParseCatalogue {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// `pcscd` was not to be reached the whole time.
    #[error("pcscd is not running or refuses: see `kiosk card doctor`")]
    ServiceDown,
    /// No reader (of the configured name) was attached the whole time.
    #[error("no card reader is attached: see `kiosk card doctor`")]
    ReaderMissing,
    /// No card was put in.
    #[error("no card was put in within {} s", .waited.as_secs())]
    NoCard {
        /// How long was waited.
        waited: Duration,
    },
    /// The card is none of the NHI's.
    #[error("not a health card: {}", .0.name())]
    WrongCard(WrongCard),
    /// The card does not answer.
    #[error("the card does not answer: wrong way round or dirty")]
    Mute,
    /// The health card cannot be used.
    #[error("the health card cannot be used")]
    Fault(#[source] CardFault),
}
