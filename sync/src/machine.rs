//! When to ask for health, to send, to refresh and to wait: pure. Time comes in as milliseconds of a
//! clock that never goes back, randomness as a number in 0..1.
//!
//! Health alone decides whether the line is up. While it is down nothing else is asked. Each lane
//! waits by itself after its own failures; a busy centre quiets all lanes but health.

use crate::lane::Lane;
use crate::pace::Pace;
use crate::step::{Command, Failure, Item, Notice, Sent};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Unknown,
    Up,
    Down,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Halt {
    Quarantined,
    EpochEnded,
    NotEnrolled,
}

const ITEMS: [Item; 3] = [Item::Campaign, Item::Roster, Item::Orders];

/// The state.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    pace: Pace,
    /// Where in a heartbeat this device's turn is: spreads a fleet.
    spread: u64,
    line: Line,
    halt: Option<Halt>,
    busy_until_ms: u64,
    health: Lane,
    send: Lane,
    refresh: [Lane; 3],
    erase: Lane,
    /// Whether the outbox may hold something.
    waiting: bool,
    resend_from: Option<u64>,
    /// Where the centre last saw a gap.
    last_gap: Option<u64>,
}

impl Machine {
    pub(crate) fn new(pace: Pace, spread: u64) -> Self {
        Self {
            pace,
            spread,
            line: Line::Unknown,
            halt: None,
            busy_until_ms: 0,
            health: Lane::default(),
            send: Lane::default(),
            refresh: [Lane::default(); 3],
            erase: Lane::default(),
            waiting: true,
            resend_from: None,
            last_gap: None,
        }
    }

    /// The next thing to do now; called until it gives `None`.
    pub(crate) fn next(&mut self, now_ms: u64) -> Option<Command> {
        if self.health.starts(now_ms) {
            return Some(Command::Health);
        }
        if self.erase.starts(now_ms) {
            return Some(Command::Erase);
        }
        if self.line != Line::Up || now_ms < self.busy_until_ms {
            return None;
        }
        if self.may_send() && self.send.starts(now_ms) {
            return Some(Command::Send {
                from: self.resend_from,
            });
        }
        if self.may_refresh() {
            for (lane, item) in self.refresh.iter_mut().zip(ITEMS) {
                if lane.starts(now_ms) {
                    return Some(Command::Refresh(item));
                }
            }
        }
        None
    }

    /// When to call [`Machine::next`] again if nothing else happens before.
    pub(crate) fn wake_ms(&self) -> u64 {
        let mut wake_ms = self.health.wakes().min(self.erase.wakes());
        if self.line == Line::Up {
            if self.may_send() {
                wake_ms = wake_ms.min(self.send.wakes().max(self.busy_until_ms));
            }
            if self.may_refresh() {
                for lane in &self.refresh {
                    wake_ms = wake_ms.min(lane.wakes().max(self.busy_until_ms));
                }
            }
        }
        wake_ms
    }

    /// Something was recorded, or a person waits: no back-off stands against a try now, only the
    /// centre's own word.
    pub(crate) fn kicked(&mut self, now_ms: u64) {
        self.waiting = true;
        self.send.again = true;
        if self.halt != Some(Halt::Quarantined) {
            self.send.due_ms = self.send.due_ms.min(now_ms);
        }
        if self.line != Line::Up {
            self.health.due_ms = self.health.due_ms.min(now_ms);
        }
    }

    /// Everything is looked for again now.
    pub(crate) fn refresh_all(&mut self, now_ms: u64) {
        for lane in &mut self.refresh {
            lane.due_ms = lane.due_ms.min(now_ms);
            lane.again = true;
        }
    }

    /// Whether nothing goes out until the terminal is enrolled.
    pub(crate) fn needs_enrolment(&self) -> bool {
        matches!(self.halt, Some(Halt::EpochEnded | Halt::NotEnrolled))
    }

    /// The terminal was enrolled.
    pub(crate) fn enrolled(&mut self, now_ms: u64) -> Option<Notice> {
        let halted = self.halt.take();
        self.resend_from = None;
        self.last_gap = None;
        self.send.failures = 0;
        self.send.due_ms = now_ms;
        self.kicked(now_ms);
        self.refresh_all(now_ms);
        halted.map(|_| Notice::Resumed)
    }

