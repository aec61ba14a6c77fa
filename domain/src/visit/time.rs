//! Time: the limits of the session and of every state (I10).

use super::timing::{
    ANSWERING_MS, DONE_MS, IDENTIFYING_MS, IDLE_MS, NOTICE_MS, PRINT_STOPPED_MS, PRINTING_MS,
    READING_MS, RECORDING_MS, REMIND_EVERY_MS, REMIND_LOUD_MS, REMIND_STAFF_MS,
};
use super::{
    CardProblem, Effect, Moment, Notice, PrintStand, PrintTrouble, Purpose, Sound, Stage, State,
    Visit,
};

impl Visit {
    pub(super) fn tick(&mut self, moment: Moment, effects: &mut Vec<Effect>) {
        // The monotonic clock never goes back; a source that does is not believed.
        let monotonic_ms = moment.monotonic_ms.max(self.now.monotonic_ms);
        self.now = Moment {
            monotonic_ms,
            wall: moment.wall,
        };
        let in_state_ms = self.clock.in_state_ms(monotonic_ms);
        match &self.state {
            State::Idle => self.tick_idle(effects),
            State::Reading { purpose, failures } if in_state_ms >= READING_MS => {
                let (purpose, failures) = (*purpose, *failures);
                self.card_problem(purpose, CardProblem::Mute, failures);
            }
            State::Identifying { .. } if in_state_ms >= IDENTIFYING_MS => {
                self.identification_timed_out(effects);
            }
            State::Working(working) => match working.stage {
                Stage::Recording if in_state_ms >= RECORDING_MS => {
                    self.enter(State::Notice(Notice::OutcomeUnknown));
                }
                Stage::Answering { id, .. } if in_state_ms >= ANSWERING_MS => {
                    self.answered(id, None, effects);
                }
                _ => {}
            },
            // Nobody asked for anything: a card that only touched the reader is no visit.
            State::InsertCard {
                purpose: Purpose::Anything,
                ..
            } if !self.card_in && in_state_ms >= NOTICE_MS => self.end(effects),
            State::Notice(_) if self.person.is_none() && in_state_ms >= NOTICE_MS => {
                self.end(effects)
            }
            State::Done(_) => self.tick_done(effects),
            State::TakeCard => self.remind(in_state_ms, effects),
            _ => {}
        }
        if self.limit_runs() && self.clock.is_over(monotonic_ms) {
            self.end(effects);
        }
    }

    /// Whether the session's limits run: never while a card is read, a deed or a print under way.
    pub(super) fn limit_runs(&self) -> bool {
        match &self.state {
            State::Idle
            | State::Reading { .. }
            | State::Identifying { .. }
            | State::Working(_)
            | State::TakeCard => false,
            State::Done(done) => !matches!(
                done.print,
                PrintStand::UnderWay { .. }
                    | PrintStand::Held { .. }
                    | PrintStand::Stopped { again: true, .. }
            ),
            _ => true,
        }
    }

    /// A language chosen on the idle screen dies after the idle limit, like everything else.
    fn tick_idle(&mut self, effects: &mut Vec<Effect>) {
        let touched_ms = self.clock.touched_ms;
        let settled = self.clock.entered_ms > touched_ms;
        if !settled && self.now.monotonic_ms >= touched_ms + IDLE_MS {
            effects.push(Effect::Forget);
            self.clock.entered_ms = self.now.monotonic_ms;
        }
    }

    fn tick_done(&mut self, effects: &mut Vec<Effect>) {
        let now_ms = self.now.monotonic_ms;
        let in_state_ms = self.clock.in_state_ms(now_ms);
        let State::Done(done) = &mut self.state else {
            return;
        };
        match done.print {
            PrintStand::UnderWay { since_ms, .. } if now_ms >= since_ms + PRINTING_MS => {
                done.print = PrintStand::Stopped {
                    cause: PrintTrouble::NotThere,
                    again: false,
                    since_ms: now_ms,
                };
                self.clock.touched_ms = now_ms;
            }
            PrintStand::Stopped {
                again: true,
                since_ms,
                ..
            } if now_ms >= since_ms + PRINT_STOPPED_MS => {
                self.end(effects);
            }
            PrintStand::Out { .. } => {
                let out = done
                    .card_out_ms
                    .is_some_and(|since_ms| now_ms >= since_ms + DONE_MS);
                if out && in_state_ms >= DONE_MS {
                    self.end(effects);
                }
            }
            _ => {}
        }
    }

    fn remind(&mut self, in_state_ms: u64, effects: &mut Vec<Effect>) {
        let now_ms = self.now.monotonic_ms;
        if now_ms < self.clock.reminded_ms + REMIND_EVERY_MS {
            return;
        }
        self.clock.reminded_ms = now_ms;
        effects.push(Effect::Sound(if in_state_ms >= REMIND_STAFF_MS {
            Sound::StaffAlert
        } else if in_state_ms >= REMIND_LOUD_MS {
            Sound::TakeCardLoud
        } else {
            Sound::TakeCard
        }));
    }

    /// "More time": the idle limit begins anew, and within the last minute the session too.
    pub(super) fn more_time(&mut self) {
        let now_ms = self.now.monotonic_ms;
        self.clock.touched_ms = now_ms;
        if let Some(start) = self.clock.identified_ms
            && now_ms + IDLE_MS >= start + super::timing::SESSION_MS
        {
            self.clock.identified_ms = Some(now_ms);
        }
    }
}
