//! What came back from a card, judged.

use jiff::civil::Date;

use crate::WrongCard;
use crate::apdu::{self, Response};
use crate::catalogue::Hint;
use crate::decode::{self, DecodeError};
use crate::held::Answer;

/// How a reading ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A health card's answer, which decodes.
    Read(Answer),
    Wrong(WrongCard),
    /// A health card whose person number fails its check (I2).
    InvalidPersonNumber,
    /// A health card's, by SELECT or ATR, but not its fields.
    Unreadable,
    /// In, but does not answer to reset.
    Mute,
    /// Stopped answering in the middle: pulled, or a bad contact.
    NoAnswer,
    /// Another program holds it.
    Held,
    /// Out, or put in again meanwhile.
    Gone,
}

/// Judges the answers: READ decides, whatever SELECT answered and whatever the ATR suggests.
pub(crate) fn judge(
    selected: u16,
    response: Response,
    hint: impl FnOnce() -> Hint,
    today: Date,
) -> Outcome {
    if response.status == apdu::DONE {
        match decode::decode(&response.data, today) {
            Ok(_) => return Outcome::Read(Answer(response.data)),
            Err(DecodeError::CheckDigit) => return Outcome::InvalidPersonNumber,
            Err(DecodeError::Short | DecodeError::Form) => {}
        }
    }
    match (selected, hint()) {
        // It took the NHI's name for its own, or looks like the NHI's: theirs, and broken.
        (apdu::DONE, _) | (_, Hint::HealthCard) => Outcome::Unreadable,
        (_, Hint::Other(card)) => Outcome::Wrong(card),
        (_, Hint::Unknown) => Outcome::Wrong(WrongCard::unknown()),
    }
}

/// What the resource manager's error says about the card.
pub(crate) fn outcome_of(error: pcsc::Error) -> Outcome {
    use pcsc::Error as E;
    match error {
        E::NoSmartcard | E::RemovedCard | E::ReaderUnavailable | E::UnknownReader => Outcome::Gone,
        E::UnresponsiveCard | E::UnpoweredCard | E::UnsupportedCard | E::InvalidAtr => {
            Outcome::Mute
        }
        E::SharingViolation | E::ServerTooBusy | E::ResetCard => Outcome::Held,
        _ => Outcome::NoAnswer,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;
    use crate::catalogue::Catalogue;
    use crate::decode::tests::{GOLDEN, TODAY};

    const HEALTH_CARD: &[u8] = b"\x3B\xFF\x18\x00\xFF\x81\x31\xFE\x45\x54\x48\x43\x43\x31\x30\x54\x45\x43\x4F\x47\x44\x48\x4E\x32\x24";
    const BANK: &[u8] = b"\x3B\xF7\x11\x00\x00\x81\x71\xFE\x42\x00\x00\x63\x95\x31\x05\x90\x00\xF8";
    const UNKNOWN: &[u8] = b"\x3B\x00";
    const NOT_FOUND: u16 = 0x6A82;

    fn judged(atr: &[u8], selected: u16, status: u16, data: &[u8]) -> Outcome {
        let catalogue = Catalogue::bundled().unwrap();
        let response = Response {
            data: Zeroizing::new(data.to_vec()),
            status,
        };
        judge(selected, response, || catalogue.hint(atr), TODAY)
    }

    fn named(outcome: &Outcome) -> &str {
        match outcome {
            Outcome::Wrong(card) => card.name(),
            _ => "not wrong",
        }
    }

    /// Protects the verdict: READ decides, whatever SELECT answered and whatever the ATR suggests;
    /// so a health card of a kind not known yet is read.
    #[test]
    fn read_decides_and_select_does_not() {
        for atr in [HEALTH_CARD, BANK, UNKNOWN] {
            for selected in [apdu::DONE, NOT_FOUND] {
                let outcome = judged(atr, selected, apdu::DONE, GOLDEN);
                assert_eq!(
                    outcome,
                    Outcome::Read(Answer(Zeroizing::new(GOLDEN.to_vec())))
                );
            }
        }
    }

    /// Protects the naming of wrong cards, and that a broken health card is not called a wrong one.
    #[test]
    fn refusals_are_named() {
        let refused = 0x6D00;
        assert_eq!(named(&judged(BANK, NOT_FOUND, refused, b"")), "bank card");
        assert_eq!(
            named(&judged(UNKNOWN, NOT_FOUND, refused, b"")),
            "unknown card"
        );
        assert_eq!(
            named(&judged(BANK, NOT_FOUND, apdu::DONE, &[0xFF; 57])),
            "bank card"
        );
        for (atr, selected, status, data) in [
            (HEALTH_CARD, NOT_FOUND, refused, &b""[..]),
            (UNKNOWN, apdu::DONE, refused, b""),
            (HEALTH_CARD, apdu::DONE, apdu::DONE, &GOLDEN[..56]),
        ] {
            assert_eq!(judged(atr, selected, status, data), Outcome::Unreadable);
        }
    }

    /// Protects I2: a failing check digit is the card's fault, and nobody is read from it.
    #[test]
    fn i2_a_failing_check_digit_reads_nobody() {
        let mut answer = *GOLDEN;
        answer[41] = b'8';
        assert_eq!(
            judged(UNKNOWN, apdu::DONE, apdu::DONE, &answer),
            Outcome::InvalidPersonNumber
        );
    }
}
