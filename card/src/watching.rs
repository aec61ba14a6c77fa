//! The one thread that watches the readers through `pcscd`, and comes back when `pcscd` does.

use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::Duration;

use crate::stop::Stop;
use crate::watcher::Watcher;
use crate::worker::Message;
use crate::{Error, clock};

/// The longest wait before the readers are listed again.
const TURN: Duration = Duration::from_secs(2);
/// A turn without news never ends sooner than this, whatever `pcscd` does.
const TURN_MIN: Duration = Duration::from_millis(20);
/// Waits before `pcscd` is tried again: doubled from the first to the last, so that it is found
/// again well within a second of its return.
const BACK_OFF: (Duration, Duration) = (Duration::from_millis(100), Duration::from_millis(500));

/// Starts the thread; it ends when the worker is stopped or listens no more.
pub(crate) fn start(
    filter: Option<String>,
    inbox: SyncSender<Message>,
    stop: Arc<Stop>,
) -> Result<(), Error> {
    thread::Builder::new()
        .name("card-watch".to_owned())
        .spawn(move || watch(filter.as_deref(), &inbox, &stop))
        .map_err(Error::StartThread)?;
    Ok(())
}

fn watch(filter: Option<&str>, inbox: &SyncSender<Message>, stop: &Stop) {
    let mut back_off = BACK_OFF.0;
    while !stop.is_set() {
        let error = match Watcher::connect() {
            Ok(mut watcher) => {
                stop.set_context(Some(watcher.context()));
                let error = turns(&mut watcher, filter, inbox, stop, &mut back_off);
                stop.set_context(None);
                error
            }
            Err(error) => Some(error),
        };
        let Some(error) = error else { return };
        tracing::debug!(error = &error as &dyn std::error::Error, "no pcscd");
        if inbox.send(Message::Lost).is_err() {
            return;
        }
        stop.sleep(back_off);
        back_off = (back_off * 2).min(BACK_OFF.1);
    }
}

/// Turns until `pcscd` fails (the error) or nobody wants them any more (`None`).
fn turns(
    watcher: &mut Watcher,
    filter: Option<&str>,
    inbox: &SyncSender<Message>,
    stop: &Stop,
    back_off: &mut Duration,
) -> Option<Error> {
    // The first look never waits: whatever is there already is news.
    let mut wait = Duration::ZERO;
    let mut last = None;
    while !stop.is_set() {
        let begun = clock::now();
        let views = match watcher.look(filter, wait.min(stop.remaining())) {
            Ok(views) => views,
            Err(error) => return Some(error),
        };
        wait = TURN;
        *back_off = BACK_OFF.0;
        let is_news = last.as_ref() != Some(&views);
        if is_news {
            last = Some(views.clone());
        }
        if inbox.send(Message::Seen(views)).is_err() {
            return None;
        }
        if !is_news && begun.elapsed() < TURN_MIN {
            stop.sleep(TURN_MIN);
        }
    }
    None
}
