//! The name field: 20 bytes of Big5, some of it not to be trusted.

use std::fmt;

use domain::PersonName;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{Field, LENGTH, Warning, big5};

/// What stands for a character that is not certain.
const UNCERTAIN: char = '□';

/// A full-width space, one of the three paddings.
const WIDE_SPACE: char = '\u{3000}';

/// Signs written for a character the writer's machine had not: `*` on health cards, `■` in the
/// household registers until 2014, the others by programs that convert text.
const STAND_INS: [char; 6] = ['＊', '■', '□', '？', '●', '\u{FFFD}'];

/// The name as it stands on the card, zeroed when dropped. `Debug` prints `…`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct NameBytes([u8; 20]);

impl NameBytes {
    pub(super) fn of(answer: &[u8; LENGTH]) -> Self {
        let mut bytes = [0; 20];
        bytes.copy_from_slice(&answer[12..32]);
        Self(bytes)
    }

    /// The bytes, padding included: for whoever knows the user-defined characters of the place.
    #[must_use]
    pub const fn reveal(&self) -> &[u8; 20] {
        &self.0
    }
}

impl fmt::Debug for NameBytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("NameBytes(…)")
    }
}

/// Decodes the name field. Never fails: what cannot be known becomes `□`. Only an empty field is
/// unreadable.
pub(super) fn decode(field: &[u8]) -> (Field<PersonName>, Vec<Warning>) {
    let mut text = Zeroizing::new(String::with_capacity(60));
    let mut found = Found::default();
    let mut rest = field;
    while let [first, after @ ..] = rest {
        let (character, length) = match (*first, after.first()) {
            // The padding; behind it an earlier, longer name may still stand.
            (0, _) => {
                found.remains = after
                    .iter()
                    .any(|byte| !matches!(byte, 0 | b' ' | 0xA1 | 0x40));
                break;
            }
            (b'*' | b'?', _) => (None, 1),
            (b' '..=b'~', _) => (Some(char::from(*first)), 1),
            (0x81..=0xFE, Some(&trail)) if big5::is_trail(trail) => {
                (big5::certain(*first, trail), 2)
            }
            (0x81..=0xFE, None) => {
                found.half = true;
                (None, 1)
            }
            (byte, _) => {
                found.control |= byte.is_ascii_control();
                (None, 1)
            }
        };
        let character = character.filter(|character| !STAND_INS.contains(character));
        found.boxes |= character.is_none();
        text.push(character.unwrap_or(UNCERTAIN));
        rest = &rest[length..];
    }
    let trimmed = text.trim_matches([' ', WIDE_SPACE]);
    found.fills = rest.is_empty() && !text.ends_with([' ', WIDE_SPACE]);
    let name = match (trimmed.is_empty(), found.boxes) {
        (true, _) => Field::Unreadable,
        (_, true) => Field::Doubtful(PersonName::new(trimmed)),
        (_, false) => Field::Certain(PersonName::new(trimmed)),
    };
    let warnings = found.warnings(trimmed);
    (name, warnings)
}

/// What was met on the way through a name.
#[derive(Default)]
struct Found {
    boxes: bool,
    control: bool,
    fills: bool,
    half: bool,
    remains: bool,
}

