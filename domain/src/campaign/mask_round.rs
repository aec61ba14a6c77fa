//! A mask round: its timetable, quantities, prices and ways to pay (M1, M3, M7–M9, M19).

use jiff::civil::Date;

use super::{AreaId, CounterSale, LocalText, RoundId, StoreId, TravellerSale, Window};
use crate::channel::Channel;

/// One round of pre-orders, and the sales beside it that share the record of purchases (M3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskRound {
    /// Its identity.
    pub id: RoundId,
    /// What the screen calls it.
    pub title: LocalText,
    /// When it can be ordered, and ordered again (M6).
    pub order: Window,
    /// Where it can be ordered (M1).
    pub order_channels: Vec<Channel>,
    /// How many orders can be met; when there are more, a lottery among all (M8).
    pub order_supply: u32,
    /// When it must be paid (M9).
    pub payment: Window,
    /// How orders can be paid, for each channel of [`Self::order_channels`] (M9).
    pub payment_ways: Vec<PaymentWays>,
    /// When the texts with the pickup numbers go out (M19).
    pub pickup_notice: Window,
    /// First day of pickup (M4, M13).
    pub pickup_first_day: Date,
    /// Last day of pickup, included (M13).
    pub pickup_last_day: Date,
    /// Adult masks an order (M1).
    pub masks_per_order: u32,
    /// Price of one mask in NT$.
    pub price_per_mask_twd: u32,
    /// Price of the delivery of an order in NT$.
    pub delivery_price_twd: u32,
    /// Days from one purchase to the next, over all channels (M3).
    pub days_between_purchases: u32,
    /// The sale over the counter beside the pre-orders, if there is one (M2).
    pub counter_sale: Option<CounterSale>,
    /// The sale to travellers, if there is one (M18).
    pub traveller_sale: Option<TravellerSale>,
    /// The shops that hand them out (M11).
    pub stores: Vec<Store>,
}

impl MaskRound {
    /// What an order costs in NT$ (M1).
    #[must_use]
    pub fn order_price_twd(&self) -> u32 {
        self.masks_per_order * self.price_per_mask_twd + self.delivery_price_twd
    }

    /// The shop with this id.
    #[must_use]
    pub fn store(&self, id: &StoreId) -> Option<&Store> {
        self.stores.iter().find(|store| store.id == *id)
    }

    /// Whether the day lies in the pickup days (M13).
    #[must_use]
    pub fn is_pickup_day(&self, day: Date) -> bool {
        (self.pickup_first_day..=self.pickup_last_day).contains(&day)
    }

    /// Whether an order made there can be paid in this way (M9).
    #[must_use]
    pub fn takes_payment(&self, ordered_at: Channel, way: PaymentWay) -> bool {
        self.payment_ways
            .iter()
            .any(|entry| entry.channel == ordered_at && entry.ways.contains(&way))
    }
}

/// How orders of one channel can be paid (M9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentWays {
    /// Where they were made.
    pub channel: Channel,
    /// How they can be paid.
    pub ways: Vec<PaymentWay>,
}

/// A way to pay (M9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaymentWay {
    /// To the order's own account, from a bank or a cash machine: told by the bank's file.
    Transfer,
    /// By credit card, also another person's: told by the card operator.
    Card,
}

impl PaymentWay {
    /// Every way.
    pub const ALL: [Self; 2] = [Self::Transfer, Self::Card];

    /// The stable code, in files, messages and records.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::Card => "card",
        }
    }

    /// The way with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// A shop of one of the chains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    /// Its identity.
    pub id: StoreId,
    /// The township it lies in.
    pub area: AreaId,
    /// For example 健康門市.
    pub name: LocalText,
    /// Street and number.
    pub address: LocalText,
}
