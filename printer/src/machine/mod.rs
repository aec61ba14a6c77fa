//! Decides what is sent to the printer and what is known about a slip. Pure: inputs and the time
//! come in, effects go out; no clock, no port, no thread.
//!
//! A slip is sent piece by piece, each followed by a question the printer answers in order
//! (`GS r 1`), and never more than the printer's buffer ahead of its answers. So the line is never
//! blocked, a status question always gets through, and what the printer has taken is known.

mod job;
mod line;
mod sections;
mod sending;
#[cfg(test)]
mod tests;
mod trouble;
mod window;

use std::collections::VecDeque;

use crate::answer::Answer;
use crate::emit;
use crate::job::{Cause, Event, JobId};
use crate::journal::{Entry, Outcome};
use crate::probe::{Finding, Probe};
use crate::profile::Profile;
use crate::status::PrinterStatus;
use job::{Job, JobStep};

/// Slips that may wait behind the one being printed.
const LONGEST_QUEUE: usize = 4;
/// First pause before the next attempt to connect; doubled up to [`LONGEST_PAUSE_MS`].
const FIRST_PAUSE_MS: u64 = 250;
const LONGEST_PAUSE_MS: u64 = 5000;
/// Pause between rounds of status questions when idle and while a slip is printed.
const IDLE_REST_MS: u64 = 900;
const BUSY_REST_MS: u64 = 250;
/// How long a slip may take on a line without a limit; more on a slow one.
const JOB_MS: u64 = 60_000;

/// `DLE DC4` fn 8: clear the buffers and say so.
pub(crate) const CLEAR: &[u8] = &[0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

/// What happens to the machine.
#[derive(Debug)]
pub enum Input {
    /// Time passed.
    Tick,
    /// The connection stands; `answers` is false for a plain file.
    Opened {
        /// Whether a printer can answer over it.
        answers: bool,
    },
    /// The connection cannot be made.
    OpenFailed,
    /// The connection broke.
    Lost,
    /// The printer said something.
    Answer(Answer),
    /// The last [`Effect::Write`] is done.
    Written,
    /// The last [`Effect::Note`] is on disk.
    Noted,
    /// The last [`Effect::Note`] could not be written.
    NoteFailed,
    /// Print a slip, given as complete printer commands.
    Print {
        /// Its name.
        job: JobId,
        /// The commands, each whole.
        pieces: Vec<Vec<u8>>,
    },
    /// Ask for the state now and tell it, changed or not.
    AskStatus,
}

/// What the worker has to do, in this order.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Make the connection.
    Open,
    /// Give it up.
    Close,
    /// Send one complete command; answer with [`Input::Written`] or [`Input::Lost`].
    Write(Vec<u8>),
    /// Put it in the journal, on disk; a [`Entry::Begun`] is answered with [`Input::Noted`] or
    /// [`Input::NoteFailed`].
    Note(JobId, Entry),
    /// Tell the application.
    Tell(Event),
}

#[derive(Debug)]
enum Line {
    Down {
        retry_at_ms: u64,
    },
    Opening,
    /// Emptying what an earlier connection may have left in the printer.
    Emptying {
        until_ms: u64,
    },
    Up {
        probe: Probe,
    },
    /// A plain file: it takes everything and answers nothing.
    OneWay,
}

/// The whole state of one printer.
#[derive(Debug)]
pub struct Machine {
    pub(crate) profile: Profile,
    /// The speed of the line; `None` where it is no limit.
    bytes_a_second: Option<u32>,
    line: Line,
    pause_ms: u64,
    /// The last state told.
    told: Option<PrinterStatus>,
    tell_anyway: bool,
    waiting: VecDeque<Job>,
    pub(crate) job: Option<Job>,
    /// Half a slip may hang in the printer: it is cut off before the next one.
    pub(crate) torn: bool,
    /// Half a command may be in the printer: it is filled up before the next slip.
    half_command: bool,
    /// Whether this printer is known to prove printing (`GS ( H`).
    pub(crate) proves: Option<bool>,
    /// Whether this printer is known to answer in order (`GS r`).
    pub(crate) answers_in_order: Option<bool>,
    /// Until then a proof of clearing may be the late answer to an earlier slip's.
    pub(crate) stale_clear_until_ms: u64,
    /// Whether a slip hangs in the mouth, as last told.
    mouth: Option<bool>,
    pub(crate) effects: Vec<Effect>,
}

