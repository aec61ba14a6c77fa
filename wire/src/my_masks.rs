//! What a person sends and is told of masks on the web platform and in the app (M1, M6, M9–M12, M16).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::rounds::{TextMessage, WindowMessage};

/// An order to make, or to put in the place of the one that stands (M1, M6). Quantity and price
/// are the round's; it is for whoever signed in, and nobody else (M17).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaskOrderBody {
    /// The store it is fetched at; it cannot be changed after the round closed (M9).
    #[cfg_attr(feature = "openapi", schema(example = "S0001", max_length = 32))]
    pub store: String,
    /// Where the pickup number is sent: `09` and eight digits.
    #[cfg_attr(feature = "openapi", schema(example = "0912345678", max_length = 10))]
    pub mobile: String,
    /// Where winners are told (M19); without one the order is looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(example = "a@example.tw", max_length = 254)
    )]
    pub email: Option<String>,
}

/// An order as it stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyMaskOrder {
    /// Its opaque id, also in the lottery's audit (M8).
    pub order: Uuid,
    /// The round.
    pub round: String,
    /// `ordered`, `lost`, `won`, `paid` or `void`.
    pub state: String,
    /// Where the order that stands was made.
    pub channel: String,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub ordered_at: Timestamp,
    /// What the person can quote.
    pub receipt: String,
    /// Adult masks.
    pub masks: u32,
    /// Price with the delivery in NT$.
    pub price_twd: u32,
    /// Where texts go, masked.
    pub mobile: String,
    /// Where it is fetched; after a move, where it was moved to (M11).
    pub store: MaskStoreMessage,
    /// How it is paid; only while it is to be paid (M9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<MaskPaymentMessage>,
    /// When it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub paid_at: Option<Timestamp>,
    /// How it is fetched; once it was paid (M12, M13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pickup: Option<MaskPickupMessage>,
}

/// How an order is paid (M9).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaskPaymentMessage {
    /// The order's own account.
    pub account: String,
    /// When it must be paid; void after.
    pub window: WindowMessage,
    /// `transfer` and `card`, as the channel of the order takes them.
    pub ways: Vec<String>,
}

/// How an order is fetched (M12, M13).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaskPickupMessage {
    /// The pickup number, for the store's kiosk.
    pub number: String,
    /// First day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub first_day: Date,
    /// Last day: later there is no refund and no second chance.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub last_day: Date,
    /// Whether the masks were handed over.
    pub fetched: bool,
}

/// A store of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaskStoreMessage {
    /// Its id.
    pub store: String,
    /// The township.
    pub area: String,
    /// Its name.
    pub name: TextMessage,
    /// Street and number.
    pub address: TextMessage,
}

/// The newest order, or nothing: whether the number is unknown, the digits are wrong or nothing was
/// ordered makes no difference to the answer (M10).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaskOrderFound {
    /// The newest order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<MyMaskOrder>,
}

/// The record of purchases over all channels (M3, M16).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyPurchases {
    /// The last purchase that counts already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub last_purchase: Option<Date>,
    /// The first day a counter may sell again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub next_allowed: Option<Date>,
    /// Whether a counter may sell today, as far as the days count.
    pub may_buy_today: bool,
    /// Every purchase, the newest first; a paid pre-order counts from its first pickup day (M4).
    pub purchases: Vec<PurchaseMessage>,
}

/// One purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PurchaseMessage {
    /// `pre-order`, `counter` or `traveller`.
    pub kind: String,
    /// The day it counts from.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub counts_from: Date,
    /// Its round.
    pub round: String,
    /// Where.
    pub channel: String,
    /// `adult` or `child`.
    pub goods: String,
    /// Masks.
    pub masks: u32,
    /// NT$.
    pub price_twd: u32,
}
