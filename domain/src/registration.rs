//! Registering a card for network services at a terminal (R1, R6).

use crate::{CardNumber, EmailAddress, MobileNumber, PersonNumber};

/// A card registered at a terminal, where the card itself is the proof and the place counts as appointed by
/// the NHI (R1, R6): no code by e-mail is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRegistration {
    /// Who, as on the card.
    pub person: PersonNumber,
    /// The card in the reader.
    pub card: CardNumber,
    /// Where texts are sent.
    pub mobile: MobileNumber,
    /// Where mail is sent.
    pub email: EmailAddress,
}
