//! One reading, for the command line: waits for a card, reads it, ends.

use std::sync::Arc;
use std::time::Duration;

use crate::clock;
use crate::counter::Counter;
use crate::decode::Decoded;
use crate::stop::Stop;
use crate::worker::Worker;
use crate::{Config, Error, Event};

/// The least wait: `pcscd` needs a moment to show a card that is in.
const WAIT_MIN: Duration = Duration::from_millis(1500);

/// Waits this long for a card and reads it; blocks the calling thread. A wrong, mute or faulty card
/// ends the wait; a card pulled while it is read does not.
///
/// # Errors
/// [`Error::NoCard`], [`Error::WrongCard`], [`Error::Mute`], [`Error::Fault`];
/// [`Error::ServiceDown`] or [`Error::ReaderMissing`] if that was so at the end of the wait.
pub fn read(config: Config, wait: Duration) -> Result<Decoded, Error> {
    let deadline = clock::now().checked_add(wait.max(WAIT_MIN));
    let stop = Arc::new(Stop::at(deadline));
    let mut counter = Counter::new(config.preferred.clone());
    let mut result = Err(Error::ServiceDown);
    let worker = Worker::new(config, Arc::clone(&stop))?;
    worker.run(|change| {
        for event in counter.hear(change) {
            if !stop.is_asked() && conclude(event, wait, &mut result) {
                stop.stop();
            }
        }
    })?;
    result
}

/// What an event makes of the reading; whether that is its end.
fn conclude(event: Event, wait: Duration, result: &mut Result<Decoded, Error>) -> bool {
    let (ended, outcome) = match event {
        Event::ServiceDown => (false, Err(Error::ServiceDown)),
        Event::ReaderMissing => (false, Err(Error::ReaderMissing)),
        Event::ReaderReady { .. } | Event::Reading | Event::Removed => {
            (false, Err(Error::NoCard { waited: wait }))
        }
        Event::Read(held) => match held.take() {
            Some(decoded) => (true, Ok(decoded)),
            // Pulled in this very moment.
            None => (false, Err(Error::NoCard { waited: wait })),
        },
        Event::Wrong(card) => (true, Err(Error::WrongCard(card))),
        Event::Mute => (true, Err(Error::Mute)),
        Event::Fault(fault) => (true, Err(Error::Fault(fault))),
    };
    *result = outcome;
    ended
}
