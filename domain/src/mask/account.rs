//! The virtual account of a pre-order: what is transferred to it is for that order alone (M9).

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// The collector's digits: invented, so that no real bank takes them.
const PREFIX: &str = "9812";
/// Weights of the check digit; each has an inverse modulo 10, so that one wrong digit always shows.
const WEIGHTS: [u32; 3] = [3, 7, 1];

/// Fourteen digits: the collector's four, nine of the order, a check digit. `Debug` prints `…`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
pub struct PaymentAccount(String);

/// The text is no account of ours. Never holds the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a payment account has 14 digits, the collector's first and a check digit last")]
pub struct PaymentAccountError;

impl PaymentAccount {
    /// Accounts there are.
    pub const COUNT: u32 = 1_000_000_000;

    /// The account with this serial, below [`Self::COUNT`]; `None` above.
    #[must_use]
    pub fn of(serial: u32) -> Option<Self> {
        if serial >= Self::COUNT {
            return None;
        }
        let digits = format!("{PREFIX}{serial:09}");
        let check = check_digit(&digits);
        Some(Self(format!("{digits}{check}")))
    }

    /// Reads an account as a bank's file or a person writes it.
    ///
    /// # Errors
    /// [`PaymentAccountError`] for another length, collector or check digit.
    pub fn parse(text: &str) -> Result<Self, PaymentAccountError> {
        let form = text.len() == 14
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text.starts_with(PREFIX);
        match text.split_at_checked(13) {
            Some((digits, check)) if form && check_digit(digits).to_string() == check => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(PaymentAccountError),
        }
    }

    /// The number in full: for the person, the bank and the database.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

fn check_digit(digits: &str) -> u32 {
    let weighted = digits
        .bytes()
        .zip(WEIGHTS.into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit.saturating_sub(b'0')) * weight);
    (10 - weighted.sum::<u32>() % 10) % 10
}

impl fmt::Debug for PaymentAccount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PaymentAccount(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects M9: a mistyped digit never pays for somebody else's order.
    #[test]
    fn m9_one_wrong_digit_is_no_account() {
        let account = PaymentAccount::of(12_345_678).unwrap();
        assert_eq!(account.reveal().len(), 14);
        assert_eq!(PaymentAccount::parse(account.reveal()), Ok(account.clone()));
        for place in 0..14 {
            for digit in b'0'..=b'9' {
                let mut bytes = account.reveal().as_bytes().to_vec();
                if bytes[place] == digit {
                    continue;
                }
                bytes[place] = digit;
                let typed = String::from_utf8(bytes).unwrap();
                assert_eq!(PaymentAccount::parse(&typed), Err(PaymentAccountError));
            }
        }
        for wrong in [
            "",
            "9812",
            "98120123456785 ",
            "９８１２００００００００００",
        ] {
            assert_eq!(PaymentAccount::parse(wrong), Err(PaymentAccountError));
        }
        assert_eq!(PaymentAccount::of(PaymentAccount::COUNT), None);
    }
}
