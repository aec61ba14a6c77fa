//! A vaccine round: who may do what, where and when (V1–V10, V13).

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::{AreaId, BrandId, LeasePolicy, LocalText, RoundId, SeriesId, SiteId, SlotId, Window};
use crate::channel::Channel;

/// One round of willingness and booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaccineRound {
    /// Its identity.
    pub id: RoundId,
    /// What the screen calls it.
    pub title: LocalText,
    /// The series it belongs to, the same in every round that gives doses of it.
    pub series: SeriesId,
    /// Which dose of the series it gives, from 1: one open booking a person a dose (V9).
    pub dose: u8,
    /// What a person pays at the site, NT$; 0 where it is publicly funded.
    pub price_twd: u32,
    /// When willingness can be declared or changed (V2, V5).
    pub willingness: Window,
    /// When slots can be booked (V6).
    pub booking: Window,
    /// Where a booking can be cancelled, of the channels that may at all (V10).
    pub cancel_at: Vec<Channel>,
    /// Who may promise its places without the line.
    pub lease: LeasePolicy,
    /// The brands on offer, in the order to list them.
    pub brands: Vec<Brand>,
    /// The groups of this round, the most urgent first (V2: for example 第09類).
    pub categories: Vec<Category>,
    /// Who is called to book now (V1, V13).
    pub calls: Vec<Call>,
    /// Where it is given.
    pub sites: Vec<Site>,
}

impl VaccineRound {
    /// Whether willingness can be declared or slots booked at this moment (V1).
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.willingness.contains(now) || self.booking.contains(now)
    }

    /// The site with this id.
    #[must_use]
    pub fn site(&self, id: &SiteId) -> Option<&Site> {
        self.sites.iter().find(|site| site.id == *id)
    }

    /// The brand with this id.
    #[must_use]
    pub fn brand(&self, id: &BrandId) -> Option<&Brand> {
        self.brands.iter().find(|brand| brand.id == *id)
    }
}

/// A brand of vaccine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// Its identity.
    pub id: BrandId,
    /// For example 莫德納.
    pub name: LocalText,
}

/// The number of a category, 1 to 32: a bit of the roster's category set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryCode(u8);

impl CategoryCode {
    /// `None` unless 1 to 32.
    #[must_use]
    pub fn new(code: u8) -> Option<Self> {
        (1..=32).contains(&code).then_some(Self(code))
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// A group that may declare willingness in this round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its number.
    pub code: CategoryCode,
    /// For example 第09類 18歲至64歲高風險疾病者.
    pub name: LocalText,
}

/// A half-year of birth: all the roster says of an age, so that a birthday changes no roster bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BirthHalfYear {
    /// Year of our calendar.
    pub year: i16,
    /// `false` January to June, `true` July to December.
    pub second_half: bool,
}

impl BirthHalfYear {
    /// The half-year a day lies in.
    #[must_use]
    pub fn of(birth: Date) -> Self {
        Self {
            year: birth.year(),
            second_half: birth.month() > 6,
        }
    }
}

/// A call to book: a category, and within it births from … to … (both included; open where `None`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The category called.
    pub category: CategoryCode,
    /// Earliest half-year of birth called.
    pub born_from: Option<BirthHalfYear>,
    /// Latest half-year of birth called.
    pub born_until: Option<BirthHalfYear>,
}

impl Call {
    /// Whether somebody of this category born then is called.
    #[must_use]
    pub fn covers(&self, category: CategoryCode, birth: BirthHalfYear) -> bool {
        self.category == category
            && self.born_from.is_none_or(|from| from <= birth)
            && self.born_until.is_none_or(|until| birth <= until)
    }
}

/// A vaccination site; it gives one brand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its identity.
    pub id: SiteId,
    /// The township it lies in.
    pub area: AreaId,
    /// For example 大安健康服務中心.
    pub name: LocalText,
    /// Street and number.
    pub address: LocalText,
    /// What the site tells everybody who booked (V8); may be empty.
    pub notice: LocalText,
    /// The brand it gives.
    pub brand: BrandId,
    /// Its slots by date and start.
    pub slots: Vec<Slot>,
}

impl Site {
    /// The slot with this id.
    #[must_use]
    pub fn slot(&self, id: &SlotId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.id == *id)
    }
}

/// A date and hour range; ranges need not be whole hours (V7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its identity within the site.
    pub id: SlotId,
    /// The day.
    pub date: Date,
    /// From, Taipei's time.
    pub start: Time,
    /// Until, Taipei's time; later than `start`.
    pub end: Time,
    /// Places in all; 0 shows as full from the beginning.
    pub capacity: u32,
}
