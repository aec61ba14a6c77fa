//! Takes the bytes in the receive buffer apart into commands.

/// One command, or one byte of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// Means nothing on paper.
    Nothing,
    Initialise,
    Text(u8),
    LineFeed,
    Tab,
    Justify(u8),
    Bold(bool),
    /// `ESC !`: bold, high, wide and underlined at once.
    Mode(u8),
    /// `GS !`: 1–8 times as wide and high.
    Size(u8),
    /// `FS !` for two-byte characters.
    TwoByteMode(u8),
    /// `FS &` and `FS .`.
    TwoByte(bool),
    TwoByteSpacing(u8, u8),
    Spacing(u8),
    Underline(bool),
    Reverse(bool),
    /// `ESC 3 n`; `ESC 2` is `None`.
    LineSpacing(Option<u8>),
    /// `ESC $`.
    Position(u16),
    /// `GS L`.
    LeftMargin(u16),
    /// `FS 2` with the second byte of its place and 72 bytes of dots.
    Define(u8, Vec<u8>),
    FeedLines(u8),
    FeedDots(u8),
    Raster {
        width_bytes: usize,
        scale: u8,
        dots: Vec<u8>,
    },
    BarHeight(u8),
    BarWidth(u8),
    /// `GS H`: where the text of a bar code stands.
    BarText(u8),
    Code39(Vec<u8>),
    Code128(Vec<u8>),
    QrModel(u8),
    QrModule(u8),
    QrLevel(u8),
    QrStore(Vec<u8>),
    QrPrint,
    Cut {
        /// `None`: where the paper is; else after feeding to the cutter and so much more.
        feed_dots: Option<u8>,
    },
    /// `GS r n`.
    TellInOrder(u8),
    /// `GS a n`.
    Automatic(u8),
    /// `GS I n`.
    Identify(u8),
    /// `GS ( H` fn 48.
    TellOnPaper([u8; 4]),
    /// A printer would print rubbish or swallow what follows.
    Unknown,
}

/// The first command in the buffer and how many bytes it takes; `None` until it is whole.
pub(super) fn parse(bytes: &[u8]) -> Option<(Command, usize)> {
    let command = match bytes {
        [] => return None,
        [0x00 | 0x0D, ..] => (Command::Nothing, 1),
        [0x09, ..] => (Command::Tab, 1),
        [0x0A, ..] => (Command::LineFeed, 1),
        [0x1B, rest @ ..] => escape(rest)?,
        [0x1C, rest @ ..] => two_byte(rest)?,
        [0x1D, rest @ ..] => group(rest)?,
        [0x10, ..] => (Command::Unknown, 1),
        [byte, ..] if *byte >= 0x20 => (Command::Text(*byte), 1),
        _ => (Command::Unknown, 1),
    };
    Some(command)
}

fn escape(rest: &[u8]) -> Option<(Command, usize)> {
    let &name = rest.first()?;
    let one = |make: fn(u8) -> Command| rest.get(1).map(|n| (make(*n), 3));
    match name {
        b'@' => Some((Command::Initialise, 2)),
        b'2' => Some((Command::LineSpacing(None), 2)),
        b'<' => Some((Command::Nothing, 2)),
        b'i' | b'm' => Some((Command::Cut { feed_dots: None }, 2)),
        b'a' => one(|n| Command::Justify(n % 48)),
        b'E' | b'G' => one(|n| Command::Bold(n & 1 == 1)),
        b'!' => one(Command::Mode),
        b'-' => one(|n| Command::Underline(n % 48 != 0)),
        b' ' => one(Command::Spacing),
        b'3' => one(|n| Command::LineSpacing(Some(n))),
        b'd' => one(Command::FeedLines),
        b'J' => one(Command::FeedDots),
        b'M' | b't' | b'R' | b'{' | b'V' | b'=' => one(|_| Command::Nothing),
        b'$' => Some((Command::Position(word(rest.get(1..3)?)), 4)),
        b'\\' => rest.get(1..3).map(|_| (Command::Nothing, 4)),
        _ => Some((Command::Unknown, 2)),
    }
}

fn two_byte(rest: &[u8]) -> Option<(Command, usize)> {
    match *rest {
        [] => None,
        [b'&', ..] => Some((Command::TwoByte(true), 2)),
        [b'.', ..] => Some((Command::TwoByte(false), 2)),
        [b'!', n, ..] => Some((Command::TwoByteMode(n), 3)),
        [b'-', n, ..] => Some((Command::Underline(n % 48 != 0), 3)),
        [b'W', n, ..] => Some((Command::TwoByteMode((n & 1) * 0x0C), 3)),
        [b'S', left, right, ..] => Some((Command::TwoByteSpacing(left, right), 4)),
        [b'2', 0xFE, place @ 0xA1..=0xFE, ref dots @ ..] => {
            let dots = dots.get(..72)?;
            Some((Command::Define(place, dots.to_vec()), 76))
        }
        [b'!' | b'-' | b'W' | b'S'] | [b'S', _] | [b'2'] | [b'2', _] => None,
        _ => Some((Command::Unknown, 2)),
    }
}

