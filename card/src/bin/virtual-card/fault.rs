//! What can be wrong with the card.

use std::str::FromStr;
use std::time::Duration;

use serde::Deserialize;

/// One thing that is wrong; see `virtual-card --help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum Fault {
    /// `mute`, `wrong-way`
    Mute,
    /// `no-select`
    NoSelect,
    /// `pulled-during-select`
    PulledDuringSelect,
    /// `pulled-during-read`
    PulledDuringRead,
    /// `empty-answer`
    EmptyAnswer,
    /// `slow:MS`
    Slow(Duration),
    /// `garbled`
    Garbled,
    /// `short`
    Short,
    /// `bad-check-digit`
    BadCheckDigit,
    /// `worn`
    Worn,
    /// `refused:SW`
    Refused(u16),
    /// `61xx`
    GetResponse,
    /// `6cxx`
    NamedLength,
}

/// The text names no fault.
#[derive(Debug, thiserror::Error)]
#[error("no such fault; `virtual-card --help` lists them")]
pub(crate) struct FaultError;

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(milliseconds) = text.strip_prefix("slow:") {
            return milliseconds
                .parse()
                .map(|ms| Self::Slow(Duration::from_millis(ms)))
                .map_err(|_| FaultError);
        }
        if let Some(status) = text.strip_prefix("refused:") {
            return u16::from_str_radix(status, 16)
                .map(Self::Refused)
                .map_err(|_| FaultError);
        }
        Ok(match text {
            "mute" | "wrong-way" => Self::Mute,
            "no-select" => Self::NoSelect,
            "pulled-during-select" => Self::PulledDuringSelect,
            "pulled-during-read" => Self::PulledDuringRead,
            "empty-answer" => Self::EmptyAnswer,
            "garbled" => Self::Garbled,
            "short" => Self::Short,
            "bad-check-digit" => Self::BadCheckDigit,
            "worn" => Self::Worn,
            "61xx" => Self::GetResponse,
            "6cxx" => Self::NamedLength,
            _ => return Err(FaultError),
        })
    }
}

impl TryFrom<String> for Fault {
    type Error = FaultError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}
