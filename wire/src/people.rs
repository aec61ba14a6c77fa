//! Asking the centre about the person whose card is in the reader (I5, I6, V9).

use domain::campaign::{AreaId, BrandId, CategoryCode, SiteId, SlotId};
use domain::operation::BookingNumber;
use domain::roster::CentreVerdict;
use domain::{CardNumber, MobileNumber, PersonNumber};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::WireError;
use crate::roster::RosterLine;

/// The pair read from the card. Goes in the body of a POST: never in an address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckRequest {
    /// The person number on the card.
    pub person: String,
    /// The card number.
    pub card: String,
}

impl CheckRequest {
    /// The request for this pair.
    #[must_use]
    pub fn new(person: &PersonNumber, card: &CardNumber) -> Self {
        Self {
            person: person.reveal().to_owned(),
            card: card.reveal().to_owned(),
        }
    }
}

/// What the centre says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckReply {
    /// The verdict over the pair.
    pub verdict: VerdictMessage,
    /// The facts, with the verdict `current`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RosterLine>,
    /// What stands for this person in the vaccine round that serves them now, with the verdict `current`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<StandingMessage>,
}

/// The verdict over a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum VerdictMessage {
    /// The pair is current.
    Current,
    /// An older card (I6).
    SupersededCard,
    /// Insurance-only, and the pair does not verify (I7).
    InsuranceOnlyMismatch,
    /// Another number is on the current card (I13).
    OtherNumberOnCard,
    /// No such pair.
    Unknown,
}

/// What stands for a person at the centre.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StandingMessage {
    /// The willingness entry (V5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub willingness: Option<StandingWillingness>,
    /// The open booking (V9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<StandingBooking>,
}

/// A willingness entry as it stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StandingWillingness {
    /// The registration number: the receipt of the operation that made it, or the centre's own.
    pub receipt: String,
    /// The category's number.
    pub category: u8,
    /// The mobile number.
    pub mobile: String,
    /// The township.
    pub area: String,
    /// The brands accepted.
    pub brands: Vec<String>,
}

/// A booking as it stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StandingBooking {
    /// The booking number, nine digits.
    pub number: String,
    /// The site.
    pub site: String,
    /// The slot.
    pub slot: String,
    /// The mobile number.
    pub mobile: String,
    /// When it was completed (V8).
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub completed_at: Timestamp,
}

const MESSAGE: &str = "person check";

/// What stands, in the domain's words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Registration number, category, mobile, area and brands of the willingness entry.
    pub willingness: Option<domain::visit::StandingWillingness>,
    /// The open booking.
    pub booking: Option<domain::visit::StandingBooking>,
}

impl CheckReply {
    /// The verdict and what stands, checked field by field.
    ///
    /// # Errors
    /// [`WireError::Field`] naming a field that cannot be: a lying or broken centre.
    pub fn into_domain(self) -> Result<(CentreVerdict, Standing), WireError> {
        let missing = |field| WireError::Field {
            message: MESSAGE,
            field,
        };
        let verdict = match self.verdict {
            VerdictMessage::Current => {
                let line = self.record.ok_or_else(|| missing("record"))?;
                CentreVerdict::Current(Box::new(line.try_into()?))
            }
            VerdictMessage::SupersededCard => CentreVerdict::SupersededCard,
            VerdictMessage::InsuranceOnlyMismatch => CentreVerdict::InsuranceOnlyMismatch,
            VerdictMessage::OtherNumberOnCard => CentreVerdict::OtherNumberOnCard,
            VerdictMessage::Unknown => CentreVerdict::Unknown,
        };
        let standing = self
            .standing
            .map(Standing::try_from)
            .transpose()?
            .unwrap_or_default();
        Ok((verdict, standing))
    }
}

impl TryFrom<StandingMessage> for Standing {
    type Error = WireError;

    fn try_from(message: StandingMessage) -> Result<Self, WireError> {
        let bad = |field| WireError::Field {
            message: MESSAGE,
            field,
        };
        let willingness = message
            .willingness
            .map(|entry| {
                let brands: Result<Vec<_>, _> = entry
                    .brands
                    .iter()
                    .map(|brand| BrandId::parse(brand).map_err(|_| bad("brands")))
                    .collect();
                Ok::<_, WireError>(domain::visit::StandingWillingness {
                    receipt: entry.receipt,
                    category: CategoryCode::new(entry.category).ok_or_else(|| bad("category"))?,
                    mobile: MobileNumber::parse(&entry.mobile).map_err(|_| bad("mobile"))?,
                    area: AreaId::parse(&entry.area).map_err(|_| bad("area"))?,
                    brands: brands?,
                })
            })
            .transpose()?;
        let booking = message
            .booking
            .map(|entry| {
                Ok::<_, WireError>(domain::visit::StandingBooking {
                    state: domain::visit::BookingState::Confirmed(
                        BookingNumber::parse(&entry.number).ok_or_else(|| bad("number"))?,
                    ),
                    completed_at: entry.completed_at,
                    site: SiteId::parse(&entry.site).map_err(|_| bad("site"))?,
                    slot: SlotId::parse(&entry.slot).map_err(|_| bad("slot"))?,
                    mobile: MobileNumber::parse(&entry.mobile).map_err(|_| bad("mobile"))?,
                })
            })
            .transpose()?;
        Ok(Self {
            willingness,
            booking,
        })
    }
}