impl Found {
    fn warnings(&self, text: &str) -> Vec<Warning> {
        [
            (text.is_empty(), Warning::NameEmpty),
            (self.boxes, Warning::NameCharacterUnknown),
            (self.half, Warning::NameHalfCharacter),
            (self.fills, Warning::NamePerhapsCut),
            (self.remains, Warning::NameRemains),
            (self.control, Warning::NameControlBytes),
            (
                text.chars().any(|character| character.is_numeric()),
                Warning::NameDigits,
            ),
        ]
        .into_iter()
        .filter_map(|(holds, warning)| holds.then_some(warning))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(start: &[u8], padding: &[u8]) -> Vec<u8> {
        let padding = padding.iter().cycle();
        start.iter().chain(padding).copied().take(20).collect()
    }

    fn check(bytes: &[u8], name: Field<&str>, warned: &[Warning]) {
        let (found, warnings) = decode(bytes);
        let found = match &found {
            Field::Certain(name) => Field::Certain(name.reveal()),
            Field::Doubtful(name) => Field::Doubtful(name.reveal()),
            Field::Unreadable => Field::Unreadable,
        };
        assert!(found == name, "{bytes:02X?} gives {:?}", found.value());
        assert_eq!(warnings, warned, "{bytes:02X?}");
    }

    /// Protects the golden bytes of a name under each padding in use.
    #[test]
    fn padding_is_no_part_of_the_name() {
        let golden = [0xBA, 0xC2, 0xB0, 0xB7, 0xB1, 0x64];
        for padding in [&[0x00][..], b" ", &[0xA1, 0x40]] {
            check(&field(&golden, padding), Field::Certain("甄健康"), &[]);
            check(
                &field(b"", padding),
                Field::Unreadable,
                &[Warning::NameEmpty],
            );
        }
        let latin = field(b"NGUYEN THI LAN", b" ");
        check(&latin, Field::Certain("NGUYEN THI LAN"), &[]);
        // An aborigine's name with its point: 夷將·拔路兒.
        let pointed = b"\xA6\x69\xB1\x4E\xA1\x50\xA9\xDE\xB8\xF4\xA8\xE0";
        check(&field(pointed, &[0]), Field::Certain("夷將·拔路兒"), &[]);
    }

    /// Protects against the name of an earlier holder, and tells a name that may have lost its end.
    #[test]
    fn ends_are_told() {
        let remains = field(&[0xBA, 0xC2, 0x00, 0xB0, 0xB7], &[0]);
        check(&remains, Field::Certain("甄"), &[Warning::NameRemains]);
        let padded_twice = field(&[0xBA, 0xC2, 0x00, b' ', 0xA1, 0x40], &[0]);
        check(&padded_twice, Field::Certain("甄"), &[]);
        let full = Field::Certain("NGUYEN THI MINH KHAI");
        check(b"NGUYEN THI MINH KHAI", full, &[Warning::NamePerhapsCut]);
        let half = field(b"A", &[0xB1, 0x64]);
        let warned = [
            Warning::NameCharacterUnknown,
            Warning::NameHalfCharacter,
            Warning::NamePerhapsCut,
        ];
        check(&half, Field::Doubtful("A康康康康康康康康康□"), &warned);
    }

    /// Protects the edges of what is certain: A1–C5, C6 40–7E, C9–F9.
    #[test]
    fn certain_leads_are_decoded() {
        for (bytes, text) in [
            ([0xA4, 0x40], "一"),
            ([0xC5, 0xFE], "讒"),
            ([0xC6, 0x40], "讖"),
            ([0xC6, 0x7E], "籲"),
            ([0xC9, 0x40], "乂"),
            ([0xF9, 0xD5], "龘"),
            ([0xF9, 0xD6], "碁"),
            ([0xF9, 0xDC], "嫺"),
        ] {
            check(&field(&bytes, &[0]), Field::Certain(text), &[]);
        }
    }

    /// Protects against a character that is not the person's: user-defined pairs and the signs that
    /// stand for a missing one show as a box, and what follows is still read.
    #[test]
    fn unknown_characters_show_as_a_box() {
        let unknown = [Warning::NameCharacterUnknown];
        for bytes in [
            [0xFA, 0x40],
            [0xFE, 0x6E],
            [0x81, 0x40],
            [0xA0, 0xFE],
            [0xC6, 0xA1],
            [0xC8, 0xFE],
            [0xA3, 0xC0],
            [0xF9, 0xFE],
            // ■ □ ＊ ？
            [0xA1, 0xBD],
            [0xA1, 0xBC],
            [0xA1, 0xAF],
            [0xA1, 0x48],
        ] {
            let name = [&[0xBA, 0xC2], &bytes[..], &[0xB1, 0x64]].concat();
            check(&field(&name, &[0]), Field::Doubtful("甄□康"), &unknown);
        }
        let starred = field(&[0xBA, 0xC2, b'*', 0xB1, 0x64], b" ");
        check(&starred, Field::Doubtful("甄□康"), &unknown);
        let noise = field(&[0xFF, 0x80, 0xB1, 0x20, 0xB1, 0x64, 0x07], &[0]);
        let warned = [Warning::NameCharacterUnknown, Warning::NameControlBytes];
        check(&noise, Field::Doubtful("□□□ 康□"), &warned);
        let digits = field(b"TEST 7", b" ");
        check(&digits, Field::Certain("TEST 7"), &[Warning::NameDigits]);
    }

    /// Protects the reading from any pair of bytes: a certain name has no box in it, a doubtful one
    /// has.
    #[test]
    fn every_pair_of_bytes_decodes() {
        for lead in 0..=u8::MAX {
            for trail in 0..=u8::MAX {
                let (name, _) = decode(&[lead, trail]);
                let boxed = name
                    .value()
                    .is_some_and(|name| name.reveal().contains(UNCERTAIN));
                assert_eq!(
                    matches!(name, Field::Doubtful(_)),
                    boxed,
                    "{lead:02X}{trail:02X}"
                );
            }
        }
    }
}
