//! What holds for every answer a card can give.

use jiff::civil::Date;
use proptest::prelude::*;

use super::tests::GOLDEN;
use super::{DecodeError, Decoded, decode};
use domain::{CardNumber, PersonNumber};

/// The fields by their place in the answer.
const NAME: std::ops::Range<usize> = 12..32;
const BIRTH: std::ops::Range<usize> = 42..49;
const SEX: std::ops::Range<usize> = 49..50;
const ISSUED: std::ops::Range<usize> = 50..57;

fn today() -> impl Strategy<Value = Date> {
    (1900_i16..2100, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap_or(Date::MIN))
}

/// Answers that get past the two numbers: the golden ones, all else random.
fn person() -> impl Strategy<Value = [u8; 57]> {
    proptest::array::uniform32(any::<u8>()).prop_map(|noise| {
        let mut answer = *GOLDEN;
        let (name, rest) = noise.split_at(20);
        answer[NAME].copy_from_slice(name);
        answer[BIRTH.start..].copy_from_slice(&[rest, &GOLDEN[54..]].concat());
        answer
    })
}

fn with(field: std::ops::Range<usize>, bytes: &[u8], answer: &[u8; 57]) -> [u8; 57] {
    let mut changed = *answer;
    let length = field.len();
    changed[field].copy_from_slice(&bytes[..length]);
    changed
}

/// A decoded answer without its warnings, and without this field.
fn but(field: &std::ops::Range<usize>, mut decoded: Decoded, from: &Decoded) -> Decoded {
    decoded.warnings.clone_from(&from.warnings);
    if *field == NAME {
        decoded.name.clone_from(&from.name);
        decoded.name_bytes.clone_from(&from.name_bytes);
    } else if *field == BIRTH {
        decoded.birth = from.birth;
    } else if *field == SEX {
        decoded.sex = from.sex;
    } else {
        decoded.issued = from.issued;
    }
    decoded
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    /// Protects the terminal: whatever a card answers, nothing panics, and a person comes out only
    /// with two numbers that hold when they are checked anew.
    #[test]
    fn i2_every_person_has_valid_numbers(answer in prop::collection::vec(any::<u8>(), 0..300), today in today()) {
        if let Ok(decoded) = decode(&answer, today) {
            prop_assert!(answer.len() >= 57);
            prop_assert_eq!(decoded.card_number.reveal().as_bytes(), &answer[..12]);
            prop_assert!(CardNumber::parse(decoded.card_number.reveal()).is_ok());
            prop_assert!(PersonNumber::parse(decoded.person_number.reveal()).is_ok());
        }
    }

    /// Protects against a wrong person from a bad contact: of the ten last digits of any number of
    /// any kind one is taken, and the card with each other is refused.
    #[test]
    fn i2_a_failed_check_gives_no_person(first in "[A-Z][1289A-D]", middle in "[0-9]{7}", answer in person(), today in today()) {
        let taken = (b'0'..=b'9').filter(|digit| {
            let number = [first.as_bytes(), middle.as_bytes(), &[*digit]].concat();
            match decode(&with(32..42, &number, &answer), today) {
                Ok(_) => true,
                Err(error) => {
                    assert_eq!(error, DecodeError::CheckDigit);
                    false
                }
            }
        });
        prop_assert_eq!(taken.count(), 1);
    }

    /// Protects each field from its neighbours: other bytes in one field change that field and the
    /// warnings, nothing else.
    #[test]
    fn every_field_decodes_by_itself(answer in person(), noise in proptest::array::uniform20(any::<u8>()), today in today()) {
        let decoded = decode(&answer, today).map_err(|error| TestCaseError::fail(error.to_string()))?;
        for field in [NAME, BIRTH, SEX, ISSUED] {
            let changed = decode(&with(field.clone(), &noise, &answer), today);
            let changed = changed.map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert!(but(&field, changed, &decoded) == decoded, "bytes {:?} changed another field", field);
        }
    }

    /// Protects what is told of a card: each warning once, in order; a certain name without a box.
    #[test]
    fn warnings_are_told_once(answer in person(), today in today()) {
        let decoded = decode(&answer, today).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(decoded.warnings.is_sorted_by(|one, next| one < next));
        prop_assert!(decoded.name.certain().is_none_or(|name| !name.reveal().contains('□')));
        prop_assert_eq!(decoded.reading().name_certain, decoded.name.certain().is_some());
    }
}
