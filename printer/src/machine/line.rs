//! The connection of the machine: made, emptied, lost, made again; and what the printer says over it.

use super::{CLEAR, Effect, FIRST_PAUSE_MS, IDLE_REST_MS, LONGEST_PAUSE_MS, Line, Machine};
use crate::answer::Answer;
use crate::emit;
use crate::job::{Cause, Event};
use crate::probe::Probe;
use crate::profile::{Fence, Presenter};
use crate::status::PrinterStatus;

/// How long a printer has to prove that it emptied its buffers after a connection was made.
const FIRST_CLEAR_WAIT_MS: u64 = 400;
/// `DLE EOT 20`, and the bit of its answer's paper byte that says that a slip is in the mouth.
const FULL_STATUS: [u8; 3] = [0x10, 0x04, 20];
const SLIP_IN_MOUTH: u8 = 0x20;

impl Machine {
    pub(super) fn opened(&mut self, now_ms: u64, answers: bool) {
        self.pause_ms = FIRST_PAUSE_MS;
        if answers {
            let fence = self.profile.answers.fence;
            self.proves = (fence != Fence::OnPaper).then_some(false);
            self.answers_in_order = (fence == Fence::None).then_some(false);
            if self.profile.answers.clear {
                self.effects.push(Effect::Write(CLEAR.to_vec()));
                self.line = Line::Emptying {
                    until_ms: now_ms + FIRST_CLEAR_WAIT_MS,
                };
            } else {
                self.half_command = true;
                self.up(now_ms);
            }
        } else {
            self.proves = Some(false);
            self.answers_in_order = Some(false);
            self.line = Line::OneWay;
            self.tell(PrinterStatus::Ready);
        }
    }

    pub(super) fn up(&mut self, now_ms: u64) {
        self.line = Line::Up {
            probe: Probe::new(now_ms, IDLE_REST_MS),
        };
    }

    pub(super) fn lost(&mut self, now_ms: u64) {
        if !matches!(self.line, Line::Down { .. }) {
            self.effects.push(Effect::Close);
        }
        self.line = Line::Down {
            retry_at_ms: now_ms + self.pause_ms,
        };
        self.pause_ms = (self.pause_ms * 2).min(LONGEST_PAUSE_MS);
        self.tell(PrinterStatus::Absent);
        if let Some(job) = self.job.take() {
            let cleared = !job.touched_paper();
            self.torn |= !cleared;
            self.half_command |= !cleared;
            self.over(&job, Cause::Absent, cleared);
        }
        // Nobody waits at the screen for a printer that is not there.
        while let Some(job) = self.waiting.pop_front() {
            self.over(&job, Cause::Absent, true);
        }
    }

    pub(super) fn answered(&mut self, now_ms: u64, answer: &Answer) {
        match (&mut self.line, answer) {
            (Line::Emptying { .. }, Answer::Cleared) => self.up(now_ms),
            (Line::Up { probe }, Answer::RealTime(byte)) => probe.answer(now_ms, *byte),
            (Line::Up { probe }, Answer::Automatic(_)) => probe.hurry(now_ms),
            (Line::Up { .. }, Answer::Full([paper, ..])) => self.mouth(paper & SLIP_IN_MOUTH != 0),
            (Line::Up { .. }, _) => self.run_job(now_ms, Some(answer)),
            _ => {}
        }
    }

    pub(super) fn found(&mut self, now_ms: u64, status: PrinterStatus) {
        self.tell(status);
        if self.profile.answers.presenter == Presenter::Custom {
            self.effects.push(Effect::Write(FULL_STATUS.to_vec()));
        }
        if self.half_command && self.job.is_none() && status.can_print() {
            let filler = self.filler();
            self.effects.push(Effect::Write(filler));
            self.half_command = false;
        }
        if self.torn && self.job.is_none() && status.can_print() {
            self.effects
                .push(Effect::Write(emit::cut_off(&self.profile)));
            self.torn = false;
        }
        if let Some(mut job) = self.job.take() {
            let over = job.status(now_ms, status, self);
            if !over {
                self.job = Some(job);
            }
        }
    }

    pub(super) fn mouth(&mut self, holds: bool) {
        if self.mouth != Some(holds) {
            self.mouth = Some(holds);
            self.effects.push(Effect::Tell(Event::Mouth { holds }));
        }
    }

    pub(super) fn tell(&mut self, status: PrinterStatus) {
        if self.told != Some(status) || self.tell_anyway {
            self.told = Some(status);
            self.tell_anyway = false;
            self.effects.push(Effect::Tell(Event::Status(status)));
        }
    }
}
