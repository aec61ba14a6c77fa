//! One slip on its way: asked, sent, fenced; and what is done when the printer stops in the middle.
//! Pure, as the machine it belongs to.

use std::collections::VecDeque;

use crate::answer::Answer;
use crate::job::{Cause, Event, Grade, JobId};
use crate::machine::{CLEAR, Effect, Machine};
use crate::status::PrinterStatus;

/// In order: everything before it was worked through.
const FENCE: &[u8] = &[0x1D, b'r', 1];
/// Wait for an answer in order while the printer says that it is ready; then it counts as lost.
const FENCE_WAIT_MS: u64 = 6000;
/// Silence after an answer in order, in which a doubled one is dropped.
const DEAF_MS: u64 = 15;
/// Wait for the proof that the buffers are empty.
const CLEAR_WAIT_MS: u64 = 1500;
/// How often clearing is tried before it counts as impossible.
const CLEAR_TRIES: u8 = 2;
/// Wait for the proof of a printer known to give it, and the pause of one known not to.
const PROVER_WAIT_MS: u64 = 30_000;
const NO_PROVER_WAIT_MS: u64 = 1500;
/// A slip not through after this time without a fault is given up.
const LONGEST_JOB_MS: u64 = 120_000;

/// What became of the slip by one step.
pub(crate) enum JobStep {
    GoesOn,
    Over,
}

#[derive(Debug)]
enum Phase {
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
    pieces: VecDeque<Vec<u8>>,
    /// Pieces before the slip itself, which tidy up after an earlier one.
    tidying: usize,
    total_bytes: usize,
    taken_bytes: usize,
    told_percent: u8,
    phase: Phase,
    /// Bytes before the question in order that is not yet answered. Only one is out at a time, so
    /// that a doubled answer is never taken for the next one's.
    fence: Option<usize>,
    /// Bytes sent behind that question.
    behind: Option<usize>,
    /// Until then another answer in order is a doubled one.
    deaf_until_ms: u64,
    /// When the printer last showed that it works.
    progress_at_ms: u64,
    end_at_ms: u64,
    writing: bool,
    touched: bool,
    one_way: bool,
    proof_asked: bool,
}

