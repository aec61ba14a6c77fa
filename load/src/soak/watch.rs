//! The component under test at one reader, and a record of what it said.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use card::{Config, Event, Handle, Held};

use crate::error::LoadError;
use crate::readers::{READERS, clock};
use crate::soak::oracle::Said;
use crate::soak::people;

/// Shorter than the kiosk's, so that slow cards run into them.
const READ_TIMEOUT: Duration = Duration::from_secs(3);
const HELD_TIMEOUT: Duration = Duration::from_millis(1500);

type Record = Arc<Mutex<Vec<(u64, Said)>>>;

/// The component at one reader.
pub(crate) struct Watch {
    _handle: Handle,
    said: Record,
}

impl Watch {
    /// Starts it at the reader of this slot.
    pub(crate) fn start(slot: usize) -> Result<Self, LoadError> {
        let (handle, mut events) = card::spawn(Config {
            reader: Some(READERS[slot].to_string_lossy().into_owned()),
            read_timeout: READ_TIMEOUT,
            held_timeout: HELD_TIMEOUT,
            ..Config::default()
        })
        .map_err(|source| LoadError::Card { source })?;
        let said = Record::default();
        let record = Arc::clone(&said);
        std::thread::spawn(move || {
            let mut last = None;
            while let Some(event) = events.blocking_recv() {
                let said = meaning(&event, &mut last);
                let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
                record.push((clock::now_ns(), said));
            }
        });
        Ok(Self {
            _handle: handle,
            said,
        })
    }

    /// What it said since it was last forgotten.
    pub(crate) fn said(&self) -> Vec<(u64, Said)> {
        self.lock().clone()
    }

    /// Forgets what it said.
    pub(crate) fn forget(&self) {
        self.lock().clear();
    }

    /// Whether the last it said of a card is that it is out.
    pub(crate) fn is_quiet(&self) -> bool {
        let said = self.lock();
        let last = said.iter().rev().find(|(_, said)| *said != Said::Health);
        last.is_none_or(|(_, said)| *said == Said::Removed)
    }

    /// Whether it has said, since so many things it said before, what a card is.
    pub(crate) fn has_judged(&self, since: usize) -> bool {
        let said = self.lock();
        let judged =
            |(_, said): &(u64, Said)| matches!(said, Said::Read(_) | Said::Other | Said::Removed);
        said.get(since..).unwrap_or_default().iter().any(judged)
    }

    /// Whether it has read this person's card since then, and the card is still there.
    pub(crate) fn shows(&self, person: usize, since: usize) -> bool {
        let said = self.lock();
        let last = said.get(since..).unwrap_or_default().last();
        last.is_some_and(|(_, said)| *said == Said::Read(Some(person)))
    }

    /// How much it has said.
    pub(crate) fn count(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(u64, Said)>> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What an event says; the last result is kept to see that its removal ends it.
fn meaning(event: &Event, last: &mut Option<Held>) -> Said {
    match event {
        Event::Reading => Said::Reading,
        Event::Read(held) => {
            let decoded = held.get();
            *last = Some(held.clone());
            // Gone again before it could be looked at.
            decoded.map_or(Said::Other, |decoded| {
                Said::Read(people::by_numbers(
                    decoded.card_number.reveal(),
                    decoded.person_number.reveal(),
                ))
            })
        }
        Event::Removed => match last.take().and_then(|held| held.answer()) {
            Some(_) => Said::RemovedReadable,
            None => Said::Removed,
        },
        Event::Wrong(_) | Event::Mute | Event::Fault(_) => Said::Other,
        Event::ReaderReady { .. } | Event::ReaderMissing | Event::ServiceDown => Said::Health,
    }
}
