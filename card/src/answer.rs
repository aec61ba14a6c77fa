//! The card's answer to READ: 57 bytes, each field by itself.

use domain::card_reading::Sex;
use domain::{CardNumber, CardReading, PersonName, PersonNumber, PersonNumberError, roc_date};

use crate::name;

/// The least an answer must hold; more is allowed and ignored.
const LENGTH: usize = 57;

/// Why an answer gives no reading. Never holds a byte of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerError {
    /// Fewer bytes than the fields need.
    Short,
    /// No twelve digits where the card number should be (I1), or no person number's form (I2).
    Form,
    /// A person number whose check digit fails (I2).
    CheckDigit,
}

/// Takes an answer apart. Only the two numbers can lose the card: they are what a person is
/// verified by (I3).
pub(crate) fn decode(answer: &[u8]) -> Result<CardReading, AnswerError> {
    let Some(answer) = answer.first_chunk::<LENGTH>() else {
        return Err(AnswerError::Short);
    };
    let text = |from: usize, to: usize| std::str::from_utf8(&answer[from..to]).unwrap_or_default();
    let card_number = CardNumber::parse(text(0, 12)).map_err(|_| AnswerError::Form)?;
    let person_number = PersonNumber::parse(text(32, 42)).map_err(|error| match error {
        PersonNumberError::CheckDigit => AnswerError::CheckDigit,
        _ => AnswerError::Form,
    })?;
    let decoded = name::decode(&answer[12..32]);
    Ok(CardReading {
        card_number,
        person_number,
        name: PersonName::new(&decoded.text),
        name_certain: decoded.certain,
        birth: roc_date::parse(text(42, 49)).ok(),
        sex: match answer[49] {
            b'F' => Some(Sex::Female),
            b'M' => Some(Sex::Male),
            _ => None,
        },
        issued: roc_date::parse(text(50, 57)).ok(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;

    /// A good answer: 甄健康, A123456789, born 1990-02-15, female, issued 2019-05-01.
    pub(crate) const GOLDEN: &[u8; 57] =
        b"000012345678\xBA\xC2\xB0\xB7\xB1\x64\0\0\0\0\0\0\0\0\0\0\0\0\0\0A1234567890790215F1080501";

    /// Protects every field's place and meaning.
    #[test]
    fn golden_answer_gives_every_field() {
        let reading = decode(GOLDEN).unwrap();
        assert_eq!(reading.card_number.reveal(), "000012345678");
        assert_eq!(reading.person_number.reveal(), "A123456789");
        assert_eq!(reading.name.reveal(), "甄健康");
        assert!(reading.name_certain);
        assert_eq!(reading.birth, Some(date(1990, 2, 15)));
        assert_eq!(reading.sex, Some(Sex::Female));
        assert_eq!(reading.issued, Some(date(2019, 5, 1)));
        let longer = [GOLDEN.as_slice(), b"more"].concat();
        assert_eq!(decode(&longer), Ok(reading));
    }

    /// Protects the rule that a strange name, sex or date never loses the card.
    #[test]
    fn strange_fields_lose_only_themselves() {
        let mut answer = *GOLDEN;
        answer[12..32].fill(0xFF);
        answer[42..49].copy_from_slice(b"0790231");
        answer[49] = b'?';
        answer[50..57].fill(0xFF);
        let reading = decode(&answer).unwrap();
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
            decode(&answer)
        };
        assert_eq!(with(41, b'8'), Err(AnswerError::CheckDigit));
        assert_eq!(with(33, b'7'), Err(AnswerError::Form));
        assert_eq!(with(35, 0xFF), Err(AnswerError::Form));
        assert_eq!(with(0, b'X'), Err(AnswerError::Form));
        assert_eq!(decode(&GOLDEN[..56]), Err(AnswerError::Short));
        assert_eq!(decode(b""), Err(AnswerError::Short));
    }
}
