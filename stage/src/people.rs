//! What the centre seeded and the stage needs to know: notable people and the enrolment codes.

use std::path::Path;

use serde::Deserialize;

use crate::Error;
use crate::card::CardChoice;

/// The file of `central seed --people-out`.
#[derive(Clone, Deserialize)]
pub struct Seeded {
    /// People worth a card in the box.
    pub people: Vec<Person>,
    /// Terminals that may enrol.
    pub terminals: Vec<Terminal>,
}

/// One of the seeded people. All are invented; treated as real ones all the same.
#[derive(Clone, Deserialize)]
pub struct Person {
    /// What is notable: `called-national`, `reissued-card-old` …
    pub tag: String,
    /// As on the card.
    pub name: String,
    /// 10 characters, as on the card.
    pub person_number: String,
    /// 12 digits.
    pub card_number: String,
    /// 10 digits.
    pub mobile: String,
    /// Of the mask order, if there is one.
    pub pickup_number: Option<String>,
}

/// A terminal that may enrol.
#[derive(Clone, Deserialize)]
pub struct Terminal {
    /// For example `T00001`.
    pub device: String,
    /// Its store, for example `S0001`.
    pub store: String,
    /// The one-time code.
    pub code: String,
}

impl std::fmt::Debug for Seeded {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Seeded")
            .field("people", &self.people)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Person {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Person")
            .field("tag", &self.tag)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Terminal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Terminal")
            .field("device", &self.device)
            .finish_non_exhaustive()
    }
}

impl Seeded {
    /// One-time code of a terminal.
    ///
    /// # Errors
    /// [`Error::NotThere`] when no such terminal was seeded.
    pub fn code(&self, device: &str) -> Result<&str, Error> {
        self.terminals
            .iter()
            .find(|terminal| terminal.device == device)
            .map(|terminal| terminal.code.as_str())
            .ok_or(Error::NotThere("no such terminal was seeded"))
    }

    /// The people's cards; the profiles lie in `folder` as `central seed --cards-out` left them.
    #[must_use]
    pub fn cards(&self, folder: &Path) -> Vec<CardChoice> {
        let card = |person: &Person| CardChoice {
            id: person.tag.clone(),
            label: format!("{}  {}", person.name, person.tag.replace('-', " ")),
            profile: folder.join(format!("{}.toml", person.tag)),
        };
        self.people.iter().map(card).collect()
    }
}

/// Reads the file.
///
/// # Errors
/// [`Error::File`], [`Error::Unreadable`].
pub(crate) fn read(path: &Path) -> Result<Seeded, Error> {
    let bytes = std::fs::read(path).map_err(Error::file("read", path))?;
    serde_json::from_slice(&bytes).map_err(|source| Error::Unreadable {
        part: "central seed",
        source,
    })
}
