//! What can be wrong with the card, and how each fault is written.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use serde::Deserialize;

/// One thing that is wrong; `docs/virtual-card.md` says what each looks like at the reader.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum Fault {
    /// `mute`, `wrong-way`
    Mute,
    /// `mute-resets:N`: at the first N times it is switched on.
    MuteResets(u32),
    /// `mute-insertions:N`: at the first N insertions at this slot.
    MuteInsertions(u32),
    /// `unknown-atr`
    UnknownAtr,
    /// `flicker:N/MS`: out and in again N times within so long after it was put in.
    Flicker { times: u32, within: Duration },
    /// `pulled-at-power-on`, `pulled-during-select` and so on.
    Pulled(Point),
    /// `pulled-within-select` and so on: half an answer, then gone.
    PulledWithin(Point),
    /// `swapped-during-read:FILE`; unseen, the same connection goes on as the other card.
    Swapped {
        at: Point,
        is_seen: bool,
        by: PathBuf,
    },
    /// `slow:MS`, `slow-select:MS`, `slow-get-response:MS`
    Slow(Point, Duration),
    /// `empty-answer`, `empty-select`, `empty-get-response`
    Empty(Point),
    /// `garbage:SEED`
    Garbage(u64),
    /// `endless-61xx`
    EndlessGetResponse,
    /// `endless-6cxx`
    EndlessLength,
    /// `no-select`
    NoSelect,
    /// `refused:SW`
    Refused(u16),
    /// `61xx`
    GetResponse,
    /// `6cxx`
    NamedLength,
    /// `garbled`
    Garbled,
    /// `short`
    Short,
    /// `bad-check-digit`
    BadCheckDigit,
    /// `worn`
    Worn,
}

/// Where in the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    PowerOn,
    Select,
    Read,
    GetResponse,
}

/// The text names no fault.
#[derive(Debug, thiserror::Error)]
#[error("no such fault; `virtual-card --help` lists them")]
pub(crate) struct FaultError;

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some((name, value)) => with_value(name, value),
            None => plain(text),
        }
        .ok_or(FaultError)
    }
}

fn plain(name: &str) -> Option<Fault> {
    Some(match name {
        "mute" | "wrong-way" => Fault::Mute,
        "unknown-atr" => Fault::UnknownAtr,
        "pulled-at-power-on" => Fault::Pulled(Point::PowerOn),
        "empty-answer" => Fault::Empty(Point::Read),
        "endless-61xx" => Fault::EndlessGetResponse,
        "endless-6cxx" => Fault::EndlessLength,
        "no-select" => Fault::NoSelect,
        "61xx" => Fault::GetResponse,
        "6cxx" => Fault::NamedLength,
        "garbled" => Fault::Garbled,
        "short" => Fault::Short,
        "bad-check-digit" => Fault::BadCheckDigit,
        "worn" => Fault::Worn,
        _ => {
            return None
                .or_else(|| Some(Fault::Pulled(after(name, "pulled-during-")?)))
                .or_else(|| Some(Fault::PulledWithin(after(name, "pulled-within-")?)))
                .or_else(|| Some(Fault::Empty(after(name, "empty-")?)));
        }
    })
}

fn with_value(name: &str, value: &str) -> Option<Fault> {
    let milliseconds = |text: &str| text.parse().map(Duration::from_millis).ok();
    let swapped = |at, is_seen| {
        let by = PathBuf::from(value);
        (!value.is_empty()).then_some(Fault::Swapped { at, is_seen, by })
    };
    match name {
        "mute-resets" => value.parse().map(Fault::MuteResets).ok(),
        "mute-insertions" => value.parse().map(Fault::MuteInsertions).ok(),
        "garbage" => value.parse().map(Fault::Garbage).ok(),
        "refused" => u16::from_str_radix(value, 16).map(Fault::Refused).ok(),
        "slow" => Some(Fault::Slow(Point::Read, milliseconds(value)?)),
        "flicker" => {
            let (times, within) = value.split_once('/')?;
            Some(Fault::Flicker {
                times: times.parse().ok().filter(|times| *times <= FLICKERS_MAX)?,
                within: milliseconds(within)?,
            })
        }
        _ => None
            .or_else(|| swapped(after(name, "swapped-during-")?, true))
            .or_else(|| swapped(after(name, "swapped-unseen-during-")?, false))
            .or_else(|| Some(Fault::Slow(after(name, "slow-")?, milliseconds(value)?))),
    }
}

/// More bounces than this no contact makes; each is a connection to be planned.
const FLICKERS_MAX: u32 = 1000;

fn after(name: &str, prefix: &str) -> Option<Point> {
    match name.strip_prefix(prefix)? {
        "select" => Some(Point::Select),
        "read" => Some(Point::Read),
        "get-response" => Some(Point::GetResponse),
        _ => None,
    }
}

impl fmt::Display for Point {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::PowerOn => "power-on",
            Self::Select => "select",
            Self::Read => "read",
            Self::GetResponse => "get-response",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mute => formatter.write_str("mute"),
            Self::MuteResets(count) => write!(formatter, "mute-resets:{count}"),
            Self::MuteInsertions(count) => write!(formatter, "mute-insertions:{count}"),
            Self::UnknownAtr => formatter.write_str("unknown-atr"),
            Self::Flicker { times, within } => {
                write!(formatter, "flicker:{times}/{}", within.as_millis())
            }
            Self::Pulled(Point::PowerOn) => formatter.write_str("pulled-at-power-on"),
            Self::Pulled(point) => write!(formatter, "pulled-during-{point}"),
            Self::PulledWithin(point) => write!(formatter, "pulled-within-{point}"),
            Self::Swapped { at, is_seen, by } => {
                let unseen = if *is_seen { "" } else { "unseen-" };
                write!(formatter, "swapped-{unseen}during-{at}:{}", by.display())
            }
            Self::Slow(Point::Read, delay) => write!(formatter, "slow:{}", delay.as_millis()),
            Self::Slow(point, delay) => write!(formatter, "slow-{point}:{}", delay.as_millis()),
            Self::Empty(Point::Read) => formatter.write_str("empty-answer"),
            Self::Empty(point) => write!(formatter, "empty-{point}"),
            Self::Garbage(seed) => write!(formatter, "garbage:{seed}"),
            Self::EndlessGetResponse => formatter.write_str("endless-61xx"),
            Self::EndlessLength => formatter.write_str("endless-6cxx"),
            Self::NoSelect => formatter.write_str("no-select"),
            Self::Refused(status) => write!(formatter, "refused:{status:04X}"),
            Self::GetResponse => formatter.write_str("61xx"),
            Self::NamedLength => formatter.write_str("6cxx"),
            Self::Garbled => formatter.write_str("garbled"),
            Self::Short => formatter.write_str("short"),
            Self::BadCheckDigit => formatter.write_str("bad-check-digit"),
            Self::Worn => formatter.write_str("worn"),
        }
    }
}

impl TryFrom<String> for Fault {
    type Error = FaultError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}
