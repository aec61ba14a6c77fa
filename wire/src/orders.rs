//! The mask orders of one store, as its terminal holds them (M11).

use domain::campaign::{RoundId, StoreId};
use domain::pickup::{MaskOrder, PickupNumber};
use domain::slip::SlipNumber;
use domain::{MobileNumber, PersonNumber};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::WireError;

/// The answer of `GET /v1/orders`: all orders of the terminal's store in the current round.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoreOrders {
    /// The store.
    pub store: String,
    /// Its orders.
    pub orders: Vec<OrderMessage>,
}

/// One order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderMessage {
    /// The pickup number, ten digits.
    pub number: String,
    /// The round.
    pub round: String,
    /// Whose, as on the card.
    pub person: String,
    /// The other residence number (I4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_number: Option<String>,
    /// The mobile number.
    pub mobile: String,
    /// The store it is fetched at.
    pub store: String,
    /// Adult masks.
    pub masks: u32,
    /// What was paid, NT$.
    pub price_twd: u32,
    /// Whether it was paid.
    pub paid: bool,
    /// First day of pickup.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub first_day: Date,
    /// Last day of pickup.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub last_day: Date,
    /// The slip given out, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slip: Option<String>,
    /// Whether the counter took the slip.
    pub redeemed: bool,
}

const MESSAGE: &str = "store orders";

impl TryFrom<OrderMessage> for MaskOrder {
    type Error = WireError;

    fn try_from(order: OrderMessage) -> Result<Self, WireError> {
        let bad = |field| WireError::Field {
            message: MESSAGE,
            field,
        };
        Ok(Self {
            number: PickupNumber::parse(&order.number).map_err(|_| bad("number"))?,
            round: RoundId::parse(&order.round).map_err(|_| bad("round"))?,
            person: PersonNumber::parse(&order.person).map_err(|_| bad("person"))?,
            other_number: order
                .other_number
                .map(|text| PersonNumber::parse(&text).map_err(|_| bad("other_number")))
                .transpose()?,
            mobile: MobileNumber::parse(&order.mobile).map_err(|_| bad("mobile"))?,
            store: StoreId::parse(&order.store).map_err(|_| bad("store"))?,
            masks: order.masks,
            price_twd: order.price_twd,
            paid: order.paid,
            first_day: order.first_day,
            last_day: order.last_day,
            slip: order
                .slip
                .map(|text| {
                    SlipNumber::parse(&text)
                        .map(|slip| (slip, 0))
                        .ok_or_else(|| bad("slip"))
                })
                .transpose()?,
            redeemed: order.redeemed,
        })
    }
}
