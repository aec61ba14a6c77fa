//! The printer's thread: it owns the connection, feeds the machine with what happens and does what
//! the machine says. It never ends by itself; it ends when the last handle is dropped.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use crate::answer::Answer;
use crate::clock;
use crate::emit;
use crate::error::Error;
use crate::job::{Cause, Event, JobId};
use crate::journal::{Entry, Journal, NoJournal};
use crate::link::Link;
use crate::machine::{Effect, Input, Machine};
use crate::page::Page;
use crate::profile::Profile;
use crate::reader;
use crate::text::Typesetter;
use crate::transport::Address;

/// Messages to the worker, and its events to the application, that may wait.
const QUEUE: usize = 64;
/// How long one command may take to go out before the connection counts as broken.
const WRITE_LIMIT: Duration = Duration::from_secs(20);
/// The longest sleep, so that a dropped handle is noticed.
const LONGEST_SLEEP: Duration = Duration::from_millis(500);

/// Which printer, and how it is to be treated.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it is.
    pub address: Address,
    /// What cannot be asked of it.
    pub profile: Profile,
}

/// Commands to a printer's worker. When the last clone is dropped, the worker ends.
#[derive(Clone)]
pub struct Handle {
    inner: Arc<Inner>,
}

struct Inner {
    sender: SyncSender<Message>,
    stop: Arc<AtomicBool>,
}

pub(crate) enum Message {
    Print {
        job: JobId,
        page: Box<Page>,
    },
    AskStatus,
    /// From the reader of the connection with this number.
    Heard {
        connection: u64,
        answer: Answer,
    },
    HungUp {
        connection: u64,
    },
    Stop,
}

impl Handle {
    /// Asks for a slip. What becomes of it is told by events: always exactly one `Finished` or
    /// `Stopped` in the end.
    ///
    /// # Errors
    /// [`Error::Busy`] when too much is waiting, [`Error::WorkerGone`] when the worker ended.
    pub fn print(&self, job: JobId, page: Page) -> Result<(), Error> {
        self.send(Message::Print {
            job,
            page: Box::new(page),
        })
    }

    /// Asks for the printer's state, which is told by [`Event::Status`] even if it did not change.
    ///
    /// # Errors
    /// As [`Handle::print`].
    pub fn ask_status(&self) -> Result<(), Error> {
        self.send(Message::AskStatus)
    }

    fn send(&self, message: Message) -> Result<(), Error> {
        self.inner
            .sender
            .try_send(message)
            .map_err(|error| match error {
                TrySendError::Full(_) => Error::Busy,
                TrySendError::Disconnected(_) => Error::WorkerGone,
            })
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = self.sender.try_send(Message::Stop);
    }
}

/// Starts a printer's worker on its own thread, without a journal. Its events must be received: it waits for room.
///
/// # Errors
/// [`Error::ReadFont`] when the slips' font is not installed, [`Error::StartWorker`].
pub fn spawn(config: Config) -> Result<(Handle, mpsc::Receiver<Event>), Error> {
    spawn_with(config, Box::new(NoJournal))
}

/// As [`spawn`], with a journal on disk: what a terminal uses.
///
/// # Errors
/// As [`spawn`].
pub fn spawn_with(
    config: Config,
    journal: Box<dyn Journal>,
) -> Result<(Handle, mpsc::Receiver<Event>), Error> {
    let typesetter = Typesetter::load()?;
    let (sender, receiver) = sync_channel(QUEUE);
    let (events, told) = mpsc::channel(QUEUE);
    let stop = Arc::new(AtomicBool::new(false));
    let mut worker = Worker {
        machine: Machine::new(
            config.profile.clone(),
            config.address.bytes_a_second(&config.profile),
        ),
        config,
        journal,
        typesetter,
        messages: sender.clone(),
        events,
        link: None,
        connection: 0,
        start: clock::now(),
        stop: Arc::clone(&stop),
    };
    thread::Builder::new()
        .name("printer".to_owned())
        .spawn(move || worker.run(&receiver))
        .map_err(|source| Error::StartWorker { source })?;
    let inner = Arc::new(Inner { sender, stop });
    Ok((Handle { inner }, told))
}

struct Worker {
    config: Config,
    journal: Box<dyn Journal>,
    machine: Machine,
    typesetter: Typesetter,
    messages: SyncSender<Message>,
    events: mpsc::Sender<Event>,
    link: Option<(Link, Arc<AtomicBool>)>,
    connection: u64,
    start: Instant,
    stop: Arc<AtomicBool>,
}

