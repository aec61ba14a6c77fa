//! What the centre seeded and the stage needs to know: notable people, keys, the enrolment code.

use std::path::Path;

use serde::Deserialize;

use crate::Error;
use crate::card::CardChoice;

/// The file `central seed` leaves.
#[derive(Debug, Clone, Deserialize)]
pub struct Seeded {
    /// The centre's release key, base64; kiosks pin it.
    pub public_key: String,
    /// One-time code of terminal T00001 at store S0001.
    pub enrolment_code: String,
    /// People worth a card in the box.
    pub people: Vec<Person>,
}

/// One of the seeded people. All are invented.
#[derive(Debug, Clone, Deserialize)]
pub struct Person {
    /// Stable name: `adult`, `reissued-card` …
    pub id: String,
    /// What is notable, in English.
    pub label: String,
    /// 10 characters, as on the card.
    pub person_number: String,
    /// 12 digits.
    pub card_number: String,
    /// As on the card.
    pub name: String,
    /// `YYYY-MM-DD`.
    pub birth: String,
    /// `M` or `F`.
    pub sex: String,
}

impl Person {
    /// The person's card.
    #[must_use]
    pub fn card(&self) -> CardChoice {
        let arguments = [
            ("--person", &self.person_number),
            ("--card", &self.card_number),
            ("--name", &self.name),
            ("--birth", &self.birth),
            ("--sex", &self.sex),
        ];
        CardChoice {
            id: self.id.clone(),
            label: self.label.clone(),
            arguments: arguments
                .into_iter()
                .flat_map(|(key, value)| [key.into(), value.into()])
                .collect(),
        }
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