impl Machine {
    /// A machine for a line of this speed; `None` for lines without one.
    #[must_use]
    pub fn new(profile: Profile, bytes_a_second: Option<u32>) -> Self {
        Self {
            profile,
            bytes_a_second,
            line: Line::Down { retry_at_ms: 0 },
            pause_ms: FIRST_PAUSE_MS,
            told: None,
            tell_anyway: false,
            waiting: VecDeque::new(),
            job: None,
            torn: false,
            half_command: false,
            proves: None,
            answers_in_order: None,
            stale_clear_until_ms: 0,
            mouth: None,
            effects: Vec::new(),
        }
    }

    /// When the machine wants a [`Input::Tick`] at the latest.
    #[must_use]
    pub fn due_ms(&self) -> u64 {
        let line = match &self.line {
            Line::Down { retry_at_ms } => *retry_at_ms,
            Line::Opening | Line::OneWay => u64::MAX,
            Line::Emptying { until_ms } => *until_ms,
            Line::Up { probe } => probe.due_ms(),
        };
        self.job.as_ref().map_or(line, |job| job.due_ms().min(line))
    }

    /// Takes one input and says what is to be done.
    pub fn step(&mut self, now_ms: u64, input: Input) -> Vec<Effect> {
        match input {
            Input::Tick => {}
            Input::Opened { answers } => self.opened(now_ms, answers),
            Input::OpenFailed | Input::Lost => self.lost(now_ms),
            Input::Answer(answer) => self.answered(now_ms, &answer),
            Input::Written => {
                if let Some(job) = &mut self.job {
                    job.written();
                }
            }
            Input::Noted | Input::NoteFailed => {
                self.run_noted(now_ms, matches!(input, Input::Noted));
            }
            Input::Print { job, pieces } => {
                let window_bytes = self.window_bytes();
                self.accept(Job::new(job, pieces, window_bytes));
            }
            Input::AskStatus => {
                self.tell_anyway = true;
                if let Line::Up { probe } = &mut self.line {
                    probe.hurry(now_ms);
                } else if let Some(status) = self.told {
                    self.tell_anyway = false;
                    self.effects.push(Effect::Tell(Event::Status(status)));
                }
            }
        }
        self.advance(now_ms);
        std::mem::take(&mut self.effects)
    }

    fn advance(&mut self, now_ms: u64) {
        match &mut self.line {
            Line::Down { retry_at_ms } if *retry_at_ms <= now_ms => {
                self.line = Line::Opening;
                self.effects.push(Effect::Open);
            }
            Line::Emptying { until_ms } if *until_ms <= now_ms => {
                // No proof: whatever an earlier program left half sent is filled up before the next slip.
                self.half_command = true;
                self.up(now_ms);
            }
            Line::Up { probe } => {
                while let Some(finding) = probe.tick(now_ms) {
                    match finding {
                        Finding::Ask(question) => {
                            self.effects.push(Effect::Write(vec![0x10, 0x04, question]));
                        }
                        Finding::Is(status) => {
                            self.found(now_ms, status);
                            break;
                        }
                    }
                }
            }
            _ => {}
        }
        if let (Line::Up { probe }, Some(job)) = (&self.line, &mut self.job) {
            job.asked(probe.timeouts());
        }
        self.start_next(now_ms);
        self.run_job(now_ms, None);
        let busy = self.job.is_some();
        // A question waits on the wire behind all that may be sent ahead.
        let ahead_ms = self.on_the_wire_ms(self.window_bytes() + emit::LARGEST_PIECE_BYTES);
        if let Line::Up { probe } = &mut self.line {
            if busy {
                probe.pace(BUSY_REST_MS, ahead_ms);
            } else {
                probe.pace(IDLE_REST_MS, 0);
            }
        }
    }