    /// Health was asked for.
    pub(crate) fn heard(&mut self, now_ms: u64, well: bool, jitter: f64) -> Option<Notice> {
        self.health.running = false;
        let before = self.line;
        if !well {
            self.health.wait(now_ms, &self.pace, jitter);
            self.line = Line::Down;
            return (before != Line::Down).then_some(Notice::LineDown);
        }
        self.health.failures = 0;
        self.health.due_ms = self.next_heartbeat_ms(now_ms);
        self.line = Line::Up;
        if before == Line::Up {
            return None;
        }
        for lane in self.refresh.iter_mut().chain([&mut self.send]) {
            lane.failures = 0;
        }
        if self.halt != Some(Halt::Quarantined) {
            self.send.due_ms = now_ms;
        }
        self.refresh_all(now_ms);
        Some(Notice::LineUp)
    }

    /// A batch came to an end.
    pub(crate) fn sent(&mut self, now_ms: u64, sent: Sent, jitter: f64) -> Option<Notice> {
        self.send.running = false;
        let again = std::mem::take(&mut self.send.again);
        match sent {
            Sent::Nothing => {
                self.send.failures = 0;
                self.resend_from = None;
                self.waiting = again;
                None
            }
            Sent::Answered => {
                self.send.failures = 0;
                self.send.due_ms = now_ms;
                self.resend_from = None;
                self.waiting = true;
                self.line_proved(now_ms);
                let lifted = self.halt.take();
                lifted.map(|_| Notice::Resumed)
            }
            Sent::Gap { next_seq } => {
                self.resend_from = Some(next_seq);
                // The same gap again after it was filled: no progress, so no hurry.
                if self.last_gap.is_some_and(|last| next_seq <= last) {
                    self.send.wait(now_ms, &self.pace, jitter);
                } else {
                    self.send.due_ms = now_ms;
                }
                self.last_gap = Some(next_seq);
                self.line_proved(now_ms);
                None
            }
            Sent::Failed(failure) => {
                self.resend_from = None;
                self.send.wait(now_ms, &self.pace, jitter);
                self.failed(now_ms, failure, jitter)
            }
        }
    }

    /// A look for something newer came to an end; `None` where it went well.
    pub(crate) fn refreshed(
        &mut self,
        now_ms: u64,
        item: Item,
        failure: Option<Failure>,
        jitter: f64,
    ) -> Option<Notice> {
        let lane = &mut self.refresh[item as usize];
        lane.running = false;
        let again = std::mem::take(&mut lane.again);
        let Some(failure) = failure else {
            lane.failures = 0;
            lane.due_ms = now_ms + if again { 0 } else { self.pace.refresh_ms };
            self.line_proved(now_ms);
            return None;
        };
        lane.wait(now_ms, &self.pace, jitter);
        self.failed(now_ms, failure, jitter)
    }

    /// Personal fields were erased, or could not be.
    pub(crate) fn erased(&mut self, now_ms: u64) {
        self.erase.running = false;
        self.erase.due_ms = now_ms + self.pace.erase_ms;
    }

    fn failed(&mut self, now_ms: u64, failure: Failure, jitter: f64) -> Option<Notice> {
        let halt = match failure {
            Failure::Line => {
                self.health.due_ms = self.health.due_ms.min(now_ms);
                return None;
            }
            Failure::Busy { retry_after_ms } => {
                // Half as long again at most: a fleet told the same must not come back together.
                let spread_ms = crate::backoff::scale(retry_after_ms / 2, jitter);
                self.busy_until_ms = now_ms + retry_after_ms + spread_ms;
                return None;
            }
            Failure::Other => return None,
            Failure::Quarantined => {
                self.send.due_ms = now_ms + self.pace.quarantine_retry_ms;
                Halt::Quarantined
            }
            Failure::EpochEnded => Halt::EpochEnded,
            Failure::NotEnrolled => Halt::NotEnrolled,
        };
        let before = self.halt.replace(halt);
        match halt {
            Halt::Quarantined if before != self.halt => Some(Notice::Quarantined),
            Halt::EpochEnded if before != self.halt => Some(Notice::EpochEnded),
            _ => None,
        }
    }

    fn line_proved(&mut self, now_ms: u64) {
        if self.line == Line::Up && !self.health.running {
            self.health.due_ms = self.next_heartbeat_ms(now_ms);
        }
    }

    /// This device's turn in the next heartbeat.
    fn next_heartbeat_ms(&self, now_ms: u64) -> u64 {
        let period_ms = self.pace.heartbeat_ms.max(1);
        let into_ms = (now_ms + self.spread % period_ms) % period_ms;
        now_ms + period_ms - into_ms
    }

    fn may_send(&self) -> bool {
        self.waiting && !self.needs_enrolment()
    }

    fn may_refresh(&self) -> bool {
        // One after the other: a terminal that comes back fetches campaign, roster, orders in turn.
        !self.needs_enrolment() && self.refresh.iter().all(|lane| !lane.running)
    }
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
