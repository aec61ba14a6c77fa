//! A mask round: its timetable, quantities and prices (M1, M7).

use jiff::civil::Date;

use super::{AreaId, LocalText, RoundId, StoreId, Window};

/// One round of pre-orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskRound {
    /// Its identity.
    pub id: RoundId,
    /// What the screen calls it.
    pub title: LocalText,
    /// When it can be ordered (M6).
    pub order: Window,
    /// When it must be paid (M9).
    pub payment: Window,
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
