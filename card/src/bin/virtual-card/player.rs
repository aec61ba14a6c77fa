//! The card's side of the exchange: its answer to reset, and what it does after each command. Pure.

use std::path::PathBuf;
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::bytes::{open_fields, parse_hex, spoil};
use crate::fault::{Fault, Point};
use crate::kind::Kind;
use crate::profile::{Profile, ProfileError};

/// The NHI's application, as SELECT names it.
const SELECT: &[u8] =
    b"\x00\xA4\x04\x00\x10\xD1\x58\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x11\x00";
/// READ without its last byte, the length asked for.
const READ: &[u8] = b"\x00\xCA\x11\x00\x02\x00";
const GET_RESPONSE: &[u8] = b"\x00\xC0\x00\x00";
const DONE: u16 = 0x9000;
const INSTRUCTION_NOT_SUPPORTED: u16 = 0x6D00;
const FILE_NOT_FOUND: u16 = 0x6A82;

/// A longer answer to reset than any: the reader calls such a card mute.
const MUTE_ATR: [u8; 34] = [0xFF; 34];
/// A well-formed T=1 answer to reset that no list names.
const UNKNOWN_ATR: [u8; 20] = *b"\x3B\xFA\x18\x00\x00\x81\x31\xFE\x45TESTNHI000\x80";
/// Around each command and each answer on a T=1 line: node, control, length, check.
const BLOCK_OVERHEAD: usize = 4;
/// The lengths at which something may break: nothing, half a status word, around one block.
const ODD_LENGTHS: [usize; 8] = [0, 1, 2, 58, 59, 255, 258, 300];

/// A card as it answers.
#[derive(Clone)]
pub(crate) struct Player {
    atr: Vec<u8>,
    select: u16,
    read: u16,
    data: Vec<u8>,
    faults: Vec<Fault>,
    latency: Duration,
    line_bytes_per_s: Option<u32>,
    /// Waits for GET RESPONSE.
    fetchable: Vec<u8>,
    /// How often it was switched on or reset.
    resets: u32,
    commands: u64,
}

/// What the card does after one command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reaction {
    /// These bytes, status word included, after this long.
    Answer(Vec<u8>, Duration),
    /// The first half of this answer, and then it is gone.
    Torn(Vec<u8>, Duration),
    /// It is pulled out now.
    Pull,
    /// Another card is in its place from here on.
    Swap { by: PathBuf, is_seen: bool },
}

impl Player {
    pub(crate) fn new(profile: &Profile) -> Result<Self, ProfileError> {
        let manner = profile.kind.manner();
        let data = if profile.kind == Kind::Nhi {
            open_fields(profile)?
        } else {
            Vec::new()
        };
        Ok(Self {
            atr: parse_hex("atr", profile.atr.as_deref().unwrap_or(manner.atr))?,
            select: manner.select,
            read: manner.read,
            data,
            faults: profile.faults.clone(),
            latency: Duration::from_millis(profile.latency_ms),
            line_bytes_per_s: profile.line_bytes_per_s.filter(|rate| *rate > 0),
            fetchable: Vec::new(),
            resets: 0,
            commands: 0,
        })
    }

    /// What is wrong with it.
    pub(crate) fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// From now on these are wrong with it.
    pub(crate) fn set_faults(&mut self, faults: Vec<Fault>) {
        self.faults = faults;
    }

    /// It was switched on or reset; whether it is still there.
    pub(crate) fn power(&mut self) -> bool {
        self.resets = self.resets.saturating_add(1);
        self.fetchable.clear();
        !self.faults.contains(&Fault::Pulled(Point::PowerOn))
    }

    /// Its answer to reset at this insertion (the first is 1).
    pub(crate) fn atr(&self, insertion: u32) -> &[u8] {
        let is_mute = self.faults.iter().any(|fault| match fault {
            Fault::Mute => true,
            Fault::MuteResets(count) => self.resets <= *count,
            Fault::MuteInsertions(count) => insertion <= *count,
            _ => false,
        });
        if is_mute {
            &MUTE_ATR
        } else if self.faults.contains(&Fault::UnknownAtr) {
            &UNKNOWN_ATR
        } else {
            &self.atr
        }
    }

