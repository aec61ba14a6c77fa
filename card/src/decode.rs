//! The card's answer to READ: 57 bytes, each field by itself and each with its certainty.

mod big5;
mod field;
mod name;
#[cfg(test)]
mod properties;
mod warning;

use domain::card_reading::Sex;
use domain::{CardNumber, CardReading, PersonName, PersonNumber, PersonNumberError};
use jiff::civil::Date;

pub use field::Field;
pub use name::NameBytes;
pub use warning::Warning;

/// The least bytes an answer must hold; more is allowed and ignored.
const LENGTH: usize = 57;

/// What a health card's answer says. `Debug` prints nothing of the person.
#[derive(Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The card's own number (I1); certain, or the card is refused.
    pub card_number: CardNumber,
    /// The person number (I2, I3); certain, or the card is refused.
    pub person_number: PersonNumber,
    /// The name; doubtful where a `□` stands for a character that cannot be known.
    pub name: Field<PersonName>,
    /// The name as it stood on the card.
    pub name_bytes: NameBytes,
    /// Day of birth.
    pub birth: Field<Date>,
    /// Sex as on the card.
    pub sex: Field<Sex>,
    /// Day the card was issued.
    pub issued: Field<Date>,
    /// What looks wrong although it could be read; each at most once, in the order of [`Warning`].
    pub warnings: Vec<Warning>,
}

/// Why an answer gives no person. Never holds a byte of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Fewer bytes than the fields need.
    #[error("the card answered with fewer than {LENGTH} bytes")]
    Short,
    /// No twelve digits where the card number should be (I1), or no person number's form (I2).
    #[error("the card's answer has no card number or no person number in it")]
    Form,
    /// A person number whose check digit fails (I2).
    #[error("the person number on the card fails its check digit")]
    CheckDigit,
}

/// Takes an answer apart; `today` serves the warnings only. Only the two numbers can lose the card:
/// they are what a person is verified by (I3).
///
/// # Errors
/// [`DecodeError`] when the answer is too short or a number is none.
pub fn decode(answer: &[u8], today: Date) -> Result<Decoded, DecodeError> {
    let Some(fields) = answer.first_chunk::<LENGTH>() else {
        return Err(DecodeError::Short);
    };
    let text = |from: usize, to: usize| std::str::from_utf8(&fields[from..to]).unwrap_or_default();
    let card_number = CardNumber::parse(text(0, 12)).map_err(|_| DecodeError::Form)?;
    let person_number = PersonNumber::parse(text(32, 42)).map_err(|error| match error {
        PersonNumberError::CheckDigit => DecodeError::CheckDigit,
        _ => DecodeError::Form,
    })?;
    let name_bytes = NameBytes::of(fields);
    let (name, name_warnings) = name::decode(name_bytes.reveal());
    let mut decoded = Decoded {
        card_number,
        person_number,
        name,
        name_bytes,
        birth: field::date(&fields[42..49]),
        sex: field::sex(fields[49]),
        issued: field::date(&fields[50..57]),
        warnings: name_warnings,
    };
    if fields[32].is_ascii_lowercase() || fields[33].is_ascii_lowercase() {
        decoded.warnings.push(Warning::PersonNumberLowerCase);
    }
    warning::judge(&mut decoded, today);
    if answer.len() > LENGTH {
        decoded.warnings.push(Warning::AnswerLonger);
    }
    Ok(decoded)
}

impl Decoded {
    /// The reading as the rules see it: a doubtful name with its boxes, but of the other fields
    /// only what is certain.
    #[must_use]
    pub fn reading(&self) -> CardReading {
        let empty = || PersonName::new("");
        CardReading {
            card_number: self.card_number.clone(),
            person_number: self.person_number.clone(),
            name: self.name.value().cloned().unwrap_or_else(empty),
            name_certain: self.name.certain().is_some(),
            birth: self.birth.certain().copied(),
            sex: self.sex.certain().copied(),
            issued: self.issued.certain().copied(),
        }
    }
}

