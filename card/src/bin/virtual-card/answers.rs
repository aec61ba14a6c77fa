//! What the card answers to each command.

use std::time::Duration;

use crate::bytes::{open_fields, parse_hex};
use crate::fault::Fault;
use crate::kind::Kind;
use crate::profile::{Profile, ProfileError};

/// The NHI's application, as SELECT names it.
const SELECT: &[u8] =
    b"\x00\xA4\x04\x00\x10\xD1\x58\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x11\x00";
/// READ without its last byte, the length asked for.
const READ: &[u8] = b"\x00\xCA\x11\x00\x02\x00";
const GET_RESPONSE: &[u8] = b"\x00\xC0\x00\x00";
const INSTRUCTION_NOT_SUPPORTED: u16 = 0x6D00;
const FILE_NOT_FOUND: u16 = 0x6A82;

/// A longer answer to reset than any: the reader calls such a card mute.
const MUTE_ATR: [u8; 34] = [0xFF; 34];

/// A card's side of the exchange.
pub(crate) struct Player {
    atr: Vec<u8>,
    select: u16,
    read: u16,
    data: Vec<u8>,
    faults: Vec<Fault>,
    /// Waits for GET RESPONSE.
    fetchable: Vec<u8>,
}

/// What the card does after one command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reaction {
    /// These bytes, status word included, after this long.
    Answer(Vec<u8>, Duration),
    /// It is pulled out now.
    Pull,
}

impl Player {
    pub(crate) fn new(profile: &Profile) -> Result<Self, ProfileError> {
        let manner = profile.kind.manner();
        let data = if profile.kind == Kind::Nhi {
            open_fields(profile)?
        } else {
            Vec::new()
        };
        let atr = if profile.faults.contains(&Fault::Mute) {
            MUTE_ATR.to_vec()
        } else {
            parse_hex("atr", profile.atr.as_deref().unwrap_or(manner.atr))?
        };
        Ok(Self {
            atr,
            select: manner.select,
            read: manner.read,
            data,
            faults: profile.faults.clone(),
            fetchable: Vec::new(),
        })
    }

    pub(crate) fn atr(&self) -> &[u8] {
        &self.atr
    }

    /// Answers one command.
    pub(crate) fn react(&mut self, command: &[u8]) -> Reaction {
        if command == SELECT {
            self.react_to_select()
        } else if command.starts_with(READ) {
            self.react_to_read(command.get(READ.len()).copied().unwrap_or_default())
        } else if command.starts_with(GET_RESPONSE) {
            let data = std::mem::take(&mut self.fetchable);
            answer(&data, 0x9000)
        } else {
            answer(&[], INSTRUCTION_NOT_SUPPORTED)
        }
    }

    fn react_to_select(&self) -> Reaction {
        if self.has(Fault::PulledDuringSelect) {
            Reaction::Pull
        } else if self.has(Fault::NoSelect) {
            answer(&[], FILE_NOT_FOUND)
        } else {
            answer(&[], self.select)
        }
    }

    fn react_to_read(&mut self, length: u8) -> Reaction {
        let delay = self.faults.iter().find_map(|fault| match fault {
            Fault::Slow(delay) => Some(*delay),
            _ => None,
        });
        let refusal = self.faults.iter().find_map(|fault| match fault {
            Fault::Refused(status) => Some(*status),
            _ => None,
        });
        let size = u8::try_from(self.data.len()).unwrap_or(u8::MAX);
        let reaction = if self.has(Fault::PulledDuringRead) {
            Reaction::Pull
        } else if self.has(Fault::EmptyAnswer) {
            Reaction::Answer(Vec::new(), Duration::ZERO)
        } else if let Some(status) = refusal {
            answer(&[], status)
        } else if self.has(Fault::GetResponse) {
            self.fetchable.clone_from(&self.data);
            answer(&[], u16::from_be_bytes([0x61, size]))
        } else if self.has(Fault::NamedLength) && length != size {
            answer(&[], u16::from_be_bytes([0x6C, size]))
        } else {
            answer(&self.data, self.read)
        };
        match (reaction, delay) {
            (Reaction::Answer(bytes, _), Some(delay)) => Reaction::Answer(bytes, delay),
            (reaction, _) => reaction,
        }
    }

    fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }
}

fn answer(data: &[u8], status: u16) -> Reaction {
    Reaction::Answer([data, &status.to_be_bytes()].concat(), Duration::ZERO)
}
