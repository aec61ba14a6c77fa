//! The configuration file; unknown keys are refused with their name.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::CentralError;
use crate::error::ConfigurationMistake;

/// What the centre is told. Command line options stand above it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `postgres://…`
    pub database: Option<String>,
    /// A replica from which look-ups are answered; the database itself when not given.
    pub read_database: Option<String>,
    /// Where terminals reach the centre.
    pub listen: Option<SocketAddr>,
    /// Where operators reach it; nowhere when not given.
    pub operator_listen: Option<SocketAddr>,
    /// A file with the operator's token.
    pub operator_token_file: Option<PathBuf>,
    /// A file with the key shared with the card operator (M9).
    pub card_operator_key_file: Option<PathBuf>,
    /// Connections to the database at most.
    pub database_connections_max: Option<usize>,
    /// Where notices are written as files; they wait in the database when not given.
    pub notice_folder: Option<PathBuf>,
    /// Where links in e-mails lead, for example `https://nhi.example.tw`.
    pub public_address: Option<String>,
    /// The header in which the trusted proxy in front names the client's address.
    pub client_address_header: Option<String>,
    /// For development: the text of every captcha.
    pub development_captcha_answer: Option<String>,
    /// For development: how far ahead of the system's clock the centre's is.
    pub clock_offset_seconds: Option<i64>,
}

impl Config {
    /// Reads a file; without one everything is open.
    ///
    /// # Errors
    /// [`CentralError::File`] or [`CentralError::Configuration`].
    pub fn read(path: Option<&Path>) -> Result<Self, CentralError> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        let text = std::fs::read_to_string(path).map_err(|source| CentralError::File {
            path: path.to_owned(),
            action: "read",
            source,
        })?;
        Self::parse(&text, path)
    }

    /// Checks a configuration's text; `path` is for the error.
    fn parse(text: &str, path: &Path) -> Result<Self, CentralError> {
        toml::from_str(text).map_err(|source| {
            let start = source.span().map_or(0, |span| span.start);
            let before = text.as_bytes().iter().take(start);
            CentralError::Configuration {
                path: path.to_owned(),
                line: before.filter(|byte| **byte == b'\n').count() + 1,
                source: ConfigurationMistake(source),
            }
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects the database's password: a mistake is told by line and key, never with its text.
    #[test]
    fn a_mistake_is_told_without_the_text() {
        let text = "connections = 3\n\ndatabase = \"postgres://central:secret@localhost\" x";
        let error = Config::parse(text, Path::new("central.toml")).unwrap_err();
        let cause = std::error::Error::source(&error).unwrap();
        let told = format!("{error}: {cause}");
        assert!(told.contains("central.toml is wrong in line 3: "), "{told}");
        assert!(!told.contains("secret") && !told.contains('\n'), "{told}");
        let text = "\ndatabse = \"postgres://central:secret@localhost\"";
        let error = Config::parse(text, Path::new("central.toml")).unwrap_err();
        let cause = std::error::Error::source(&error).unwrap();
        let told = format!("{error}: {cause}");
        assert!(told.contains("line 2: unknown field `databse`"), "{told}");
        assert!(!told.contains("secret") && !told.contains('\n'), "{told}");
    }

    /// Protects operators: the example that is shipped is one the program takes.
    #[test]
    fn the_example_is_good() {
        let text = include_str!("../../deploy/central.example.toml");
        let config: Config = toml::from_str(text).unwrap();
        assert!(config.database.is_some() && config.operator_token_file.is_some());
        assert!(toml::from_str::<Config>("port = 1").is_err());
    }
}
