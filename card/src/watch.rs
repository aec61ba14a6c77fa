//! Decides what to do and what to tell from what is seen at the readers; pure, time comes as a value.

use std::ffi::CString;
use std::time::Duration;

use crate::reading::Outcome;
use crate::{CardFault, Config, Event};

/// A card that did not answer, or answered nothing, is tried again once after this: just after
/// putting in, the contacts may not be in place yet.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// One reader as `pcscd` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReaderView {
    pub(crate) name: CString,
    pub(crate) present: bool,
    pub(crate) atr: Vec<u8>,
    /// Counts insertions and removals since `pcscd` started.
    pub(crate) event_count: u32,
}

/// One insertion of one card: the same card put in again is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Insertion {
    pub(crate) reader: CString,
    pub(crate) atr: Vec<u8>,
    pub(crate) event_count: u32,
}

/// What the worker shall do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Tell(Event),
    /// Read this card and report the outcome under this number.
    Read {
        number: u64,
        insertion: Insertion,
    },
}

/// The state of the watch.
pub(crate) struct Watch {
    config: Config,
    health: Option<Health>,
    session: Option<Session>,
    /// Insertions already found to be no health card (a SAM, a professional's card left in).
    dismissed: Vec<Insertion>,
    known_readers: Vec<CString>,
    readings: u64,
}

#[derive(PartialEq, Eq)]
enum Health {
    ServiceDown,
    Missing,
    Ready(CString),
}

struct Session {
    insertion: Insertion,
    /// Nothing is told before it turns out to be a health card: it was in a reader among several
    /// from the beginning, so nobody has just put it in.
    silent: bool,
    retried: bool,
    since: Duration,
    phase: Phase,
}

enum Phase {
    Reading {
        number: u64,
        since: Duration,
    },
    Waiting {
        until: Duration,
    },
    /// All was told; a health card keeps the counter until it is out, any other card gives way.
    Settled {
        gives_way: bool,
    },
}