fn group(rest: &[u8]) -> Option<(Command, usize)> {
    let &name = rest.first()?;
    let one = |make: fn(u8) -> Command| rest.get(1).map(|n| (make(*n), 3));
    match name {
        b'!' => one(Command::Size),
        b'h' => one(Command::BarHeight),
        b'w' => one(Command::BarWidth),
        b'H' => one(Command::BarText),
        b'r' => one(Command::TellInOrder),
        b'a' => one(Command::Automatic),
        b'I' => one(Command::Identify),
        b'B' => one(|n| Command::Reverse(n & 1 == 1)),
        b'b' | b'f' => one(|_| Command::Nothing),
        b'L' => Some((Command::LeftMargin(word(rest.get(1..3)?)), 4)),
        b'W' | b'P' => rest.get(1..3).map(|_| (Command::Nothing, 4)),
        b'V' => cut(rest),
        b'k' => bar_code(rest),
        b'(' => {
            let [function, low, high] = *rest.get(1..4)? else {
                return None;
            };
            let length = usize::from(u16::from_le_bytes([low, high]));
            let data = rest.get(4..4 + length)?;
            Some((extended(function, data), 5 + length))
        }
        b'v' => {
            let head = rest.get(1..7)?;
            let rows = usize::from(word(&head[4..6]));
            let width_bytes = usize::from(word(&head[2..4]));
            let dots = rest.get(7..7 + width_bytes * rows)?;
            let command = Command::Raster {
                width_bytes,
                scale: head[1] % 48,
                dots: dots.to_vec(),
            };
            Some((command, 8 + dots.len()))
        }
        _ => Some((Command::Unknown, 2)),
    }
}

fn cut(rest: &[u8]) -> Option<(Command, usize)> {
    match *rest.get(1)? {
        65 | 66 => {
            let feed_dots = Some(*rest.get(2)?);
            Some((Command::Cut { feed_dots }, 4))
        }
        0 | 1 | 48 | 49 => Some((Command::Cut { feed_dots: None }, 3)),
        _ => Some((Command::Unknown, 2)),
    }
}

fn bar_code(rest: &[u8]) -> Option<(Command, usize)> {
    match *rest.get(1)? {
        system @ 65..=79 => {
            let length = usize::from(*rest.get(2)?);
            let data = rest.get(3..3 + length)?;
            Some((bars(system, data), 4 + length))
        }
        system @ 0..=6 => {
            let data = &rest[2..];
            let length = data.iter().position(|&byte| byte == 0)?;
            Some((bars(system, &data[..length]), 4 + length))
        }
        _ => Some((Command::Unknown, 2)),
    }
}

fn word(bytes: &[u8]) -> u16 {
    match *bytes {
        [low, high] => u16::from_le_bytes([low, high]),
        _ => 0,
    }
}

fn bars(system: u8, data: &[u8]) -> Command {
    match system {
        4 | 69 => Command::Code39(data.to_vec()),
        73 => Command::Code128(data.to_vec()),
        _ => Command::Unknown,
    }
}

fn extended(function: u8, data: &[u8]) -> Command {
    match (function, data) {
        (b'H', [0x30, 0x30, id @ ..]) => {
            <[u8; 4]>::try_from(id).map_or(Command::Unknown, Command::TellOnPaper)
        }
        (b'k', [49, 65, model, _]) => Command::QrModel(*model),
        (b'k', [49, 67, dots]) => Command::QrModule(*dots),
        (b'k', [49, 69, level]) => Command::QrLevel(*level),
        (b'k', [49, 80, 48, data @ ..]) => Command::QrStore(data.to_vec()),
        (b'k', [49, 81, ..]) => Command::QrPrint,
        _ => Command::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the simulation: commands are taken apart whatever the pieces they arrive in.
    #[test]
    fn commands_are_whole_or_waited_for() {
        for (bytes, command) in [
            (&[0x1B, b'@'][..], Command::Initialise),
            (&[0x1D, b'V', 65, 3], Command::Cut { feed_dots: Some(3) }),
            (
                &[0x1D, b'k', 4, b'A', b'1', 0],
                Command::Code39(b"A1".to_vec()),
            ),
            (
                &[0x1D, b'k', 69, 2, b'A', b'1'],
                Command::Code39(b"A1".to_vec()),
            ),
            (
                &[0x1D, b'v', b'0', 0, 2, 0, 1, 0, 0xAA, 0x55],
                Command::Raster {
                    width_bytes: 2,
                    scale: 0,
                    dots: vec![0xAA, 0x55],
                },
            ),
            (
                &[0x1D, b'(', b'H', 6, 0, 0x30, 0x30, b'a', b'b', b'c', b'd'],
                Command::TellOnPaper(*b"abcd"),
            ),
            (
                &[0x1D, b'(', b'k', 4, 0, 49, 65, 50, 0],
                Command::QrModel(50),
            ),
        ] {
            assert_eq!(parse(bytes), Some((command, bytes.len())));
            for length in 0..bytes.len() {
                assert_eq!(parse(&bytes[..length]), None, "{:02X?}", &bytes[..length]);
            }
        }
    }
}
