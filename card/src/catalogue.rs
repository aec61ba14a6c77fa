//! What cards are called by their answer to reset: hints from a data file, never a verdict.
//!
//! Only the answer to READ says whether a card is a health card.

mod atr;
mod file;

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use self::atr::Pattern;
use crate::Error;

pub(crate) use self::file::Refreshed;

/// The catalogue this program was built with.
const BUNDLED: &str = include_str!("../../assets/cards.toml");

/// A card that is none of the NHI's, as far as its answer to reset tells.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WrongCard {
    name: Arc<str>,
    wording: Arc<str>,
}

impl WrongCard {
    /// One that nothing is known of.
    #[must_use]
    pub fn unknown() -> Self {
        Self {
            name: "unknown card".into(),
            wording: "card-wrong-other".into(),
        }
    }

    /// A short English name for logs and the command line.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key of what the screen says of it.
    #[must_use]
    pub fn wording(&self) -> &Arc<str> {
        &self.wording
    }
}

/// What an answer to reset suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// Health cards have been seen with it.
    HealthCard,
    /// Other cards have.
    Other(WrongCard),
    /// Nothing is known of it.
    Unknown,
}

/// The known answers to reset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    health_cards: Vec<Pattern>,
    others: Vec<Other>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Other {
    card: WrongCard,
    atr: Vec<Pattern>,
    historical: Vec<Historical>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Historical {
    Begins(Pattern),
    Anywhere(Pattern),
}

impl Catalogue {
    /// The one this program was built with.
    ///
    /// # Errors
    /// [`Error::ParseCatalogue`]; a test holds that it never is.
    pub fn bundled() -> Result<Self, Error> {
        Self::parse(BUNDLED, Path::new("assets/cards.toml"))
    }

    /// One from a file.
    ///
    /// # Errors
    /// [`Error::ReadCatalogue`], or [`Error::ParseCatalogue`] naming line and key.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::ReadCatalogue {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&text, path)
    }

    fn parse(text: &str, path: &Path) -> Result<Self, Error> {
        let file: File = toml::from_str(text).map_err(|source| Error::ParseCatalogue {
            path: path.to_owned(),
            source: Box::new(source),
        })?;
        Ok(Self {
            health_cards: file.health_card.atr,
            others: file.other.into_iter().map(Other::from).collect(),
        })
    }

    /// What this answer to reset suggests: whole values first, then what its historical bytes say.
    #[must_use]
    pub fn hint(&self, atr: &[u8]) -> Hint {
        if self.health_cards.iter().any(|known| known.is(atr)) {
            return Hint::HealthCard;
        }
        let historical = atr::historical_bytes(atr).unwrap_or_default();
        let whole = |other: &&Other| other.atr.iter().any(|known| known.is(atr));
        let by_history = |other: &&Other| {
            other.historical.iter().any(|known| match known {
                Historical::Begins(known) => known.begins(historical),
                Historical::Anywhere(known) => known.is_in(historical),
            })
        };
        let mut others = self.others.iter();
        others
            .clone()
            .find(whole)
            .or_else(|| others.find(by_history))
            .map_or(Hint::Unknown, |other| Hint::Other(other.card.clone()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    health_card: HealthCardTable,
    #[serde(default)]
    other: Vec<OtherTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HealthCardTable {
    atr: Vec<Pattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherTable {
    name: String,
    wording: String,
    #[serde(default)]
    atr: Vec<Pattern>,
    #[serde(default)]
    historical: Vec<Historical>,
}

impl From<OtherTable> for Other {
    fn from(table: OtherTable) -> Self {
        Self {
            card: WrongCard {
                name: table.name.into(),
                wording: table.wording.into(),
            },
            atr: table.atr,
            historical: table.historical,
        }
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| no_pattern(&text))
    }
}

impl<'de> Deserialize<'de> for Historical {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.strip_prefix('^') {
            Some(begin) => Pattern::parse(begin).map(Self::Begins),
            None => Pattern::parse(&text).map(Self::Anywhere),
        }
        .ok_or_else(|| no_pattern(&text))
    }
}

fn no_pattern<E: serde::de::Error>(text: &str) -> E {
    E::invalid_value(
        serde::de::Unexpected::Str(text),
        &"pairs of hexadecimal digits, `..` for any byte",
    )
}

#[cfg(test)]
#[path = "catalogue/tests.rs"]
mod tests;
