//! The messages between driver and reader: CCID 1.1, framed for a serial line as libccid's
//! `ccid_serial.c` describes it.

/// SYNC and ACK; before the message, and in the checksum after it.
pub(super) const START: [u8; 2] = [0x03, 0x06];
/// Kind, length, slot, number and three bytes that depend on the kind.
const HEADER: usize = 10;

/// The kinds of commands.
pub(super) const SET_PARAMETERS: u8 = 0x61;
pub(super) const POWER_ON: u8 = 0x62;
pub(super) const POWER_OFF: u8 = 0x63;
pub(super) const SLOT_STATUS: u8 = 0x65;
pub(super) const ESCAPE: u8 = 0x6B;
pub(super) const TRANSFER: u8 = 0x6F;

/// A command of the driver.
pub(super) struct Command {
    pub(super) kind: u8,
    pub(super) data: Vec<u8>,
    header: [u8; HEADER],
}

impl Command {
    /// The command at the start, and how many bytes it takes; `None` until all of it has come.
    pub(super) fn parse(received: &[u8]) -> Option<(Self, usize)> {
        let (header, rest) = received.get(START.len()..)?.split_first_chunk::<HEADER>()?;
        let length = u32::from_le_bytes([header[1], header[2], header[3], header[4]]) as usize;
        let (data, rest) = rest.split_at_checked(length)?;
        let (sum, _) = rest.split_first()?;
        let command = Self {
            kind: header[0],
            data: data.to_vec(),
            header: *header,
        };
        assert_eq!(command.frame().last(), Some(sum), "the driver's checksum");
        Some((command, START.len() + HEADER + length + 1))
    }

    /// As it came.
    pub(super) fn frame(&self) -> Vec<u8> {
        framed(&self.header, &self.data)
    }

    /// The instruction of the command to the card in here: the second byte of what a block carries.
    pub(super) fn instruction(&self) -> Option<u8> {
        let is_block =
            self.kind == TRANSFER && self.data.get(1).is_some_and(|kind| kind & 0x80 == 0);
        self.data.get(4).filter(|_| is_block).copied()
    }

    /// The answer to it.
    pub(super) fn answer(&self, status: Status, data: Vec<u8>) -> Answer {
        let kind = match self.kind {
            POWER_ON | TRANSFER => 0x80,
            SET_PARAMETERS => 0x82,
            ESCAPE => 0x83,
            _ => 0x81,
        };
        let [status, error] = match status {
            Status::Active => [0x00, 0x00],
            Status::Inactive => [0x01, 0x00],
            Status::Empty => [0x02, 0x00],
            // The command failed: no card, or one that is silent.
            Status::CardLost => [0x42, 0xFE],
        };
        let length = u32::try_from(data.len()).unwrap().to_le_bytes();
        let mut header = [0; HEADER];
        header[0] = kind;
        header[1..5].copy_from_slice(&length);
        header[5..7].copy_from_slice(&self.header[5..7]);
        header[7..9].copy_from_slice(&[status, error]);
        Answer { header, data }
    }
}

/// The card as the reader tells it.
#[derive(Clone, Copy)]
pub(super) enum Status {
    Active,
    Inactive,
    Empty,
    CardLost,
}

/// An answer of the reader.
pub(super) struct Answer {
    header: [u8; HEADER],
    data: Vec<u8>,
}

impl Answer {
    pub(super) fn frame(&self) -> Vec<u8> {
        framed(&self.header, &self.data)
    }
}

fn framed(header: &[u8], data: &[u8]) -> Vec<u8> {
    let mut frame = [&START[..], header, data].concat();
    let sum = frame.iter().fold(0, |sum, byte| sum ^ byte);
    frame.push(sum);
    frame
}
