//! A campaign: everything dated, priced or counted, as data. No constant of a campaign stands in
//! code; the next one is another file.

pub mod area;
pub mod id;
pub mod mask_round;
pub mod mask_sale;
pub mod policy;
pub mod vaccine_round;

mod choice;

pub use area::{Area, AreaId, County};
pub use id::{BrandId, CampaignId, IdError, RoundId, SeriesId, SiteId, SlotId, StoreId};
pub use mask_round::{MaskRound, PaymentWay, PaymentWays, Store};
pub use mask_sale::{CounterSale, LastDigit, OddEven, TravellerSale};
pub use policy::{LeaseHolder, LeasePolicy};
pub use vaccine_round::{
    BirthHalfYear, Brand, Call, Category, CategoryCode, Site, Slot, VaccineRound,
};

use jiff::Timestamp;
use jiff::civil::Date;

/// A campaign as loaded, checked as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its identity; the same for all versions.
    pub id: CampaignId,
    /// Rises with each publication; terminals never go back.
    pub version: u32,
    /// Every county and township, for willingness (V2) and for grouping sites (V6).
    pub counties: Vec<County>,
    /// The vaccine rounds, in the file's order.
    pub vaccine_rounds: Vec<VaccineRound>,
    /// The mask rounds, in the file's order. A campaign has at least one round of either sort.
    pub mask_rounds: Vec<MaskRound>,
}

impl Campaign {
    /// The area with this id and the county it lies in.
    #[must_use]
    pub fn area(&self, id: &AreaId) -> Option<(&County, &Area)> {
        self.counties.iter().find_map(|county| {
            county
                .areas
                .iter()
                .find(|area| area.id == *id)
                .map(|area| (county, area))
        })
    }

    /// The vaccine round with this id.
    #[must_use]
    pub fn vaccine_round(&self, id: &RoundId) -> Option<&VaccineRound> {
        self.vaccine_rounds.iter().find(|round| round.id == *id)
    }

    /// The mask round with this id.
    #[must_use]
    pub fn mask_round(&self, id: &RoundId) -> Option<&MaskRound> {
        self.mask_rounds.iter().find(|round| round.id == *id)
    }
}

/// A text in the languages a campaign brings; Chinese always, English where given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocalText {
    /// Traditional Chinese.
    pub chinese: String,
    /// English; the Chinese text stands in where it is missing.
    pub english: Option<String>,
}

impl LocalText {
    /// The English text, or the Chinese one.
    #[must_use]
    pub fn english_or_chinese(&self) -> &str {
        self.english.as_deref().unwrap_or(&self.chinese)
    }
}

/// A stretch of time, start included, end not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First moment inside.
    pub start: Timestamp,
    /// First moment after.
    pub end: Timestamp,
}

/// A stretch of days in Taipei, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

impl Days {
    /// Whether the day lies inside.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// Where a moment lies beside a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowPosition {
    /// Not open yet.
    Before,
    /// Open.
    Inside,
    /// Over.
    After,
}

impl Window {
    /// Where `now` lies.
    #[must_use]
    pub fn position(&self, now: Timestamp) -> WindowPosition {
        if now < self.start {
            WindowPosition::Before
        } else if now < self.end {
            WindowPosition::Inside
        } else {
            WindowPosition::After
        }
    }

    /// Whether `now` lies inside.
    #[must_use]
    pub fn contains(&self, now: Timestamp) -> bool {
        self.position(now) == WindowPosition::Inside
    }
}
