//! The state machine of one reader; pure, time comes as a value.

use std::ffi::CString;
use std::time::Duration;

use crate::held::Held;
use crate::insertion::{Insertion, ReaderView};
use crate::reading::Outcome;
use crate::{CardFault, Change, Config, State};

/// Between two attempts: just after putting in, the contacts may not be in place yet.
const RETRY_AFTER: Duration = Duration::from_millis(500);
/// Between two attempts at a card that another program has held for long.
const HELD_RETRY_AFTER: Duration = Duration::from_secs(2);
/// A card that could not be connected for so long is somebody else's.
const BUSY_AFTER: Duration = Duration::from_secs(1);
/// Attempts after the first, where a card stopped answering or answered nonsense.
const RETRIES_MAX: u8 = 2;
/// Attempts after the first, where a card does not answer to reset.
const MUTE_RETRIES_MAX: u8 = 1;

/// What the worker shall do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Tell(Change),
    /// Read this card; what comes of it is reported under this number.
    Read {
        number: u64,
        insertion: Insertion,
    },
}

/// One reader.
pub(crate) struct Machine {
    reader: CString,
    state: State,
    is_told: bool,
    card: Option<Card>,
}

/// The card in it.
struct Card {
    insertion: Insertion,
    since: Duration,
    retries: u8,
    phase: Phase,
}

enum Phase {
    /// Given to the reader's lane; `begun` when the card was connected and nobody else's.
    Asked {
        number: u64,
        since: Duration,
        begun: Option<Duration>,
    },
    Waiting {
        until: Duration,
    },
    Settled {
        /// When the result is to be wiped.
        wipe_at: Option<Duration>,
    },
}

/// Deals out the numbers under which readings are reported, and collects what is to be done.
pub(crate) struct Desk<'a> {
    pub(crate) config: &'a Config,
    pub(crate) now: Duration,
    pub(crate) readings: &'a mut u64,
    pub(crate) acts: &'a mut Vec<Act>,
}

impl Machine {
    pub(crate) fn new(reader: CString) -> Self {
        Self {
            reader,
            state: State::Empty,
            is_told: false,
            card: None,
        }
    }

    pub(crate) fn reader(&self) -> &CString {
        &self.reader
    }

    /// What is in the reader now.
    pub(crate) fn look(&mut self, view: &ReaderView, desk: &mut Desk<'_>) {
        let seen = Insertion::of(view);
        let is_out = self.card.as_ref().is_some_and(|card| {
            let stays = |seen: &Insertion| seen.event_count == card.insertion.event_count;
            !seen.as_ref().is_some_and(stays)
        });
        if is_out {
            self.end();
        }
        if is_out || seen.is_none() {
            self.become_state(State::Empty, desk);
        }
        let Some(seen) = seen else { return };
        match &mut self.card {
            None => {
                self.card = Some(Card {
                    insertion: seen,
                    since: desk.now,
                    retries: 0,
                    phase: Phase::Waiting { until: desk.now },
                });
                self.become_state(State::Powering, desk);
                self.ask(desk);
            }
            // A mute card that has found its contacts after all.
            Some(card) if card.insertion.atr.is_empty() && !seen.atr.is_empty() => {
                card.insertion = seen;
                if self.state == State::Mute {
                    self.ask(desk);
                }
            }
            Some(_) => {}
        }
    }

    /// The card of this reading was connected and begins to answer.
    pub(crate) fn begun(&mut self, reading: u64, desk: &mut Desk<'_>) {
        if let Some(Card {
            phase: Phase::Asked { number, begun, .. },
            ..
        }) = &mut self.card
            && *number == reading
        {
            *begun = Some(desk.now);
            self.become_state(State::Reading, desk);
        }
    }

