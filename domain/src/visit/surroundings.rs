//! What stands around a visit: the terminal, its devices, the line, the campaign.

use std::sync::Arc;

use super::input::PrintTrouble;
use crate::campaign::{AreaId, Campaign, LocalText, StoreId};

/// The terminal and the health of everything it depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// The terminal, for example `T00042`.
    pub terminal: String,
    /// The store it stands in.
    pub store: StoreId,
    /// The store's township: where area choices begin.
    pub area: AreaId,
    /// The store's name, for paper.
    pub place: LocalText,
    /// The campaign, once there is one.
    pub campaign: Option<Arc<Campaign>>,
    /// The card reader.
    pub reader: ReaderState,
    /// The printer.
    pub printer: PrinterState,
    /// Whether the centre answers.
    pub line: bool,
    /// Whether a verified roster is here.
    pub roster: bool,
    /// Whether the terminal's database takes records.
    pub records: bool,
}

/// The card reader's health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReaderState {
    /// Ready for a card.
    Ready,
    /// No reader, or its service is down.
    Missing,
}

/// The printer's health, as a customer needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrinterState {
    /// Ready.
    Ready,
    /// Ready; staff should bring paper soon.
    PaperLow,
    /// Cannot print now.
    Trouble(PrintTrouble),
}

impl PrinterState {
    /// Whether a slip would come out.
    #[must_use]
    pub const fn prints(self) -> bool {
        matches!(self, Self::Ready | Self::PaperLow)
    }
}

/// A change of the surroundings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another campaign.
    Campaign(Option<Arc<Campaign>>),
    /// The reader's health.
    Reader(ReaderState),
    /// The printer's health.
    Printer(PrinterState),
    /// The line.
    Line(bool),
    /// The roster.
    Roster(bool),
    /// The database.
    Records(bool),
}

/// Why a service is not offered; the idle screen says so plainly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Closed {
    /// No card reader.
    NoReader,
    /// No roster yet.
    NoRoster,
    /// No campaign, or it has no such round.
    NoRound,
    /// The terminal cannot keep records.
    NoRecords,
}

impl Surroundings {
    /// Takes a change in.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Campaign(campaign) => self.campaign = campaign,
            Change::Reader(state) => self.reader = state,
            Change::Printer(state) => self.printer = state,
            Change::Line(up) => self.line = up,
            Change::Roster(here) => self.roster = here,
            Change::Records(writable) => self.records = writable,
        }
    }

    /// Why vaccine services are closed, or `None`.
    #[must_use]
    pub fn vaccine_closed(&self) -> Option<Closed> {
        let round = self
            .campaign
            .as_ref()
            .is_some_and(|campaign| !campaign.vaccine_rounds.is_empty());
        self.closed(round)
    }

    /// Why mask pickup is closed, or `None`. By number it needs no reader.
    #[must_use]
    pub fn masks_closed(&self) -> Option<Closed> {
        let round = self
            .campaign
            .as_ref()
            .is_some_and(|campaign| !campaign.mask_rounds.is_empty());
        self.closed(round)
            .filter(|reason| *reason != Closed::NoReader)
    }

    fn closed(&self, round: bool) -> Option<Closed> {
        if !self.records {
            Some(Closed::NoRecords)
        } else if !round {
            Some(Closed::NoRound)
        } else if !self.roster {
            Some(Closed::NoRoster)
        } else if self.reader == ReaderState::Missing {
            Some(Closed::NoReader)
        } else {
            None
        }
    }
}
