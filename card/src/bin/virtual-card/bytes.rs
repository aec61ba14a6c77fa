//! The card's data as bytes.

use domain::roc_date;
use encoding_rs::BIG5;

use crate::fault::Fault;
use crate::profile::{Padding, Profile, ProfileError};

/// Bytes of the name's field.
const NAME_LENGTH: usize = 20;

/// Bytes of all open fields.
const LENGTH: usize = 57;

/// The 57 bytes a sound card of this profile answers to READ.
pub(crate) fn open_fields(profile: &Profile) -> Result<Vec<u8>, ProfileError> {
    let mut data = Vec::with_capacity(LENGTH);
    data.extend(fixed("card_number", &profile.card_number, 12)?);
    data.extend(name(profile)?);
    data.extend(fixed("person_number", &profile.person_number, 10)?);
    data.extend(fixed(
        "birth",
        &roc_date::format(profile.birth).unwrap_or_default(),
        7,
    )?);
    data.extend(fixed("sex", &profile.sex.to_string(), 1)?);
    data.extend(fixed(
        "issued",
        &roc_date::format(profile.issued).unwrap_or_default(),
        7,
    )?);
    Ok(data)
}

/// What a fault makes of the open fields; other lengths (no health card, or spoilt short) stay.
pub(crate) fn spoil(data: &mut Vec<u8>, fault: &Fault) {
    if data.len() != LENGTH {
        return;
    }
    match fault {
        Fault::BadCheckDigit => data[41] = b'0' + (data[41].wrapping_sub(b'0') + 1) % 10,
        Fault::Worn => {
            data[14..17].copy_from_slice(&[0xFA, 0x40, 0xFF]);
            data[42..LENGTH].fill(b'?');
        }
        Fault::Garbled => data.iter_mut().for_each(|byte| *byte ^= 0xA5),
        Fault::Short => data.truncate(LENGTH - 1),
        _ => {}
    }
}

fn fixed(field: &'static str, text: &str, length: usize) -> Result<Vec<u8>, ProfileError> {
    if text.len() == length {
        Ok(text.as_bytes().to_vec())
    } else {
        Err(ProfileError::Field { field, length })
    }
}

/// Cut at twenty bytes, even inside a character, as real cards are.
fn name(profile: &Profile) -> Result<Vec<u8>, ProfileError> {
    let mut bytes = match &profile.name_bytes {
        Some(hex) => parse_hex("name_bytes", hex)?,
        None => profile.name.chars().flat_map(big5).collect(),
    };
    let padding: &[u8] = match profile.padding {
        Padding::Zero => &[0x00],
        Padding::Space => b" ",
        Padding::WideSpace => &[0xA1, 0x40],
    };
    let missing = NAME_LENGTH.saturating_sub(bytes.len());
    bytes.extend(padding.iter().cycle().take(missing));
    bytes.truncate(NAME_LENGTH);
    Ok(bytes)
}

fn big5(character: char) -> Vec<u8> {
    let text = character.to_string();
    match BIG5.encode(&text) {
        (bytes, _, false) => bytes.into_owned(),
        _ => vec![b'*'],
    }
}

/// Reads hexadecimal, spaces allowed.
pub(crate) fn parse_hex(field: &'static str, text: &str) -> Result<Vec<u8>, ProfileError> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| {
            character
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        })
        .collect();
    match digits {
        Some(digits) if digits.len() % 2 == 0 => Ok(digits
            .chunks_exact(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect()),
        _ => Err(ProfileError::Hexadecimal { field }),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects the simulator against agreeing with the reader's own mistakes: these bytes are
    /// written by hand, not by the code under test.
    #[test]
    fn default_profile_is_the_golden_answer() {
        let golden = b"000012345678\xBA\xC2\xB0\xB7\xB1\x64\0\0\0\0\0\0\0\0\0\0\0\0\0\0A1234567890790215F1080501";
        assert_eq!(open_fields(&Profile::default()).unwrap(), golden);
    }

    /// Protects real cards' names: cut in half a character, `*` outside Big5, each padding.
    #[test]
    fn names_are_written_as_cards_do() {
        let written = |text: &str, padding| {
            name(&Profile {
                name: text.to_owned(),
                padding,
                ..Profile::default()
            })
            .unwrap()
        };
        let long = written("A康康康康康康康康康康", Padding::Zero);
        assert_eq!((long.len(), long[18..].to_vec()), (20, vec![0x64, 0xB1]));
        assert_eq!(
            written("甄𠮷", Padding::Space)[..4],
            [0xBA, 0xC2, b'*', b' ']
        );
        assert_eq!(
            written("甄", Padding::WideSpace)[2..6],
            [0xA1, 0x40, 0xA1, 0x40]
        );
    }
}