    /// Which step of the exchange a command is; `None` for a stranger's.
    pub(crate) fn point_of(command: &[u8]) -> Option<Point> {
        if command == SELECT {
            Some(Point::Select)
        } else if command.starts_with(READ) {
            Some(Point::Read)
        } else if command.starts_with(GET_RESPONSE) {
            Some(Point::GetResponse)
        } else {
            None
        }
    }

    /// Answers one command, with these faults on top of its own.
    pub(crate) fn react(&mut self, command: &[u8], drawn: &[Fault]) -> Reaction {
        self.commands += 1;
        let faults = [&self.faults, drawn].concat();
        let Some(point) = Self::point_of(command) else {
            return Reaction::Answer(
                answer(&[], INSTRUCTION_NOT_SUPPORTED),
                self.time_of(command, 2),
            );
        };
        for fault in &faults {
            match fault {
                Fault::Pulled(at) if *at == point => return Reaction::Pull,
                Fault::Swapped { at, is_seen, by } if *at == point => {
                    let (by, is_seen) = (by.clone(), *is_seen);
                    return Reaction::Swap { by, is_seen };
                }
                _ => {}
            }
        }
        let bytes = self.answer_to(point, command, &faults);
        let mut delay = self.time_of(command, bytes.len());
        for fault in &faults {
            match fault {
                Fault::Slow(at, longer) if *at == point => delay += *longer,
                _ => {}
            }
        }
        if faults.contains(&Fault::PulledWithin(point)) {
            Reaction::Torn(bytes, delay)
        } else {
            Reaction::Answer(bytes, delay)
        }
    }

    fn answer_to(&mut self, point: Point, command: &[u8], faults: &[Fault]) -> Vec<u8> {
        let has = |fault: Fault| faults.contains(&fault);
        if has(Fault::Empty(point)) {
            return Vec::new();
        }
        for fault in faults {
            match fault {
                Fault::Garbage(seed) => return self.garbage(*seed),
                Fault::Refused(status) if point == Point::Read => return answer(&[], *status),
                _ => {}
            }
        }
        match point {
            _ if has(Fault::EndlessGetResponse) => answer(&[], 0x61FF),
            _ if has(Fault::EndlessLength) => {
                answer(&[], 0x6C00 | u16::from(self.commands.to_le_bytes()[0]))
            }
            Point::Select if has(Fault::NoSelect) => answer(&[], FILE_NOT_FOUND),
            Point::Select | Point::PowerOn => answer(&[], self.select),
            Point::GetResponse => answer(&std::mem::take(&mut self.fetchable), DONE),
            Point::Read => {
                let mut data = self.data.clone();
                for fault in faults {
                    spoil(&mut data, fault);
                }
                let size = u8::try_from(data.len()).unwrap_or(u8::MAX);
                if has(Fault::GetResponse) {
                    self.fetchable = data;
                    answer(&[], u16::from_be_bytes([0x61, size]))
                } else if has(Fault::NamedLength) && command.get(READ.len()) != Some(&size) {
                    answer(&[], u16::from_be_bytes([0x6C, size]))
                } else {
                    answer(&data, self.read)
                }
            }
        }
    }

    /// The same for the same seed and number of the command.
    fn garbage(&self, seed: u64) -> Vec<u8> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(self.commands);
        let draw = random.next_u32() as usize;
        let length = match draw % 4 {
            0 => draw / 4 % 512,
            _ => ODD_LENGTHS[draw / 4 % ODD_LENGTHS.len()],
        };
        let mut bytes = vec![0; length];
        random.fill_bytes(&mut bytes);
        // Noise that claims success is the noise that must be seen through.
        if (draw / 64).is_multiple_of(2)
            && let [.., first, second] = bytes.as_mut_slice()
        {
            (*first, *second) = (0x90, 0x00);
        }
        bytes
    }

    /// What a command and an answer of so many bytes take on the line.
    fn time_of(&self, command: &[u8], answer_length: usize) -> Duration {
        let on_line = command.len() + answer_length + 2 * BLOCK_OVERHEAD;
        let line = self.line_bytes_per_s.map_or(Duration::ZERO, |rate| {
            let bytes = u32::try_from(on_line).unwrap_or(u32::MAX);
            Duration::from_secs(1) * bytes / rate
        });
        self.latency + line
    }
}

fn answer(data: &[u8], status: u16) -> Vec<u8> {
    [data, &status.to_be_bytes()].concat()
}
