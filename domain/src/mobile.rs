//! Taiwanese mobile numbers, as given for notices (V2, V6) and look-ups (V11).

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// `09` and eight digits. `Debug` prints `…`.
#[derive(Clone, PartialEq, Eq, Hash, Zeroize, ZeroizeOnDrop)]
pub struct MobileNumber([u8; 10]);

/// Why a text is no mobile number. Never holds the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MobileNumberError {
    /// Not ten digits.
    #[error("a mobile number has 10 digits")]
    Length,
    /// Does not begin with 09.
    #[error("a mobile number begins with 09")]
    Prefix,
}

impl MobileNumber {
    /// Reads a mobile number of ten ASCII digits beginning with `09`.
    ///
    /// # Errors
    /// [`MobileNumberError`] names what is wrong.
    pub fn parse(text: &str) -> Result<Self, MobileNumberError> {
        let bytes: [u8; 10] = text
            .as_bytes()
            .try_into()
            .map_err(|_| MobileNumberError::Length)?;
        if !bytes.iter().all(u8::is_ascii_digit) {
            return Err(MobileNumberError::Length);
        }
        if !bytes.starts_with(b"09") {
            return Err(MobileNumberError::Prefix);
        }
        Ok(Self(bytes))
    }

    /// `0912***678`: enough to recognise one's own number (I8 in spirit).
    #[must_use]
    pub fn masked(&self) -> String {
        let text = self.reveal();
        format!("{}***{}", &text[..4], &text[7..])
    }

    /// The last three digits, the look-up's second factor (V11, M10).
    #[must_use]
    pub fn last_three(&self) -> &str {
        &self.reveal()[7..]
    }

    /// The number in full: only for the encrypted database and the centre.
    #[must_use]
    pub fn reveal(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for MobileNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MobileNumber(…)")
    }
}

/// The last three digits of a mobile number: the second factor of the look-ups (V11, M10). `Debug`
/// prints `…`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct LastThreeDigits([u8; 3]);

/// The text is not three digits. Never holds the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the last digits of a mobile number are three")]
pub struct LastThreeDigitsError;

impl LastThreeDigits {
    /// Reads three ASCII digits.
    ///
    /// # Errors
    /// [`LastThreeDigitsError`] for anything else.
    pub fn parse(text: &str) -> Result<Self, LastThreeDigitsError> {
        let bytes: [u8; 3] = text
            .as_bytes()
            .try_into()
            .map_err(|_| LastThreeDigitsError)?;
        if bytes.iter().all(u8::is_ascii_digit) {
            Ok(Self(bytes))
        } else {
            Err(LastThreeDigitsError)
        }
    }

    /// Whether they are this number's.
    #[must_use]
    pub fn fit(&self, mobile: &MobileNumber) -> bool {
        mobile.last_three().as_bytes() == self.0
    }
}

impl fmt::Debug for LastThreeDigits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LastThreeDigits(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects V2/V6: only a number a text can reach is taken, and it is shown masked.
    #[test]
    fn v2_mobile_numbers() {
        let number = MobileNumber::parse("0912345678").unwrap();
        assert_eq!(number.masked(), "0912***678");
        assert_eq!(number.last_three(), "678");
        assert_eq!(format!("{number:?}"), "MobileNumber(…)");
        assert_eq!(
            MobileNumber::parse("091234567"),
            Err(MobileNumberError::Length)
        );
        assert_eq!(
            MobileNumber::parse("0212345678"),
            Err(MobileNumberError::Prefix)
        );
        assert_eq!(
            MobileNumber::parse("09１2345678"),
            Err(MobileNumberError::Length)
        );
    }

    /// Protects V11 and M10: three digits fit the number that ends in them and no other.
    #[test]
    fn v11_m10_the_last_three_digits() {
        let mobile = MobileNumber::parse("0912345678").unwrap();
        assert!(LastThreeDigits::parse("678").unwrap().fit(&mobile));
        assert!(!LastThreeDigits::parse("345").unwrap().fit(&mobile));
        for wrong in ["", "67", "5678", "67a", "６78"] {
            assert_eq!(LastThreeDigits::parse(wrong), Err(LastThreeDigitsError));
        }
        let shown = format!("{:?}", LastThreeDigits::parse("678"));
        assert_eq!(shown, "Ok(LastThreeDigits(…))");
    }
}
