//! What one reading of a health card gave.

use jiff::civil::Date;

use crate::{CardNumber, PersonName, PersonNumber};

/// The open fields of a health card. Each beside the two numbers may be absent: a strange name, sex
/// or date never loses the card.
#[derive(Clone, PartialEq, Eq)]
pub struct CardReading {
    /// The card's own number (I1).
    pub card_number: CardNumber,
    /// The person number on the card (I2, I3).
    pub person_number: PersonNumber,
    /// The name as far as it could be decoded; `□` where a character is not certain.
    pub name: PersonName,
    /// Whether every character of the name is certain to be right.
    pub name_certain: bool,
    /// Day of birth.
    pub birth: Option<Date>,
    /// Sex as on the card.
    pub sex: Option<Sex>,
    /// Day the card was issued.
    pub issued: Option<Date>,
}

impl std::fmt::Debug for CardReading {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("CardReading(…)")
    }
}

/// Sex as the card writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// `F`
    Female,
    /// `M`
    Male,
}