    fn accept(&mut self, job: Job) {
        if self.waiting.len() >= LONGEST_QUEUE {
            self.over(&job, Cause::QueueFull, true);
        } else if matches!(self.line, Line::Down { .. }) && self.told.is_some() {
            self.over(&job, Cause::Absent, true);
        } else {
            self.waiting.push_back(job);
        }
    }

    fn start_next(&mut self, now_ms: u64) {
        if self.job.is_some() || self.waiting.is_empty() {
            return;
        }
        match &mut self.line {
            // A round already under way may have begun before the cover was opened.
            // A silent printer is always being asked; its next word, or its silence, decides.
            Line::Up { probe }
                if !probe.is_asking() || self.told == Some(PrinterStatus::NotAnswering) =>
            {
                probe.hurry(now_ms);
            }
            Line::OneWay => {}
            _ => return,
        }
        let Some(mut job) = self.waiting.pop_front() else {
            return;
        };
        if self.torn {
            job.put_first(emit::cut_off(&self.profile));
        }
        if self.half_command {
            job.put_first(self.filler());
        }
        let limit_ms = JOB_MS + 3 * self.on_the_wire_ms(job.bytes());
        let one_way = matches!(self.line, Line::OneWay);
        job.begin(now_ms, limit_ms, one_way);
        if one_way {
            job.note(self);
        }
        self.job = Some(job);
        if let Line::Up { probe } = &mut self.line
            && let Some(Finding::Ask(question)) = probe.tick(now_ms)
        {
            self.effects.push(Effect::Write(vec![0x10, 0x04, question]));
        }
    }

    /// White dots for the rest of a band of which half was sent; NUL is nothing outside one.
    fn filler(&self) -> Vec<u8> {
        vec![0; 8 + self.profile.band_rows * self.profile.width().dots() / 8]
    }

    /// Bytes sent ahead of the printer's answers: what its buffer holds, and never more than a second of
    /// the line, so that a moment without power swallows a question too and is noticed.
    fn window_bytes(&self) -> usize {
        let second = self.bytes_a_second.map_or(usize::MAX, |speed| {
            usize::try_from(speed).unwrap_or(usize::MAX)
        });
        self.profile.line.buffer_bytes.min(second)
    }

    fn on_the_wire_ms(&self, bytes: usize) -> u64 {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.bytes_a_second.map_or(0, |speed| {
            bytes.saturating_mul(1000) / u64::from(speed.max(1))
        })
    }

    fn run_noted(&mut self, now_ms: u64, noted: bool) {
        if let Some(mut job) = self.job.take() {
            if noted {
                job.noted(now_ms);
                self.job = Some(job);
            } else {
                self.over(&job, Cause::Journal, true);
            }
        }
    }

    fn run_job(&mut self, now_ms: u64, answer: Option<&Answer>) {
        let Some(mut job) = self.job.take() else {
            return;
        };
        let step = match answer {
            Some(answer) => job.answer(now_ms, answer, self),
            None => job.tick(now_ms, self),
        };
        match step {
            JobStep::GoesOn => self.job = Some(job),
            JobStep::Over => {}
        }
    }

    /// Notes that the printer holds nothing any more and nothing half sent.
    pub(crate) fn emptied(&mut self) {
        self.half_command = false;
    }

    /// Notes that the pieces put before a slip were sent.
    pub(crate) fn tidied(&mut self) {
        self.half_command = false;
        self.torn = false;
    }

    /// A slip is over without being finished: the journal knows it before anybody else.
    pub(crate) fn over(&mut self, job: &Job, cause: Cause, cleared: bool) {
        if job.is_begun() {
            let outcome = if cleared {
                Outcome::NotPrinted
            } else {
                Outcome::Unknown
            };
            self.effects
                .push(Effect::Note(job.id, Entry::Ended(outcome)));
        }
        self.effects.push(Effect::Tell(Event::Stopped {
            job: job.id,
            cause,
            cleared,
            on_paper_percent: job.on_paper_percent(),
        }));
    }
}
