//! Passwords people choose for the web (R1, R4): what is taken and what is refused.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{CardNumber, MobileNumber, PersonNumber};

/// Characters at least.
pub const LENGTH_MIN: usize = 8;
/// Characters at most.
pub const LENGTH_MAX: usize = 64;

/// Different characters at least: `aaaaaaaa` and `12121212` are tried first.
const DIFFERENT_MIN: usize = 4;

/// Passwords everybody tries first, in lower case; all shorter than [`LENGTH_MIN`] are refused anyway.
const COMMON: &[&str] = &[
    "12345678",
    "123456789",
    "1234567890",
    "0123456789",
    "87654321",
    "987654321",
    "0987654321",
    "password",
    "password1",
    "password123",
    "passw0rd",
    "p@ssw0rd",
    "qwertyui",
    "qwertyuiop",
    "qwerty123",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "1qaz@wsx",
    "q1w2e3r4",
    "zaq12wsx",
    "asdfghjk",
    "asdfghjkl",
    "zxcvbnm1",
    "zxcvbnm,",
    "abcd1234",
    "1234abcd",
    "abc12345",
    "a1234567",
    "a12345678",
    "a123456789",
    "aa123456",
    "asd12345",
    "qaz12345",
    "abcdefgh",
    "iloveyou",
    "iloveyou1",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "welcome1",
    "welcome123",
    "letmein1",
    "admin123",
    "administrator",
    "trustno1",
    "whatever",
    "5201314520",
    "520131400",
    "52013140",
    "taiwan123",
    "taiwan01",
    "taipei101",
    "ji32k7au4a83",
    "au4a83ji32k7",
    "health123",
    "nhi12345",
    "user1234",
    "test1234",
    "changeme",
    "dragon123",
];

/// A password as it was typed. `Debug` prints `…`; the memory is wiped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Password(String);

/// Why a password is not taken. Never holds the password itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Shorter than [`LENGTH_MIN`] or longer than [`LENGTH_MAX`] characters.
    #[error("a password has {LENGTH_MIN} to {LENGTH_MAX} characters")]
    Length,
    /// Holds a character that cannot be typed everywhere.
    #[error("a password has no control characters")]
    Character,
    /// One everybody tries first.
    #[error("the password is too common")]
    Common,
    /// Holds the person's own number, card number or mobile number.
    #[error("the password holds a number of the person")]
    OwnNumber,
}

impl PasswordError {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Length => "password-length",
            Self::Character => "password-character",
            Self::Common => "password-common",
            Self::OwnNumber => "password-own-number",
        }
    }
}

/// Numbers of the person that a password must not hold.
#[derive(Debug, Clone, Copy)]
pub struct OwnNumbers<'a> {
    /// Every number the person is known under.
    pub persons: &'a [&'a PersonNumber],
    /// The card, where it is at hand.
    pub card: Option<&'a CardNumber>,
    /// Where texts are sent.
    pub mobile: Option<&'a MobileNumber>,
}

impl Password {
    /// A password as it was typed, to be compared: only what no password can be is refused.
    ///
    /// # Errors
    /// [`PasswordError::Length`] or [`PasswordError::Character`].
    pub fn typed(text: &str) -> Result<Self, PasswordError> {
        if !(LENGTH_MIN..=LENGTH_MAX).contains(&text.chars().count()) {
            return Err(PasswordError::Length);
        }
        if text.chars().any(char::is_control) {
            return Err(PasswordError::Character);
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether it may be chosen by the person with these numbers (R1).
    ///
    /// # Errors
    /// [`PasswordError::Common`] or [`PasswordError::OwnNumber`].
    pub fn suits(&self, own: &OwnNumbers<'_>) -> Result<(), PasswordError> {
        let text = self.0.to_lowercase();
        let mut different: Vec<char> = text.chars().collect();
        different.sort_unstable();
        different.dedup();
        if different.len() < DIFFERENT_MIN || COMMON.contains(&text.as_str()) {
            return Err(PasswordError::Common);
        }
        let persons = own.persons.iter().map(|number| number.reveal());
        let mobile = own.mobile.map(MobileNumber::reveal);
        let mut numbers = persons
            .chain(own.card.map(CardNumber::reveal))
            .chain(mobile);
        // Without its letter too, for that is what people type.
        let holds = |number: &str| {
            let digits = number.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
            text.contains(&digits.to_lowercase())
        };
        if numbers.any(holds) {
            return Err(PasswordError::OwnNumber);
        }
        Ok(())
    }

    /// The password in full: only for hashing.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn chosen(text: &str) -> Result<(), PasswordError> {
        let person = PersonNumber::parse("A123456789").unwrap();
        let card = CardNumber::parse("000012345678").unwrap();
        let mobile = MobileNumber::parse("0912000678").unwrap();
        Password::typed(text)?.suits(&OwnNumbers {
            persons: &[&person],
            card: Some(&card),
            mobile: Some(&mobile),
        })
    }

    /// Protects R1: 8 to 64 characters of any script, not the ones everybody tries, not one's own
    /// numbers, with or without the letter.
    #[test]
    fn r1_which_passwords_are_taken() {
        assert_eq!(chosen("correct horse"), Ok(()));
        assert_eq!(chosen("健保卡的密碼是這個"), Ok(()));
        assert_eq!(chosen(&"ab1 x".repeat(12)), Ok(()));
        assert_eq!(chosen("seven77"), Err(PasswordError::Length));
        assert_eq!(chosen(&"ab1 x".repeat(13)), Err(PasswordError::Length));
        assert_eq!(chosen("tab\there1"), Err(PasswordError::Character));
        assert_eq!(chosen("zero\0here1"), Err(PasswordError::Character));
        for common in ["PassWord", "ji32k7au4a83", "aaaaaaaa", "12121212"] {
            assert_eq!(chosen(common), Err(PasswordError::Common), "{common}");
        }
        for own in [
            "xA123456789",
            "a123456789!",
            "my123456789!",
            "000012345678!",
            "0912000678x",
        ] {
            assert_eq!(chosen(own), Err(PasswordError::OwnNumber), "{own}");
        }
        assert_eq!(
            format!("{:?}", Password::typed("correct horse").unwrap()),
            "Password(…)"
        );
    }
}
