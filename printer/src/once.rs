//! One slip or one question from the command line, waiting for the outcome.

use std::time::Duration;

use tokio::sync::mpsc::Receiver;
use tokio::sync::mpsc::error::TryRecvError;

use crate::clock;
use crate::error::Error;
use crate::job::{Event, Grade, JobId};
use crate::page::Page;
use crate::status::PrinterStatus;
use crate::worker::{self, Config};

/// Pause between looks for an event; the worker itself is not slowed by it.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// Prints one slip and waits until it is known what became of it. A printer that holds the rest of
/// a slip (no paper) is waited for.
///
/// # Errors
/// [`Error::NotPrinted`] with the cause, [`Error::NotInTime`] after `limit`, and those of
/// [`worker::spawn`].
pub fn print(config: Config, page: Page, limit: Duration) -> Result<Grade, Error> {
    let (handle, mut events) = worker::spawn(config)?;
    let job = JobId(u64::from(std::process::id()));
    handle.print(job, page)?;
    wait(&mut events, limit, |event| match event {
        Event::Finished { grade, .. } => Some(Ok(grade)),
        Event::Stopped { cause, cleared, .. } => Some(Err(Error::NotPrinted { cause, cleared })),
        _ => None,
    })?
}

/// Asks a printer for its state once.
///
/// # Errors
/// [`Error::NotInTime`] after `limit`, and those of [`worker::spawn`].
pub fn status(config: Config, limit: Duration) -> Result<PrinterStatus, Error> {
    let (_handle, mut events) = worker::spawn(config)?;
    wait(&mut events, limit, |event| match event {
        Event::Status(status) => Some(status),
        _ => None,
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the channel has no blocking receive with a limit; this is one"
)]
fn wait<T>(
    events: &mut Receiver<Event>,
    limit: Duration,
    wanted: impl Fn(Event) -> Option<T>,
) -> Result<T, Error> {
    let deadline = clock::now() + limit;
    loop {
        match events.try_recv() {
            Ok(event) => {
                if let Some(found) = wanted(event) {
                    return Ok(found);
                }
            }
            Err(TryRecvError::Disconnected) => return Err(Error::WorkerGone),
            Err(TryRecvError::Empty) if clock::now() >= deadline => {
                return Err(Error::NotInTime {
                    seconds: limit.as_secs(),
                });
            }
            Err(TryRecvError::Empty) => std::thread::sleep(LOOK_EVERY),
        }
    }
}
