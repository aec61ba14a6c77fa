//! What is done about a slip when the printer's state says that it cannot go on: asked to forget it, waited
//! for, or given up.

use super::job::{CLEAR_TRIES, Job, Phase, ends_all};
use super::{CLEAR, Effect, Machine};
use crate::job::{Cause, Event};
use crate::status::PrinterStatus;

/// Wait for the proof that the buffers are empty.
const CLEAR_WAIT_MS: u64 = 1500;
/// How late the proof of clearing may still come after a slip was given up.
const STALE_CLEAR_MS: u64 = 10_000;

impl Job {
    /// The printer's state was found. True when the slip is over.
    pub(crate) fn status(
        &mut self,
        now_ms: u64,
        status: PrinterStatus,
        machine: &mut Machine,
    ) -> bool {
        match (Cause::of(status), &self.phase) {
            (None, Phase::Asking) => self.note(machine),
            (None, Phase::Held { cause }) if self.clearing => {
                // Whether it forgot the rest or prints it now nobody can tell.
                let cause = *cause;
                self.give_up(now_ms, cause, machine);
                return true;
            }
            (None, Phase::Held { .. }) => {
                // The rest comes out now; what is not yet sent follows.
                self.end_at_ms = now_ms + self.limit_ms;
                self.progress_at_ms = now_ms;
                self.phase = Phase::Sending;
            }
            (None, Phase::Fencing { .. }) => self.ready_at_ms = now_ms,
            (None, _) => {}
            // The journal's answer is on the way.
            (Some(_), Phase::Noting) => {}
            (Some(cause), _) if !self.touched => {
                machine.over(self, cause, true);
                return true;
            }
            (Some(Cause::Overheated), Phase::Sending | Phase::Fencing { .. }) => {
                self.hold(Cause::Overheated, machine);
            }
            // All of it may be on paper already, only not cut off: printed again it would be there twice.
            (Some(Cause::CutterFault), Phase::Fencing { .. }) => {
                self.hold(Cause::CutterFault, machine);
            }
            (Some(cause), Phase::Sending | Phase::Fencing { .. }) => {
                if machine.profile.answers.clear {
                    self.clear(now_ms, cause, 1, machine);
                } else if ends_all(cause) {
                    self.give_up(now_ms, cause, machine);
                    return true;
                } else {
                    self.hold(cause, machine);
                }
            }
            (Some(Cause::NotAnswering), Phase::Held { cause }) => {
                let cause = *cause;
                self.give_up(now_ms, cause, machine);
                return true;
            }
            (Some(_), Phase::Held { cause }) if self.clearing => {
                // Its answer may have been lost: the question costs nothing while it stands still.
                let cause = *cause;
                self.clear(now_ms, cause, CLEAR_TRIES, machine);
            }
            (Some(_), _) => {}
        }
        false
    }

    pub(super) fn clear(&mut self, now_ms: u64, cause: Cause, tries: u8, machine: &mut Machine) {
        machine.effects.push(Effect::Write(CLEAR.to_vec()));
        self.clearing = true;
        self.phase = Phase::Clearing {
            cause,
            until_ms: now_ms + CLEAR_WAIT_MS,
            tries,
        };
    }

    pub(super) fn hold(&mut self, cause: Cause, machine: &mut Machine) {
        self.held_before = true;
        self.phase = Phase::Held { cause };
        machine.effects.push(Effect::Tell(Event::Held {
            job: self.id,
            cause,
        }));
    }

    pub(super) fn give_up(&mut self, now_ms: u64, cause: Cause, machine: &mut Machine) {
        machine.torn |= self.touched;
        if self.clearing {
            machine.stale_clear_until_ms = now_ms + STALE_CLEAR_MS;
        }
        machine.over(self, cause, false);
    }
}