impl std::fmt::Debug for Decoded {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Decoded")
            .field("name", &self.name)
            .field("birth", &self.birth)
            .field("sex", &self.sex)
            .field("issued", &self.issued)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;

    /// A good answer: 甄健康, A123456789, born 1990-02-15, female, issued 2019-05-01.
    pub(crate) const GOLDEN: &[u8; 57] =
        b"000012345678\xBA\xC2\xB0\xB7\xB1\x64\0\0\0\0\0\0\0\0\0\0\0\0\0\0A1234567890790215F1080501";

    /// A day after the golden card was issued.
    pub(crate) const TODAY: Date = date(2026, 11, 21);

    /// Protects every field's place and meaning.
    #[test]
    fn golden_answer_gives_every_field() {
        let decoded = decode(GOLDEN, TODAY).unwrap();
        assert_eq!(decoded.card_number.reveal(), "000012345678");
        assert_eq!(decoded.person_number.reveal(), "A123456789");
        assert_eq!(decoded.name, Field::Certain(PersonName::new("甄健康")));
        assert_eq!(decoded.name_bytes.reveal(), &GOLDEN[12..32]);
        assert_eq!(decoded.birth, Field::Certain(date(1990, 2, 15)));
        assert_eq!(decoded.sex, Field::Certain(Sex::Female));
        assert_eq!(decoded.issued, Field::Certain(date(2019, 5, 1)));
        // A1… is a man's number.
        assert_eq!(decoded.warnings, [Warning::SexAgainstNumber]);
        let longer = decode(&[GOLDEN.as_slice(), b"more"].concat(), TODAY).unwrap();
        assert_eq!(longer.reading(), decoded.reading());
        assert!(longer.warnings.contains(&Warning::AnswerLonger));
    }

    /// Protects the rule that a strange name, sex or date never loses the card.
    #[test]
    fn strange_fields_lose_only_themselves() {
        let mut answer = *GOLDEN;
        answer[12..32].fill(0xFF);
        answer[42..49].copy_from_slice(b"0790231");
        answer[49] = b'?';
        answer[50..57].fill(0xFF);
        let reading = decode(&answer, TODAY).unwrap().reading();
        assert_eq!(reading.person_number.reveal(), "A123456789");
        assert!(!reading.name_certain);
        assert_eq!(
            (reading.birth, reading.sex, reading.issued),
            (None, None, None)
        );
    }

    /// Protects I1 and I2: the numbers are judged, a failing check digit told apart from noise.
    #[test]
    fn i2_numbers_decide() {
        let with = |at: usize, byte: u8| {
            let mut answer = *GOLDEN;
            answer[at] = byte;
            decode(&answer, TODAY)
        };
        assert_eq!(with(41, b'8'), Err(DecodeError::CheckDigit));
        assert_eq!(with(33, b'7'), Err(DecodeError::Form));
        assert_eq!(with(35, 0xFF), Err(DecodeError::Form));
        assert_eq!(with(0, b'X'), Err(DecodeError::Form));
        assert_eq!(decode(&GOLDEN[..56], TODAY), Err(DecodeError::Short));
        assert_eq!(decode(b"", TODAY), Err(DecodeError::Short));
        let lower = with(32, b'a').unwrap();
        assert!(lower.warnings.contains(&Warning::PersonNumberLowerCase));
    }

    /// Protects I8: what is printed for a developer says how certain, never what.
    #[test]
    fn i8_nothing_personal_is_printed() {
        let printed = format!("{:?}", decode(GOLDEN, TODAY).unwrap());
        for personal in [
            "A123456789",
            "000012345678",
            "甄",
            "1990",
            "Female",
            "2019",
            "186",
        ] {
            assert!(!printed.contains(personal), "{printed}");
        }
        assert!(printed.contains("birth: Certain(…)"), "{printed}");
    }
}
