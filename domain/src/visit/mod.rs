//! The visit.

use crate::MobileNumber;
use crate::campaign::{AreaId, BrandId, CategoryCode, SiteId, SlotId};
use crate::operation::BookingNumber;

/// A willingness entry as it stands (V5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingWillingness {
    /// The registration number (V4).
    pub receipt: String,
    /// The group.
    pub category: CategoryCode,
    /// The mobile number.
    pub mobile: MobileNumber,
    /// The township.
    pub area: AreaId,
    /// The brands accepted.
    pub brands: Vec<BrandId>,
}

/// A booking as it stands (V9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingBooking {
    /// Whether it is a place, or waits for the centre.
    pub state: BookingState,
    /// Where.
    pub site: SiteId,
    /// When.
    pub slot: SlotId,
    /// The mobile number.
    pub mobile: MobileNumber,
}

/// Whether a booking is a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookingState {
    /// The centre gave it this number.
    Confirmed(BookingNumber),
    /// Recorded here under this receipt, not answered yet.
    Pending(String),
}
