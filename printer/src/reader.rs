//! The one thread that reads from a printer: it sorts answers and passes them on, so that nobody
//! takes another's answer for his own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::Duration;

use crate::answer::Sorter;
use crate::error::Error;
use crate::link::Ear;
use crate::profile::Presenter;
use crate::worker::Message;

/// A line silent for so long has nothing unfinished on it.
const SILENCE: Duration = Duration::from_millis(100);

/// Starts reading until the connection breaks or `stop` is set.
pub(crate) fn start(
    presenter: Presenter,
    mut ear: Ear,
    connection: u64,
    messages: SyncSender<Message>,
    stop: Arc<AtomicBool>,
) -> Result<(), Error> {
    thread::Builder::new()
        .name("printer-reader".to_owned())
        .spawn(move || {
            let mut sorter = Sorter::of(presenter);
            let mut buffer = [0; 256];
            while !stop.load(Ordering::Relaxed) {
                match ear.listen(&mut buffer, SILENCE) {
                    Ok(0) => sorter.silence(),
                    Ok(count) => {
                        for answer in buffer[..count].iter().filter_map(|&byte| sorter.push(byte)) {
                            if messages
                                .send(Message::Heard { connection, answer })
                                .is_err()
                            {
                                return;
                            }
                        }
                    }
                    Err(error) => {
                        tracing::warn!(%error, "printer hung up");
                        let _ = messages.send(Message::HungUp { connection });
                        return;
                    }
                }
            }
        })
        .map(|_| ())
        .map_err(|source| Error::StartWorker { source })
}