    /// How this reading ended; one that nobody waits for any more is ignored.
    pub(crate) fn done(&mut self, reading: u64, outcome: &Outcome, desk: &mut Desk<'_>) {
        let Some(card) = &mut self.card else { return };
        if !matches!(card.phase, Phase::Asked { number, .. } if number == reading) {
            return;
        }
        let retries_max = match outcome {
            Outcome::Mute => MUTE_RETRIES_MAX,
            Outcome::NoAnswer | Outcome::Unreadable => RETRIES_MAX,
            _ => 0,
        };
        if card.retries < retries_max {
            card.retries += 1;
            card.phase = Phase::Waiting {
                until: desk.now + RETRY_AFTER,
            };
            return;
        }
        let is_long = desk.now >= card.since + desk.config.held_timeout;
        let (state, wipe_at) = match outcome {
            Outcome::Read(answer) => (
                State::Read(Held::new(answer.clone())),
                Some(desk.now + desk.config.kept),
            ),
            Outcome::Held => {
                let pause = if is_long {
                    HELD_RETRY_AFTER
                } else {
                    RETRY_AFTER
                };
                card.phase = Phase::Waiting {
                    until: desk.now + pause,
                };
                let state = if is_long {
                    State::Failed(CardFault::HeldByOther)
                } else {
                    State::Busy
                };
                return self.become_state(state, desk);
            }
            // The next look tells whether it is out, or was put in again.
            Outcome::Gone if !is_long => {
                card.phase = Phase::Waiting {
                    until: desk.now + RETRY_AFTER,
                };
                return;
            }
            Outcome::Wrong(kind) => (State::Wrong(kind.clone()), None),
            Outcome::Mute => (State::Mute, None),
            Outcome::InvalidPersonNumber => (State::Failed(CardFault::InvalidPersonNumber), None),
            Outcome::NoAnswer | Outcome::Unreadable | Outcome::Gone => {
                (State::Failed(CardFault::UnreadableAnswer), None)
            }
        };
        card.phase = Phase::Settled { wipe_at };
        self.become_state(state, desk);
    }

    /// Does what is due by now.
    pub(crate) fn pass_time(&mut self, desk: &mut Desk<'_>) {
        let Some(due) = self.deadline(desk.config) else {
            return;
        };
        if desk.now < due {
            return;
        }
        let Some(card) = &mut self.card else { return };
        match card.phase {
            Phase::Waiting { .. } => self.ask(desk),
            Phase::Asked { begun: Some(_), .. } => {
                card.phase = Phase::Settled { wipe_at: None };
                self.become_state(State::Failed(CardFault::TimedOut), desk);
            }
            Phase::Asked { begun: None, .. } => {
                let is_long = desk.now >= card.since + desk.config.held_timeout;
                let state = if is_long {
                    State::Failed(CardFault::HeldByOther)
                } else {
                    State::Busy
                };
                self.become_state(state, desk);
            }
            Phase::Settled { .. } => {
                card.phase = Phase::Settled { wipe_at: None };
                if let State::Read(held) = &self.state {
                    held.wipe();
                }
                self.become_state(State::AwaitingRemoval, desk);
            }
        }
    }

    /// When something is due next.
    pub(crate) fn deadline(&self, config: &Config) -> Option<Duration> {
        let card = self.card.as_ref()?;
        let is_told_held = self.state == State::Failed(CardFault::HeldByOther);
        match card.phase {
            Phase::Waiting { until } => Some(until),
            Phase::Asked {
                begun: Some(begun), ..
            } => Some(begun + config.read_timeout),
            Phase::Asked { .. } if is_told_held => None,
            Phase::Asked { since, .. } => {
                let held_at = card.since + config.held_timeout;
                Some(if self.state == State::Busy {
                    held_at
                } else {
                    held_at.min(since + BUSY_AFTER)
                })
            }
            Phase::Settled { wipe_at } => wipe_at,
        }
    }

    fn ask(&mut self, desk: &mut Desk<'_>) {
        let Some(card) = &mut self.card else { return };
        *desk.readings += 1;
        card.phase = Phase::Asked {
            number: *desk.readings,
            since: desk.now,
            begun: None,
        };
        desk.acts.push(Act::Read {
            number: *desk.readings,
            insertion: card.insertion.clone(),
        });
    }

    /// The card is out: nothing of it can be read from here on.
    fn end(&mut self) {
        self.card = None;
        if let State::Read(held) = &self.state {
            held.wipe();
        }
    }

    fn become_state(&mut self, state: State, desk: &mut Desk<'_>) {
        if self.state == state && self.is_told {
            return;
        }
        self.state = state;
        self.is_told = true;
        desk.acts.push(Act::Tell(Change::Reader {
            reader: self.reader.to_string_lossy().into_owned(),
            state: self.state.clone(),
        }));
    }
}

/// A reader that goes takes its card with it.
impl Drop for Machine {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
