//! Sending a slip and asking what became of it.

use super::job::{Job, JobStep, Phase};
use super::{Effect, Machine};
use crate::job::{Cause, Grade};

/// In order: everything before it was worked through.
const FENCE: &[u8] = &[0x1D, b'r', 1];
/// Wait for an answer in order while the printer says that it is ready; then it counts as lost.
const ANSWER_WAIT_MS: u64 = 6000;
/// Wait for the first proof after everything was worked through: then the profile is wrong, and the
/// printer has no such command.
const FIRST_PROOF_WAIT_MS: u64 = 4000;
/// Wait for the proof of a printer known to give it, and the pause of one known not to.
const PROVER_WAIT_MS: u64 = 30_000;
const NO_PROVER_WAIT_MS: u64 = 1500;
/// How long after the last answer a state must have been found to be of later.
const SETTLED_MS: u64 = 1000;

impl Job {
    /// One piece if the printer has room for it, or the questions at the end.
    pub(super) fn send(&mut self, now_ms: u64, machine: &mut Machine) -> JobStep {
        if self.writing {
            return JobStep::GoesOn;
        }
        if self.end_at_ms <= now_ms {
            return self.give_up_late(now_ms, machine);
        }
        let Some(piece) = self.pieces.front() else {
            if self.one_way {
                return self.finished(Grade::Sent, machine);
            }
            self.phase = Phase::Fencing {
                answered_at_ms: None,
            };
            self.progress_at_ms = now_ms;
            if machine.proves != Some(false)
                && let Some(fence) = self.sections.end()
            {
                self.write(now_ms, fence, machine);
            }
            return JobStep::GoesOn;
        };
        // Feed and cut wait until all before was worked through: before that a stopped slip is not whole.
        let is_end = self.pieces.len() == 1 && self.total_pieces > 1;
        let room = self.window.has_room(piece.len()) && (!is_end || self.window.is_through());
        if self.is_gated(machine) && !room {
            self.await_answer(now_ms, machine);
            return JobStep::GoesOn;
        }
        if let Some(piece) = self.pieces.pop_front() {
            if self.tidying > 0 {
                self.tidying -= 1;
                if self.tidying == 0 {
                    machine.tidied();
                }
                self.write(now_ms, piece, machine);
            } else {
                self.touched = true;
                let fence = if self.pieces.len() == 1 {
                    Some(self.sections.ink_end(piece.len()))
                } else {
                    self.sections.sent(piece.len())
                };
                self.write(now_ms, piece, machine);
                if let Some(fence) = fence.filter(|_| machine.proves != Some(false)) {
                    self.write(now_ms, fence, machine);
                }
            }
        }
        JobStep::GoesOn
    }

    /// Sends bytes, and the question in order behind them if none is out.
    fn write(&mut self, now_ms: u64, bytes: Vec<u8>, machine: &mut Machine) {
        self.writing = true;
        self.window.sent(bytes.len());
        machine.effects.push(Effect::Write(bytes));
        self.ask_in_order(now_ms, machine);
    }

    fn is_gated(&self, machine: &Machine) -> bool {
        !self.one_way && machine.answers_in_order != Some(false)
    }

    fn ask_in_order(&mut self, now_ms: u64, machine: &mut Machine) {
        if self.is_gated(machine) && self.window.ask(now_ms) {
            machine.effects.push(Effect::Write(FENCE.to_vec()));
        }
    }

    /// Asks if nothing is asked; notices when an answer does not come though the printer is ready:
    /// it was lost, or the printer never answers so.
    fn await_answer(&mut self, now_ms: u64, machine: &mut Machine) {
        if !self.window.is_asking() {
            self.ask_in_order(now_ms, machine);
        } else if self.progress_at_ms + ANSWER_WAIT_MS <= now_ms {
            machine.answers_in_order.get_or_insert(false);
            self.order_lost = true;
            self.window.lost();
            self.progress_at_ms = now_ms;
        }
    }

    pub(super) fn fence(
        &mut self,
        now_ms: u64,
        answered_at_ms: Option<u64>,
        machine: &mut Machine,
    ) -> JobStep {
        // A state found since the last byte went out: a question unanswered before it would be known.
        if self.sections.is_whole() && !self.silent && self.ready_at_ms > 0 {
            return self.finished(Grade::Printed, machine);
        }
        if self.is_gated(machine) && !self.window.is_through() {
            self.await_answer(now_ms, machine);
            return self.give_up_late(now_ms, machine);
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
            Some(true) if !self.sections.is_missed() && !self.silent => PROVER_WAIT_MS,
            Some(true) => NO_PROVER_WAIT_MS,
            Some(false) => NO_PROVER_WAIT_MS,
            None => FIRST_PROOF_WAIT_MS,
        };
        // And the state that counts was asked for after all was worked through.
        let answers = !self.one_way;
        if now_ms < since_ms + wait_ms || (answers && self.ready_at_ms < since_ms + SETTLED_MS) {
            return JobStep::GoesOn;
        }
        if machine.proves.is_none() {
            machine.proves = Some(false);
        }
        let certain = !self.silent && !self.order_lost && !self.sections.is_missed();
        let grade = if machine.answers_in_order == Some(true) && certain {
            Grade::Answered
        } else {
            Grade::Sent
        };
        self.finished(grade, machine)
    }

    /// The slip's time is over though the printer says that it is ready.
    fn give_up_late(&mut self, now_ms: u64, machine: &mut Machine) -> JobStep {
        if self.end_at_ms <= now_ms {
            self.clear(now_ms, Cause::NotAnswering, 1, machine);
        }
        JobStep::GoesOn
    }
}
