//! What the Big5 ROM of a Traditional Chinese printer holds, and nothing more: 13,494 characters.
//!
//! `encoding_rs` follows the web's Big5, which also writes ETEN's and Hong Kong's additions; on paper
//! those are blank or wrong, and no error. So its answer is kept only where the ROM has a glyph.

use encoding_rs::BIG5;

use crate::profile::Rom;

/// The two bytes under which the ROM holds a character; `None` for ASCII and for all it lacks.
#[must_use]
pub fn rom_code(rom: Rom, character: char) -> Option<[u8; 2]> {
    if character.is_ascii() {
        return None;
    }
    // These stand in Big5 twice, and the web's Big5 writes the place among ETEN's. 仝 is a surname.
    let twice = match character {
        '═' => Some([0xA2, 0xA4]),
        '╞' => Some([0xA2, 0xA5]),
        '╪' => Some([0xA2, 0xA6]),
        '╡' => Some([0xA2, 0xA7]),
        '仝' => Some([0xC9, 0x69]),
        _ => None,
    };
    if let Some(code) = twice {
        return holds(rom, code).then_some(code);
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = BIG5.encode(character.encode_utf8(&mut buffer));
    match *bytes {
        [lead, trail] if !unmappable && holds(rom, [lead, trail]) => Some([lead, trail]),
        _ => None,
    }
}

/// The character the ROM holds under two bytes.
#[must_use]
pub fn rom_character(rom: Rom, code: [u8; 2]) -> Option<char> {
    if !holds(rom, code) {
        return None;
    }
    let (text, _, malformed) = BIG5.decode(&code);
    let mut characters = text.chars();
    match (characters.next(), characters.next(), malformed) {
        (Some(character), None, false) => Some(character),
        _ => None,
    }
}

/// Whether the ROM has a glyph there: symbols A140–A3BF and A3C0–A3E0, level 1 A440–C67E, level 2
/// C940–F9D5, ETEN's F9D6–F9FE where the profile says so. Never A3E1 (the euro sign), C6A1–C8FE, or
/// anything of Hong Kong's.
#[must_use]
pub fn holds(rom: Rom, code: [u8; 2]) -> bool {
    if !matches!(code[1], 0x40..=0x7E | 0xA1..=0xFE) {
        return false;
    }
    match u16::from_be_bytes(code) {
        0xA140..=0xA3E0 | 0xA440..=0xC67E => rom >= Rom::Big5LevelOne,
        0xC940..=0xF9D5 => rom >= Rom::Big5LevelTwo,
        0xF9D6..=0xF9FE => rom >= Rom::Big5Eten,
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::process::Command;

    const ROM: Rom = Rom::Big5LevelTwo;

    fn codes() -> impl Iterator<Item = [u8; 2]> {
        (0xA1..=0xFE_u8).flat_map(|lead| (0x40..=0xFE_u8).map(move |trail| [lead, trail]))
    }

    /// Protects names on paper: the ROM's set has exactly as many places as Epson's manual says, and
    /// the characters that are blank or wrong there are refused, though the web's Big5 has them.
    #[test]
    fn the_rom_holds_13494_characters() {
        assert_eq!(codes().filter(|&code| holds(ROM, code)).count(), 13_494);
        for character in "堃喆峯煊碁銹裏墻恒粧嫺€𠮷é–A".chars() {
            let expected = (character == '–').then_some([0xA1, 0x56]);
            assert_eq!(rom_code(ROM, character), expected, "{character}");
        }
        assert_eq!(rom_code(ROM, '甄'), Some([0xBA, 0xC2]));
        assert_eq!(rom_character(ROM, [0xBA, 0xC2]), Some('甄'));
        assert_eq!(rom_character(ROM, [0xF9, 0xD6]), None);
        assert_eq!(rom_code(Rom::Big5Eten, '碁'), Some([0xF9, 0xD6]));
        assert_eq!(rom_code(Rom::Big5Eten, '堃'), None);
        assert_eq!(rom_code(Rom::Big5LevelOne, '乂'), None);
        assert_eq!(rom_code(Rom::None, '甄'), None);
    }

    /// Protects against a table that agrees only with itself: every place of the ROM, by Python's
    /// codecs `big5` and `cp950`, holds the character we write there, and we write every character
    /// where one of them does. The pictures of control codes (A3C0–A3E0) are in neither.
    #[test]
    fn python_agrees_about_every_place() {
        let script = "for codec in ('big5', 'cp950'):\n \
            for lead in range(0xA1, 0xFA):\n  \
            for trail in range(0x40, 0xFF):\n   \
            try: print('%02X%02X' % (lead, trail), bytes([lead, trail]).decode(codec))\n   \
            except UnicodeDecodeError: pass\n";
        let output = Command::new("python3")
            .env("PYTHONIOENCODING", "utf-8")
            .args(["-c", script])
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let mut theirs: BTreeMap<[u8; 2], Vec<char>> = BTreeMap::new();
        for line in text.lines() {
            let (code, character) = line.split_once(' ').unwrap();
            let code = u16::from_str_radix(code, 16).unwrap().to_be_bytes();
            theirs.entry(code).or_default().extend(character.chars());
        }
        assert!(theirs.len() > 13_000);
        let (mut alone, mut unwritten) = (Vec::new(), Vec::new());
        for code in codes().filter(|&code| holds(ROM, code)) {
            let pictures_of_controls = (0xA3C0..=0xA3E0).contains(&u16::from_be_bytes(code));
            match theirs.get(&code) {
                None => assert!(pictures_of_controls, "{code:02X?}"),
                Some(characters) => {
                    let ours = rom_character(ROM, code).unwrap();
                    if !characters.contains(&ours) {
                        alone.push((code, ours, characters.clone()));
                    }
                    // Some characters stand twice in Big5; either place has the glyph. The codecs
                    // disagree about a few symbols: one of them names ours.
                    let written = characters
                        .iter()
                        .filter(|&&character| rom_code(ROM, character).is_some());
                    if written.count() == 0 {
                        unwritten.push(code);
                    }
                    for &character in characters {
                        if let Some(written) = rom_code(ROM, character) {
                            let there = theirs.get(&written);
                            assert!(
                                there.is_some_and(|there| there.contains(&character)),
                                "{character} is written as {written:02X?}"
                            );
                        }
                    }
                }
            }
        }
        assert!(
            alone.is_empty() && unwritten.is_empty(),
            "{alone:02X?}, never written: {unwritten:02X?}"
        );
    }
}
