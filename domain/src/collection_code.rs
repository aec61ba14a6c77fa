//! The three bar codes of a collection slip and their check characters.
//!
//! Segment 1 is the last day (`YYMMDD`) and a three-character item, segment 2 the issuer's number,
//! segment 3 four digits, two check characters and a nine-digit amount.

use jiff::civil::Date;

use crate::slip::SlipNumber;

/// The item of our slips: invented, so that no real till takes it.
const ITEM: &str = "ZK0";

/// The three texts for a pickup slip: nine, sixteen and fifteen characters. The amount is 0: it was
/// paid before (M9).
#[must_use]
pub fn pickup_codes(slip: &SlipNumber, last_day: Date) -> [String; 3] {
    let first = format!(
        "{:02}{:02}{:02}{ITEM}",
        last_day.year() % 100,
        last_day.month(),
        last_day.day()
    );
    let head = format!("{:02}{:02}", last_day.month(), last_day.day());
    let amount = format!("{:09}", 0);
    let second = slip.as_str().to_owned();
    let third = format!(
        "{head}{}{amount}",
        check(&first, &second, &format!("{head}{amount}"))
    );
    [first, second, third]
}

/// The two check characters over three segments, the third without its check places.
#[must_use]
pub fn check(first: &str, second: &str, third: &str) -> String {
    let (mut odd, mut even) = (0_u32, 0_u32);
    for segment in [first, second, third] {
        for (index, byte) in segment.bytes().enumerate() {
            if index % 2 == 0 {
                odd += value(byte)
            } else {
                even += value(byte)
            }
        }
    }
    format!(
        "{}{}",
        character(odd % 11, 'A', 'B'),
        character(even % 11, 'X', 'Y')
    )
}

fn value(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'I' => u32::from(byte - b'A') + 1,
        b'J'..=b'R' => u32::from(byte - b'J') + 1,
        b'S'..=b'Z' => u32::from(byte - b'S') + 2,
        _ => 0,
    }
}

fn character(remainder: u32, zero: char, ten: char) -> char {
    match remainder {
        0 => zero,
        10 => ten,
        digit => char::from_digit(digit, 10).unwrap_or(zero),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::operation::{DeviceId, OperationId};
    use jiff::civil::date;

    /// Protects the till's scan: the published vector.
    #[test]
    fn published_vector() {
        assert_eq!(
            check("991231Y01", "ABCDEFGHIKLMNPQR", "1234000007890"),
            "9Y"
        );
    }

    /// Protects the widths that fit the paper: 9, 16 and 15 characters.
    #[test]
    fn pickup_codes_have_the_three_lengths() {
        let id = OperationId {
            device: DeviceId::new(42).unwrap(),
            epoch: 1,
            seq: 17,
        };
        let codes = pickup_codes(&SlipNumber::of(&id), date(2020, 4, 8));
        assert_eq!(codes.each_ref().map(String::len), [9, 16, 15]);
        assert_eq!(codes[0], "200408ZK0");
        assert_eq!(codes[1], "ZK00042010000017");
    }
}
