//! What stands on the slips of staff and technicians: totals and readiness. Nobody's personal data.

use jiff::civil::{Date, DateTime};

/// The totals of a counter's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalsLines {
    /// Which day.
    pub day: Date,
    /// Sales of masks.
    pub sales: u32,
    /// Adult masks sold.
    pub adult_masks: u32,
    /// Child masks sold.
    pub child_masks: u32,
    /// Money received, NT$.
    pub amount_twd: u32,
    /// Bookings made.
    pub bookings: u32,
    /// Bookings cancelled.
    pub cancelled: u32,
    /// Slips printed, copies included.
    pub slips: u32,
    /// Copies among them.
    pub reprints: u32,
    /// Each who sold.
    pub staff: Vec<StaffTotal>,
}

/// What one person at the counter sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffTotal {
    /// The name the counter knows.
    pub name: String,
    /// Sales.
    pub sales: u32,
    /// Money received, NT$.
    pub amount_twd: u32,
}

/// What is checked on a terminal; the same on screen, on paper and as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Check {
    /// The card reader.
    Reader,
    /// The printer.
    Printer,
    /// Touch.
    Touch,
    /// The display.
    Display,
    /// Sound.
    Sound,
    /// The line and the centre.
    Network,
    /// The terminal's database.
    Store,
    /// The roster.
    Roster,
    /// Operations waiting to be sent.
    Outbox,
    /// The clock.
    Clock,
    /// Certificates.
    Certificates,
    /// Versions.
    Versions,
}

impl Check {
    /// All checks, in the order of a report.
    pub const ALL: [Self; 12] = [
        Self::Reader,
        Self::Printer,
        Self::Touch,
        Self::Display,
        Self::Sound,
        Self::Network,
        Self::Store,
        Self::Roster,
        Self::Outbox,
        Self::Clock,
        Self::Certificates,
        Self::Versions,
    ];

    /// Its name on the command line and in keys of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Printer => "printer",
            Self::Touch => "touch",
            Self::Display => "display",
            Self::Sound => "sound",
            Self::Network => "network",
            Self::Store => "store",
            Self::Roster => "roster",
            Self::Outbox => "outbox",
            Self::Clock => "clock",
            Self::Certificates => "certificates",
            Self::Versions => "versions",
        }
    }

    /// The check with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|check| check.code() == code)
    }
}

/// A report whether the terminal is fit for service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadinessLines {
    /// Whether it is.
    pub fit: bool,
    /// When it was checked.
    pub checked_at: DateTime,
    /// What was checked.
    pub checks: Vec<CheckLine>,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckLine {
    /// Which.
    pub check: Check,
    /// How it went; `None` when it was not tested.
    pub passed: Option<bool>,
    /// A figure or a version, for the technician; may be empty.
    pub detail: String,
}
