//! The forms of a visit: what was chosen so far and which page is open.

use super::entry::Entry;
use super::input::SlotOffer;
use crate::campaign::{AreaId, BrandId, CategoryCode, RoundId, SiteId, Slot};
use crate::operation::Rejection;
use crate::pickup::{MaskOrder, PickupRefusal};

/// Digits of a mobile number.
pub const MOBILE_LENGTH: usize = 10;
/// Digits of a pickup number.
pub const PICKUP_NUMBER_LENGTH: usize = 10;
/// Characters of a person number.
pub const PERSON_NUMBER_LENGTH: usize = 10;

/// A willingness entry in the making (V2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WillingnessForm {
    /// The open page.
    pub page: WillingnessPage,
    /// The round.
    pub round: RoundId,
    /// The group.
    pub category: CategoryCode,
    /// The township; begins as the kiosk's own.
    pub area: AreaId,
    /// The brands still ticked, in the campaign's order; all at first (V2).
    pub brands: Vec<BrandId>,
    /// The mobile number.
    pub mobile: Entry,
    /// What was wrong with what was typed or ticked.
    pub mistake: Option<Mistake>,
    /// Whether an entry stands already (V5).
    pub changes: bool,
}

/// Pages of the willingness form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WillingnessPage {
    /// The township, or choose another.
    Area,
    /// All counties.
    County,
    /// The townships of a county.
    Township(usize),
    /// The brands.
    Brands,
    /// The keypad.
    Mobile,
    /// Everything, before yes.
    Summary,
    /// Really cancel? (V5)
    Cancel,
}

/// A booking in the making (V6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingForm {
    /// The open page.
    pub page: BookingPage,
    /// The round.
    pub round: RoundId,
    /// The brands whose sites are offered.
    pub brands: Vec<BrandId>,
    /// The township whose sites are listed.
    pub area: AreaId,
    /// The site chosen.
    pub site: Option<SiteId>,
    /// Its slots; `None` while they are asked for.
    pub offers: Option<Vec<SlotOffer>>,
    /// The slot chosen.
    pub slot: Option<Slot>,
    /// The mobile number; begins as the one of the willingness entry.
    pub mobile: Entry,
    /// What was wrong with what was typed.
    pub mistake: Option<Mistake>,
    /// Why the last attempt failed, shown above the slots.
    pub refused: Option<Rejection>,
}

/// Pages of the booking form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookingPage {
    /// The sites of the township.
    Sites,
    /// All counties that have sites on offer.
    County,
    /// The townships of a county.
    Township(usize),
    /// The slots of the site.
    Slots,
    /// The keypad.
    Mobile,
    /// Everything, before yes.
    Summary,
}

/// Fetching masks by number (M12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberForm {
    /// Whether the pickup number is complete and the person number is being typed.
    pub second: bool,
    /// The pickup number.
    pub number: Entry,
    /// The person number.
    pub person: Entry,
    /// What was wrong.
    pub mistake: Option<Mistake>,
    /// How often number and data did not fit; after five the visit ends.
    pub failures: u8,
    /// Whether the records are being asked.
    pub looking: bool,
}

/// Something typed or ticked that cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mistake {
    /// A mobile number is 09 and eight digits.
    Mobile,
    /// At least one brand must stay ticked (V2).
    NoBrand,
    /// The pickup number has ten digits.
    PickupNumber,
    /// The person number fails its check (I2).
    PersonNumber,
    /// Number and data do not fit; never says which (M12).
    NoMatch,
}

/// An order as listed: with what stands against fetching it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The order.
    pub order: MaskOrder,
    /// Why it cannot be fetched now, or `None`.
    pub refusal: Option<PickupRefusal>,
}
