//! The slip of a deed: asked for, under way, out, stopped, printed again.

use super::{Effect, PrintInput, PrintStand, PrinterState, State, Visit};

impl Visit {
    pub(super) fn begin_print(&mut self, effects: &mut Vec<Effect>) {
        let now_ms = self.now.monotonic_ms;
        let State::Done(done) = &mut self.state else {
            return;
        };
        let Some(slip) = &done.slip else {
            return;
        };
        done.print = match self.surroundings.printer {
            PrinterState::Ready | PrinterState::PaperLow => {
                effects.push(Effect::Print(slip.clone()));
                PrintStand::UnderWay {
                    since_ms: now_ms,
                    reprint: 0,
                }
            }
            PrinterState::Trouble(cause) => PrintStand::Stopped {
                cause,
                again: true,
                since_ms: now_ms,
            },
        };
    }

    pub(super) fn print_again(&mut self, effects: &mut Vec<Effect>) {
        self.begin_print(effects);
    }

    pub(super) fn print_went_on(&mut self, print: &PrintInput) {
        let now_ms = self.now.monotonic_ms;
        let State::Done(done) = &mut self.state else {
            return;
        };
        let PrintStand::UnderWay {
            reprint: marked, ..
        } = done.print
        else {
            return;
        };
        done.print = match print {
            PrintInput::Started { reprint } => PrintStand::UnderWay {
                since_ms: now_ms,
                reprint: *reprint,
            },
            PrintInput::Finished(grade) => {
                self.clock.touched_ms = now_ms;
                self.clock.entered_ms = now_ms;
                PrintStand::Out {
                    grade: *grade,
                    reprint: marked,
                }
            }
            PrintInput::Held(cause) => {
                self.surroundings.printer = PrinterState::Trouble(*cause);
                PrintStand::Held {
                    cause: *cause,
                    reprint: marked,
                    since_ms: now_ms,
                }
            }
            PrintInput::Stopped { cause, cleared } => {
                self.clock.touched_ms = now_ms;
                // What stopped the print stands until the printer says otherwise.
                self.surroundings.printer = PrinterState::Trouble(*cause);
                PrintStand::Stopped {
                    cause: *cause,
                    again: *cleared,
                    since_ms: now_ms,
                }
            }
        };
    }

    pub(super) fn printer_changed(&mut self, effects: &mut Vec<Effect>) {
        let now_ms = self.now.monotonic_ms;
        let State::Done(done) = &mut self.state else {
            return;
        };
        if !self.surroundings.printer.prints() {
            return;
        }
        match done.print {
            PrintStand::Stopped { again: true, .. } => self.begin_print(effects),
            PrintStand::Held { reprint, .. } => {
                done.print = PrintStand::UnderWay {
                    since_ms: now_ms,
                    reprint,
                };
            }
            _ => {}
        }
    }
}
