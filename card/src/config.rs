//! What the worker can be told.

use std::path::PathBuf;
use std::time::Duration;

/// How to watch for cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Only readers whose name contains this text; `None` takes all.
    pub reader: Option<String>,
    /// Where cards are in several readers, the one whose name contains this text is the counter's.
    pub preferred: Option<String>,
    /// A card that has begun to answer and takes longer is told as timed out.
    pub read_timeout: Duration,
    /// How long another program may hold the card before that is told; it is read as soon as the
    /// other lets go, also later.
    pub held_timeout: Duration,
    /// How long a result can be taken; afterwards it is zeroed and the card awaits its removal.
    pub kept: Duration,
    /// A catalogue of cards that replaces the one this program was built with; read again when the
    /// file changes.
    pub catalogue: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            reader: None,
            preferred: None,
            read_timeout: Duration::from_secs(10),
            held_timeout: Duration::from_secs(5),
            kept: Duration::from_secs(60),
            catalogue: None,
        }
    }
}
