//! Finds real-time commands in arriving bytes, wherever they stand: a printer acts on them even in
//! the middle of an image, and so does this one.

/// A command obeyed on arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RealTime {
    /// `DLE EOT n`: tell the state; 20 is Custom's.
    Status(u8),
    /// `DLE ENQ n`: recover from a cutter fault; 2 also empties the buffers.
    Recover(u8),
    /// `DLE DC4` fn 8: empty the buffers.
    Clear,
}

/// `DLE DC4` fn 8 with its fixed seven bytes.
const CLEAR: [u8; 10] = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

/// Splits arriving bytes into data and real-time commands.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    partial: Vec<u8>,
}

impl Scanner {
    /// Takes one byte; data that cannot begin a command any more is added to `data`.
    pub(super) fn push(&mut self, byte: u8, data: &mut Vec<u8>) -> Option<RealTime> {
        self.partial.push(byte);
        let command = match self.partial.as_slice() {
            [0x10] | [0x10, 0x04 | 0x05 | 0x14] => return None,
            [0x10, 0x04, question @ (1..=4 | 20)] => Some(RealTime::Status(*question)),
            [0x10, 0x05, way @ (1 | 2)] => Some(RealTime::Recover(*way)),
            whole if *whole == CLEAR => Some(RealTime::Clear),
            part if CLEAR.starts_with(part) => return None,
            _ => None,
        };
        if command.is_some() {
            self.partial.clear();
            return command;
        }
        // No command: all but a new beginning is data.
        let last = self.partial.pop();
        data.append(&mut self.partial);
        match last {
            Some(0x10) => self.partial.push(0x10),
            Some(byte) => data.push(byte),
            None => {}
        }
        None
    }

    /// Nothing came for a while: a beginning was data after all.
    pub(super) fn silence(&mut self, data: &mut Vec<u8>) {
        data.append(&mut self.partial);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(bytes: &[u8]) -> (Vec<u8>, Vec<RealTime>) {
        let mut scanner = Scanner::default();
        let mut data = Vec::new();
        let commands = bytes
            .iter()
            .filter_map(|&byte| scanner.push(byte, &mut data))
            .collect();
        scanner.silence(&mut data);
        (data, commands)
    }

    /// Protects the simulation's honesty: commands are obeyed inside data, lone DLE bytes are data.
    #[test]
    fn commands_are_found_anywhere() {
        assert_eq!(
            scan(&[0xFF, 0x10, 0x04, 0x01, 0x10, 0x10, 0x04, 0x02, 0x10]),
            (
                vec![0xFF, 0x10, 0x10],
                vec![RealTime::Status(1), RealTime::Status(2)]
            )
        );
        let mut clear = vec![0x10, 0x14];
        clear.extend_from_slice(&CLEAR);
        assert_eq!(scan(&clear), (vec![0x10, 0x14], vec![RealTime::Clear]));
        assert_eq!(
            scan(&[0x10, 0x05, 0x02]),
            (vec![], vec![RealTime::Recover(2)])
        );
    }
}
