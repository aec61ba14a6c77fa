//! One slip on its way: asked, sent, fenced; and what is done when the printer stops in the middle.
//! Pure, as the machine it belongs to.

use std::collections::VecDeque;

use super::window::Window;
use super::{CLEAR, Effect, Machine};
use crate::answer::Answer;
use crate::job::{Cause, Event, Grade, JobId};
use crate::status::PrinterStatus;

/// Wait for the proof that the buffers are empty.
const CLEAR_WAIT_MS: u64 = 1500;
/// How often clearing is tried before it counts as impossible.
const CLEAR_TRIES: u8 = 2;

/// What became of the slip by one step.
pub(crate) enum JobStep {
    GoesOn,
    Over,
}

#[derive(Debug)]
pub(super) enum Phase {
    /// Waits for a state found after the slip was asked for.
    Asking,
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
    taken_bytes: usize,
    told_percent: u8,
    pub(super) phase: Phase,
    pub(super) window: Window,
    /// When the printer last showed that it works.
    pub(super) progress_at_ms: u64,
    limit_ms: u64,
    pub(super) end_at_ms: u64,
    pub(super) writing: bool,
    pub(super) touched: bool,
    pub(super) one_way: bool,
    pub(super) proof_asked: bool,
    /// The printer was asked to forget the slip, for this cause.
    clearing_for: Option<Cause>,
}

impl Job {
    pub(crate) fn new(id: JobId, pieces: Vec<Vec<u8>>, window_bytes: usize) -> Self {
        Self {
            id,
            total_bytes: pieces.iter().map(Vec::len).sum(),
            pieces: pieces.into(),
            tidying: 0,
            taken_bytes: 0,
            told_percent: 0,
            phase: Phase::Asking,
            window: Window::new(window_bytes),
            clearing_for: None,
            progress_at_ms: 0,
            limit_ms: 0,
            end_at_ms: u64::MAX,
            writing: false,
            touched: false,
            one_way: false,
            proof_asked: false,
        }
    }

    pub(crate) fn put_first(&mut self, piece: Vec<u8>) {
        self.total_bytes += piece.len();
        self.tidying += 1;
        self.pieces.push_front(piece);
    }

    pub(crate) fn swap_first_two(&mut self) {
        self.pieces.swap(0, 1);
    }

    /// Begins; the slip has `limit_ms` to get through.
    pub(crate) fn begin(&mut self, now_ms: u64, limit_ms: u64, one_way: bool) {
        self.limit_ms = limit_ms;
        self.end_at_ms = now_ms + limit_ms;
        self.progress_at_ms = now_ms;
        self.one_way = one_way;
        if one_way {
            self.phase = Phase::Sending;
        }
    }

    /// Whether anything of the slip itself may have reached the paper or the printer's memory.
    pub(crate) const fn touched_paper(&self) -> bool {
        self.touched
    }

    pub(crate) fn due_ms(&self) -> u64 {
        match &self.phase {
            Phase::Asking => self.end_at_ms,
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

    /// The printer's state was found. True when the slip is over.
    pub(crate) fn status(
        &mut self,
        now_ms: u64,
        status: PrinterStatus,
        machine: &mut Machine,
    ) -> bool {
        match (Cause::of(status), &self.phase) {
            (None, Phase::Asking) => {
                self.phase = Phase::Sending;
                self.progress_at_ms = now_ms;
            }
            (None, Phase::Held { .. }) => {
                // The rest comes out now; what is not yet sent follows.
                self.end_at_ms = now_ms + self.limit_ms;
                self.progress_at_ms = now_ms;
                self.phase = Phase::Sending;
            }
            (None, _) => {}
            (Some(cause), _) if !self.touched => {
                machine.stopped(self.id, cause, true);
                return true;
            }
            (Some(Cause::Overheated), Phase::Sending | Phase::Fencing { .. }) => {
                self.hold(Cause::Overheated, machine);
            }
            (Some(cause), Phase::Sending | Phase::Fencing { .. }) => {
                self.clear(now_ms, cause, 1, machine)
            }
            (Some(Cause::NotAnswering), Phase::Held { cause }) => {
                let cause = *cause;
                self.give_up(cause, machine);
                return true;
            }
            (Some(_), _) => {}
        }
        false
    }

    pub(crate) fn answer(
        &mut self,
        now_ms: u64,
        answer: &Answer,
        machine: &mut Machine,
    ) -> JobStep {
        match answer {
            // Late proof is proof: the buffers are empty.
            Answer::Cleared => {
                if let Phase::Clearing { cause, .. } | Phase::Held { cause } = self.phase {
                    machine.emptied();
                    // An ended roll takes the half slip with it.
                    machine.torn |= self.touched && cause != Cause::PaperEnd;
                    machine.stopped(self.id, cause, true);
                    return JobStep::Over;
                }
                // The proof is of the past: what was sent since then is in the printer again.
                if let Some(cause) = self.clearing_for {
                    self.clear(now_ms, cause, 1, machine);
                }
            }
            Answer::InOrder(_) => {
                if let Some(bytes) = self.window.answered(now_ms) {
                    machine.answers_in_order = Some(true);
                    self.progress_at_ms = now_ms;
                    self.taken_bytes += bytes;
                    self.tell_progress(machine);
                }
            }
            Answer::OnPaper(id) if *id == self.proof_id() => {
                machine.proves = Some(true);
                return self.finished(Grade::Printed, machine);
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
                } else if matches!(cause, Cause::NotAnswering | Cause::Unrecoverable) {
                    self.give_up(cause, machine);
                    return JobStep::Over;
                } else {
                    self.hold(cause, machine);
                }
                JobStep::GoesOn
            }
            Phase::Asking if self.end_at_ms <= now_ms => {
                machine.stopped(self.id, Cause::NotAnswering, true);
                JobStep::Over
            }
            _ => JobStep::GoesOn,
        }
    }

    pub(super) fn clear(&mut self, now_ms: u64, cause: Cause, tries: u8, machine: &mut Machine) {
        machine.effects.push(Effect::Write(CLEAR.to_vec()));
        self.clearing_for = Some(cause);
        self.phase = Phase::Clearing {
            cause,
            until_ms: now_ms + CLEAR_WAIT_MS,
            tries,
        };
    }

    fn hold(&mut self, cause: Cause, machine: &mut Machine) {
        self.phase = Phase::Held { cause };
        machine.effects.push(Effect::Tell(Event::Held {
            job: self.id,
            cause,
        }));
    }

    fn give_up(&mut self, cause: Cause, machine: &mut Machine) {
        machine.torn |= self.touched;
        machine.stopped(self.id, cause, false);
    }

    pub(super) fn finished(&mut self, grade: Grade, machine: &mut Machine) -> JobStep {
        machine.effects.push(Effect::Tell(Event::Finished {
            job: self.id,
            grade,
        }));
        JobStep::Over
    }

    fn tell_progress(&mut self, machine: &mut Machine) {
        let percent = u8::try_from(self.taken_bytes * 100 / self.total_bytes.max(1)).unwrap_or(100);
        // Steps a person can see; not an event for every millimetre.
        if percent >= self.told_percent.saturating_add(10) {
            self.told_percent = percent;
            machine.effects.push(Effect::Tell(Event::Progress {
                job: self.id,
                percent,
            }));
        }
    }

    /// Four printable bytes that tell this slip's proof from an earlier one's.
    pub(super) fn proof_id(&self) -> [u8; 4] {
        let mut rest = self.id.0;
        std::array::from_fn(|_| {
            let digit = u8::try_from(rest % 64).unwrap_or(0);
            rest /= 64;
            b'0' + digit
        })
    }
}
