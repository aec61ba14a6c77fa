//! An operation as JSON, and its conversion to and from the domain's.

use domain::campaign::{AreaId, BrandId, CategoryCode, RoundId, SiteId, SlotId};
use domain::operation::{
    BookingRequest, DeviceId, LeaseId, Operation, OperationBody, OperationId, Willingness,
};
use domain::pickup::PickupNumber;
use domain::registration::CardRegistration;
use domain::slip::SlipNumber;
use domain::{CardNumber, EmailAddress, MobileNumber, PersonName, PersonNumber};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{MESSAGE, OrderMasksMessage, SellMasksMessage};
use crate::WireError;

/// An operation as JSON.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperationMessage {
    /// The device's number.
    pub device: u32,
    /// Its epoch.
    pub epoch: u32,
    /// Its sequence number.
    pub seq: u64,
    /// Its `UUIDv7`.
    pub key: Uuid,
    /// When it was recorded, by the terminal's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub recorded_at: Timestamp,
    /// What the person did.
    pub body: BodyMessage,
}

/// What the person did.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BodyMessage {
    /// Willingness declared or changed (V2, V5).
    SetWillingness {
        /// The round.
        round: String,
        /// The person number on the card.
        person: String,
        /// The card in the reader.
        card: String,
        /// The name on the card.
        name: String,
        /// The category's number.
        category: u8,
        /// The mobile number.
        mobile: String,
        /// The township.
        area: String,
        /// The brands accepted.
        brands: Vec<String>,
    },
    /// Willingness cancelled (V5).
    CancelWillingness {
        /// The round.
        round: String,
        /// The person number on the card.
        person: String,
        /// The card in the reader.
        card: String,
    },
    /// A slot asked for (V6).
    BookSlot {
        /// The round.
        round: String,
        /// The person number on the card.
        person: String,
        /// The card in the reader.
        card: String,
        /// The name on the card.
        name: String,
        /// The mobile number.
        mobile: String,
        /// The site.
        site: String,
        /// The slot.
        slot: String,
        /// The lease it was confirmed from without the line.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lease: Option<Uuid>,
    },
    /// A booking cancelled (V10).
    CancelBooking {
        /// The round.
        round: String,
        /// The person number on the card.
        person: String,
        /// The card in the reader.
        card: String,
    },
    /// A card registered for network services (R1).
    RegisterCard {
        /// The person number on the card.
        person: String,
        /// The card in the reader.
        card: String,
        /// The mobile number.
        mobile: String,
        /// The e-mail address.
        email: String,
    },
    /// A pickup slip given out (M12).
    IssuePickupSlip {
        /// The round.
        round: String,
        /// The pickup number.
        order: String,
        /// Whose order.
        person: String,
        /// The slip's number.
        slip: String,
    },
    /// Masks pre-ordered (M1).
    OrderMasks(OrderMasksMessage),
    /// Masks sold over a counter (M2, M18).
    SellMasks(SellMasksMessage),
    /// A pickup slip taken in (M14).
    RedeemSlip {
        /// The round.
        round: String,
        /// The slip's number.
        slip: String,
    },
}

impl From<&Operation> for OperationMessage {
    fn from(operation: &Operation) -> Self {
        Self {
            device: operation.id.device.get(),
            epoch: operation.id.epoch,
            seq: operation.id.seq,
            key: Uuid::from_u128(operation.key),
            recorded_at: operation.recorded_at,
            body: BodyMessage::from(&operation.body),
        }
    }
}

impl TryFrom<OperationMessage> for Operation {
    type Error = WireError;

    fn try_from(message: OperationMessage) -> Result<Self, WireError> {
        let device = DeviceId::new(message.device).ok_or(WireError::Field {
            message: MESSAGE,
            field: "device",
        })?;
        Ok(Self {
            id: OperationId {
                device,
                epoch: message.epoch,
                seq: message.seq,
            },
            key: message.key.as_u128(),
            recorded_at: message.recorded_at,
            body: message.body.try_into()?,
        })
    }
}

