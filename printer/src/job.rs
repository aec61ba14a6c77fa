//! What becomes of a slip: its name, how sure we are, and why it stopped.

use std::fmt;

use crate::status::PrinterStatus;

/// The application's name for one printing of one slip. Never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JobId(pub u64);

/// How sure it is that the slip is on paper; the words on the screen follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The bytes were taken; whether they are on paper nobody knows: the printer answers nothing, or an
    /// answer was missing on the way.
    Sent,
    /// The printer worked through all of it (`GS r` came back).
    Answered,
    /// The printer says that all of it is on paper (`GS ( H` fn 48 came back).
    Printed,
}

/// Why a slip stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The paper came to its end.
    PaperEnd,
    /// The cover is open.
    CoverOpen,
    /// The cutter is jammed.
    CutterFault,
    /// The head is too hot.
    Overheated,
    /// A fault only a technician ends.
    Unrecoverable,
    /// Off line, and the printer does not say why.
    Offline,
    /// It does not answer.
    NotAnswering,
    /// It is not there.
    Absent,
    /// The page holds something no printer prints.
    Unprintable,
    /// Too many slips are waiting.
    QueueFull,
    /// The journal cannot be written: without it nothing is printed.
    Journal,
}

impl Cause {
    /// The cause a status gives; `None` for one in which slips are printed.
    #[must_use]
    pub const fn of(status: PrinterStatus) -> Option<Self> {
        match status {
            PrinterStatus::Ready | PrinterStatus::PaperNearEnd => None,
            PrinterStatus::PaperEnd => Some(Self::PaperEnd),
            PrinterStatus::CoverOpen => Some(Self::CoverOpen),
            PrinterStatus::CutterFault => Some(Self::CutterFault),
            PrinterStatus::Overheated => Some(Self::Overheated),
            PrinterStatus::Unrecoverable => Some(Self::Unrecoverable),
            PrinterStatus::Offline => Some(Self::Offline),
            PrinterStatus::NotAnswering => Some(Self::NotAnswering),
            PrinterStatus::Absent => Some(Self::Absent),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::PaperEnd => "out of paper",
            Self::CoverOpen => "the cover is open",
            Self::CutterFault => "the cutter is jammed",
            Self::Overheated => "the head is too hot",
            Self::Unrecoverable => "a fault that needs a technician",
            Self::Offline => "off line",
            Self::NotAnswering => "no answer",
            Self::Absent => "not connected",
            Self::Unprintable => "the page cannot be printed",
            Self::QueueFull => "too many slips waiting",
            Self::Journal => "the print journal cannot be written",
        })
    }
}

/// What the worker reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The printer's state, told when it changes and once after the start.
    Status(PrinterStatus),
    /// The printer worked through so much of a slip.
    Progress {
        /// Which slip.
        job: JobId,
        /// 0–100.
        percent: u8,
    },
    /// The slip is done.
    Finished {
        /// Which slip.
        job: JobId,
        /// How sure that is.
        grade: Grade,
    },
    /// The slip stopped, and the printer keeps the rest of it: that will be printed when the cause
    /// is gone, and then `Finished` follows. Printing it again now would make two slips.
    Held {
        /// Which slip.
        job: JobId,
        /// Why.
        cause: Cause,
    },
    /// The slip is over without being finished.
    Stopped {
        /// Which slip.
        job: JobId,
        /// Why.
        cause: Cause,
        /// Whether the printer is known to hold nothing of it: printing it again is safe once the
        /// printer is ready. When false, some or all of it may be on paper or still come.
        cleared: bool,
        /// How much of it the printer proved to be on paper, 0–100: where the paper ended. 0 where it
        /// proves nothing.
        on_paper_percent: u8,
    },
    /// Whether a slip hangs in the printer's mouth; told only of printers that know, when it changes.
    Mouth {
        /// A slip is still there.
        holds: bool,
    },
}
