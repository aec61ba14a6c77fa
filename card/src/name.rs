//! The name field: 20 bytes of Big5, some of it not to be trusted.

use encoding_rs::BIG5;
use zeroize::Zeroizing;

/// What stands for a character that is not certain.
pub(crate) const UNCERTAIN: char = '□';

/// A full-width space, one of the three paddings.
const WIDE_SPACE: char = '\u{3000}';

/// A decoded name; the text is zeroed when dropped.
pub(crate) struct DecodedName {
    pub(crate) text: Zeroizing<String>,
    /// No character had to be replaced by `□`.
    pub(crate) certain: bool,
}

/// Decodes the name field. Never fails: what cannot be known becomes `□`.
pub(crate) fn decode(field: &[u8]) -> DecodedName {
    let mut text = Zeroizing::new(String::with_capacity(60));
    let mut certain = true;
    let mut rest = field;
    while let [first, after @ ..] = rest {
        // The padding; behind it an earlier, longer name may still stand.
        if *first == 0 {
            break;
        }
        let (character, length) = match (*first, after.first()) {
            // `*` was written for a character outside Big5.
            (b' '..=b'~', _) if *first != b'*' => (Some(char::from(*first)), 1),
            (0x81..=0xFE, Some(&trail)) if is_trail(trail) => (pair(*first, trail), 2),
            _ => (None, 1),
        };
        certain &= character.is_some();
        text.push(character.unwrap_or(UNCERTAIN));
        rest = &rest[length..];
    }
    let trimmed = text.trim_matches([' ', WIDE_SPACE]);
    DecodedName {
        certain,
        text: Zeroizing::new(trimmed.to_owned()),
    }
}

fn is_trail(byte: u8) -> bool {
    matches!(byte, 0x40..=0x7E | 0xA1..=0xFE)
}

/// One character, if its two bytes mean the same everywhere: other leads are user-defined, and
/// the decoder would give Hong Kong's characters for them without an error.
fn pair(lead: u8, trail: u8) -> Option<char> {
    let certain = match lead {
        0xA1..=0xC5 | 0xC9..=0xF9 => true,
        0xC6 => trail <= 0x7E,
        _ => false,
    };
    let bytes = [lead, trail];
    let decoded = BIG5.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut characters = decoded.chars();
    match (certain, characters.next(), characters.next()) {
        (true, Some(character), None) => Some(character),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(start: &[u8], padding: &[u8]) -> Vec<u8> {
        start
            .iter()
            .chain(padding.iter().cycle())
            .copied()
            .take(20)
            .collect()
    }

    fn check(bytes: &[u8], text: &str, certain: bool) {
        let name = decode(bytes);
        assert_eq!(
            (name.text.as_str(), name.certain),
            (text, certain),
            "{bytes:02X?}"
        );
    }

    /// Protects the golden bytes of a name under each padding in use.
    #[test]
    fn padding_is_no_part_of_the_name() {
        let golden = [0xBA, 0xC2, 0xB0, 0xB7, 0xB1, 0x64];
        for padding in [&[0x00][..], b" ", &[0xA1, 0x40]] {
            check(&field(&golden, padding), "甄健康", true);
        }
        check(&field(b"NGUYEN THI LAN", b" "), "NGUYEN THI LAN", true);
        check(&[0; 20], "", true);
        check(&field(&[0xBA, 0xC2, 0x00, 0xB0, 0xB7], &[0]), "甄", true);
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
        ] {
            check(&field(&bytes, &[0]), text, true);
        }
    }

    /// Protects against Hong Kong's characters for user-defined bytes: the decoder alone gives a
    /// wrong character without an error.
    #[test]
    fn user_defined_bytes_show_as_a_box() {
        for bytes in [
            [0xFA, 0x40],
            [0xFE, 0x6E],
            [0x81, 0x40],
            [0xA0, 0xFE],
            [0xC6, 0xA1],
            [0xC7, 0x40],
            [0xC8, 0xFE],
        ] {
            check(&field(&bytes, &[0]), "□", false);
        }
        assert!(
            !BIG5.decode(&[0xFA, 0x40]).2,
            "the trap is real: no error for FA 40"
        );
    }

    /// Protects a name with a character Big5 lacks, one cut in half, and noise: a strange name
    /// never loses the card, and what follows a bad byte is still read.
    #[test]
    fn strange_bytes_lose_only_themselves() {
        check(
            &field(&[0xBA, 0xC2, b'*', 0xB1, 0x64], &[0]),
            "甄□康",
            false,
        );
        check(&field(b"A", &[0xB1, 0x64]), "A康康康康康康康康康□", false);
        check(
            &field(&[0xFF, 0x80, 0xB1, 0x20, 0xB1, 0x64, 0x07], &[0]),
            "□□□ 康□",
            false,
        );
    }

    /// Protects the reading from any 20 bytes: all pairs decode to something, nothing panics.
    #[test]
    fn every_pair_of_bytes_decodes() {
        for lead in 0..=u8::MAX {
            for trail in 0..=u8::MAX {
                let name = decode(&[lead, trail]);
                // A1 BC is that sign itself, as an ordinary character.
                let is_sign = (lead, trail) == (0xA1, 0xBC);
                assert_eq!(name.certain, is_sign || !name.text.contains(UNCERTAIN));
            }
        }
    }
}
