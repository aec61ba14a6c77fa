//! One reading of one card: SELECT, READ, and the judgement of what came back.

use crate::apdu::{self, ExchangeError, Link};
use crate::atr::{self, Hint};
use crate::decode::{self, DecodeError};
use crate::{CardFault, WrongCard, clock};
use domain::CardReading;

/// How a reading ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Read(CardReading),
    Wrong(WrongCard),
    Fault(CardFault),
    /// In, but does not answer to reset.
    Mute,
    /// Stopped answering in the middle: pulled, or a bad contact.
    NoAnswer,
    /// Another program holds it.
    Held,
    /// Out, or put in again meanwhile.
    Gone,
}

/// Another program may reset the card while it is being read; so often the reading begins again.
pub(crate) const RESETS_MAX: usize = 5;

/// A card that is connected; the seam between the reading and `pcscd`.
pub(crate) trait Connected {
    /// SELECT and READ in one transaction, judged.
    fn read_once(&mut self, atr: &[u8]) -> Result<Outcome, pcsc::Error>;
    /// Takes up the card again after another program reset it.
    fn reconnect(&mut self) -> Result<(), pcsc::Error>;
}

/// Reads a connected card, from SELECT again each time another program reset it.
///
/// # Errors
/// The resource manager's own; `ResetCard` when there was no end to the resets.
pub(crate) fn read(card: &mut impl Connected, atr: &[u8]) -> Result<Outcome, pcsc::Error> {
    for _ in 0..RESETS_MAX {
        match card.read_once(atr) {
            Err(pcsc::Error::ResetCard) => card.reconnect()?,
            result => return result,
        }
    }
    Err(pcsc::Error::ResetCard)
}

/// Reads the card over an open link and judges it.
///
/// # Errors
/// The resource manager's own, so that the caller can mend the link (`ResetCard`) and begin again.
pub(crate) fn judge(link: &mut impl Link, atr: &[u8]) -> Result<Outcome, pcsc::Error> {
    let selected = match apdu::exchange(link, &apdu::SELECT) {
        Ok(response) => response.status,
        Err(ExchangeError::Empty) => return Ok(Outcome::NoAnswer),
        Err(ExchangeError::Link(error)) => return Err(error),
    };
    tracing::debug!(status = %format_args!("{selected:04X}"), "SELECT answered");
    let response = match apdu::exchange(link, &apdu::READ) {
        Ok(response) => response,
        Err(ExchangeError::Empty) => return Ok(Outcome::NoAnswer),
        Err(ExchangeError::Link(error)) => return Err(error),
    };
    tracing::debug!(status = %format_args!("{:04X}", response.status), length = response.data.len(), "READ answered");
    let no_reading = match (selected, atr::hint(atr)) {
        // It took the NHI's name for its own, or looks like the NHI's: theirs, and broken.
        (apdu::DONE, _) | (_, Hint::HealthCard) => Outcome::Fault(CardFault::UnreadableAnswer),
        (_, Hint::Other(kind)) => Outcome::Wrong(kind),
    };
    if response.status != apdu::DONE {
        return Ok(no_reading);
    }
    Ok(match decode::decode(&response.data, clock::today()) {
        Ok(decoded) => Outcome::Read(decoded.reading()),
        Err(DecodeError::CheckDigit) => Outcome::Fault(CardFault::InvalidPersonNumber),
        Err(DecodeError::Short | DecodeError::Form) => no_reading,
    })
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
    use super::*;
    use crate::apdu::tests::Script;
    use crate::decode::tests::GOLDEN;

    const NHI_ATR: &str = "3BFF1800FF8131FE455448434331305445434F4744484E3224";
    const BANK_ATR: &str = "3BF71100008171FE4200006395310590 00F8";

    fn judged(atr: &str, selected: &[u8], read: &[u8]) -> Outcome {
        let mut link = Script(vec![
            (apdu::SELECT.to_vec(), Ok(selected.to_vec())),
            (apdu::READ.to_vec(), Ok(read.to_vec())),
        ]);
        judge(&mut link, &atr::bytes(&atr.replace(' ', "")).unwrap()).unwrap()
    }

    fn done(data: &[u8]) -> Vec<u8> {
        [data, &[0x90, 0x00]].concat()
    }

    /// Protects the verdict: READ decides, whatever SELECT answered and whatever the ATR suggests.
    #[test]
    fn read_decides_and_select_does_not() {
        for atr in [NHI_ATR, BANK_ATR, "3B00"] {
            for selected in [[0x90, 0x00], [0x6A, 0x82]] {
                assert!(matches!(
                    judged(atr, &selected, &done(GOLDEN)),
                    Outcome::Read(_)
                ));
            }
        }
    }

    /// Protects the naming of wrong cards, and that a broken health card is not called a wrong one.
    #[test]
    fn refusals_are_named() {
        let refused = [0x6D, 0x00];
        assert_eq!(
            judged(BANK_ATR, &[0x6A, 0x82], &refused),
            Outcome::Wrong(WrongCard::Bank)
        );
        assert_eq!(
            judged("3B00", &[0x6A, 0x82], &refused),
            Outcome::Wrong(WrongCard::Unknown)
        );
        let broken = Outcome::Fault(CardFault::UnreadableAnswer);
        assert_eq!(judged(NHI_ATR, &[0x6A, 0x82], &refused), broken);
        assert_eq!(judged("3B00", &[0x90, 0x00], &refused), broken);
        assert_eq!(judged(NHI_ATR, &[0x90, 0x00], &done(&GOLDEN[..56])), broken);
        assert_eq!(
            judged(BANK_ATR, &[0x6A, 0x82], &done(&[0xFF; 57])),
            Outcome::Wrong(WrongCard::Bank)
        );
    }

    /// Protects I2: a failing check digit is the card's fault; and a pulled card is noticed by its
    /// empty answer.
    #[test]
    fn i2_check_digit_and_pulled_card() {
        let mut answer = *GOLDEN;
        answer[41] = b'8';
        assert_eq!(
            judged("3B00", &[0x90, 0x00], &done(&answer)),
            Outcome::Fault(CardFault::InvalidPersonNumber)
        );
        assert_eq!(judged(NHI_ATR, &[0x90, 0x00], &[]), Outcome::NoAnswer);
    }

    /// A card reset by another program this many times before each reading.
    struct ResetCard {
        resets: usize,
        reconnected: bool,
    }

    impl Connected for ResetCard {
        fn read_once(&mut self, _: &[u8]) -> Result<Outcome, pcsc::Error> {
            if self.resets == 0 {
                return Ok(Outcome::Mute);
            }
            self.resets -= 1;
            self.reconnected = false;
            Err(pcsc::Error::ResetCard)
        }

        fn reconnect(&mut self) -> Result<(), pcsc::Error> {
            self.reconnected = true;
            Ok(())
        }
    }

    /// Protects a reading that another program resets: it reconnects, begins again, and ends.
    #[test]
    fn a_reset_card_is_read_again() {
        let mut card = ResetCard {
            resets: 3,
            reconnected: false,
        };
        assert_eq!(read(&mut card, &[]), Ok(Outcome::Mute));
        assert!(card.reconnected);
        let mut card = ResetCard {
            resets: 99,
            reconnected: false,
        };
        assert_eq!(read(&mut card, &[]), Err(pcsc::Error::ResetCard));
        assert_eq!(card.resets, 99 - RESETS_MAX);
    }
}
