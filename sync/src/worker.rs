//! The worker: does what the machine decides, and never ends before its last handle is dropped.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::{Id, JoinSet};
use tokio::time::Instant;

use crate::event::Waiting;
use crate::handle::{Bell, Waiter};
use crate::job::{Jobs, SendReport, failure};
use crate::machine::Machine;
use crate::step::{Command, Failure, Item, Notice, Sent};
use crate::{Centre, Event, Handle, KeyId, Pace, SyncError, Terminal};

/// People who may wait for an answer at the same time; a terminal serves one.
const WAITERS_LIMIT: usize = 8;

/// Events handed over but not taken.
const EVENTS_LIMIT: usize = 64;

/// Starts the worker on a thread of its own.
///
/// # Errors
/// [`SyncError::Thread`].
pub fn spawn(
    pace: Pace,
    centre: Centre,
    terminal: Arc<dyn Terminal>,
) -> Result<(Handle, mpsc::Receiver<Event>), SyncError> {
    let (waiters, waiters_in) = mpsc::channel(WAITERS_LIMIT);
    let (events_out, events) = mpsc::channel(EVENTS_LIMIT);
    let bell = Arc::new(Bell::default());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| SyncError::Thread { source })?;
    let handle = Handle {
        waiters,
        bell: Arc::clone(&bell),
    };
    std::thread::Builder::new()
        .name("sync".to_owned())
        .spawn(move || {
            runtime.block_on(async move {
                let spread = spread(&terminal).await;
                let worker = Worker {
                    machine: Machine::new(pace, spread),
                    jobs: Arc::new(Jobs::new(centre, terminal)),
                    started: Instant::now(),
                    pace,
                    waiting: Waiting::default(),
                    people: Vec::new(),
                    depth: None,
                    halted_as: None,
                };
                worker.run(waiters_in, &bell, events_out).await;
            });
        })
        .map_err(|source| SyncError::Thread { source })?;
    Ok((handle, events))
}

struct Worker {
    machine: Machine,
    jobs: Arc<Jobs>,
    started: Instant,
    pace: Pace,
    waiting: Waiting,
    people: Vec<(Waiter, u64)>,
    depth: Option<u64>,
    /// Who the terminal was when it was told to enrol.
    halted_as: Option<Option<KeyId>>,
}

enum Done {
    Health(bool),
    Send(Result<SendReport, SyncError>),
    Refresh(Item, Result<Option<Event>, SyncError>),
    Erase,
}

impl Worker {
    async fn run(
        mut self,
        mut waiters: mpsc::Receiver<Waiter>,
        bell: &Bell,
        events: mpsc::Sender<Event>,
    ) {
        let mut running: JoinSet<Done> = JoinSet::new();
        let mut commands: HashMap<Id, Command> = HashMap::new();
        loop {
            while let Some(command) = self.machine.next(self.now_ms()) {
                let task = running.spawn(perform(Arc::clone(&self.jobs), command));
                commands.insert(task.id(), command);
            }
            self.dismiss_people();
            let wake = self.started + Duration::from_millis(self.wake_ms());
            tokio::select! {
                waiter = waiters.recv() => match waiter {
                    Some(waiter) => self.person_waits(waiter).await,
                    None => return,
                },
                () = bell.kick.notified() => self.kicked().await,
                () = bell.refresh.notified() => self.machine.refresh_all(self.now_ms()),
                Some(joined) = running.join_next_with_id() => {
                    let (id, done) = match joined {
                        Ok((id, done)) => (id, Some(done)),
                        Err(error) => (error.id(), None),
                    };
                    if let Some(command) = commands.remove(&id) {
                        self.done(done.unwrap_or_else(|| broken(command))).await;
                    }
                }
                permit = events.reserve(), if !self.waiting.is_empty() && !events.is_closed() => {
                    if let (Ok(permit), Some(event)) = (permit, self.waiting.take()) {
                        permit.send(event);
                    }
                }
                () = tokio::time::sleep_until(wake) => {}
            }
        }
    }

    async fn person_waits(&mut self, waiter: Waiter) {
        // The answer may have come between recording and asking.
        if let Ok(Some(outcome)) = self.jobs.terminal.outcome(waiter.id).await {
            let _ = waiter.reply.send(Some(outcome));
            return;
        }
        let until_ms = self.now_ms() + self.pace.interactive_ms;
        self.people.push((waiter, until_ms));
        self.kicked().await;
    }

    async fn kicked(&mut self) {
        self.machine.kicked(self.now_ms());
        self.look_for_enrolment().await;
        self.tell_depth().await;
    }

