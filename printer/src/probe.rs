//! Asks the printer for its state, one question at a time, and believes an answer only when it can
//! be no other one's. Pure: time comes in, bytes to send and findings go out.
//!
//! The answers to `DLE EOT 1`–`4` all look alike. Asked together, one lost or doubled answer shifts
//! all that follow, and "drawer open" is read as "cover open". So: one question, its answer, a moment
//! of silence, the next; after a time-out a longer silence before starting over; and a change counts
//! only when a second round tells the same.

use crate::status::{PrinterStatus, Reading};

/// Silence after each answer, in which a doubled one is recognised and dropped.
const SETTLE_MS: u64 = 15;
/// Longest wait for the first answer; doubled after each time-out.
const FIRST_WAIT_MS: u64 = 700;
/// Longest wait for an answer at all.
const LONGEST_WAIT_MS: u64 = 4000;
/// Silence after a time-out: late answers come in and are dropped.
const QUIET_MS: u64 = 600;
/// Rounds without an answer before the printer counts as silent.
const SILENT_ROUNDS: u8 = 2;

/// What the caller has to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// Send `DLE EOT n`.
    Ask(u8),
    /// The state is certain.
    Is(PrinterStatus),
}

#[derive(Debug)]
enum Step {
    Resting { until_ms: u64 },
    Waiting { question: u8, until_ms: u64 },
    Settling { next: u8, until_ms: u64 },
    Quiet { until_ms: u64 },
}

/// The questions and what is believed so far.
#[derive(Debug)]
pub(crate) struct Probe {
    step: Step,
    reading: Reading,
    believed: Option<PrinterStatus>,
    doubted: Option<PrinterStatus>,
    silent_rounds: u8,
    timeouts: u64,
    wait_ms: u64,
    rest_ms: u64,
    wire_ms: u64,
}

impl Probe {
    /// A probe for a printer just connected; its first question is due at once.
    pub(crate) fn new(now_ms: u64, rest_ms: u64) -> Self {
        Self {
            step: Step::Resting { until_ms: now_ms },
            reading: Reading::default(),
            believed: None,
            doubted: None,
            silent_rounds: 0,
            timeouts: 0,
            wait_ms: FIRST_WAIT_MS,
            rest_ms,
            wire_ms: 0,
        }
    }

    /// When [`Probe::tick`] has something to do.
    pub(crate) const fn due_ms(&self) -> u64 {
        match self.step {
            Step::Resting { until_ms }
            | Step::Waiting { until_ms, .. }
            | Step::Settling { until_ms, .. }
            | Step::Quiet { until_ms } => until_ms,
        }
    }

    /// Asks for a round now instead of at the end of the rest.
    pub(crate) fn hurry(&mut self, now_ms: u64) {
        if let Step::Resting { until_ms } = &mut self.step {
            *until_ms = now_ms.min(*until_ms);
        }
    }

    /// Whether a round is under way, which began before now.
    pub(crate) const fn is_asking(&self) -> bool {
        !matches!(self.step, Step::Resting { .. })
    }

    /// How many questions were never answered so far: a printer without power for a moment leaves no
    /// other trace.
    pub(crate) const fn timeouts(&self) -> u64 {
        self.timeouts
    }

    /// How long the printer is left alone between rounds, and how long a question may be on the
    /// wire behind other bytes.
    pub(crate) fn pace(&mut self, rest_ms: u64, wire_ms: u64) {
        self.rest_ms = rest_ms;
        self.wire_ms = wire_ms;
    }

    /// Takes the byte of a real-time answer.
    pub(crate) fn answer(&mut self, now_ms: u64, byte: u8) {
        // An answer nobody waits for is stray, doubled or late: it tells nothing.
        let Step::Waiting { question, .. } = self.step else {
            return;
        };
        if let Some(place) = self.reading.answers.get_mut(usize::from(question) - 1) {
            *place = byte;
        }
        self.step = Step::Settling {
            next: question + 1,
            until_ms: now_ms + SETTLE_MS,
        };
    }

    /// Moves on when [`Probe::due_ms`] has come.
    pub(crate) fn tick(&mut self, now_ms: u64) -> Option<Finding> {
        if now_ms < self.due_ms() {
            return None;
        }
        match self.step {
            Step::Resting { .. } | Step::Quiet { .. } => Some(self.ask(now_ms, 1)),
            Step::Settling { next, .. } if next <= 4 => Some(self.ask(now_ms, next)),
            Step::Settling { .. } => {
                self.silent_rounds = 0;
                self.finish(now_ms, self.reading.status())
            }
            Step::Waiting { .. } => {
                self.timeouts += 1;
                self.wait_ms = (self.wait_ms * 2).min(LONGEST_WAIT_MS);
                self.silent_rounds = self.silent_rounds.saturating_add(1);
                self.step = Step::Quiet {
                    until_ms: now_ms + QUIET_MS,
                };
                if self.silent_rounds < SILENT_ROUNDS {
                    return None;
                }
                self.doubted = None;
                self.believed = Some(PrinterStatus::NotAnswering);
                Some(Finding::Is(PrinterStatus::NotAnswering))
            }
        }
    }