impl Worker {
    fn run(&mut self, receiver: &Receiver<Message>) {
        let mut inputs = VecDeque::from([Input::Tick]);
        while !self.stop.load(Ordering::Relaxed) {
            // What the printer said comes before what we would send next.
            while let Ok(message) = receiver.try_recv() {
                if let Some(input) = self.input(message) {
                    inputs.push_front(input);
                }
            }
            let input = match inputs.pop_front() {
                Some(input) => input,
                None => match receiver.recv_timeout(self.sleep()) {
                    Ok(message) => match self.input(message) {
                        Some(input) => input,
                        None => continue,
                    },
                    Err(RecvTimeoutError::Timeout) => Input::Tick,
                    Err(RecvTimeoutError::Disconnected) => break,
                },
            };
            for effect in self.machine.step(self.now_ms(), input) {
                match self.perform(effect) {
                    Ok(next) => inputs.extend(next),
                    Err(TheApplicationIsGone) => return,
                }
            }
        }
        self.hang_up();
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn sleep(&self) -> Duration {
        Duration::from_millis(self.machine.due_ms().saturating_sub(self.now_ms()))
            .min(LONGEST_SLEEP)
    }

    fn input(&mut self, message: Message) -> Option<Input> {
        match message {
            Message::Print { job, page } => {
                match emit::pieces(&page, &self.config.profile, &mut self.typesetter) {
                    Ok(pieces) => Some(Input::Print { job, pieces }),
                    Err(error) => {
                        tracing::error!(job = job.0, %error, "slip cannot be printed");
                        let _ = self.tell(Event::Stopped {
                            job,
                            cause: Cause::Unprintable,
                            cleared: true,
                            on_paper_percent: 0,
                        });
                        None
                    }
                }
            }
            Message::AskStatus => Some(Input::AskStatus),
            Message::Heard { connection, answer } => (connection == self.connection
                && self.link.is_some())
            .then_some(Input::Answer(answer)),
            Message::HungUp { connection } => {
                (connection == self.connection && self.link.is_some()).then_some(Input::Lost)
            }
            Message::Stop => None,
        }
    }

    fn perform(&mut self, effect: Effect) -> Result<Option<Input>, TheApplicationIsGone> {
        match effect {
            Effect::Open => Ok(Some(self.open())),
            Effect::Close => {
                self.hang_up();
                Ok(None)
            }
            Effect::Write(bytes) => {
                let Some((link, _)) = &mut self.link else {
                    return Ok(None);
                };
                match link.write(&bytes, clock::now() + WRITE_LIMIT) {
                    Ok(()) => Ok(Some(Input::Written)),
                    Err(error) => {
                        tracing::warn!(error = %chain(&error), "printer takes no more bytes");
                        self.hang_up();
                        Ok(Some(Input::Lost))
                    }
                }
            }
            Effect::Note(job, entry) => {
                let noted = self.journal.note(job, entry);
                if let Err(error) = &noted {
                    tracing::error!(error = %chain(error), "the print journal cannot be written");
                }
                Ok((entry == Entry::Begun).then_some(match noted {
                    Ok(()) => Input::Noted,
                    Err(_) => Input::NoteFailed,
                }))
            }
            Effect::Tell(event) => {
                if let Event::Status(status) = event {
                    tracing::info!(?status, "printer");
                }
                self.tell(event).map(|()| None)
            }
        }
    }

    fn open(&mut self) -> Input {
        self.hang_up();
        let opened = Link::open(&self.config.address, &self.config.profile).and_then(|mut link| {
            self.connection += 1;
            let stop = Arc::new(AtomicBool::new(false));
            if link.answers() {
                reader::start(
                    self.config.profile.answers.presenter,
                    link.ear()?,
                    self.connection,
                    self.messages.clone(),
                    Arc::clone(&stop),
                )?;
            }
            Ok((link, stop))
        });
        match opened {
            Ok(link) => {
                let answers = link.0.answers();
                self.link = Some(link);
                Input::Opened { answers }
            }
            Err(error) => {
                tracing::debug!(error = %chain(&error), "printer cannot be opened");
                Input::OpenFailed
            }
        }
    }

    fn hang_up(&mut self) {
        if let Some((_, stop)) = self.link.take() {
            stop.store(true, Ordering::Relaxed);
        }
    }

    fn tell(&self, event: Event) -> Result<(), TheApplicationIsGone> {
        self.events
            .blocking_send(event)
            .map_err(|_| TheApplicationIsGone)
    }
}

struct TheApplicationIsGone;

/// An error with its causes on one line, for the log.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
