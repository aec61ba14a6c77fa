//! What the program tells of the slot, a word (and its object) a line.

use std::fmt;

use crate::fault::{Fault, Point};

/// One thing that happened at the slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Happening {
    /// `in LABEL`: put in; the reader need not have noticed.
    In(String),
    /// `inserted`: the reader has switched it on and has its answer to reset.
    Inserted,
    /// `on`, `off`, `reset`
    On,
    Off,
    Reset,
    /// `select`, `read`, `get-response`: this command has come; `command` is a stranger's.
    Command(Option<Point>),
    /// `fault NAME`: the nasty card drew it.
    Drawn(Fault),
    /// `swapped LABEL`: a fault has put this card in the other's place.
    Swapped(String),
    /// `lost`: the reader ended the connection; the card stays in and seeks it again.
    Lost,
    /// `removed`: it is out.
    Removed,
}

impl fmt::Display for Happening {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::In(label) => write!(formatter, "in {label}"),
            Self::Inserted => formatter.write_str("inserted"),
            Self::On => formatter.write_str("on"),
            Self::Off => formatter.write_str("off"),
            Self::Reset => formatter.write_str("reset"),
            Self::Command(Some(point)) => write!(formatter, "{point}"),
            Self::Command(None) => formatter.write_str("command"),
            Self::Drawn(fault) => write!(formatter, "fault {fault}"),
            Self::Swapped(label) => write!(formatter, "swapped {label}"),
            Self::Lost => formatter.write_str("lost"),
            Self::Removed => formatter.write_str("removed"),
        }
    }
}