    fn ask(&mut self, now_ms: u64, question: u8) -> Finding {
        self.step = Step::Waiting {
            question,
            until_ms: now_ms + self.wait_ms + self.wire_ms,
        };
        Finding::Ask(question)
    }

    fn finish(&mut self, now_ms: u64, status: PrinterStatus) -> Option<Finding> {
        if self.believed == Some(status) || self.doubted == Some(status) {
            self.believed = Some(status);
            self.doubted = None;
            self.step = Step::Resting {
                until_ms: now_ms + self.rest_ms,
            };
            return Some(Finding::Is(status));
        }
        self.doubted = Some(status);
        self.step = Step::Resting { until_ms: now_ms };
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: [u8; 4] = [0x16, 0x12, 0x12, 0x12];
    const COVER: [u8; 4] = [0x1E, 0x16, 0x12, 0x12];

    /// Lets a printer answer `answers`, each `copies` times after `delay_ms`, until a finding.
    fn listen(
        probe: &mut Probe,
        now_ms: &mut u64,
        answers: [u8; 4],
        copies: u8,
        delay_ms: u64,
    ) -> PrinterStatus {
        let mut on_the_way: Vec<(u64, u8)> = Vec::new();
        for _ in 0..100_000 {
            while let Some(&(at, byte)) = on_the_way.first() {
                if at > *now_ms {
                    break;
                }
                on_the_way.remove(0);
                probe.answer(*now_ms, byte);
            }
            match probe.tick(*now_ms) {
                Some(Finding::Ask(question)) => {
                    for _ in 0..copies {
                        on_the_way.push((*now_ms + delay_ms, answers[usize::from(question) - 1]));
                    }
                }
                Some(Finding::Is(status)) => return status,
                None => *now_ms += 1,
            }
        }
        PrinterStatus::Absent
    }

    /// Protects the screen from a printer that answers everything twice: its answers stay in step.
    #[test]
    fn doubled_answers_stay_in_step() {
        let (mut probe, mut now) = (Probe::new(0, 1000), 0);
        for _ in 0..5 {
            assert_eq!(
                listen(&mut probe, &mut now, READY, 2, 3),
                PrinterStatus::Ready
            );
        }
        assert_eq!(
            listen(&mut probe, &mut now, COVER, 2, 3),
            PrinterStatus::CoverOpen
        );
    }

    /// Protects slow printers: answers later than the first wait are waited for, never taken for
    /// those to another question.
    #[test]
    fn late_answers_are_waited_for() {
        let (mut probe, mut now) = (Probe::new(0, 1000), 0);
        let first = listen(&mut probe, &mut now, COVER, 1, 900);
        assert!(
            matches!(
                first,
                PrinterStatus::CoverOpen | PrinterStatus::NotAnswering
            ),
            "{first:?}"
        );
        assert_eq!(
            listen(&mut probe, &mut now, COVER, 1, 900),
            PrinterStatus::CoverOpen
        );
        assert_eq!(
            listen(&mut probe, &mut now, READY, 1, 900),
            PrinterStatus::Ready
        );
    }

    /// Protects "no answer means not ready": silence is told as silence, also after a good time.
    #[test]
    fn silence_is_not_readiness() {
        let (mut probe, mut now) = (Probe::new(0, 1000), 0);
        assert_eq!(
            listen(&mut probe, &mut now, READY, 1, 3),
            PrinterStatus::Ready
        );
        assert_eq!(
            listen(&mut probe, &mut now, READY, 0, 3),
            PrinterStatus::NotAnswering
        );
        assert_eq!(
            listen(&mut probe, &mut now, READY, 1, 3),
            PrinterStatus::Ready
        );
    }

    /// Protects against one stray byte: a single odd answer changes nothing.
    #[test]
    fn one_stray_answer_changes_nothing() {
        let (mut probe, mut now) = (Probe::new(0, 1000), 0);
        assert_eq!(
            listen(&mut probe, &mut now, READY, 1, 3),
            PrinterStatus::Ready
        );
        now = probe.due_ms();
        assert_eq!(probe.tick(now), Some(Finding::Ask(1)));
        probe.answer(now, 0x1E);
        assert_eq!(
            listen(&mut probe, &mut now, READY, 1, 3),
            PrinterStatus::Ready
        );
    }
}
