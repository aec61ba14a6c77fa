//! The roster as published: a signed manifest and a file of one JSON object a line.

use domain::campaign::BirthHalfYear;
use domain::roster::{CategorySet, RosterRecord};
use domain::{CardNumber, PersonNumber};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::WireError;

/// What the centre signs about a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterManifest {
    /// Rises with each release; terminals never go back.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// After this it is stale.
    pub not_after: Timestamp,
    /// Bytes of the file.
    pub length_bytes: u64,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Lines of the file.
    pub people: u64,
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RosterLine {
    /// The person number on the current card.
    pub number: String,
    /// The other residence number (I4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_number: Option<String>,
    /// The newest card.
    pub card: String,
    /// The card before it (I6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_card: Option<String>,
    /// An insurance-only ID (I7).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub insurance_only: bool,
    /// Bits of the categories, bit 0 is category 1.
    pub categories: u32,
    /// Year of birth.
    pub birth_year: i16,
    /// Whether the birth lies in July to December.
    pub birth_second_half: bool,
}

const MESSAGE: &str = "roster line";

impl TryFrom<RosterLine> for RosterRecord {
    type Error = WireError;

    fn try_from(line: RosterLine) -> Result<Self, WireError> {
        let field = |field| WireError::Field {
            message: MESSAGE,
            field,
        };
        let person = |text: &str, name| PersonNumber::parse(text).map_err(|_| field(name));
        let card = |text: &str, name| CardNumber::parse(text).map_err(|_| field(name));
        Ok(Self {
            number: person(&line.number, "number")?,
            other_number: line
                .other_number
                .as_deref()
                .map(|text| person(text, "other_number"))
                .transpose()?,
            card: card(&line.card, "card")?,
            previous_card: line
                .previous_card
                .as_deref()
                .map(|text| card(text, "previous_card"))
                .transpose()?,
            insurance_only: line.insurance_only,
            categories: CategorySet::from_bits(line.categories),
            birth: BirthHalfYear {
                year: line.birth_year,
                second_half: line.birth_second_half,
            },
        })
    }
}

impl From<&RosterRecord> for RosterLine {
    fn from(record: &RosterRecord) -> Self {
        Self {
            number: record.number.reveal().to_owned(),
            other_number: record
                .other_number
                .as_ref()
                .map(|number| number.reveal().to_owned()),
            card: record.card.reveal().to_owned(),
            previous_card: record
                .previous_card
                .as_ref()
                .map(|card| card.reveal().to_owned()),
            insurance_only: record.insurance_only,
            categories: record.categories.bits(),
            birth_year: record.birth.year,
            birth_second_half: record.birth.second_half,
        }
    }
}
