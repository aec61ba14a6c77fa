//! What stands on slips about masks: order, pickup, counter sale.

use jiff::civil::{Date, DateTime};

use super::{PersonLines, SlipNumber};
use crate::campaign::LocalText;

/// Hours for which a pickup slip printed at a store's kiosk is taken at the till; then it is printed
/// again (`spec/printer.md`, bar codes).
pub const PICKUP_SLIP_HOURS: i8 = 3;

/// A pickup slip's lines (M12–M15).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickupLines {
    /// The slip's number.
    pub slip: SlipNumber,
    /// Whose order.
    pub person: PersonLines,
    /// Adult masks.
    pub masks: u32,
    /// What was paid, NT$.
    pub price_twd: u32,
    /// Last day of pickup.
    pub last_day: Date,
    /// The three Code39 texts the till scans, from [`crate::collection_code`].
    pub codes: [String; 3],
}

/// A mask order's lines (M1, M6–M9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLines {
    /// What the person can quote.
    pub receipt: String,
    /// Whether it stands; otherwise it waits for the centre's answer.
    pub confirmed: bool,
    /// Whether it took the place of an earlier order of the round (M6).
    pub replaces: bool,
    /// When it was completed.
    pub completed_at: DateTime,
    /// Whose.
    pub person: PersonLines,
    /// Adult masks.
    pub masks: u32,
    /// Price with delivery, NT$.
    pub price_twd: u32,
    /// Payment from (M9).
    pub pay_from: DateTime,
    /// Payment until.
    pub pay_until: DateTime,
    /// First day of pickup.
    pub first_day: Date,
    /// Last day of pickup.
    pub last_day: Date,
    /// Where it is fetched (M11).
    pub store: LocalText,
}

/// A counter sale's receipt (M2, M3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleLines {
    /// The receipt's number.
    pub receipt: String,
    /// When.
    pub sold_at: DateTime,
    /// To whom.
    pub person: PersonLines,
    /// Adult masks.
    pub adult_masks: u32,
    /// Child masks.
    pub child_masks: u32,
    /// What was paid, NT$.
    pub price_twd: u32,
    /// First day of the next purchase (M3).
    pub next_allowed: Date,
    /// Who sold, by the name the counter knows them.
    pub staff: String,
}
