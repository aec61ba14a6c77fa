//! What is measured over HTTP: how many a second, and how long each took.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use domain::operation::OperationBody;
use tokio::task::JoinSet;

use super::terminal::{Terminal, books, willing};
use super::world::{SITES, World};
use crate::error::LoadError;

/// Operations of a backlog batch.
const BATCH: u32 = 500;
/// Batches a centre works on at once; more terminals would be told to come again.
const BACKLOG_TERMINALS: u32 = 2;

/// What one phase gave.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    /// Operations applied a second.
    pub(crate) per_s: f64,
    /// Milliseconds half of the requests took at most.
    pub(crate) p50_ms: f64,
    /// Milliseconds 99 of 100 requests took at most.
    pub(crate) p99_ms: f64,
}

/// What a phase sends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sent {
    /// Bookings of one slot of the first site.
    Hot { slot: &'static str },
    /// Bookings of one slot of each site, in turn.
    Spread { slot: &'static str },
    /// Willingness entries.
    Willingness,
}

/// A phase: who sends what, for how long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phase {
    pub(crate) sent: Sent,
    /// The first terminal's number.
    pub(crate) first_terminal: u32,
    pub(crate) terminals: u32,
    /// Operations a request.
    pub(crate) batch: u32,
    pub(crate) duration: Duration,
    /// People who act, none twice unless it is willingness.
    pub(crate) first_person: u32,
    pub(crate) people: u32,
}

impl Phase {
    /// Terminals whose people wait: one operation a request.
    pub(crate) fn interactive(sent: Sent, terminals: u32, first_person: u32, people: u32) -> Self {
        Self {
            sent,
            first_terminal: 1,
            terminals,
            batch: 1,
            duration: Duration::from_secs(8),
            first_person,
            people,
        }
    }

    /// Terminals that were dark and bring what they recorded.
    pub(crate) fn backlog(sent: Sent, first_person: u32, people: u32) -> Self {
        Self {
            sent,
            first_terminal: 400,
            terminals: BACKLOG_TERMINALS,
            batch: BATCH,
            duration: Duration::from_secs(6),
            first_person,
            people,
        }
    }

    fn bodies(&self, from: u32) -> Result<Vec<OperationBody>, LoadError> {
        (from..from + self.batch)
            .map(|index| match self.sent {
                Sent::Hot { slot } => books(self.first_person + index, 0, slot),
                Sent::Spread { slot } => books(self.first_person + index, index % SITES, slot),
                Sent::Willingness => willing(self.first_person + index % self.people),
            })
            .collect()
    }

    /// Runs it; everything sent must be applied.
    pub(crate) async fn run(self, world: &World) -> Result<Measured, LoadError> {
        let mut terminals = Vec::new();
        for number in self.first_terminal..self.first_terminal + self.terminals {
            terminals.push(Terminal::connect(world, number).await?);
        }
        let next = Arc::new(AtomicU32::new(0));
        let started = now();
        let mut workers = JoinSet::new();
        for mut terminal in terminals {
            let next = Arc::clone(&next);
            workers.spawn(async move {
                let mut took = Vec::new();
                let mut applied = 0;
                while started.elapsed() < self.duration {
                    let from = next.fetch_add(self.batch, Ordering::Relaxed);
                    let ends = !matches!(self.sent, Sent::Willingness);
                    if ends && from + self.batch > self.people {
                        break;
                    }
                    let bodies = self.bodies(from)?;
                    let sent = now();
                    applied += terminal.send(bodies).await?;
                    took.push(sent.elapsed());
                }
                Ok::<_, LoadError>((applied, took))
            });
        }
        let mut took: Vec<Duration> = Vec::new();
        let mut applied = 0_usize;
        while let Some(done) = workers.join_next().await {
            let (count, times) = done.map_err(|_| LoadError::Own { what: "a worker" })??;
            applied += count;
            took.extend(times);
        }
        let elapsed = started.elapsed();
        took.sort_unstable();
        let at = |share: usize| {
            let place = (took.len() * share / 100).min(took.len().saturating_sub(1));
            took.get(place)
                .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
        };
        let applied = u32::try_from(applied).unwrap_or(u32::MAX);
        Ok(Measured {
            per_s: f64::from(applied) / elapsed.as_secs_f64(),
            p50_ms: at(50),
            p99_ms: at(99),
        })
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the edge at which the run measures"
)]
fn now() -> Instant {
    Instant::now()
}
