//! Two bytes of Big5 as Taiwan writes them.

use encoding_rs::BIG5;

/// The character of a pair, if the pair means the same on every machine of Taiwan: the standard's
/// two levels and its signs, the euro (A3 E1) and ETEN's F9 D6–F9 FD.
///
/// `encoding_rs` decodes the web's Big5, which is Hong Kong's: beyond these it gives characters for
/// pairs that Taiwan's machines define as they like, and no error.
pub(super) fn certain(lead: u8, trail: u8) -> Option<char> {
    if !is_standard(lead, trail) {
        return None;
    }
    let bytes = [lead, trail];
    let decoded = BIG5.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut characters = decoded.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Some(character),
        _ => None,
    }
}

/// Whether a byte can be the second of a pair.
pub(super) const fn is_trail(byte: u8) -> bool {
    matches!(byte, 0x40..=0x7E | 0xA1..=0xFE)
}

const fn is_standard(lead: u8, trail: u8) -> bool {
    match lead {
        // Pictures of control characters, which no Big5 of Taiwan has.
        0xA3 => !matches!(trail, 0xC0..=0xE0),
        0xA1..=0xC5 | 0xC9..=0xF8 => true,
        0xC6 => trail <= 0x7E,
        // The last is a block of shade to the one and a black square to the other.
        0xF9 => trail <= 0xFD,
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::process::Command;

    /// Code page 950, Taiwan's Big5, as Python knows it: each pair of two bytes above 80 hex.
    const CODE_PAGE_950: &str = r"
for lead in range(0x81, 0xFF):
    for trail in range(0x40, 0xFF):
        try:
            print(lead, trail, ord(bytes([lead, trail]).decode('cp950')))
        except (UnicodeDecodeError, TypeError):
            pass
";

    fn code_page_950() -> BTreeMap<(u8, u8), char> {
        let python = Command::new("python3").args(["-c", CODE_PAGE_950]).output();
        let output = String::from_utf8(python.expect("python3 runs").stdout).unwrap();
        let number = |text: &str| text.parse::<u32>().unwrap();
        let byte = |text: &str| u8::try_from(number(text)).unwrap();
        let line = |line: &str| {
            let parts: Vec<&str> = line.split(' ').collect();
            let character = char::from_u32(number(parts[2])).unwrap();
            ((byte(parts[0]), byte(parts[1])), character)
        };
        output.lines().map(line).collect()
    }

    /// Protects a person's name from Hong Kong's characters: each pair called certain is the same
    /// in Taiwan's code page, and only what is known to be disputed is missing.
    #[test]
    fn certain_pairs_are_taiwans() {
        let taiwan = code_page_950();
        let mut count = 0;
        for lead in 0x80..=0xFF {
            for trail in 0..=0xFF {
                let Some(character) = certain(lead, trail) else {
                    // ETEN's kana and frames (C6 A1–C8 FE), which others define as they like.
                    let disputed = matches!(
                        (lead, trail),
                        (0xC6, 0xA1..) | (0xC7..=0xC8, _) | (0xF9, 0xFE)
                    );
                    let known = taiwan.contains_key(&(lead, trail));
                    assert!(disputed || !known, "{lead:02X}{trail:02X} is missing");
                    continue;
                };
                count += 1;
                assert_eq!(
                    taiwan.get(&(lead, trail)),
                    Some(&character),
                    "{lead:02X}{trail:02X}"
                );
            }
        }
        assert_eq!(count, 13_502);
    }

    /// Protects against trusting the decoder alone: the traps are real, and none comes through.
    #[test]
    fn user_defined_pairs_are_nobodys() {
        for bytes in [
            [0xFA, 0x40],
            [0x87, 0x40],
            [0xC6, 0xA1],
            [0xC8, 0x7E],
            [0xA3, 0xC0],
        ] {
            assert!(!BIG5.decode(&bytes).2, "no error from the decoder");
            assert_eq!(certain(bytes[0], bytes[1]), None);
        }
    }
}
