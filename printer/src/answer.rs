//! Sorts the bytes a printer sends back. Four kinds of answers share the line without any frame
//! around them; they are told apart by fixed bits of their first byte.

use crate::profile::Presenter;

/// One answer of the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To `DLE EOT`; it does not say to which of them.
    RealTime(u8),
    /// Automatic status back: something changed.
    Automatic([u8; 4]),
    /// To Custom's `DLE EOT 20`: paper, user, recoverable and unrecoverable faults.
    Full([u8; 4]),
    /// To `GS ( H` fn 48: everything before it is on paper.
    OnPaper([u8; 4]),
    /// To `DLE DC4` fn 8: the buffers are empty.
    Cleared,
    /// Its power came back: it holds nothing and has forgotten its settings.
    PoweredOn,
    /// To `GS r`: everything before it was worked through.
    InOrder(u8),
    /// XON or XOFF.
    Flow {
        /// Whether the printer takes bytes again.
        go: bool,
    },
    /// Another block, to be ignored.
    Other,
}

/// The longest block that makes sense (a printer's name and serial number).
const LONGEST_BLOCK_BYTES: usize = 96;

/// Puts bytes together into answers, whatever the pieces they arrive in.
#[derive(Debug, Default)]
pub struct Sorter {
    partial: Vec<u8>,
    /// Whether this printer gives Custom's six bytes, whose first two look like automatic status.
    six_bytes: bool,
}

/// Custom's answer to `DLE EOT 20` begins so.
const FULL: [u8; 2] = [0x10, 0x0F];

impl Sorter {
    /// A sorter for a printer with this presenter.
    #[must_use]
    pub fn of(presenter: Presenter) -> Self {
        Self {
            partial: Vec::new(),
            six_bytes: presenter == Presenter::Custom,
        }
    }

    /// Takes one byte; gives an answer when it is whole.
    pub fn push(&mut self, byte: u8) -> Option<Answer> {
        match self.partial.first() {
            None => self.begin(byte),
            Some(first) if first & 0x93 == 0x10 => self.automatic(byte),
            Some(_) => self.block(byte),
        }
    }

    /// The line was silent for a while: what is unfinished will never be finished.
    pub fn silence(&mut self) {
        self.partial.clear();
    }

    fn begin(&mut self, byte: u8) -> Option<Answer> {
        match byte {
            0x11 | 0x13 => Some(Answer::Flow { go: byte == 0x11 }),
            0x35 | 0x37 | 0x3B | 0x3D | 0x5F => {
                self.partial.push(byte);
                None
            }
            _ if byte & 0x93 == 0x12 => Some(Answer::RealTime(byte)),
            _ if byte & 0x93 == 0x10 => {
                self.partial.push(byte);
                None
            }
            _ if byte & 0x90 == 0 => Some(Answer::InOrder(byte)),
            _ => None,
        }
    }

    fn automatic(&mut self, byte: u8) -> Option<Answer> {
        if self.six_bytes && self.partial.starts_with(&FULL) {
            self.partial.push(byte);
            let full = <[u8; 4]>::try_from(self.partial.get(2..)?).ok()?;
            self.partial.clear();
            return Some(Answer::Full(full));
        }
        if byte & 0x90 != 0 {
            self.partial.clear();
            return self.begin(byte);
        }
        self.partial.push(byte);
        let answer = <[u8; 4]>::try_from(self.partial.as_slice()).ok()?;
        self.partial.clear();
        Some(Answer::Automatic(answer))
    }

    fn block(&mut self, byte: u8) -> Option<Answer> {
        if byte != 0 {
            // A byte that is no text cannot belong to a block: its end was lost.
            if byte < 0x20 || self.partial.len() >= LONGEST_BLOCK_BYTES {
                self.partial.clear();
                return self.begin(byte);
            }
            self.partial.push(byte);
            return None;
        }
        let block = std::mem::take(&mut self.partial);
        Some(match block.as_slice() {
            [0x37, 0x22, id @ ..] => <[u8; 4]>::try_from(id).map_or(Answer::Other, Answer::OnPaper),
            [0x37, 0x25] => Answer::Cleared,
            [0x3B, 0x31] => Answer::PoweredOn,
            _ => Answer::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort(bytes: &[u8]) -> Vec<Answer> {
        let mut sorter = Sorter::default();
        bytes.iter().filter_map(|&byte| sorter.push(byte)).collect()
    }

    /// Protects the reader: answers of all kinds in one stream are told apart, so that no status is
    /// one behind and no proof is overheard.
    #[test]
    fn answers_are_told_apart() {
        let answers = sort(&[
            0x16, 0x12, 0x00, 0x37, 0x22, b'A', b'B', b'C', b'D', 0x00, 0x13, 0x37, 0x25, 0x00,
            0x11, 0x14, 0x00, 0x0F, 0x0F, 0x5F, b'T', b'M', 0x00, 0x03,
        ]);
        assert_eq!(
            answers,
            [
                Answer::RealTime(0x16),
                Answer::RealTime(0x12),
                Answer::InOrder(0x00),
                Answer::OnPaper(*b"ABCD"),
                Answer::Flow { go: false },
                Answer::Cleared,
                Answer::Flow { go: true },
                Answer::Automatic([0x14, 0x00, 0x0F, 0x0F]),
                Answer::Other,
                Answer::InOrder(0x03),
            ]
        );
    }

    /// Protects the presenter's word: Custom's six bytes are one answer, whatever bits they carry, and
    /// the next answer is not swallowed.
    #[test]
    fn six_bytes_are_one_answer() {
        let mut sorter = Sorter::of(Presenter::Custom);
        let bytes = [0x10, 0x0F, 0x24, 0x00, 0x40, 0x00, 0x16];
        let answers: Vec<_> = bytes.iter().filter_map(|&byte| sorter.push(byte)).collect();
        assert_eq!(
            answers,
            [Answer::Full([0x24, 0, 0x40, 0]), Answer::RealTime(0x16)]
        );
    }

    /// Protects against noise: a block whose end was lost does not swallow what follows for ever.
    #[test]
    fn a_lost_end_swallows_nothing() {
        assert_eq!(
            sort(&[0x37, 0x22, b'A', 0x16, 0x12]),
            [Answer::RealTime(0x16), Answer::RealTime(0x12)]
        );
        assert_eq!(sort(&[0x10, 0x16]), [Answer::RealTime(0x16)]);
        let mut sorter = Sorter::default();
        assert_eq!(sorter.push(0x5F), None);
        sorter.silence();
        assert_eq!(sorter.push(0x32), Some(Answer::RealTime(0x32)));
    }
}
