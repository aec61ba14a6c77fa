//! The terminal's side: the real machine that decides about slips, its journal, and what a kiosk does
//! with its words: a slip is printed again only where it is proved that nothing of it can come.

use std::collections::{BTreeMap, VecDeque};

use printer::journal::{Entry, Outcome};
use printer::machine::{Effect, Input, Machine};
use printer::{Event, Grade, JobId, Profile};

use crate::judge;

/// How often a slip is tried.
const TRIES: u32 = 3;

/// What is known of a slip by the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// Not begun, or stopped and not yet tried again.
    Waiting,
    /// Under way.
    Printing,
    /// Finished with this grade.
    Finished(Grade),
    /// Nobody knows.
    Unknown,
    /// Tried often enough; nothing whole came out.
    GivenUp,
}

/// A slip to be printed.
#[derive(Debug)]
pub(crate) struct Slip {
    commands: usize,
    pub(crate) starts: u32,
    pub(crate) said: Said,
}

/// The process that dies, and the disk that stays.
pub(crate) struct Terminal {
    profile: Profile,
    bytes_a_second: u32,
    machine: Option<Machine>,
    journal: BTreeMap<JobId, Option<Outcome>>,
    pub(crate) slips: Vec<Slip>,
    /// Commands for the wire, not yet taken by it.
    pub(crate) writes: VecDeque<Vec<u8>>,
    /// The connection as this side sees it.
    pub(crate) connected: bool,
    next_try_ms: u64,
}

impl Terminal {
    pub(crate) fn new(profile: Profile, bytes_a_second: u32, slips: &[usize]) -> Self {
        let mut terminal = Self {
            profile,
            bytes_a_second,
            machine: None,
            journal: BTreeMap::new(),
            slips: slips
                .iter()
                .map(|&commands| Slip {
                    commands,
                    starts: 0,
                    said: Said::Waiting,
                })
                .collect(),
            writes: VecDeque::new(),
            connected: false,
            next_try_ms: 0,
        };
        terminal.start();
        terminal
    }

    /// Starts the process: what was under way is settled by the journal alone.
    pub(crate) fn start(&mut self) {
        if self.machine.is_some() {
            return;
        }
        for (index, slip) in self.slips.iter_mut().enumerate() {
            if slip.said == Said::Printing {
                slip.said = match self.journal.get(&judge::job(index, slip.starts)) {
                    None | Some(Some(Outcome::NotPrinted)) => Said::Waiting,
                    Some(Some(Outcome::Printed(grade))) => Said::Finished(*grade),
                    Some(Some(Outcome::Unknown) | None) => Said::Unknown,
                };
            }
        }
        self.machine = Some(Machine::new(
            self.profile.clone(),
            Some(self.bytes_a_second),
        ));
    }

    /// SIGKILL.
    pub(crate) fn kill(&mut self) {
        self.machine = None;
        self.writes.clear();
        self.connected = false;
    }

    pub(crate) fn is_alive(&self) -> bool {
        self.machine.is_some()
    }

    /// Whether no slip will be tried any more.
    pub(crate) fn is_through(&self) -> bool {
        self.slips
            .iter()
            .all(|slip| !matches!(slip.said, Said::Waiting | Said::Printing))
    }

    /// When it wants to be asked again.
    pub(crate) fn due_ms(&self) -> u64 {
        self.machine.as_ref().map_or(u64::MAX, Machine::due_ms)
    }

    /// Asks for the next slip when none is under way.
    pub(crate) fn want(&mut self, now_ms: u64, plugged: bool, tell: &mut dyn FnMut(&str)) {
        if self.machine.is_none()
            || now_ms < self.next_try_ms
            || self.slips.iter().any(|slip| slip.said == Said::Printing)
        {
            return;
        }
        let waiting = |slip: &Slip| slip.said == Said::Waiting;
        let Some(index) = self.slips.iter().position(waiting) else {
            return;
        };
        let slip = &mut self.slips[index];
        slip.starts += 1;
        slip.said = Said::Printing;
        let job = judge::job(index, slip.starts);
        let pieces = judge::pieces(&self.profile, job, slip.commands);
        tell(&format!(
            "{now_ms:6} ms print slip {index}, start {}",
            slip.starts
        ));
        self.input(now_ms, Input::Print { job, pieces }, plugged, tell);
    }

    /// Gives the machine an input and does what it says.
    pub(crate) fn input(
        &mut self,
        now_ms: u64,
        input: Input,
        plugged: bool,
        tell: &mut dyn FnMut(&str),
    ) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let Some(machine) = &mut self.machine else {
                return;
            };
            for effect in machine.step(now_ms, input) {
                match effect {
                    Effect::Open if plugged => {
                        self.connected = true;
                        inputs.push_back(Input::Opened { answers: true });
                    }
                    Effect::Open => inputs.push_back(Input::OpenFailed),
                    Effect::Close => self.hang_up(),
                    Effect::Write(bytes) => {
                        tell(&format!(
                            "{now_ms:6} ms > {:02X?}",
                            &bytes[..bytes.len().min(12)]
                        ));
                        self.writes.push_back(bytes);
                    }
                    Effect::Note(job, Entry::Begun) => {
                        self.journal.insert(job, None);
                        inputs.push_back(Input::Noted);
                    }
                    Effect::Note(job, Entry::Ended(outcome)) => {
                        self.journal.insert(job, Some(outcome));
                    }
                    Effect::Tell(event) => {
                        tell(&format!("{now_ms:6} ms {event:?}"));
                        self.hear(now_ms, event);
                    }
                }
            }
        }
    }

    fn hang_up(&mut self) {
        self.connected = false;
        self.writes.clear();
    }

    fn hear(&mut self, now_ms: u64, event: Event) {
        let (job, said) = match event {
            Event::Finished { job, grade } => (job, Said::Finished(grade)),
            Event::Stopped { job, cleared, .. } => (
                job,
                if cleared {
                    Said::Waiting
                } else {
                    Said::Unknown
                },
            ),
            _ => return,
        };
        // Nobody touches the button more often.
        self.next_try_ms = now_ms + 700;
        for (index, slip) in self.slips.iter_mut().enumerate() {
            if job == judge::job(index, slip.starts) {
                slip.said = match said {
                    Said::Waiting if slip.starts >= TRIES => Said::GivenUp,
                    said => said,
                };
            }
        }
    }
}
