//! A card's profile: what is on the chip, and what is wrong with it.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use crate::fault::Fault;
use crate::kind::Kind;

/// The card, as a TOML file or from the command line. Without any: an invented woman's card.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Profile {
    /// What sort of card.
    pub(crate) kind: Kind,
    /// Another answer to reset than the kind's, hexadecimal.
    pub(crate) atr: Option<String>,
    /// 12 digits.
    pub(crate) card_number: String,
    /// 10 characters; not checked, so that bad ones can be played.
    pub(crate) person_number: String,
    /// Written in Big5; a character outside it becomes `*`.
    pub(crate) name: String,
    /// The name's bytes instead, hexadecimal: for characters that only some machines know.
    pub(crate) name_bytes: Option<String>,
    /// What fills the name's field up.
    pub(crate) padding: Padding,
    /// `YYYY-MM-DD`.
    #[serde(deserialize_with = "date")]
    pub(crate) birth: Date,
    /// `M`, `F`, or anything else on a strange card.
    pub(crate) sex: char,
    /// `YYYY-MM-DD`.
    #[serde(deserialize_with = "date")]
    pub(crate) issued: Date,
    /// How long it thinks before each answer.
    pub(crate) latency_ms: u64,
    /// The pace of its line: a T=1 card at 9,600 baud sends 960 bytes a second, at 115,200 baud 11,520.
    /// Without: at once.
    pub(crate) line_bytes_per_s: Option<u32>,
    /// What is wrong with it.
    pub(crate) faults: Vec<Fault>,
}

/// What fills the name's field up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Padding {
    /// `00`
    #[default]
    Zero,
    /// `20`
    Space,
    /// `A1 40`
    WideSpace,
}

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProfileError {
    /// The file cannot be read.
    #[error("reading {} failed", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The file is not a profile.
    #[error("{} is no card's profile", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A field does not fit the card.
    #[error("`{field}` does not fit its {length} bytes on the card")]
    Field {
        /// Its name in the profile.
        field: &'static str,
        /// Its bytes on the card.
        length: usize,
    },
    /// No such key.
    #[error("`{key}` is no key of a profile")]
    Key {
        /// What stands there.
        key: String,
    },
    /// A key given on the command line has a value it cannot have.
    #[error("`{key}` cannot have this value")]
    Value {
        /// Its name in the profile.
        key: &'static str,
    },
    /// The card swapped in would be swapped itself.
    #[error("{} is swapped in by a fault and cannot be swapped itself", path.display())]
    Swapped {
        /// Its profile.
        path: PathBuf,
    },
    /// A field that should be hexadecimal is not.
    #[error("`{field}` is not hexadecimal")]
    Hexadecimal {
        /// Its name in the profile.
        field: &'static str,
    },
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            kind: Kind::default(),
            atr: None,
            card_number: "000012345678".to_owned(),
            person_number: "A123456789".to_owned(),
            name: "甄健康".to_owned(),
            name_bytes: None,
            padding: Padding::default(),
            birth: jiff::civil::date(1990, 2, 15),
            sex: 'F',
            issued: jiff::civil::date(2019, 5, 1),
            latency_ms: 0,
            line_bytes_per_s: None,
            faults: Vec::new(),
        }
    }
}

impl Profile {
    /// Reads a profile's file.
    pub(crate) fn load(path: &Path) -> Result<Self, ProfileError> {
        let text = std::fs::read_to_string(path).map_err(|source| ProfileError::Read {
            path: path.to_owned(),
            source,
        })?;
        toml::from_str(&text).map_err(|source| ProfileError::Parse {
            path: path.to_owned(),
            source: Box::new(source),
        })
    }

    /// Changes one key, written as on a command line; `fault` adds one to the others.
    pub(crate) fn set(&mut self, key: &str, value: &str) -> Result<(), ProfileError> {
        let text = || value.to_owned();
        match key {
            "kind" => {
                self.kind = Kind::from_str(value, false)
                    .map_err(|_| ProfileError::Value { key: "kind" })?;
            }
            "atr" => self.atr = Some(text()),
            "card_number" => self.card_number = text(),
            "person_number" => self.person_number = text(),
            "name" => (self.name, self.name_bytes) = (text(), None),
            "name_bytes" => self.name_bytes = Some(text()),
            "padding" => {
                self.padding = Padding::from_str(value, false)
                    .map_err(|_| ProfileError::Value { key: "padding" })?;
            }
            "birth" => self.birth = parsed("birth", value)?,
            "sex" => self.sex = parsed("sex", value)?,
            "issued" => self.issued = parsed("issued", value)?,
            "latency_ms" => self.latency_ms = parsed("latency_ms", value)?,
            "line_bytes_per_s" => {
                self.line_bytes_per_s = Some(parsed("line_bytes_per_s", value)?);
            }
            "fault" => self.faults.push(parsed("fault", value)?),
            _ => {
                return Err(ProfileError::Key {
                    key: key.to_owned(),
                });
            }
        }
        Ok(())
    }
}

fn parsed<T: FromStr>(key: &'static str, value: &str) -> Result<T, ProfileError> {
    value.parse().map_err(|_| ProfileError::Value { key })
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    String::deserialize(deserializer)?
        .parse()
        .map_err(serde::de::Error::custom)
}
