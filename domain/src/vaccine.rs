//! Who may declare willingness, who may book and who may cancel (V1, V3, V5, V6, V10, V13).

mod cancel;

pub use cancel::{CancelRefusal, cancelled_at, may_cancel};

use jiff::Timestamp;

use crate::campaign::{BrandId, CategoryCode, Site, VaccineRound, WindowPosition};
use crate::operation::Rejection;
use crate::roster::RosterRecord;

/// The group of this round the person belongs to; the round lists the most urgent first (V2, V3).
#[must_use]
pub fn category(round: &VaccineRound, person: &RosterRecord) -> Option<CategoryCode> {
    round
        .categories
        .iter()
        .map(|category| category.code)
        .find(|&code| person.categories.contains(code))
}

/// Whether the person may declare or change willingness now, and in which group.
///
/// # Errors
/// [`Rejection::NotInRound`] (V3) or [`Rejection::WindowClosed`] (V1).
pub fn may_declare(
    round: &VaccineRound,
    person: &RosterRecord,
    now: Timestamp,
) -> Result<CategoryCode, Rejection> {
    let category = category(round, person).ok_or(Rejection::NotInRound)?;
    match round.willingness.position(now) {
        WindowPosition::Inside => Ok(category),
        WindowPosition::Before | WindowPosition::After => Err(Rejection::WindowClosed),
    }
}

/// Whether the person, whose willingness entry names `category` (or who has none), may book now.
///
/// # Errors
/// [`Rejection::WindowClosed`], [`Rejection::NoWillingness`] or [`Rejection::NotCalled`] (V1, V13).
pub fn may_book(
    round: &VaccineRound,
    person: &RosterRecord,
    willing_as: Option<CategoryCode>,
    now: Timestamp,
) -> Result<(), Rejection> {
    if !round.booking.contains(now) {
        return Err(Rejection::WindowClosed);
    }
    let category = willing_as.ok_or(Rejection::NoWillingness)?;
    if round
        .calls
        .iter()
        .any(|call| call.covers(category, person.birth))
    {
        Ok(())
    } else {
        Err(Rejection::NotCalled)
    }
}

/// The sites that give a brand the person accepted (V6).
pub fn offered_sites<'a>(
    round: &'a VaccineRound,
    accepted: &'a [BrandId],
) -> impl Iterator<Item = &'a Site> {
    round
        .sites
        .iter()
        .filter(|site| accepted.contains(&site.brand))
}

/// Whether a slot can still be booked at this moment: it begins in the future.
#[must_use]
pub fn slot_is_ahead(slot: &crate::campaign::Slot, now: Timestamp) -> bool {
    slot.date.to_datetime(slot.start) > crate::taipei::civil(now)
}
