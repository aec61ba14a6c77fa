//! What stands on the slips of a look-up and of a device's code.

use jiff::civil::{Date, DateTime, Time};

use super::PersonLines;
use crate::campaign::LocalText;

/// What a look-up found, masked (V11, M10, M16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLines {
    /// When it was looked up.
    pub asked_at: DateTime,
    /// Whose.
    pub person: PersonLines,
    /// The newest booking only (V11).
    pub booking: Option<FoundBooking>,
    /// The mask order (M10).
    pub order: Option<FoundOrder>,
    /// The purchase record (M16).
    pub purchase: Option<FoundPurchase>,
}

/// How a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundState {
    /// The place is the person's.
    Confirmed,
    /// No place yet.
    Pending,
    /// Cancelled.
    Cancelled,
}

/// The newest booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundBooking {
    /// Its number, or what the person can quote while it is pending.
    pub number: String,
    /// How it stands.
    pub state: FoundState,
    /// The day.
    pub date: Date,
    /// From.
    pub start: Time,
    /// Until.
    pub end: Time,
    /// The site's name.
    pub site: LocalText,
    /// The site's address.
    pub address: LocalText,
}

/// A mask order: payment account and pickup store (M10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundOrder {
    /// Where to pay to.
    pub account: String,
    /// Until when.
    pub pay_until: DateTime,
    /// Where it is fetched.
    pub store: LocalText,
}

/// The purchase record (M16).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundPurchase {
    /// The last purchase.
    pub last: Date,
    /// The next allowed day.
    pub next_allowed: Date,
}

/// A code that binds a device (R2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceCodeLines {
    /// The digits to enter.
    pub code: String,
    /// What the app scans.
    pub scanned: String,
    /// Until when it can be used.
    pub expires_at: DateTime,
    /// Whose.
    pub person: PersonLines,
}
