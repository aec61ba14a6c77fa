//! The configuration file; unknown keys are refused with their name.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::CentralError;

/// What the centre is told. Command line options stand above it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `postgres://…`
    pub database: Option<String>,
    /// Where terminals reach the centre.
    pub listen: Option<SocketAddr>,
    /// Where operators reach it; nowhere when not given.
    pub operator_listen: Option<SocketAddr>,
    /// A file with the operator's token.
    pub operator_token_file: Option<PathBuf>,
    /// Connections to the database at most.
    pub database_connections_max: Option<usize>,
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
        toml::from_str(&text).map_err(|source| CentralError::Configuration {
            path: path.to_owned(),
            source,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects operators: the example that is shipped is one the program takes.
    #[test]
    fn the_example_is_good() {
        let text = include_str!("../../deploy/central.example.toml");
        let config: Config = toml::from_str(text).unwrap();
        assert!(config.database.is_some() && config.operator_token_file.is_some());
        assert!(toml::from_str::<Config>("port = 1").is_err());
    }
}
