//! Gathering: requests of one operation wait a moment for others and are applied together.
//!
//! A slot's bookings all go through one lane, so that its row is taken once a group instead of once
//! a booking. While a group is applied the next one gathers by itself; only under load does a lane
//! wait, at most [`GATHER`].

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::Duration;

use domain::operation::OperationBody;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

use super::Engine;
use super::group::{self, Answer, Job};
use crate::CentralError;

/// Lanes that work side by side, each with one connection.
const LANES: usize = 6;
/// Requests that wait in a lane at most; more are told to come again.
const WAITING_MAX: usize = 1024;
/// Requests of a group at most.
const GROUP_MAX: usize = 256;
/// How long a lane waits for others at most.
const GATHER: Duration = Duration::from_millis(5);

struct Waiting {
    job: Job,
    answer: oneshot::Sender<Result<Answer, CentralError>>,
}

/// The lanes; they end when this is dropped.
pub struct Lanes(Vec<mpsc::Sender<Waiting>>);

impl std::fmt::Debug for Lanes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Lanes").field(&self.0.len()).finish()
    }
}

impl Lanes {
    /// Starts the lanes on the current runtime.
    #[must_use]
    pub fn start(engine: &Engine) -> Self {
        let lane = |_| {
            let (sender, receiver) = mpsc::channel(WAITING_MAX);
            tokio::spawn(work(engine.clone(), receiver));
            sender
        };
        Self((0..LANES).map(lane).collect())
    }

    /// Has it applied with others. Whoever stops waiting loses the answer only.
    pub(super) async fn ask(&self, job: Job) -> Result<Answer, CentralError> {
        let lane = &self.0[lane_of(&job, self.0.len())];
        let (answer, answered) = oneshot::channel();
        lane.try_send(Waiting { job, answer })
            .map_err(|_| CentralError::Busy)?;
        answered.await.unwrap_or(Err(CentralError::Busy))
    }
}

/// One slot, one lane; everything else by person, so that a person's requests meet.
fn lane_of(job: &Job, lanes: usize) -> usize {
    let mut hasher = DefaultHasher::new();
    let body = match job {
        Job::Batch { received, .. } => received.first().map(|item| &item.operation.body),
        Job::Person { act, .. } => Some(&act.body),
    };
    match (body, job) {
        (Some(OperationBody::BookSlot(request)), _) => {
            (request.site.as_str(), request.slot.as_str()).hash(&mut hasher);
        }
        (_, Job::Person { act, .. }) => act.person.hash(&mut hasher),
        (_, Job::Batch { terminal, .. }) => terminal.key_id.device.hash(&mut hasher),
    }
    usize::try_from(hasher.finish() % lanes as u64).unwrap_or(0)
}

async fn work(engine: Engine, mut receiver: mpsc::Receiver<Waiting>) {
    let mut expected = 1;
    while let Some(first) = receiver.recv().await {
        let mut gathered = vec![first];
        gather(&mut receiver, &mut gathered, expected).await;
        expected = gathered.len();
        let (jobs, answers): (Vec<_>, Vec<_>) = gathered
            .into_iter()
            .map(|waiting| (waiting.job, waiting.answer))
            .unzip();
        for (answer, waiting) in group::together(&engine, &jobs)
            .await
            .into_iter()
            .zip(answers)
        {
            // Whoever went away sends the same again and is answered from the record.
            let _ = waiting.send(answer);
        }
    }
}

/// Takes what waits already; where the last group was one of several, as many are waited for.
async fn gather(
    receiver: &mut mpsc::Receiver<Waiting>,
    gathered: &mut Vec<Waiting>,
    expected: usize,
) {
    let until = Instant::now() + GATHER;
    while gathered.len() < GROUP_MAX {
        if let Ok(waiting) = receiver.try_recv() {
            gathered.push(waiting);
        } else if gathered.len() < expected {
            match timeout_at(until, receiver.recv()).await {
                Ok(Some(waiting)) => gathered.push(waiting),
                Ok(None) | Err(_) => return,
            }
        } else {
            return;
        }
    }
}
