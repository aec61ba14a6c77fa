//! One slip on its way: asked, sent, fenced; and what is done when the printer stops in the middle.
//! Pure, as the machine it belongs to.

use std::collections::VecDeque;

use super::sections::Sections;
use super::window::Window;
use super::{Effect, Machine};
use crate::answer::Answer;
use crate::job::{Cause, Event, Grade, JobId};
use crate::journal::{Entry, Outcome};

/// How often clearing is tried before it counts as impossible.
pub(super) const CLEAR_TRIES: u8 = 2;

/// What became of the slip by one step.
pub(crate) enum JobStep {
    GoesOn,
    Over,
}

#[derive(Debug)]
pub(super) enum Phase {
    /// Waits for a state found after the slip was asked for.
    Asking,
    /// Waits until the journal knows that it begins.
    Noting,
    Sending,
    /// All is sent; waits for the printer's word. `answered_at_ms` once all was worked through.
    Fencing {
        answered_at_ms: Option<u64>,
    },
    /// The printer stopped; waits for the proof that it holds nothing.
    Clearing {
        cause: Cause,
        until_ms: u64,
        tries: u8,
    },
    /// The printer stopped and keeps the rest.
    Held {
        cause: Cause,
    },
}

/// A slip and how far it is.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) id: JobId,
    pub(super) pieces: VecDeque<Vec<u8>>,
    /// Pieces before the slip itself, which tidy up after an earlier one.
    pub(super) tidying: usize,
    total_bytes: usize,
    pub(super) total_pieces: usize,
    taken_bytes: usize,
    told_percent: u8,
    pub(super) phase: Phase,
    pub(super) window: Window,
    /// When the printer last showed that it works.
    pub(super) progress_at_ms: u64,
    pub(super) limit_ms: u64,
    pub(super) end_at_ms: u64,
    pub(super) writing: bool,
    pub(super) touched: bool,
    pub(super) one_way: bool,
    pub(super) sections: Sections,
    begun: bool,
    /// When the printer was last found ready.
    pub(super) ready_at_ms: u64,
    /// Questions unanswered when the printer was found ready for it, and whether there were more since.
    timeouts: Option<u64>,
    pub(super) silent: bool,
    /// An answer in order went missing.
    pub(super) order_lost: bool,
    /// The printer was asked to forget the slip, and has not said that it did.
    pub(super) clearing: bool,
    pub(super) held_before: bool,
}

impl Job {
    pub(crate) fn new(id: JobId, pieces: Vec<Vec<u8>>, window_bytes: usize) -> Self {
        let total_bytes = pieces.iter().map(Vec::len).sum();
        Self {
            id,
            total_bytes,
            total_pieces: pieces.len(),
            pieces: pieces.into(),
            tidying: 0,
            taken_bytes: 0,
            told_percent: 0,
            phase: Phase::Asking,
            window: Window::new(window_bytes),
            progress_at_ms: 0,
            limit_ms: 0,
            end_at_ms: u64::MAX,
            writing: false,
            touched: false,
            one_way: false,
            sections: Sections::new(id, total_bytes),
            begun: false,
            ready_at_ms: 0,
            timeouts: None,
            silent: false,
            order_lost: false,
            clearing: false,
            held_before: false,
        }
    }

    pub(crate) fn put_first(&mut self, piece: Vec<u8>) {
        self.total_bytes += piece.len();
        self.tidying += 1;
        self.pieces.push_front(piece);
    }

    /// Begins; the slip has `limit_ms` to get through.
    pub(crate) fn begin(&mut self, now_ms: u64, limit_ms: u64, one_way: bool) {
        self.limit_ms = limit_ms;
        self.end_at_ms = now_ms + limit_ms;
        self.progress_at_ms = now_ms;
        self.one_way = one_way;
    }

    /// Asks for its place in the journal: no byte goes out before.
    pub(super) fn note(&mut self, machine: &mut Machine) {
        self.phase = Phase::Noting;
        machine.effects.push(Effect::Note(self.id, Entry::Begun));
    }

    /// It stands in the journal.
    pub(super) fn noted(&mut self, now_ms: u64) {
        self.begun = true;
        if matches!(self.phase, Phase::Noting) {
            self.phase = Phase::Sending;
            self.progress_at_ms = now_ms;
        }
    }

    /// Whether the journal knows it as begun.
    pub(crate) const fn is_begun(&self) -> bool {
        self.begun
    }

    /// So many questions were not answered up to now.
    pub(crate) fn asked(&mut self, timeouts: u64) {
        if matches!(self.phase, Phase::Asking) {
            self.timeouts = Some(timeouts);
        } else {
            self.silent |= *self.timeouts.get_or_insert(timeouts) != timeouts;
        }
    }

    /// How much of it is proved to be on paper.
    pub(crate) fn on_paper_percent(&self) -> u8 {
        percent(self.sections.on_paper_bytes(), self.total_bytes)
    }

