//! What the worker can be told.

use std::time::Duration;

/// How to watch for cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Only readers whose name contains this text; `None` takes all.
    pub reader: Option<String>,
    /// A reading that takes longer is told as timed out.
    pub read_timeout: Duration,
    /// How long another program may hold the card before that is told.
    pub held_timeout: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            reader: None,
            read_timeout: Duration::from_secs(10),
            held_timeout: Duration::from_secs(5),
        }
    }
}
