//! The threads that read, one a reader, so that nothing else ever waits on a card: another
//! program's transaction blocks whoever connects for as long as it likes.

use std::collections::HashMap;
use std::ffi::CString;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use crate::catalogue::Refreshed;
use crate::insertion::Insertion;
use crate::lane::Lane;
use crate::reading::Outcome;
use crate::worker::Message;

/// Threads at most: as many as `pcscd` knows readers. One that hangs in another program's
/// transaction still counts when its reader has gone.
const LANES_MAX: usize = 16;

/// The lanes of the readers that had a card in them.
pub(crate) struct Lanes {
    catalogue: Arc<Refreshed>,
    inbox: SyncSender<Message>,
    lanes: HashMap<CString, Arc<Door>>,
    running: Arc<AtomicUsize>,
}

/// What a lane's thread waits at.
#[derive(Default)]
struct Door {
    wanted: Mutex<Wanted>,
    changed: Condvar,
}

#[derive(Default)]
struct Wanted {
    /// Only the newest: an older reading is nobody's any more.
    reading: Option<(u64, Insertion)>,
    is_closed: bool,
}

impl Lanes {
    pub(crate) fn new(catalogue: Arc<Refreshed>, inbox: SyncSender<Message>) -> Self {
        Self {
            catalogue,
            inbox,
            lanes: HashMap::new(),
            running: Arc::default(),
        }
    }

    /// Has this card read; `Err` when no thread can be had for it.
    pub(crate) fn read(&mut self, number: u64, insertion: Insertion) -> Result<(), Outcome> {
        let door = match self.lanes.get(&insertion.reader) {
            Some(door) => Arc::clone(door),
            None => self.open(&insertion.reader)?,
        };
        door.want(|wanted| wanted.reading = Some((number, insertion)));
        Ok(())
    }

    /// Closes the lanes of readers that have gone.
    pub(crate) fn keep_only(&mut self, is_there: impl Fn(&str) -> bool) {
        self.lanes.retain(|reader, door| {
            let stays = is_there(&reader.to_string_lossy());
            if !stays {
                door.close();
            }
            stays
        });
    }

    fn open(&mut self, reader: &CString) -> Result<Arc<Door>, Outcome> {
        if self.running.load(Ordering::Acquire) >= LANES_MAX {
            tracing::error!("too many lanes hang in other programs' transactions");
            return Err(Outcome::Held);
        }
        let door = Arc::new(Door::default());
        let (theirs, inbox) = (Arc::clone(&door), self.inbox.clone());
        let (catalogue, running) = (Arc::clone(&self.catalogue), Arc::clone(&self.running));
        self.running.fetch_add(1, Ordering::AcqRel);
        let started = thread::Builder::new()
            .name("card-lane".to_owned())
            .spawn(move || {
                serve(&theirs, Lane::with(catalogue), &inbox);
                running.fetch_sub(1, Ordering::AcqRel);
            });
        if let Err(error) = started {
            tracing::error!(%error, "no thread for reading cards");
            self.running.fetch_sub(1, Ordering::AcqRel);
            return Err(Outcome::Held);
        }
        self.lanes.insert(reader.clone(), Arc::clone(&door));
        Ok(door)
    }
}

impl Drop for Lanes {
    fn drop(&mut self) {
        self.keep_only(|_| false);
    }
}

/// Reads what is wanted until the door is closed or nobody listens any more.
fn serve(door: &Door, mut lane: Lane, inbox: &SyncSender<Message>) {
    while let Some((number, insertion)) = door.wait() {
        let exchange = lane.exchange(&insertion, || {
            // Fails only when the worker has ended, which the next message notices.
            let _ = inbox.send(Message::Begun(number));
        });
        if inbox.send(Message::Done(number, exchange.outcome)).is_err() {
            return;
        }
    }
}

impl Door {
    fn want(&self, change: impl FnOnce(&mut Wanted)) {
        change(&mut self.wanted.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_one();
    }

    fn close(&self) {
        self.want(|wanted| wanted.is_closed = true);
    }

    fn wait(&self) -> Option<(u64, Insertion)> {
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if wanted.is_closed {
                return None;
            }
            if let Some(reading) = wanted.reading.take() {
                return Some(reading);
            }
            wanted = self
                .changed
                .wait(wanted)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}
