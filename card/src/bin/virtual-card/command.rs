//! What can be asked of the program, a line each.

use std::path::PathBuf;
use std::time::Duration;

use crate::fault::{Fault, FaultError};
use crate::profile::ProfileError;

/// The longest a card can be kept out by `reinsert`: a day.
const REINSERT_MAX_MS: u64 = 24 * 3600 * 1000;

/// A line that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    /// `insert [FILE.toml] [key=value …]`
    Insert(Source),
    /// `pull`
    Pull,
    /// `swap [FILE.toml] [key=value …]`: out and another in at once.
    Swap(Source),
    /// `reinsert MS`: out, and the same in again after so long.
    Reinsert(Duration),
    /// `fault NAME`: on the card in the slot and all that follow.
    Fault(Fault),
    /// `clear`: no more such faults, and no nasty ones.
    Clear,
    /// `nasty SEED`
    Nasty(u64),
    /// `status`
    Status,
    /// `events`, `events timed`
    Events { is_timed: bool },
    /// `quit`
    Quit,
}

/// Which card: a profile's file, what is changed in it, or neither for the invented woman's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) file: Option<PathBuf>,
    pub(crate) changes: Vec<(String, String)>,
}

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
    #[error("no such command; `virtual-card --help` lists them")]
    Unknown,
    #[error("a quotation mark is missing")]
    Quotes,
    #[error("`{command}` takes {takes}")]
    Arguments {
        command: &'static str,
        takes: &'static str,
    },
    #[error(transparent)]
    Fault(#[from] FaultError),
    #[error("the card's profile cannot be used")]
    Profile(#[from] ProfileError),
    #[error("a card is in already")]
    Occupied,
    #[error("no card is in")]
    Empty,
}

/// Reads a line. Words are split as a shell does, so values with spaces stand in quotes.
pub(crate) fn parse(line: &str) -> Result<Command, CommandError> {
    let words = shlex::split(line).ok_or(CommandError::Quotes)?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let wrong = |command, takes| Err(CommandError::Arguments { command, takes });
    Ok(match words.as_slice() {
        ["insert", rest @ ..] => Command::Insert(source(rest)?),
        ["pull"] => Command::Pull,
        ["swap", rest @ ..] => Command::Swap(source(rest)?),
        ["reinsert", milliseconds] => match milliseconds.parse() {
            Ok(ms) if ms <= REINSERT_MAX_MS => Command::Reinsert(Duration::from_millis(ms)),
            _ => return wrong("reinsert", "milliseconds, a day at most"),
        },
        ["fault", name] => Command::Fault(name.parse()?),
        ["clear"] => Command::Clear,
        ["nasty", seed] => match seed.parse() {
            Ok(seed) => Command::Nasty(seed),
            Err(_) => return wrong("nasty", "a seed, a number"),
        },
        ["status"] => Command::Status,
        ["events"] => Command::Events { is_timed: false },
        ["events", "timed"] => Command::Events { is_timed: true },
        ["quit"] => Command::Quit,
        ["reinsert", ..] => return wrong("reinsert", "milliseconds"),
        ["fault", ..] => return wrong("fault", "one fault"),
        ["nasty", ..] => return wrong("nasty", "a seed"),
        ["events", ..] => return wrong("events", "nothing, or `timed`"),
        [command @ ("pull" | "clear" | "status" | "quit"), ..] => {
            let command = ["pull", "clear", "status", "quit"]
                .into_iter()
                .find(|known| known == command);
            return wrong(command.unwrap_or_default(), "nothing more");
        }
        _ => return Err(CommandError::Unknown),
    })
}

fn source(words: &[&str]) -> Result<Source, CommandError> {
    let mut source = Source::default();
    for word in words {
        match word.split_once('=') {
            Some((key, value)) => source.changes.push((key.to_owned(), value.to_owned())),
            None if source.file.is_none() && !word.is_empty() => {
                source.file = Some(PathBuf::from(word));
            }
            None => {
                return Err(CommandError::Arguments {
                    command: "a card",
                    takes: "one file, and changes as key=value",
                });
            }
        }
    }
    Ok(source)
}