impl Job {
    pub(crate) fn new(id: JobId, pieces: Vec<Vec<u8>>) -> Self {
        Self {
            id,
            total_bytes: pieces.iter().map(Vec::len).sum(),
            pieces: pieces.into(),
            tidying: 0,
            taken_bytes: 0,
            told_percent: 0,
            phase: Phase::Asking,
            fence: None,
            behind: None,
            deaf_until_ms: 0,
            progress_at_ms: 0,
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

    pub(crate) fn begin(&mut self, now_ms: u64, one_way: bool) {
        self.end_at_ms = now_ms + LONGEST_JOB_MS;
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
            Phase::Sending | Phase::Fencing { .. }
                if self.behind.is_some() && self.fence.is_none() =>
            {
                self.deaf_until_ms
            }
            Phase::Sending => (self.progress_at_ms + FENCE_WAIT_MS).min(self.end_at_ms),
            // What is waited for here is found in passing: the state is asked for often meanwhile.
            Phase::Fencing { .. } => self.end_at_ms,
            Phase::Clearing { until_ms, .. } => *until_ms,
            Phase::Held { .. } => u64::MAX,
        }
    }

    pub(crate) fn written(&mut self, now_ms: u64) {
        if std::mem::take(&mut self.writing) && self.one_way {
            self.progress_at_ms = now_ms;
        }
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
                self.end_at_ms = now_ms + LONGEST_JOB_MS;
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
            }
            Answer::InOrder(_) if now_ms >= self.deaf_until_ms => {
                if let Some(bytes) = self.fence.take() {
                    machine.answers_in_order = Some(true);
                    self.progress_at_ms = now_ms;
                    self.deaf_until_ms = now_ms + DEAF_MS;
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

    /// One piece if the printer has room for it, or the questions at the end.
    fn send(&mut self, now_ms: u64, machine: &mut Machine) -> JobStep {
        if self.writing {
            return JobStep::GoesOn;
        }
        if self.end_at_ms <= now_ms {
            self.clear(now_ms, Cause::NotAnswering, 1, machine);
            return JobStep::GoesOn;
        }
        let Some(piece) = self.pieces.front() else {
            if self.one_way {
                return self.finished(Grade::Sent, machine);
            }
            self.phase = Phase::Fencing {
                answered_at_ms: None,
            };
            self.progress_at_ms = now_ms;
            if !self.proof_asked {
                self.proof_asked = true;
                if machine.proves != Some(false) {
                    let mut question = vec![0x1D, b'(', b'H', 6, 0, 0x30, 0x30];
                    question.extend_from_slice(&self.proof_id());
                    self.write(now_ms, question, machine);
                }
            }
            return JobStep::GoesOn;
        };
        let ahead = self.fence.unwrap_or(0) + self.behind.unwrap_or(0);
        if self.is_gated(machine) && ahead > 0 && ahead + piece.len() > machine.profile.window_bytes
        {
            self.ask_in_order(now_ms, machine);
            if self.fence.is_some() && self.progress_at_ms + FENCE_WAIT_MS <= now_ms {
                self.answer_missing(now_ms, machine);
            }
            return JobStep::GoesOn;
        }
        if let Some(piece) = self.pieces.pop_front() {
            if self.tidying > 0 {
                self.tidying -= 1;
                if self.tidying == 0 {
                    machine.tidied();
                }
            } else {
                self.touched = true;
            }
            self.write(now_ms, piece, machine);
        }
        JobStep::GoesOn
    }

    /// Sends bytes, and the question in order behind them if none is out.
    fn write(&mut self, now_ms: u64, bytes: Vec<u8>, machine: &mut Machine) {
        self.writing = true;
        self.behind = Some(self.behind.unwrap_or(0) + bytes.len());
        machine.effects.push(Effect::Write(bytes));
        self.ask_in_order(now_ms, machine);
    }

    fn is_gated(&self, machine: &Machine) -> bool {
        !self.one_way && machine.answers_in_order != Some(false)
    }

    fn ask_in_order(&mut self, now_ms: u64, machine: &mut Machine) {
        if self.is_gated(machine) && self.fence.is_none() && now_ms >= self.deaf_until_ms {
            self.fence = self.behind.take();
            if self.fence.is_some() {
                machine.effects.push(Effect::Write(FENCE.to_vec()));
            }
        }
    }

    fn fence(
        &mut self,
        now_ms: u64,
        answered_at_ms: Option<u64>,
        machine: &mut Machine,
    ) -> JobStep {
        if self.is_gated(machine) && (self.fence.is_some() || self.behind.is_some()) {
            self.ask_in_order(now_ms, machine);
            if self.fence.is_some() && self.progress_at_ms + FENCE_WAIT_MS <= now_ms {
                self.answer_missing(now_ms, machine);
            }
            return JobStep::GoesOn;
        }
        let Some(since_ms) = answered_at_ms else {
            self.phase = Phase::Fencing {
                answered_at_ms: Some(now_ms),
            };
            return JobStep::GoesOn;
        };
        // Worked through is not yet on paper: a moment for the state to tell of a fault, and longer
        // where the proof may still come.
        let wait_ms = match machine.proves {
            Some(true) => PROVER_WAIT_MS,
            Some(false) => NO_PROVER_WAIT_MS,
            None => machine.profile.proof_wait_ms,
        };
        if now_ms < since_ms + wait_ms {
            return JobStep::GoesOn;
        }
        if machine.proves.is_none() {
            machine.proves = Some(false);
        }
        let grade = if machine.answers_in_order == Some(true) {
            Grade::Answered
        } else {
            Grade::Sent
        };
        self.finished(grade, machine)
    }

    /// An answer in order did not come though the printer is ready: lost, or it never answers so.
    fn answer_missing(&mut self, now_ms: u64, machine: &mut Machine) {
        if machine.answers_in_order.is_none() {
            machine.answers_in_order = Some(false);
            self.fence = None;
        } else if let Some(bytes) = self.fence.take() {
            // Lost on the way: ask again.
            self.behind = Some(self.behind.unwrap_or(0) + bytes);
        }
        self.progress_at_ms = now_ms;
    }

    fn clear(&mut self, now_ms: u64, cause: Cause, tries: u8, machine: &mut Machine) {
        machine.effects.push(Effect::Write(CLEAR.to_vec()));
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

    fn finished(&mut self, grade: Grade, machine: &mut Machine) -> JobStep {
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
    fn proof_id(&self) -> [u8; 4] {
        let mut rest = self.id.0;
        std::array::from_fn(|_| {
            let digit = u8::try_from(rest % 64).unwrap_or(0);
            rest /= 64;
            b'0' + digit
        })
    }
}
