//! What the reader does with the card in it: power, and the blocks of T=1 (ISO 7816-3), with
//! `virtual-card` as the card.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use super::ccid::{
    Answer, Command, ESCAPE, POWER_OFF, POWER_ON, SET_PARAMETERS, SLOT_STATUS, Status, TRANSFER,
};

/// Where `virtual-card` looks for a reader.
const PORT: u16 = 35963;
/// How often a slow card is asked about.
const PATIENCE_STEP: Duration = Duration::from_millis(100);
/// What `virtual-card` hears from a reader beside commands.
const CARD_OFF: u8 = 0x00;
const CARD_ON: u8 = 0x01;
const CARD_ATR: u8 = 0x04;
/// The first byte of a request for another speed.
const SPEED_REQUEST: u8 = 0xFF;

/// Whether a slow card is waited for.
#[derive(PartialEq, Eq)]
pub(super) enum Waiting {
    GoOn,
    GiveUp,
}

pub(super) struct Slot {
    door: TcpListener,
    card: Option<TcpStream>,
    is_on: bool,
    /// The number of the card's next block: 0 or 1 in turn.
    block: u8,
}

impl Slot {
    pub(super) fn new() -> Self {
        let door = TcpListener::bind(("127.0.0.1", PORT)).unwrap();
        door.set_nonblocking(true).unwrap();
        Self {
            door,
            card: None,
            is_on: false,
            block: 0,
        }
    }

    /// A card that is in stays in, without a memory of what was.
    pub(super) fn lose_power(&mut self) {
        self.card = None;
        self.is_on = false;
    }

    /// The answer; `None` if it was given up.
    pub(super) fn answer(
        &mut self,
        command: &Command,
        mut wait: impl FnMut() -> Waiting,
    ) -> Option<Answer> {
        self.notice();
        let data = match command.kind {
            POWER_ON if self.card.is_some() => self.power_on(&mut wait)?,
            POWER_OFF => {
                if self.is_on {
                    self.send(&[CARD_OFF]);
                }
                self.is_on = false;
                Vec::new()
            }
            TRANSFER if self.is_on => self.transfer(&command.data, &mut wait)?,
            POWER_ON | TRANSFER => return Some(command.answer(Status::CardLost, Vec::new())),
            SET_PARAMETERS => command.data.clone(),
            ESCAPE => b"played".to_vec(),
            SLOT_STATUS => Vec::new(),
            other => panic!("the driver's command {other:02X} is not played"),
        };
        let status = match (&self.card, self.is_on, command.kind) {
            (None, _, POWER_ON | TRANSFER) => Status::CardLost,
            (None, ..) => Status::Empty,
            (Some(_), false, _) => Status::Inactive,
            (Some(_), true, _) => Status::Active,
        };
        Some(command.answer(status, data))
    }

    /// Sees a card that went and one that came; one that came in place of another is off.
    fn notice(&mut self) {
        if self.card.as_ref().is_some_and(|card| !is_in(card)) {
            self.lose_power();
        }
        while self.card.is_none()
            && let Ok((card, _)) = self.door.accept()
        {
            card.set_nodelay(true).unwrap();
            card.set_read_timeout(Some(PATIENCE_STEP)).unwrap();
            self.card = Some(card).filter(is_in);
        }
    }

    /// Switches the card on, or off and on; what it answers to that.
    fn power_on(&mut self, wait: &mut impl FnMut() -> Waiting) -> Option<Vec<u8>> {
        if self.is_on {
            self.send(&[CARD_OFF]);
        }
        self.send(&[CARD_ON]);
        self.is_on = true;
        self.block = 0;
        self.ask(&[CARD_ATR], wait)
    }

    fn transfer(&mut self, sent: &[u8], wait: &mut impl FnMut() -> Waiting) -> Option<Vec<u8>> {
        let &[address, kind, _, ref rest @ ..] = sent else {
            panic!("the driver sent no block");
        };
        // Every card agrees to every speed.
        if address == SPEED_REQUEST {
            return Some(sent.to_vec());
        }
        let (_checksum, carried) = rest.split_last().unwrap();
        let (kind, carried) = match kind {
            0x00 | 0x40 => {
                let kind = self.block << 6;
                self.block ^= 1;
                (kind, self.ask(carried, wait)?)
            }
            // A request about the protocol itself, as the length of blocks: granted.
            0xC0.. => (kind | 0x20, carried.to_vec()),
            other => panic!("the driver's block {other:02X} is not played"),
        };
        // A card that went in the middle.
        if self.card.is_none() {
            return Some(Vec::new());
        }
        let length = u8::try_from(carried.len()).expect("an answer fits into a block");
        let mut block = [&[address.rotate_left(4), kind, length], &carried[..]].concat();
        block.push(block.iter().fold(0, |sum, byte| sum ^ byte));
        Some(block)
    }

    /// The card's answer, empty if it went; `None` if it was given up.
    fn ask(&mut self, payload: &[u8], wait: &mut impl FnMut() -> Waiting) -> Option<Vec<u8>> {
        self.send(payload);
        let mut received = Vec::new();
        while let Some(card) = &mut self.card {
            let mut buffer = [0; 1024];
            match card.read(&mut buffer) {
                Ok(0) => self.lose_power(),
                Ok(length) => received.extend_from_slice(&buffer[..length]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    if wait() == Waiting::GiveUp {
                        return None;
                    }
                }
                Err(_) => self.lose_power(),
            }
            if let Some((length, answer)) = received.split_first_chunk::<2>()
                && answer.len() >= usize::from(u16::from_be_bytes(*length))
            {
                return Some(answer.to_vec());
            }
        }
        Some(Vec::new())
    }

    fn send(&mut self, payload: &[u8]) {
        let length = u16::try_from(payload.len()).unwrap().to_be_bytes();
        let frame = [&length[..], payload].concat();
        if let Some(card) = &mut self.card
            && card.write_all(&frame).is_err()
        {
            self.lose_power();
        }
    }
}

/// Whether the card is still there: one that is pulled closes.
fn is_in(card: &TcpStream) -> bool {
    card.set_nonblocking(true).unwrap();
    let peeked = card.peek(&mut [0]);
    card.set_nonblocking(false).unwrap();
    match peeked {
        Ok(length) => length > 0,
        Err(error) => error.kind() == ErrorKind::WouldBlock,
    }
}
