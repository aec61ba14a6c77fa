//! The worker: one thread that watches the readers, and a short-lived one for each reading.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use crate::clock;
use crate::pcscd::{self, Service};
use crate::readings::Readings;
use crate::stop::Stop;
use crate::watch::{Act, Watch};
use crate::{Config, Error, Event};

/// Events not yet taken; then the worker waits for its reader.
const EVENTS_MAX: usize = 32;
/// The longest wait before the readers are listed again.
const TURN: Duration = Duration::from_secs(2);
/// How often the readers are looked at while a card is being read.
const READING_TURN: Duration = Duration::from_millis(100);
/// A turn that waits on `pcscd` never ends sooner than this without news, whatever `pcscd` does.
const TURN_MIN: Duration = Duration::from_millis(20);
/// Waits before `pcscd` is tried again: doubled from the first to the last.
const BACK_OFF: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(2));

/// Keeps the worker alive; when it is dropped the worker's thread ends, within two seconds.
#[derive(Debug)]
pub struct Handle(Arc<Stop>);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Starts the worker. The channel holds 32 events; the worker waits for a slow receiver and ends
/// when the handle or the receiver is dropped. It never ends by itself.
///
/// # Errors
/// [`Error::StartThread`].
pub fn spawn(config: Config) -> Result<(Handle, mpsc::Receiver<Event>), Error> {
    let (sender, receiver) = mpsc::channel(EVENTS_MAX);
    let stop = Arc::new(Stop::default());
    let shared = Arc::clone(&stop);
    thread::Builder::new()
        .name("card-watch".to_owned())
        .spawn(move || {
            let deliver = |event| deliver(&sender, event, &shared);
            run(config, &shared, deliver);
        })
        .map_err(Error::StartThread)?;
    Ok((Handle(stop), receiver))
}

/// Waits for room in the channel without outliving the handle; stops when nobody listens.
fn deliver(sender: &mpsc::Sender<Event>, mut event: Event, stop: &Stop) {
    while !stop.is_set() {
        match sender.try_send(event) {
            Ok(()) => return,
            Err(TrySendError::Full(back)) => {
                event = back;
                thread::park_timeout(TURN_MIN);
            }
            Err(TrySendError::Closed(_)) => return stop.stop(),
        }
    }
}

/// Watches until stopped, telling each event as it happens.
pub(crate) fn run(config: Config, stop: &Stop, mut tell: impl FnMut(Event)) {
    let begun = clock::now();
    let filter = config.reader.clone();
    let mut watch = Watch::new(config);
    let readings = Readings::new();
    let mut back_off = BACK_OFF.0;
    while !stop.is_set() {
        let mut service = match Service::connect() {
            Ok(service) => service,
            Err(error) => {
                tracing::debug!(error = &error as &dyn std::error::Error, "no pcscd");
                perform(watch.service_lost(), &readings, &mut tell);
                stop.sleep(back_off);
                back_off = (back_off * 2).min(BACK_OFF.1);
                continue;
            }
        };
        stop.set_context(Some(service.context()));
        let error = turns(
            &mut service,
            filter.as_deref(),
            &mut watch,
            &readings,
            begun,
            stop,
            &mut |event| {
                back_off = BACK_OFF.0;
                tell(event);
            },
        );
        stop.set_context(None);
        if let Some(error) = error {
            tracing::warn!(error = &error as &dyn std::error::Error, "pcscd was lost");
            perform(watch.service_lost(), &readings, &mut tell);
            stop.sleep(back_off);
            back_off = (back_off * 2).min(BACK_OFF.1);
        }
    }
}

/// Turns until `pcscd` fails (the error) or the worker is stopped (`None`).
fn turns(
    service: &mut Service,
    filter: Option<&str>,
    watch: &mut Watch,
    readings: &Readings,
    begun: Instant,
    stop: &Stop,
    tell: &mut impl FnMut(Event),
) -> Option<Error> {
    // The first look never waits: whatever is there already is news.
    let mut wait = Duration::ZERO;
    while !stop.is_set() {
        let turn_begun = clock::now();
        let views = match service.look(filter, wait) {
            Ok(views) => views,
            Err(error) => return Some(error),
        };
        let mut acts = watch.look(&views, begun.elapsed());
        let mut is_news = !acts.is_empty();
        perform(acts, readings, tell);
        if watch.is_reading()
            && let Some((number, outcome)) = readings.outcome(READING_TURN)
        {
            acts = watch.done(number, outcome, begun.elapsed());
            acts.extend(watch.look(&views, begun.elapsed()));
            is_news = true;
            perform(acts, readings, tell);
        }
        if !is_news && turn_begun.elapsed() < TURN_MIN {
            stop.sleep(TURN_MIN);
        }
        wait = if watch.is_reading() {
            Duration::ZERO
        } else {
            watch
                .wait_at_most(begun.elapsed())
                .map_or(TURN, |at_most| at_most.min(TURN))
        };
        wait = wait.min(stop.remaining());
    }
    None
}

fn perform(acts: Vec<Act>, readings: &Readings, tell: &mut impl FnMut(Event)) {
    for act in acts {
        match act {
            Act::Tell(event) => tell(event),
            Act::Read { number, insertion } => {
                readings.begin(number, move || pcscd::read(&insertion))
            }
        }
    }
}
