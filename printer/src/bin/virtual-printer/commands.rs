//! Takes the bytes in the receive buffer apart into commands.

/// One command, or one byte of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    /// Means nothing on paper.
    Nothing,
    Initialise,
    Text(u8),
    LineFeed,
    Justify(u8),
    Bold(bool),
    CharacterSize(u8),
    FeedLines(u8),
    FeedDots(u8),
    Raster {
        width_bytes: usize,
        dots: Vec<u8>,
    },
    BarHeight(u8),
    BarWidth(u8),
    Code39(Vec<u8>),
    QrModel(u8),
    QrModule(u8),
    QrLevel(u8),
    QrStore(Vec<u8>),
    QrPrint,
    Cut {
        feed_dots: u8,
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
pub(crate) fn parse(bytes: &[u8]) -> Option<(Command, usize)> {
    let command = match bytes {
        [] => return None,
        [0x00 | 0x0D, ..] => (Command::Nothing, 1),
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
    Some(match rest {
        [b'@', ..] => (Command::Initialise, 2),
        [b'2' | b'<', ..] => (Command::Nothing, 2),
        [b'a', n, ..] => (Command::Justify(*n % 48), 3),
        [b'E', n, ..] => (Command::Bold(n & 1 == 1), 3),
        [b'!', n, ..] => (Command::CharacterSize((n & 0x20) >> 1 | (n & 0x10) >> 4), 3),
        [b'd', n, ..] => (Command::FeedLines(*n), 3),
        [b'J', n, ..] => (Command::FeedDots(*n), 3),
        [
            b'3' | b'M' | b'-' | b't' | b'R' | b'{' | b' ' | b'G' | b'V' | b'=',
            _,
            ..,
        ] => (Command::Nothing, 3),
        [b'$' | b'\\', _, _, ..] => (Command::Nothing, 4),
        [] | [b'a' | b'E' | b'!' | b'd' | b'J', ..] => return None,
        [
            b'3' | b'M' | b'-' | b't' | b'R' | b'{' | b' ' | b'G' | b'V' | b'=' | b'$' | b'\\',
            ..,
        ] => return None,
        _ => (Command::Unknown, 2),
    })
}

fn two_byte(rest: &[u8]) -> Option<(Command, usize)> {
    Some(match rest {
        [b'&' | b'.', ..] => (Command::Nothing, 2),
        [b'!' | b'-' | b'W', _, ..] => (Command::Nothing, 3),
        [b'S', _, _, ..] => (Command::Nothing, 4),
        [] | [b'!' | b'-' | b'W' | b'S', ..] => return None,
        _ => (Command::Unknown, 2),
    })
}

fn group(rest: &[u8]) -> Option<(Command, usize)> {
    Some(match rest {
        [b'!', n, ..] => (Command::CharacterSize(*n), 3),
        [b'h', n, ..] => (Command::BarHeight(*n), 3),
        [b'w', n, ..] => (Command::BarWidth(*n), 3),
        [b'r', n, ..] => (Command::TellInOrder(*n), 3),
        [b'a', n, ..] => (Command::Automatic(*n), 3),
        [b'I', n, ..] => (Command::Identify(*n), 3),
        [b'B' | b'b' | b'f' | b'H', _, ..] => (Command::Nothing, 3),
        [b'L' | b'W' | b'P', _, _, ..] => (Command::Nothing, 4),
        [b'V', 65 | 66, feed_dots, ..] => (
            Command::Cut {
                feed_dots: *feed_dots,
            },
            4,
        ),
        [b'V', 0 | 1 | 48 | 49, ..] => (Command::Cut { feed_dots: 0 }, 3),
        [b'k', system @ 65..=79, length, data @ ..] => {
            let data = data.get(..usize::from(*length))?;
            (bars(*system, data), 4 + data.len())
        }
        [b'k', system @ 0..=6, data @ ..] => {
            let length = data.iter().position(|&byte| byte == 0)?;
            (bars(*system, &data[..length]), 4 + length)
        }
        [b'(', function, low, high, data @ ..] => {
            let length = usize::from(u16::from_le_bytes([*low, *high]));
            let data = data.get(..length)?;
            (extended(*function, data), 5 + length)
        }
        [
            b'v',
            b'0',
            _mode,
            width_low,
            width_high,
            rows_low,
            rows_high,
            dots @ ..,
        ] => {
            let width_bytes = usize::from(u16::from_le_bytes([*width_low, *width_high]));
            let rows = usize::from(u16::from_le_bytes([*rows_low, *rows_high]));
            let dots = dots.get(..width_bytes * rows)?;
            let length = 8 + dots.len();
            (
                Command::Raster {
                    width_bytes,
                    dots: dots.to_vec(),
                },
                length,
            )
        }
        [] | [b'!' | b'h' | b'w' | b'r' | b'a' | b'I' | b'B' | b'b' | b'f' | b'H'] => return None,
        [b'L' | b'W' | b'P' | b'V' | b'k' | b'(' | b'v', ..] if rest.len() < 8 => return None,
        _ => (Command::Unknown, 2),
    })
}

fn bars(system: u8, data: &[u8]) -> Command {
    match system {
        4 | 69 => Command::Code39(data.to_vec()),
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
            (&[0x1D, b'V', 65, 3], Command::Cut { feed_dots: 3 }),
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
