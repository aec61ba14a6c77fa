//! One reading, for the command line: waits for a card, reads it, ends.

use std::time::Duration;

use domain::CardReading;

use crate::clock;
use crate::stop::Stop;
use crate::worker;
use crate::{Config, Error, Event};

/// The least wait: `pcscd` needs a moment to show a card that is in.
const WAIT_MIN: Duration = Duration::from_millis(1500);

/// Waits this long for a card and reads it; blocks the calling thread. A wrong, mute or faulty card
/// ends the wait; a card pulled while it is read does not.
///
/// # Errors
/// [`Error::NoCard`], [`Error::WrongCard`], [`Error::Mute`], [`Error::Fault`];
/// [`Error::ServiceDown`] or [`Error::ReaderMissing`] if that was so at the end of the wait.
pub fn read(config: Config, wait: Duration) -> Result<CardReading, Error> {
    let deadline = clock::now().checked_add(wait.max(WAIT_MIN));
    let stop = Stop::at(deadline);
    let mut result = Err(Error::ServiceDown);
    worker::run(config, &stop, |event| {
        if stop.is_asked() {
            return;
        }
        let ended = match event {
            Event::ServiceDown => Err(Error::ServiceDown),
            Event::ReaderMissing => Err(Error::ReaderMissing),
            Event::ReaderReady { .. } | Event::Reading | Event::Removed => {
                Err(Error::NoCard { waited: wait })
            }
            Event::Read(reading) => Ok(reading),
            Event::Wrong(kind) => Err(Error::WrongCard(kind)),
            Event::Mute => Err(Error::Mute),
            Event::Fault(fault) => Err(Error::Fault(fault)),
        };
        let goes_on = matches!(
            ended,
            Err(Error::ServiceDown | Error::ReaderMissing | Error::NoCard { .. })
        );
        result = ended;
        if !goes_on {
            stop.stop();
        }
    });
    result
}
