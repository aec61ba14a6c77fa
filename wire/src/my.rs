//! What a signed-in person sends and is told on the web platform and in the app (V1–V11).
//!
//! Person numbers and names are masked (I8) even to their owner: screens are seen by others.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::rounds::TextMessage;

/// What became of something a person asked for: a business "no" is an answer like any other.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Done<T> {
    /// `applied`, `superseded` (a later entry stands) or `rejected`.
    pub outcome: DoneOutcome,
    /// Why it was rejected: a stable code such as `slot-full`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// A number the person can quote.
    pub receipt: String,
    /// What stands now: also after a rejection, for a second attempt shows the first (V9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<T>,
}

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DoneOutcome {
    /// It is done.
    Applied,
    /// A later entry of the same person stands.
    Superseded,
    /// It was not done.
    Rejected,
}

/// A willingness entry to make or to put in the place of the one that stands (V2, V5).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WillingnessRequest {
    /// The mobile number the call is sent to: `09` and eight digits.
    #[cfg_attr(feature = "openapi", schema(example = "0912345678", max_length = 10))]
    pub mobile: String,
    /// The township.
    #[cfg_attr(feature = "openapi", schema(example = "63000030", max_length = 32))]
    pub area: String,
    /// The brands accepted, at least one.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 32))]
    pub brands: Vec<String>,
}

/// A willingness entry as it stands (V4). Its number is **not** the order of booking.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyWillingness {
    /// The registration number.
    pub registration_number: String,
    /// When it was completed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub completed_at: Timestamp,
    /// Masked (I8).
    pub person: String,
    /// Masked (I8).
    pub name: String,
    /// The group's number.
    pub category: u8,
    /// In full: to be checked before it is changed.
    pub mobile: String,
    /// The township.
    pub area: String,
    /// The brands accepted.
    pub brands: Vec<String>,
}

/// A slot asked for (V6).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotRequest {
    /// The site.
    #[cfg_attr(feature = "openapi", schema(example = "tp-daan-1", max_length = 32))]
    pub site: String,
    /// The slot.
    #[cfg_attr(feature = "openapi", schema(example = "0409-0900", max_length = 32))]
    pub slot: String,
    /// The mobile number.
    #[cfg_attr(feature = "openapi", schema(example = "0912345678", max_length = 10))]
    pub mobile: String,
}

/// A booking as it stands (V8, V11).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyBooking {
    /// The booking number, nine digits.
    pub number: String,
    /// The round.
    pub round: String,
    /// When it was completed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub completed_at: Timestamp,
    /// Masked (I8).
    pub person: String,
    /// Masked (I8).
    pub name: String,
    /// Masked.
    pub mobile: String,
    /// The day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub date: Date,
    /// From, Taipei's time.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub start: Time,
    /// Until.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub end: Time,
    /// The site's name.
    pub site: TextMessage,
    /// Its address.
    pub address: TextMessage,
    /// Its notice.
    pub notice: TextMessage,
}

/// Who looks up without signing in (V11, M10): the answer to a captcha stands for the person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookUpRequest {
    /// The person number, either of a person's two (I4).
    #[cfg_attr(feature = "openapi", schema(example = "A123456789", max_length = 10))]
    pub person: String,
    /// The last three digits of the mobile number.
    #[cfg_attr(feature = "openapi", schema(example = "678", max_length = 3))]
    pub mobile_last_three: String,
    /// Which captcha.
    pub captcha: uuid::Uuid,
    /// What is read in it.
    #[cfg_attr(feature = "openapi", schema(max_length = 32))]
    pub answer: String,
}

/// The newest booking, or nothing: whether the number is unknown, the digits are wrong or there is
/// no booking makes no difference to the answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BookingFound {
    /// The newest booking, masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<MyBooking>,
}