    async fn done(&mut self, done: Done) {
        let (now_ms, jitter) = (self.now_ms(), rand::random());
        let notice = match done {
            Done::Health(well) => {
                if !well {
                    self.send_people_on();
                }
                let notice = self.machine.heard(now_ms, well, jitter);
                self.look_for_enrolment().await;
                notice
            }
            Done::Send(Ok(report)) => {
                for (id, outcome) in report.answered {
                    self.answer_people(id, &outcome);
                    self.waiting.push(Event::Answered { id, outcome });
                }
                let notice = self.machine.sent(now_ms, report.sent, jitter);
                self.tell_depth().await;
                notice
            }
            Done::Send(Err(error)) => {
                let failure = told("operations", &error);
                // Without a line, health says so at once; anything else is no answer today.
                if failure != Failure::Line {
                    self.send_people_on();
                }
                self.machine.sent(now_ms, Sent::Failed(failure), jitter)
            }
            Done::Refresh(item, Ok(event)) => {
                if let Some(event) = event {
                    self.waiting.push(event);
                }
                self.machine.refreshed(now_ms, item, None, jitter)
            }
            Done::Refresh(item, Err(error)) => {
                let failure = told("refresh", &error);
                self.machine.refreshed(now_ms, item, Some(failure), jitter)
            }
            Done::Erase => {
                self.machine.erased(now_ms);
                None
            }
        };
        if self.machine.needs_enrolment() && self.halted_as.is_none() {
            self.halted_as = Some(self.jobs.centre.inner.identity());
        }
        self.tell(notice);
    }

    /// A terminal that was enrolled meanwhile goes on by itself.
    async fn look_for_enrolment(&mut self) {
        let Some(halted_as) = self.halted_as else {
            return;
        };
        if let Ok(identity) = self.jobs.identity().await
            && identity != halted_as
        {
            self.halted_as = None;
            let notice = self.machine.enrolled(self.now_ms());
            self.tell(notice);
        }
    }

    async fn tell_depth(&mut self) {
        if let Ok(depth) = self.jobs.terminal.depth().await
            && self.depth != Some(depth)
        {
            self.depth = Some(depth);
            self.waiting.push(Event::OutboxDepth(depth));
        }
    }

    fn tell(&mut self, notice: Option<Notice>) {
        let Some(notice) = notice else { return };
        tracing::info!(?notice, "the line or the terminal's standing changed");
        self.waiting.push(match notice {
            Notice::LineUp => Event::LineUp,
            Notice::LineDown => Event::LineDown,
            Notice::Quarantined => Event::Quarantined,
            Notice::EpochEnded => Event::EpochEnded,
            Notice::Resumed => Event::Resumed,
        });
    }

    fn answer_people(
        &mut self,
        id: domain::operation::OperationId,
        outcome: &domain::operation::Outcome,
    ) {
        let mut index = 0;
        while index < self.people.len() {
            if self.people[index].0.id == id {
                let (waiter, _) = self.people.swap_remove(index);
                let _ = waiter.reply.send(Some(outcome.clone()));
            } else {
                index += 1;
            }
        }
    }

    /// Nobody waits for an answer that will not come in time.
    fn send_people_on(&mut self) {
        self.people.clear();
    }

    /// Nobody waits longer than a person does: the operation stays in the outbox.
    fn dismiss_people(&mut self) {
        let now_ms = self.now_ms();
        self.people
            .retain(|(waiter, until_ms)| *until_ms > now_ms && !waiter.reply.is_closed());
    }

    fn wake_ms(&self) -> u64 {
        let people_ms = self.people.iter().map(|(_, until_ms)| *until_ms).min();
        // Far enough for a sleep that something else ends; u64::MAX is no moment.
        let latest_ms = self.now_ms() + 86_400_000;
        self.machine
            .wake_ms()
            .min(people_ms.unwrap_or(u64::MAX))
            .min(latest_ms)
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

async fn perform(jobs: Arc<Jobs>, command: Command) -> Done {
    match command {
        Command::Health => {
            let health = jobs.centre.health().await;
            if let Err(error) = &health {
                told("health", error);
            }
            Done::Health(health.is_ok())
        }
        Command::Send { from } => Done::Send(jobs.send(from).await),
        Command::Refresh(item) => Done::Refresh(item, jobs.refresh(item).await),
        Command::Erase => {
            if let Err(error) = jobs.erase().await {
                told("erase", &error);
            }
            Done::Erase
        }
    }
}

/// A piece that broke off counts as failed.
fn broken(command: Command) -> Done {
    let lost = || SyncError::Records {
        action: "finish a piece of work",
        source: "the task broke off".into(),
    };
    match command {
        Command::Health => Done::Health(false),
        Command::Send { .. } => Done::Send(Err(lost())),
        Command::Refresh(item) => Done::Refresh(item, Err(lost())),
        Command::Erase => Done::Erase,
    }
}

fn told(work: &'static str, error: &SyncError) -> Failure {
    let cause = std::error::Error::source(error).map(ToString::to_string);
    tracing::warn!(work, %error, cause, "not done");
    failure(error)
}

/// Spreads a fleet over a heartbeat.
async fn spread(terminal: &Arc<dyn Terminal>) -> u64 {
    let mut hasher = DefaultHasher::new();
    if let Ok(Some(identity)) = terminal.identity().await {
        identity.device.get().hash(&mut hasher);
    }
    hasher.finish()
}
