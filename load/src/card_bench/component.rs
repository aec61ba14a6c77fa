//! The component at the first reader: single readings, and the watch with its events.

use card::{Config, Event, Handle, Lane};
use tokio::sync::mpsc::Receiver;

use crate::error::LoadError;
use crate::readers::{READERS, clock};

/// Only the first reader.
pub(crate) fn config() -> Config {
    Config {
        reader: Some(READERS[0].to_string_lossy().into_owned()),
        ..Config::default()
    }
}

/// The component's way of reading, without its watch.
pub(crate) fn lane() -> Result<Lane, LoadError> {
    Lane::open(&config()).map_err(|source| LoadError::Card { source })
}

/// One reading by the component, of a card that its watch has seen put in: connecting, the transaction, the
/// check that it is still the same insertion, judging and decoding; nanoseconds.
pub(crate) fn reading_ns(lane: &mut Lane) -> Result<u64, LoadError> {
    let card = lane
        .card_in(READERS[0])
        .map_err(|source| LoadError::Card { source })?
        .ok_or(LoadError::Own {
            what: "no card is in the virtual reader",
        })?;
    let begun = clock::now_ns();
    let exchange = lane.read(&card);
    let decoded = exchange.held().and_then(|held| held.get());
    let time_ns = clock::now_ns() - begun;
    decoded.map(|_| time_ns).ok_or(LoadError::Own {
        what: "the component did not read the virtual card",
    })
}

/// The component watching.
pub(crate) struct Watching {
    _handle: Handle,
    events: Receiver<Event>,
}

impl Watching {
    /// Starts it; back when it is ready.
    pub(crate) fn start() -> Result<Self, LoadError> {
        let (handle, events) =
            card::spawn(config()).map_err(|source| LoadError::Card { source })?;
        let mut watching = Self {
            _handle: handle,
            events,
        };
        watching.until(|event| matches!(event, Event::ReaderReady { .. }))?;
        Ok(watching)
    }

    /// Waits for a card that is read; when its event came, in nanoseconds.
    pub(crate) fn read_ns(&mut self) -> Result<u64, LoadError> {
        self.until(|event| matches!(event, Event::Read(held) if held.get().is_some()))?;
        Ok(clock::now_ns())
    }

    /// Waits for the card's removal.
    pub(crate) fn removed(&mut self) -> Result<(), LoadError> {
        self.until(|event| matches!(event, Event::Removed))
    }

    fn until(&mut self, is_it: impl Fn(&Event) -> bool) -> Result<(), LoadError> {
        while let Some(event) = self.events.blocking_recv() {
            if is_it(&event) {
                return Ok(());
            }
            let is_fault = matches!(event, Event::Wrong(_) | Event::Mute | Event::Fault(_));
            if is_fault {
                break;
            }
        }
        Err(LoadError::Own {
            what: "the component told something else of a good card",
        })
    }
}
