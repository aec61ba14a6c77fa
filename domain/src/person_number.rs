//! Person numbers: national IDs and both kinds of residence number (rule I2).

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::card_reading::Sex;

/// A person number whose form and check digit are right (I2).
///
/// `Debug` prints `…`; the only way to show one is [`PersonNumber::masked`], the only way to send
/// or store one is [`PersonNumber::reveal`]. The memory is zeroed when it is dropped.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
pub struct PersonNumber([u8; 10]);

/// What sort of number it is; says who issued it, never who the person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonNumberKind {
    /// Letter, `1` or `2`, eight digits.
    National,
    /// Letter, `A`–`D`, eight digits; issued until 2021, void from 2031-01-01.
    OldResidence,
    /// Letter, `8` or `9`, eight digits; issued since 2021.
    NewResidence,
}

/// Who is given a residence number of the new kind, by its third character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResidenceClass {
    /// `0`–`6`: a foreigner.
    Foreign,
    /// `7`: a national without household registration.
    UnregisteredNational,
    /// `8`: of Hong Kong or Macao.
    HongKongMacao,
    /// `9`: of the mainland.
    Mainland,
}

/// Why a text is no person number. Never holds the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonNumberError {
    /// Not ten characters.
    #[error("a person number has 10 characters, not {found}")]
    Length {
        /// How many characters came.
        found: usize,
    },
    /// The first character is no letter A–Z.
    #[error("a person number begins with a letter")]
    FirstLetter,
    /// The second character is none of 1, 2, 8, 9, A–D.
    #[error("the second character must be 1, 2, 8, 9 or a letter A to D")]
    SecondCharacter,
    /// One of the last eight is no digit.
    #[error("the last eight characters must be digits")]
    Digits,
    /// The weighted sum does not divide by ten.
    #[error("the check digit does not fit: one character is wrong")]
    CheckDigit,
}

impl PersonNumber {
    /// Reads a number as typed or as on the card; lower case letters are taken as upper case.
    ///
    /// # Errors
    /// The first thing that is wrong, from left to right, the check digit last.
    pub fn parse(text: &str) -> Result<Self, PersonNumberError> {
        let found = text.chars().count();
        let bytes: [u8; 10] = text
            .to_ascii_uppercase()
            .into_bytes()
            .try_into()
            .map_err(|_| PersonNumberError::Length { found })?;
        if letter_value(bytes[0]).is_none() {
            return Err(PersonNumberError::FirstLetter);
        }
        if !matches!(bytes[1], b'1' | b'2' | b'8' | b'9' | b'A'..=b'D') {
            return Err(PersonNumberError::SecondCharacter);
        }
        if !bytes[2..].iter().all(u8::is_ascii_digit) {
            return Err(PersonNumberError::Digits);
        }
        if !weighted_sum(&bytes).is_multiple_of(10) {
            return Err(PersonNumberError::CheckDigit);
        }
        Ok(Self(bytes))
    }