impl Watch {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            config,
            health: None,
            session: None,
            dismissed: Vec::new(),
            known_readers: Vec::new(),
            readings: 0,
        }
    }

    /// `pcscd` is gone: with it every card, and every count of insertions.
    pub(crate) fn service_lost(&mut self) -> Vec<Act> {
        let mut acts = Vec::new();
        self.end_session(&mut acts);
        self.dismissed.clear();
        self.known_readers.clear();
        self.set_health(Health::ServiceDown, &mut acts);
        acts
    }

    /// What is at the readers now.
    pub(crate) fn look(&mut self, views: &[ReaderView], now: Duration) -> Vec<Act> {
        let mut acts = Vec::new();
        let shows = |insertion: &Insertion| {
            views.iter().any(|view| {
                view.present
                    && view.name == insertion.reader
                    && view.event_count == insertion.event_count
            })
        };
        if self
            .session
            .as_ref()
            .is_some_and(|session| !shows(&session.insertion))
        {
            self.end_session(&mut acts);
        }
        self.dismissed.retain(shows);
        self.tell_health(views, &mut acts);
        self.pass_time(now, &mut acts);
        self.take_next(views, now, &mut acts);
        self.known_readers = views.iter().map(|view| view.name.clone()).collect();
        acts
    }

    /// How the reading of this number ended; one that nobody waits for any more is ignored.
    pub(crate) fn done(&mut self, number: u64, outcome: Outcome, now: Duration) -> Vec<Act> {
        let mut acts = Vec::new();
        let held_timeout = self.config.held_timeout;
        let Some(session) = &mut self.session else {
            return acts;
        };
        if !matches!(session.phase, Phase::Reading { number: expected, .. } if expected == number) {
            return acts;
        }
        let until = now + RETRY_AFTER;
        let event = match outcome {
            Outcome::Read(reading) => {
                if std::mem::take(&mut session.silent) {
                    acts.push(Act::Tell(Event::Reading));
                }
                Event::Read(reading)
            }
            Outcome::Mute | Outcome::NoAnswer if !session.retried => {
                session.retried = true;
                session.phase = Phase::Waiting { until };
                return acts;
            }
            // Gone: the next look tells whether it is out, or was put in again.
            Outcome::Held | Outcome::Gone if now < session.since + held_timeout => {
                session.phase = Phase::Waiting { until };
                return acts;
            }
            Outcome::Mute => Event::Mute,
            Outcome::NoAnswer | Outcome::Gone => Event::Fault(CardFault::UnreadableAnswer),
            Outcome::Held => Event::Fault(CardFault::HeldByOther),
            Outcome::Wrong(kind) => Event::Wrong(kind),
            Outcome::Fault(fault) => Event::Fault(fault),
        };
        self.settle(event, &mut acts);
        acts
    }

    /// Whether a reading is under way whose outcome the worker shall listen for.
    pub(crate) fn is_reading(&self) -> bool {
        matches!(
            &self.session,
            Some(Session {
                phase: Phase::Reading { .. },
                ..
            })
        )
    }

    /// The longest the worker may wait before it looks again, if there is something to do by then.
    pub(crate) fn wait_at_most(&self, now: Duration) -> Option<Duration> {
        match self.session.as_ref()?.phase {
            Phase::Waiting { until } => Some(until.saturating_sub(now)),
            Phase::Reading { .. } | Phase::Settled { .. } => None,
        }
    }

    fn settle(&mut self, event: Event, acts: &mut Vec<Act>) {
        let gives_way = !matches!(event, Event::Read(_));
        let Some(session) = &mut self.session else {
            return;
        };
        if session.silent {
            self.dismissed.push(session.insertion.clone());
            self.session = None;
        } else {
            session.phase = Phase::Settled { gives_way };
            acts.push(Act::Tell(event));
        }
    }

    fn end_session(&mut self, acts: &mut Vec<Act>) {
        if self.session.take().is_some_and(|session| !session.silent) {
            acts.push(Act::Tell(Event::Removed));
        }
    }

    fn tell_health(&mut self, views: &[ReaderView], acts: &mut Vec<Act>) {
        let still_there = match &self.health {
            Some(Health::Ready(reader)) => views.iter().any(|view| view.name == *reader),
            _ => false,
        };
        if !still_there {
            let health = views
                .first()
                .map_or(Health::Missing, |view| Health::Ready(view.name.clone()));
            self.set_health(health, acts);
        }
    }

    fn set_health(&mut self, health: Health, acts: &mut Vec<Act>) {
        if self.health.as_ref() == Some(&health) {
            return;
        }
        acts.push(Act::Tell(match &health {
            Health::ServiceDown => Event::ServiceDown,
            Health::Missing => Event::ReaderMissing,
            Health::Ready(reader) => Event::ReaderReady {
                reader: reader.to_string_lossy().into_owned(),
            },
        }));
        self.health = Some(health);
    }

    fn pass_time(&mut self, now: Duration, acts: &mut Vec<Act>) {
        let read_timeout = self.config.read_timeout;
        let Some(session) = &mut self.session else {
            return;
        };
        match session.phase {
            Phase::Reading { since, .. } if now >= since + read_timeout => {
                self.settle(Event::Fault(CardFault::TimedOut), acts);
            }
            Phase::Waiting { until } if now >= until => {
                acts.push(begin_reading(session, &mut self.readings, now));
            }
            _ => {}
        }
    }

    fn take_next(&mut self, views: &[ReaderView], now: Duration, acts: &mut Vec<Act>) {
        let current = match &self.session {
            None => None,
            Some(Session {
                phase: Phase::Settled { gives_way: true },
                insertion,
                ..
            }) => Some(insertion),
            Some(_) => return,
        };
        let next = views.iter().find_map(|view| {
            let insertion = Insertion {
                reader: view.name.clone(),
                atr: view.atr.clone(),
                event_count: view.event_count,
            };
            let is_new = view.present
                && current.is_none_or(|current| current.reader != insertion.reader)
                && !self.dismissed.contains(&insertion);
            is_new.then_some(insertion)
        });
        let Some(insertion) = next else {
            return;
        };
        if let Some(left) = &self.session {
            self.dismissed.push(left.insertion.clone());
        }
        self.end_session(acts);
        let silent = views.len() > 1 && !self.known_readers.contains(&insertion.reader);
        if !silent {
            acts.push(Act::Tell(Event::Reading));
        }
        let session = self.session.insert(Session {
            insertion,
            silent,
            retried: false,
            since: now,
            phase: Phase::Waiting { until: now },
        });
        acts.push(begin_reading(session, &mut self.readings, now));
    }
}

fn begin_reading(session: &mut Session, readings: &mut u64, now: Duration) -> Act {
    *readings += 1;
    session.phase = Phase::Reading {
        number: *readings,
        since: now,
    };
    Act::Read {
        number: *readings,
        insertion: session.insertion.clone(),
    }
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
