//! Any bytes as a card's answer: no panic, no person whose numbers do not hold, no character told as
//! certain that is a box, nothing of the person printed.
#![no_main]

use card::decode::{DecodeError, Field, decode};
use jiff::civil::{Date, date};
use libfuzzer_sys::fuzz_target;

/// Before and after the old residence numbers end.
const DAYS: [Date; 2] = [date(2026, 11, 21), date(2031, 1, 1)];
const NUMBERS: [(&[u8; 12], &[u8; 10]); 3] = [
    (b"000012345678", b"A123456789"),
    (b"000023456789", b"A800000014"),
    (b"000034567890", b"AC03095424"),
];

fuzz_target!(|bytes: &[u8]| {
    for today in DAYS {
        judge(bytes, today);
    }
    // Past the numbers, which chance rarely gets right.
    if let Some((&choice, rest)) = bytes.split_first()
        && rest.len() >= 57
    {
        let (card_number, person_number) = NUMBERS[usize::from(choice) % NUMBERS.len()];
        let mut answer = rest.to_vec();
        answer[..12].copy_from_slice(card_number);
        answer[32..42].copy_from_slice(person_number);
        assert!(
            decode(&answer, DAYS[0]).is_ok(),
            "a strange field lost the card"
        );
        judge(&answer, DAYS[0]);
    }
});

fn judge(answer: &[u8], today: Date) {
    let decoded = match decode(answer, today) {
        Ok(decoded) => decoded,
        Err(DecodeError::Short) => return assert!(answer.len() < 57),
        Err(DecodeError::Form | DecodeError::CheckDigit) => {
            return assert!(!is_person_number(&answer[32..42]) || !is_card_number(&answer[..12]));
        }
    };
    assert!(is_card_number(&answer[..12]) && is_person_number(&answer[32..42]));
    assert!(decoded.name_bytes.reveal() == &answer[12..32]);
    match &decoded.name {
        Field::Certain(name) => assert!(!name.reveal().contains('□')),
        Field::Doubtful(name) => assert!(name.reveal().contains('□')),
        Field::Unreadable => {}
    }
    if let Field::Certain(birth) = decoded.birth {
        assert!(answer[42..49].iter().all(u8::is_ascii_digit) && birth.year() >= 1911);
    }
    let printed = format!("{decoded:?}");
    assert!(!printed.contains(decoded.person_number.reveal()));
    assert!(!printed.contains(decoded.card_number.reveal()));
}

fn is_card_number(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

/// The published rule of the check digit, written anew: the letter's value from the published table,
/// not from the code under test.
fn is_person_number(bytes: &[u8]) -> bool {
    const LETTERS: [u32; 26] = [
        10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32,
        30, 31, 33,
    ];
    const WEIGHTS: [u32; 11] = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1];
    let letter = |byte: u8| LETTERS[usize::from(byte - b'A')];
    let upper = bytes.to_ascii_uppercase();
    let form = upper[0].is_ascii_uppercase()
        && b"1289ABCD".contains(&upper[1])
        && upper[2..].iter().all(u8::is_ascii_digit);
    if !form {
        return false;
    }
    let mut digits = vec![letter(upper[0]) / 10, letter(upper[0]) % 10];
    digits.extend(upper[1..].iter().map(|&byte| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        other => letter(other) % 10,
    }));
    let sum: u32 = digits
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    sum % 10 == 0
}