    /// Whether anything of the slip itself may have reached the paper or the printer's memory.
    pub(crate) const fn touched_paper(&self) -> bool {
        self.touched
    }

    pub(crate) fn due_ms(&self) -> u64 {
        match &self.phase {
            Phase::Asking | Phase::Noting => self.end_at_ms,
            // What else is waited for is found in passing: the state is asked for often meanwhile.
            Phase::Sending | Phase::Fencing { .. } => {
                self.window.due_ms().unwrap_or(u64::MAX).min(self.end_at_ms)
            }
            Phase::Clearing { until_ms, .. } => *until_ms,
            Phase::Held { .. } => u64::MAX,
        }
    }

    pub(crate) const fn bytes(&self) -> usize {
        self.total_bytes
    }

    pub(crate) fn written(&mut self) {
        self.writing = false;
    }

    pub(crate) fn answer(
        &mut self,
        now_ms: u64,
        answer: &Answer,
        machine: &mut Machine,
    ) -> JobStep {
        match answer {
            Answer::Cleared if now_ms >= machine.stale_clear_until_ms => {
                if let Phase::Clearing { cause, .. } | Phase::Held { cause } = self.phase
                    && self.clearing
                {
                    machine.emptied();
                    // An ended roll takes the half slip with it.
                    machine.torn |= self.touched && cause != Cause::PaperEnd;
                    if self.sections.is_ink_on_paper() && !self.silent {
                        // It is on paper; only the cut is missing, which comes with the next state.
                        machine.torn = true;
                        return self.finished(Grade::Printed, machine);
                    }
                    let cleared = !self.may_be_whole(machine);
                    machine.over(self, cause, cleared);
                    return JobStep::Over;
                }
            }
            Answer::PoweredOn => self.silent |= self.touched,
            Answer::InOrder(_) => {
                if let Some(bytes) = self.window.answered(now_ms) {
                    machine.answers_in_order = Some(true);
                    self.progress_at_ms = now_ms;
                    self.taken_bytes += bytes;
                    self.tell_progress(machine);
                }
            }
            Answer::OnPaper(id) if self.sections.proved(*id) => {
                machine.proves = Some(true);
                self.progress_at_ms = now_ms;
            }
            _ => {}
        }
        self.tick(now_ms, machine)
    }

    pub(crate) fn tick(&mut self, now_ms: u64, machine: &mut Machine) -> JobStep {
        match self.phase {
            Phase::Sending => self.send(now_ms, machine),
            Phase::Fencing { answered_at_ms } => self.fence(now_ms, answered_at_ms, machine),
            Phase::Clearing {
                cause,
                until_ms,
                tries,
            } if until_ms <= now_ms => {
                if tries < CLEAR_TRIES {
                    self.clear(now_ms, cause, tries + 1, machine);
                } else if ends_all(cause) {
                    self.give_up(now_ms, cause, machine);
                    return JobStep::Over;
                } else if self.held_before {
                    self.phase = Phase::Held { cause };
                } else {
                    self.hold(cause, machine);
                }
                JobStep::GoesOn
            }
            Phase::Asking | Phase::Noting if self.end_at_ms <= now_ms => {
                machine.over(self, Cause::NotAnswering, true);
                JobStep::Over
            }
            _ => JobStep::GoesOn,
        }
    }

    pub(super) fn finished(&mut self, grade: Grade, machine: &mut Machine) -> JobStep {
        let outcome = Entry::Ended(Outcome::Printed(grade));
        machine.effects.push(Effect::Note(self.id, outcome));
        machine.effects.push(Effect::Tell(Event::Finished {
            job: self.id,
            grade,
        }));
        JobStep::Over
    }

    /// Whether every dot may be on paper: all was sent but feed and cut, and nothing proves that the
    /// printer has not worked through it.
    fn may_be_whole(&self, machine: &Machine) -> bool {
        let behind = machine.answers_in_order == Some(true)
            && !self.window.is_through()
            && !self.silent
            && !self.order_lost;
        self.pieces.len() <= 1 && !(behind && self.pieces.len() == 1)
    }

    fn tell_progress(&mut self, machine: &mut Machine) {
        let percent = percent(self.taken_bytes, self.total_bytes);
        // Steps a person can see; not an event for every millimetre.
        if percent >= self.told_percent.saturating_add(10) {
            self.told_percent = percent;
            machine.effects.push(Effect::Tell(Event::Progress {
                job: self.id,
                percent,
            }));
        }
    }
}

/// Whether nothing can be hoped for after this.
pub(super) const fn ends_all(cause: Cause) -> bool {
    matches!(cause, Cause::NotAnswering | Cause::Unrecoverable)
}

fn percent(part: usize, whole: usize) -> u8 {
    u8::try_from(part * 100 / whole.max(1))
        .unwrap_or(100)
        .min(100)
}
