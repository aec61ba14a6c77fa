//! What anybody may know of the vaccine rounds: for the web platform and the app (V2, V6, V7).

use domain::campaign::{County, LocalText, Slot, VaccineRound, Window};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

/// A text in the languages the campaign brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TextMessage {
    /// Traditional Chinese.
    pub chinese: String,
    /// English; the Chinese text stands in where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub english: Option<String>,
}

impl From<&LocalText> for TextMessage {
    fn from(text: &LocalText) -> Self {
        Self {
            chinese: text.chinese.clone(),
            english: text.english.clone(),
        }
    }
}

/// A stretch of time, start included, end not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WindowMessage {
    /// First moment inside.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub start: Timestamp,
    /// First moment after.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub end: Timestamp,
}

impl From<Window> for WindowMessage {
    fn from(window: Window) -> Self {
        Self {
            start: window.start,
            end: window.end,
        }
    }
}

/// Something with an id and a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedMessage {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: TextMessage,
}

/// A group of a round (V2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CategoryMessage {
    /// 1 to 32.
    pub code: u8,
    /// For example 第09類.
    pub name: TextMessage,
}

/// A vaccine round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundMessage {
    /// Its id.
    pub round: String,
    /// Its title.
    pub title: TextMessage,
    /// Which dose of the series.
    pub dose: u8,
    /// NT$ the person pays.
    pub price_twd: u32,
    /// When willingness can be declared and changed (V1).
    pub willingness: WindowMessage,
    /// When slots can be booked and bookings cancelled (V1, V10).
    pub booking: WindowMessage,
    /// Channels at which a booking can be cancelled (V10).
    pub cancel_at: Vec<String>,
    /// The brands on offer (V2).
    pub brands: Vec<NamedMessage>,
    /// The groups of the round (V2).
    pub categories: Vec<CategoryMessage>,
}

impl From<&VaccineRound> for RoundMessage {
    fn from(round: &VaccineRound) -> Self {
        Self {
            round: round.id.to_string(),
            title: (&round.title).into(),
            dose: round.dose,
            price_twd: round.price_twd,
            willingness: round.willingness.into(),
            booking: round.booking.into(),
            cancel_at: domain::vaccine::cancelled_at(round)
                .into_iter()
                .map(|channel| channel.code().to_owned())
                .collect(),
            brands: round
                .brands
                .iter()
                .map(|brand| NamedMessage {
                    id: brand.id.to_string(),
                    name: (&brand.name).into(),
                })
                .collect(),
            categories: round
                .categories
                .iter()
                .map(|category| CategoryMessage {
                    code: category.code.get(),
                    name: (&category.name).into(),
                })
                .collect(),
        }
    }
}

/// A county or city with its townships.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CountyMessage {
    /// Its name.
    pub name: TextMessage,
    /// Its townships.
    pub areas: Vec<NamedMessage>,
}

impl From<&County> for CountyMessage {
    fn from(county: &County) -> Self {
        Self {
            name: (&county.name).into(),
            areas: county
                .areas
                .iter()
                .map(|area| NamedMessage {
                    id: area.id.to_string(),
                    name: (&area.name).into(),
                })
                .collect(),
        }
    }
}

/// A campaign's rounds and places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundsMessage {
    /// The vaccine rounds.
    pub rounds: Vec<RoundMessage>,
    /// Every county and township (V2).
    pub counties: Vec<CountyMessage>,
}

/// A slot of a site, with how it stands at this moment (V7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotMessage {
    /// Its id within the site.
    pub slot: String,
    /// The day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub date: Date,
    /// From, Taipei's time.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub start: Time,
    /// Until, Taipei's time; ranges need not be whole hours.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub end: Time,
    /// 額滿: it cannot be chosen.
    pub full: bool,
}

impl SlotMessage {
    /// A slot of which so many places remain.
    #[must_use]
    pub fn new(slot: &Slot, remaining: u32) -> Self {
        Self {
            slot: slot.id.to_string(),
            date: slot.date,
            start: slot.start,
            end: slot.end,
            full: remaining == 0,
        }
    }
}

/// A site of the chosen township (V6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteMessage {
    /// Its id.
    pub site: String,
    /// Its name.
    pub name: TextMessage,
    /// Street and number.
    pub address: TextMessage,
    /// What it tells everybody who booked.
    pub notice: TextMessage,
    /// The brand it gives.
    pub brand: String,
    /// Its slots that are still ahead, by date and hour.
    pub slots: Vec<SlotMessage>,
}
