//! What devices and the line tell, in the words of the visit.

use std::sync::Arc;

use domain::campaign::Campaign;
use domain::visit::{CardInput, CardProblem, Change, Input, PrinterState, ReaderState, WrongCard};
use printer::PrinterStatus;

use crate::clock::Clock;
use crate::effect::{self, Terminal};

/// The card reader.
#[must_use]
pub fn card(event: card::Event) -> Option<Input> {
    Some(match event {
        card::Event::ReaderReady { .. } => Input::Surroundings(Change::Reader(ReaderState::Ready)),
        card::Event::ReaderMissing | card::Event::ServiceDown => {
            Input::Surroundings(Change::Reader(ReaderState::Missing))
        }
        card::Event::Reading => Input::Card(CardInput::Reading),
        // From here on the visit alone holds what the card said.
        card::Event::Read(held) => Input::Card(CardInput::Read(Box::new(held.take()?.reading()))),
        card::Event::Wrong(wrong) => {
            problem(CardProblem::Wrong(WrongCard(Arc::clone(wrong.wording()))))
        }
        card::Event::Mute => problem(CardProblem::Mute),
        card::Event::Fault(fault) => problem(match fault {
            card::CardFault::InvalidPersonNumber => CardProblem::BadPersonNumber,
            card::CardFault::UnreadableAnswer
            | card::CardFault::TimedOut
            | card::CardFault::HeldByOther => CardProblem::Unreadable,
        }),
        card::Event::Removed => Input::Card(CardInput::Removed),
    })
}

const fn problem(problem: CardProblem) -> Input {
    Input::Card(CardInput::Problem(problem))
}

/// The printer.
pub async fn printer(terminal: &Terminal, event: printer::Event, clock: Clock) -> Option<Input> {
    match event {
        printer::Event::Status(status) => {
            Some(Input::Surroundings(Change::Printer(printer_state(status))))
        }
        other => effect::reported(terminal, other, clock).await,
    }
}

/// A printer's many states as the few the screen knows.
#[must_use]
pub const fn printer_state(status: PrinterStatus) -> PrinterState {
    match printer::Cause::of(status) {
        Some(cause) => PrinterState::Trouble(effect::trouble(cause)),
        None => match status {
            PrinterStatus::PaperNearEnd => PrinterState::PaperLow,
            _ => PrinterState::Ready,
        },
    }
}

/// The line to the centre.
#[must_use]
pub fn line(event: sync::Event) -> Option<Input> {
    match event {
        sync::Event::LineUp => Some(Input::Surroundings(Change::Line(true))),
        sync::Event::LineDown => Some(Input::Surroundings(Change::Line(false))),
        sync::Event::RosterUpdated { .. } => Some(Input::Surroundings(Change::Roster(true))),
        sync::Event::CampaignUpdated(campaign) => {
            Some(Input::Surroundings(Change::Campaign(Some(campaign))))
        }
        sync::Event::EpochEnded | sync::Event::Quarantined => {
            Some(Input::Surroundings(Change::Records(false)))
        }
        sync::Event::Resumed => Some(Input::Surroundings(Change::Records(true))),
        sync::Event::OrdersUpdated | sync::Event::Answered { .. } | sync::Event::OutboxDepth(_) => {
            None
        }
    }
}
/// The campaign of this disk, read again.
pub async fn campaign(store: &store::Store) -> Option<Arc<Campaign>> {
    let stored = match store.load_campaign().await {
        Ok(stored) => stored?,
        Err(error) => {
            tracing::error!(%error, "the campaign could not be loaded");
            return None;
        }
    };
    match wire::campaign_file::load(&stored.text, "campaign") {
        Ok(campaign) => Some(Arc::new(campaign)),
        Err(error) => {
            tracing::error!(%error, "the stored campaign is not one");
            None
        }
    }
}