impl From<&OperationBody> for BodyMessage {
    fn from(body: &OperationBody) -> Self {
        match body {
            OperationBody::SetWillingness(entry) => Self::SetWillingness {
                round: entry.round.to_string(),
                person: entry.person.reveal().to_owned(),
                card: entry.card.reveal().to_owned(),
                name: entry.name.reveal().to_owned(),
                category: entry.category.get(),
                mobile: entry.mobile.reveal().to_owned(),
                area: entry.area.to_string(),
                brands: entry.brands.iter().map(ToString::to_string).collect(),
            },
            OperationBody::CancelWillingness {
                round,
                person,
                card,
            } => Self::CancelWillingness {
                round: round.to_string(),
                person: person.reveal().to_owned(),
                card: card.reveal().to_owned(),
            },
            OperationBody::BookSlot(request) => Self::BookSlot {
                round: request.round.to_string(),
                person: request.person.reveal().to_owned(),
                card: request.card.reveal().to_owned(),
                name: request.name.reveal().to_owned(),
                mobile: request.mobile.reveal().to_owned(),
                site: request.site.to_string(),
                slot: request.slot.to_string(),
                lease: request.lease.map(|lease| Uuid::from_u128(lease.0)),
            },
            OperationBody::CancelBooking {
                round,
                person,
                card,
            } => Self::CancelBooking {
                round: round.to_string(),
                person: person.reveal().to_owned(),
                card: card.reveal().to_owned(),
            },
            OperationBody::RegisterCard(entry) => Self::RegisterCard {
                person: entry.person.reveal().to_owned(),
                card: entry.card.reveal().to_owned(),
                mobile: entry.mobile.reveal().to_owned(),
                email: entry.email.reveal().to_owned(),
            },
            OperationBody::IssuePickupSlip {
                round,
                order,
                person,
                slip,
            } => Self::IssuePickupSlip {
                round: round.to_string(),
                order: order.reveal().to_owned(),
                person: person.reveal().to_owned(),
                slip: slip.as_str().to_owned(),
            },
            OperationBody::OrderMasks(request) => Self::OrderMasks(request.into()),
            OperationBody::SellMasks(sale) => Self::SellMasks(sale.into()),
            OperationBody::RedeemSlip { round, slip } => Self::RedeemSlip {
                round: round.to_string(),
                slip: slip.as_str().to_owned(),
            },
        }
    }
}

impl TryFrom<BodyMessage> for OperationBody {
    type Error = WireError;

    fn try_from(message: BodyMessage) -> Result<Self, WireError> {
        let bad = |field| WireError::Field {
            message: MESSAGE,
            field,
        };
        let round_of = |text: &str| RoundId::parse(text).map_err(|_| bad("round"));
        let person_of = |text: &str| PersonNumber::parse(text).map_err(|_| bad("person"));
        let card_of = |text: &str| CardNumber::parse(text).map_err(|_| bad("card"));
        let mobile_of = |text: &str| MobileNumber::parse(text).map_err(|_| bad("mobile"));
        Ok(match message {
            BodyMessage::SetWillingness {
                round,
                person,
                card,
                name,
                category,
                mobile,
                area,
                brands,
            } => {
                if brands.is_empty() {
                    return Err(bad("brands"));
                }
                let brands: Result<Vec<_>, _> = brands
                    .iter()
                    .map(|brand| BrandId::parse(brand).map_err(|_| bad("brands")))
                    .collect();
                Self::SetWillingness(Willingness {
                    round: round_of(&round)?,
                    person: person_of(&person)?,
                    card: card_of(&card)?,
                    name: PersonName::new(&name),
                    category: CategoryCode::new(category).ok_or_else(|| bad("category"))?,
                    mobile: mobile_of(&mobile)?,
                    area: AreaId::parse(&area).map_err(|_| bad("area"))?,
                    brands: brands?,
                })
            }
            BodyMessage::CancelWillingness {
                round,
                person,
                card,
            } => Self::CancelWillingness {
                round: round_of(&round)?,
                person: person_of(&person)?,
                card: card_of(&card)?,
            },
            BodyMessage::BookSlot {
                round,
                person,
                card,
                name,
                mobile,
                site,
                slot,
                lease,
            } => Self::BookSlot(BookingRequest {
                lease: lease.map(|lease| LeaseId(lease.as_u128())),
                round: round_of(&round)?,
                person: person_of(&person)?,
                card: card_of(&card)?,
                name: PersonName::new(&name),
                mobile: mobile_of(&mobile)?,
                site: SiteId::parse(&site).map_err(|_| bad("site"))?,
                slot: SlotId::parse(&slot).map_err(|_| bad("slot"))?,
            }),
            BodyMessage::CancelBooking {
                round,
                person,
                card,
            } => Self::CancelBooking {
                round: round_of(&round)?,
                person: person_of(&person)?,
                card: card_of(&card)?,
            },
            BodyMessage::RegisterCard {
                person,
                card,
                mobile,
                email,
            } => Self::RegisterCard(CardRegistration {
                person: person_of(&person)?,
                card: card_of(&card)?,
                mobile: mobile_of(&mobile)?,
                email: EmailAddress::parse(&email).map_err(|_| bad("email"))?,
            }),
            BodyMessage::IssuePickupSlip {
                round,
                order,
                person,
                slip,
            } => Self::IssuePickupSlip {
                round: round_of(&round)?,
                order: PickupNumber::parse(&order).map_err(|_| bad("order"))?,
                person: person_of(&person)?,
                slip: SlipNumber::parse(&slip).ok_or_else(|| bad("slip"))?,
            },
            BodyMessage::OrderMasks(request) => Self::OrderMasks(request.try_into()?),
            BodyMessage::SellMasks(sale) => Self::SellMasks(sale.try_into()?),
            BodyMessage::RedeemSlip { round, slip } => Self::RedeemSlip {
                round: round_of(&round)?,
                slip: SlipNumber::parse(&slip).ok_or_else(|| bad("slip"))?,
            },
        })
    }
}
