//! Why cards can or cannot be read here: `pcscd`, permission, readers, answers to reset, timings.
//! Nothing personal.

use std::time::Duration;

use crate::pcscd::{self, Service};
use crate::reading::Outcome;
use crate::watch::{Insertion, ReaderView};
use crate::{CardFault, Config, Error, WrongCard, atr, clock};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Whether `pcscd` can be used.
    pub service: ServiceState,
    /// The readers (of the configured name).
    pub readers: Vec<ReaderReport>,
}

impl Report {
    /// Whether a card put in now could be read: `pcscd` runs, and a reader is attached.
    #[must_use]
    pub fn is_fit(&self) -> bool {
        self.service == ServiceState::Running && !self.readers.is_empty()
    }
}

/// Whether `pcscd` can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceState {
    /// It answers.
    Running,
    /// Nothing answers at its socket.
    NotRunning,
    /// It refuses this user (`SecurityViolation`): polkit, on Debian 13 and later.
    NotPermitted,
    /// It answers with another error.
    Failing(pcsc::Error),
}

impl ServiceState {
    /// What a technician can do about it; nothing when it runs.
    #[must_use]
    pub fn advice(self) -> Option<&'static str> {
        match self {
            Self::Running => None,
            Self::NotRunning => {
                Some("start it: systemctl enable --now pcscd.socket (package pcscd)")
            }
            Self::NotPermitted => Some(
                "pcscd asks polkit and this user has no session: allow org.debian.pcsc-lite.access_pcsc and \
                 access_card for it in /etc/polkit-1/rules.d",
            ),
            Self::Failing(_) => {
                Some("restart it: systemctl restart pcscd, then look at journalctl -u pcscd")
            }
        }
    }
}

/// One reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderReport {
    /// Its name as `pcscd` gives it.
    pub name: String,
    /// The card in it.
    pub card: Option<CardReport>,
}

/// The card in a reader; nothing that tells whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardReport {
    /// Its answer to reset in upper-case hexadecimal; empty if it does not answer.
    pub atr: String,
    /// How a reading of it ended.
    pub state: CardState,
    /// How long connecting, reading and judging took.
    pub reading_took: Duration,
}

/// How a reading ended, without what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardState {
    /// A health card, read in full.
    Readable,
    /// No health card.
    Wrong(WrongCard),
    /// Wrong way round, dirty, or contactless only.
    Mute,
    /// A health card that cannot be used.
    Faulty(CardFault),
    /// It stopped answering, or was taken out.
    Interrupted,
}

/// Looks at everything once; blocks the calling thread for as long as reading the cards takes.
#[must_use]
pub fn examine(config: &Config) -> Report {
    let looked = Service::connect()
        .and_then(|mut service| service.look(config.reader.as_deref(), Duration::ZERO));
    match looked {
        Ok(views) => Report {
            service: ServiceState::Running,
            readers: views.into_iter().map(examine_reader).collect(),
        },
        Err(error) => Report {
            service: state_of(&error),
            readers: Vec::new(),
        },
    }
}

fn state_of(error: &Error) -> ServiceState {
    match error {
        Error::Connect(cause) | Error::ListReaders(cause) | Error::Wait(cause) => match cause {
            pcsc::Error::NoService | pcsc::Error::ServiceStopped => ServiceState::NotRunning,
            pcsc::Error::SecurityViolation => ServiceState::NotPermitted,
            other => ServiceState::Failing(*other),
        },
        _ => ServiceState::NotRunning,
    }
}

fn examine_reader(view: ReaderView) -> ReaderReport {
    ReaderReport {
        name: view.name.to_string_lossy().into_owned(),
        card: view.present.then(|| examine_card(view)),
    }
}

fn examine_card(view: ReaderView) -> CardReport {
    let insertion = Insertion {
        reader: view.name,
        atr: view.atr,
        event_count: view.event_count,
    };
    let begun = clock::now();
    let state = match pcscd::read(&insertion) {
        Outcome::Read(_) => CardState::Readable,
        Outcome::Wrong(kind) => CardState::Wrong(kind),
        Outcome::Fault(fault) => CardState::Faulty(fault),
        Outcome::Held => CardState::Faulty(CardFault::HeldByOther),
        Outcome::Mute => CardState::Mute,
        Outcome::NoAnswer | Outcome::Gone => CardState::Interrupted,
    };
    CardReport {
        reading_took: begun.elapsed(),
        atr: atr::format_hex(&insertion.atr),
        state,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the technician's first clue: a refusal is not called an absence, and each state
    /// but running comes with advice.
    #[test]
    fn causes_are_told_apart() {
        for (cause, state) in [
            (pcsc::Error::NoService, ServiceState::NotRunning),
            (pcsc::Error::SecurityViolation, ServiceState::NotPermitted),
            (
                pcsc::Error::CommError,
                ServiceState::Failing(pcsc::Error::CommError),
            ),
        ] {
            assert_eq!(state_of(&Error::Connect(cause)), state);
            assert!(state.advice().is_some());
        }
        assert!(ServiceState::Running.advice().is_none());
    }
}
