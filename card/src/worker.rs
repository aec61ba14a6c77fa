//! The worker: one thread watches the readers, one a reader reads, and one decides what all that
//! means and tells it. The one that decides never calls `pcscd`.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use crate::catalogue::Refreshed;
use crate::clock;
use crate::counter::Counter;
use crate::insertion::ReaderView;
use crate::lanes::Lanes;
use crate::machine::Act;
use crate::readers::Readers;
use crate::reading::Outcome;
use crate::stop::Stop;
use crate::watching;
use crate::{Change, Config, Error, Event};

/// Events not yet taken; then the worker waits for its reader.
const EVENTS_MAX: usize = 32;
/// Messages from the watching thread and the lanes not yet taken; then these wait.
const MESSAGES_MAX: usize = 32;
/// The watching thread reports every two seconds; when nothing came for so long, `pcscd` hangs.
const SILENCE_MAX: Duration = Duration::from_secs(10);
/// How often a full channel is tried again.
const DELIVERY_PAUSE: Duration = Duration::from_millis(20);

/// What the deciding thread hears.
pub(crate) enum Message {
    /// What is at the readers; also when nothing changed, as a sign of life.
    Seen(Vec<ReaderView>),
    /// `pcscd` cannot be reached.
    Lost,
    /// The reading of this number got hold of its card.
    Begun(u64),
    /// It ended.
    Done(u64, Outcome),
    /// The worker shall end.
    Stop,
}

/// Keeps the worker alive; when it is dropped the worker's threads end, within two seconds unless
/// another program's transaction or a hanging `pcscd` still holds one.
#[derive(Debug)]
pub struct Handle(Arc<Stop>);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Starts the worker and tells what the counter sees: one card at a time. The channel holds 32
/// events; the worker waits for a slow receiver and ends when the handle or the receiver is dropped.
/// It never ends by itself.
///
/// # Errors
/// [`Error::StartThread`], or [`Error::ParseCatalogue`].
pub fn spawn(config: Config) -> Result<(Handle, mpsc::Receiver<Event>), Error> {
    let mut counter = Counter::new(config.preferred.clone());
    start(config, move |change| counter.hear(change))
}

/// As [`spawn`], but tells every change at every reader.
///
/// # Errors
/// As [`spawn`].
pub fn watch_readers(config: Config) -> Result<(Handle, mpsc::Receiver<Change>), Error> {
    start(config, |change| vec![change])
}

fn start<Told: Send + 'static>(
    config: Config,
    mut fold: impl FnMut(Change) -> Vec<Told> + Send + 'static,
) -> Result<(Handle, mpsc::Receiver<Told>), Error> {
    let (sender, receiver) = mpsc::channel(EVENTS_MAX);
    let stop = Arc::new(Stop::default());
    let shared = Arc::clone(&stop);
    let worker = Worker::new(config, Arc::clone(&stop))?;
    thread::Builder::new()
        .name("card-worker".to_owned())
        .spawn(move || {
            let tell = |change| {
                for told in fold(change) {
                    deliver(&sender, told, &shared);
                }
            };
            if let Err(error) = worker.run(tell) {
                tracing::error!(error = &error as &dyn std::error::Error, "no card reader");
            }
        })
        .map_err(Error::StartThread)?;
    Ok((Handle(stop), receiver))
}

/// Waits for room in the channel without outliving the handle; stops when nobody listens.
fn deliver<Told>(sender: &mpsc::Sender<Told>, mut told: Told, stop: &Stop) {
    while !stop.is_set() {
        match sender.try_send(told) {
            Ok(()) => return,
            Err(TrySendError::Full(back)) => {
                told = back;
                thread::park_timeout(DELIVERY_PAUSE);
            }
            Err(TrySendError::Closed(_)) => return stop.stop(),
        }
    }
}

/// The deciding thread's belongings.
pub(crate) struct Worker {
    config: Config,
    stop: Arc<Stop>,
    readers: Readers,
    lanes: Lanes,
    inbox: Receiver<Message>,
    sender: SyncSender<Message>,
    begun: Instant,
}

impl Worker {
    pub(crate) fn new(config: Config, stop: Arc<Stop>) -> Result<Self, Error> {
        let (sender, inbox) = sync_channel(MESSAGES_MAX);
        let catalogue = Arc::new(Refreshed::new(config.catalogue.clone())?);
        stop.set_inbox(sender.clone());
        Ok(Self {
            readers: Readers::new(config.clone()),
            lanes: Lanes::new(catalogue, sender.clone()),
            config,
            stop,
            inbox,
            sender,
            begun: clock::now(),
        })
    }

    /// Decides until stopped, telling each change as it happens.
    pub(crate) fn run(mut self, mut tell: impl FnMut(Change)) -> Result<(), Error> {
        watching::start(
            self.config.reader.clone(),
            self.sender.clone(),
            Arc::clone(&self.stop),
        )?;
        let mut silent_until = self.begun.elapsed() + SILENCE_MAX;
        while !self.stop.is_set() {
            let now = self.begun.elapsed();
            let due = self
                .readers
                .deadline()
                .map_or(silent_until, |due| due.min(silent_until));
            let wait = due.saturating_sub(now).min(self.stop.remaining());
            let message = self.inbox.recv_timeout(wait);
            let now = self.begun.elapsed();
            let acts = match message {
                Ok(Message::Seen(views)) => {
                    silent_until = now + SILENCE_MAX;
                    self.readers.look(&views, now)
                }
                Ok(Message::Lost) => {
                    silent_until = now + SILENCE_MAX;
                    self.readers.service_lost()
                }
                Ok(Message::Begun(number)) => self.readers.begun(number, now),
                Ok(Message::Done(number, outcome)) => self.readers.done(number, &outcome, now),
                Ok(Message::Stop) => break,
                Err(RecvTimeoutError::Timeout) if now >= silent_until => {
                    tracing::error!("pcscd does not answer");
                    silent_until = now + SILENCE_MAX;
                    self.readers.service_lost()
                }
                Err(RecvTimeoutError::Timeout) => self.readers.pass_time(now),
                // Never: this side keeps a sender too.
                Err(RecvTimeoutError::Disconnected) => break,
            };
            self.perform(acts, &mut tell);
        }
        Ok(())
    }

    fn perform(&mut self, acts: Vec<Act>, tell: &mut impl FnMut(Change)) {
        for act in acts {
            match act {
                Act::Tell(change) => {
                    match &change {
                        Change::NoService => self.lanes.keep_only(|_| false),
                        Change::Readers(names) => self
                            .lanes
                            .keep_only(|reader| names.iter().any(|name| name == reader)),
                        Change::Reader { .. } => {}
                    }
                    tell(change);
                }
                Act::Read { number, insertion } => {
                    if let Err(outcome) = self.lanes.read(number, insertion) {
                        let now = self.begun.elapsed();
                        let acts = self.readers.done(number, &outcome, now);
                        self.perform(acts, tell);
                    }
                }
            }
        }
    }
}
