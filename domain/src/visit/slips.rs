//! What the slips of a visit say (V4, V8, M12–M15), from the data of the visit.

use jiff::Timestamp;

use super::person::Person;
use super::{BookingState, StandingBooking};
use crate::campaign::{AreaId, BrandId, Campaign, LocalText};
use crate::collection_code::pickup_codes;
use crate::operation::{BookingRequest, OperationId, Willingness};
use crate::pickup::MaskOrder;
use crate::slip::{BookingLines, PersonLines, PickupLines, SlipBody, SlipNumber};
use crate::{MobileNumber, taipei, vaccine};

/// The slip of a willingness entry.
#[must_use]
pub fn willingness(
    campaign: &Campaign,
    entry: &Willingness,
    id: &OperationId,
    at: Timestamp,
) -> SlipBody {
    SlipBody::Willingness {
        receipt: id.receipt(),
        completed_at: taipei::civil(at),
        person: PersonLines {
            number: entry.person.masked(),
            name: Some(entry.name.masked()),
            mobile: Some(entry.mobile.masked()),
        },
        area: area_text(campaign, &entry.area),
        brands: entry
            .brands
            .iter()
            .map(|brand| brand_text(campaign, brand))
            .collect(),
    }
}

/// The booking that a request asks for.
#[must_use]
pub fn standing_booking(
    request: &BookingRequest,
    state: BookingState,
    completed_at: Timestamp,
) -> StandingBooking {
    StandingBooking {
        state,
        completed_at,
        site: request.site.clone(),
        slot: request.slot.clone(),
        mobile: request.mobile.clone(),
    }
}

/// The slip of a booking, confirmed or pending; `None` when the campaign no longer has its slot.
#[must_use]
pub fn booking(
    campaign: &Campaign,
    person: &Person,
    booking: &StandingBooking,
) -> Option<SlipBody> {
    let (round, site) = campaign.site(&booking.site)?;
    let slot = site.slot(&booking.slot)?;
    let lines = BookingLines {
        completed_at: taipei::civil(booking.completed_at),
        person: person_lines(person, Some(&booking.mobile)),
        round: round.title.clone(),
        date: slot.date,
        start: slot.start,
        end: slot.end,
        site: site.name.clone(),
        address: site.address.clone(),
        notice: site.notice.clone(),
        brand: brand_text(campaign, &site.brand),
        cancel_at: vaccine::cancelled_at(round),
    };
    Some(match &booking.state {
        BookingState::Confirmed(number) => SlipBody::BookingConfirmed {
            number: number.clone(),
            booking: lines,
        },
        BookingState::Pending(receipt) => SlipBody::BookingPending {
            receipt: receipt.clone(),
            booking: lines,
        },
    })
}

/// The pickup slip of an order.
#[must_use]
pub fn pickup(order: &MaskOrder, slip: &SlipNumber, person: Option<&Person>) -> SlipBody {
    SlipBody::Pickup(PickupLines {
        slip: slip.clone(),
        person: match person {
            Some(person) => person_lines(person, None),
            None => PersonLines {
                number: order.person.masked(),
                name: None,
                mobile: None,
            },
        },
        masks: order.masks,
        price_twd: order.price_twd,
        last_day: order.last_day,
        codes: pickup_codes(slip, order.last_day),
    })
}

/// County and township as one text.
#[must_use]
pub fn area_text(campaign: &Campaign, id: &AreaId) -> LocalText {
    match campaign.area(id) {
        Some((county, area)) => LocalText {
            chinese: format!("{}{}", county.name.chinese, area.name.chinese),
            english: Some(format!(
                "{}, {}",
                area.name.english_or_chinese(),
                county.name.english_or_chinese()
            )),
        },
        None => LocalText {
            chinese: id.to_string(),
            english: None,
        },
    }
}

/// A brand's name.
#[must_use]
pub fn brand_text(campaign: &Campaign, id: &BrandId) -> LocalText {
    campaign
        .vaccine_rounds
        .iter()
        .find_map(|round| round.brand(id))
        .map_or_else(
            || LocalText {
                chinese: id.to_string(),
                english: None,
            },
            |brand| brand.name.clone(),
        )
}

fn person_lines(person: &Person, mobile: Option<&MobileNumber>) -> PersonLines {
    PersonLines {
        number: person.reading.person_number.masked(),
        name: Some(person.reading.name.masked()),
        mobile: mobile.map(MobileNumber::masked),
    }
}