    /// Makes the number with these first nine characters, working out its check digit: for sample
    /// populations.
    ///
    /// # Errors
    /// As [`PersonNumber::parse`].
    pub fn with_check_digit(first_nine: &str) -> Result<Self, PersonNumberError> {
        let mut last = PersonNumberError::Length {
            found: first_nine.chars().count(),
        };
        for digit in 0..10 {
            match Self::parse(&format!("{first_nine}{digit}")) {
                Ok(number) => return Ok(number),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Which authority's form it has.
    #[must_use]
    pub fn kind(&self) -> PersonNumberKind {
        match self.0[1] {
            b'1' | b'2' => PersonNumberKind::National,
            b'8' | b'9' => PersonNumberKind::NewResidence,
            _ => PersonNumberKind::OldResidence,
        }
    }

    /// The sex its second character tells: `1`, `8`, `A`, `C` male; `2`, `9`, `B`, `D` female.
    #[must_use]
    pub fn sex(&self) -> Sex {
        match self.0[1] {
            b'1' | b'8' | b'A' | b'C' => Sex::Male,
            _ => Sex::Female,
        }
    }

    /// Who the holder of a new residence number is; `None` for the other kinds.
    #[must_use]
    pub fn new_residence_class(&self) -> Option<ResidenceClass> {
        (self.kind() == PersonNumberKind::NewResidence).then(|| match self.0[2] {
            b'7' => ResidenceClass::UnregisteredNational,
            b'8' => ResidenceClass::HongKongMacao,
            b'9' => ResidenceClass::Mainland,
            _ => ResidenceClass::Foreign,
        })
    }

    /// `Q********2`: first letter, stars, last digit (I8).
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{}********{}", char::from(self.0[0]), char::from(self.0[9]))
    }

    /// The last digit, for odd/even days (M2).
    #[must_use]
    pub fn last_digit(&self) -> u8 {
        self.0[9] - b'0'
    }

    /// The number in full: only for the encrypted database, the centre and the person's own paper.
    #[must_use]
    pub fn reveal(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for PersonNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PersonNumber(…)")
    }
}

/// A10 B11 … Z33, as the household registration office assigned them.
fn letter_value(letter: u8) -> Option<u32> {
    const ORDER: &[u8; 26] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
    ORDER
        .iter()
        .position(|&candidate| candidate == letter)
        .and_then(|index| u32::try_from(index + 10).ok())
}

fn weighted_sum(bytes: &[u8; 10]) -> u32 {
    let first = letter_value(bytes[0]).unwrap_or(0);
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        letter => letter_value(letter).unwrap_or(0) % 10,
    };
    let weighted: u32 = bytes[1..9]
        .iter()
        .zip((1..=8).rev())
        .map(|(&byte, weight)| digit(byte) * weight)
        .sum();
    first / 10 + (first % 10) * 9 + weighted + digit(bytes[9])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects I2: every number the card facts list as valid is taken, with its kind.
    #[test]
    fn i2_valid_numbers_and_their_kinds() {
        for text in [
            "A123456789",
            "B176944193",
            "F131104093",
            "O158238845",
            "Z277018381",
        ] {
            assert_eq!(
                PersonNumber::parse(text).unwrap().kind(),
                PersonNumberKind::National
            );
        }
        for text in ["A800000014", "A900207177", "R884356462"] {
            assert_eq!(
                PersonNumber::parse(text).unwrap().kind(),
                PersonNumberKind::NewResidence
            );
        }
        for text in ["AA00000009", "AC03095424", "HD02717288"] {
            assert_eq!(
                PersonNumber::parse(text).unwrap().kind(),
                PersonNumberKind::OldResidence
            );
        }
    }

    /// Protects I2: wrong check digits and forms are refused, each with its own reason.
    #[test]
    fn i2_invalid_numbers() {
        for text in [
            "A123456788",
            "F131104091",
            "A185034995",
            "A800000000",
            "F931104091",
            "AA00000000",
            "AE23456785",
        ] {
            assert!(PersonNumber::parse(text).is_err(), "{text}");
        }
        assert_eq!(
            PersonNumber::parse("GE9800as98"),
            Err(PersonNumberError::SecondCharacter)
        );
        assert_eq!(
            PersonNumber::parse("A12345678"),
            Err(PersonNumberError::Length { found: 9 })
        );
        assert_eq!(
            PersonNumber::parse("1123456789"),
            Err(PersonNumberError::FirstLetter)
        );
        assert_eq!(
            PersonNumber::parse("A12345678X"),
            Err(PersonNumberError::Digits)
        );
        assert_eq!(
            PersonNumber::parse("甄健康"),
            Err(PersonNumberError::Length { found: 3 })
        );
    }

    /// Protects I2: what a number says of its holder, for each kind of number.
    #[test]
    fn i2_numbers_tell_sex_and_residence() {
        let number = |first_nine: &str| PersonNumber::with_check_digit(first_nine).unwrap();
        for (male, female) in [("A1", "A2"), ("A8", "A9"), ("AA", "AB"), ("AC", "AD")] {
            assert_eq!(number(&format!("{male}0000000")).sex(), Sex::Male);
            assert_eq!(number(&format!("{female}0000000")).sex(), Sex::Female);
        }
        let class = |third| number(&format!("A8{third}000000")).new_residence_class();
        for third in 0..=6 {
            assert_eq!(class(third), Some(ResidenceClass::Foreign));
        }
        assert_eq!(class(7), Some(ResidenceClass::UnregisteredNational));
        assert_eq!(class(8), Some(ResidenceClass::HongKongMacao));
        assert_eq!(class(9), Some(ResidenceClass::Mainland));
        assert_eq!(number("A17000000").new_residence_class(), None);
        assert_eq!(number("AC7000000").new_residence_class(), None);
    }

    /// Protects sample populations: a made check digit is the one that is checked.
    #[test]
    fn i2_check_digit_is_made_as_it_is_checked() {
        let number = PersonNumber::with_check_digit("A12345678").unwrap();
        assert_eq!(number.reveal(), "A123456789");
    }

    /// Protects I8 and the privacy rule: masked in show, absent from `Debug`.
    #[test]
    fn i8_number_is_masked() {
        let number = PersonNumber::parse("a123456789").unwrap();
        assert_eq!(number.masked(), "A********9");
        assert_eq!(format!("{number:?}"), "PersonNumber(…)");
    }
}
