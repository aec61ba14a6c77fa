//! A slip from a file: `kiosk slip preview KIND --data FILE.json`. What stands in it is what stands on
//! the paper, masked already; `docs/slips/data` has an example of each kind.

use std::path::Path;

use domain::channel::Channel;
use domain::collection_code::pickup_codes;
use domain::operation::BookingNumber;
use domain::slip::{
    BookingLines, Check, CheckLine, DeviceCodeLines, FoundBooking, FoundLines, FoundOrder,
    FoundPurchase, FoundState, OrderLines, PickupLines, ReadinessLines, SaleLines, Slip, SlipBody,
    SlipNumber, StaffTotal, TotalsLines,
};
use printer::slip::Kind;

use super::fields::{FieldMistake, Fields};
use crate::error::KioskError;

type Taken<T> = Result<T, FieldMistake>;

/// Reads a slip of this kind.
///
/// # Errors
/// [`KioskError::ReadFile`], [`KioskError::SlipJson`], [`KioskError::SlipData`].
pub(super) fn read(kind: Kind, path: &Path, reprint: u32) -> Result<Slip, KioskError> {
    let text = std::fs::read_to_string(path).map_err(|source| KioskError::ReadFile {
        path: path.to_owned(),
        source,
    })?;
    let value = serde_json::from_str(&text).map_err(|error| KioskError::SlipJson {
        path: path.to_owned(),
        line: error.line(),
        column: error.column(),
    })?;
    let taken = Fields::of(value).and_then(|mut fields| {
        let slip = Slip {
            body: fields.object("slip", |fields| body(kind, fields))?,
            place: fields.local("place")?,
            terminal: fields.text("terminal")?,
            printed_at: fields.when("printed_at")?,
            reprint,
        };
        fields.end().map(|()| slip)
    });
    taken.map_err(|source| KioskError::SlipData {
        path: path.to_owned(),
        source,
    })
}

fn body(kind: Kind, fields: &mut Fields) -> Taken<SlipBody> {
    Ok(match kind {
        Kind::Booking => SlipBody::BookingConfirmed {
            number: fields.formed("number", "must be a booking number", BookingNumber::parse)?,
            booking: booking(fields)?,
        },
        Kind::Pending => SlipBody::BookingPending {
            receipt: fields.text("receipt")?,
            booking: booking(fields)?,
        },
        Kind::Willingness => SlipBody::Willingness {
            receipt: fields.text("receipt")?,
            completed_at: fields.when("completed_at")?,
            person: fields.person()?,
            area: fields.local("area")?,
            brands: fields.list("brands", Fields::local_text)?,
        },
        Kind::Pickup => SlipBody::Pickup(pickup(fields)?),
        Kind::Order => SlipBody::Order(order(fields)?),
        Kind::Lookup => SlipBody::Found(found(fields)?),
        Kind::DeviceCode => SlipBody::DeviceCode(DeviceCodeLines {
            code: fields.text("code")?,
            scanned: fields.text("scanned")?,
            expires_at: fields.when("expires_at")?,
            person: fields.person()?,
        }),
        Kind::Sale => SlipBody::Sale(SaleLines {
            receipt: fields.text("receipt")?,
            sold_at: fields.when("sold_at")?,
            person: fields.person()?,
            adult_masks: fields.count("adult_masks")?,
            child_masks: fields.count("child_masks")?,
            price_twd: fields.count("price_twd")?,
            next_allowed: fields.when("next_allowed")?,
            staff: fields.text("staff")?,
        }),
        Kind::Totals => SlipBody::Totals(totals(fields)?),
        Kind::Readiness => SlipBody::Readiness(readiness(fields)?),
        Kind::Test => SlipBody::Test,
    })
}

fn booking(fields: &mut Fields) -> Taken<BookingLines> {
    Ok(BookingLines {
        completed_at: fields.when("completed_at")?,
        person: fields.person()?,
        round: fields.local("round")?,
        date: fields.when("date")?,
        start: fields.when("start")?,
        end: fields.when("end")?,
        site: fields.local("site")?,
        address: fields.local("address")?,
        notice: fields.local("notice")?,
        brand: fields.local("brand")?,
        cancel_at: fields.list("cancel_at", |fields| {
            fields.formed("channel", "must be a channel", Channel::from_code)
        })?,
    })
}

fn pickup(fields: &mut Fields) -> Taken<PickupLines> {
    let slip = fields.formed("number", "must be a slip number", SlipNumber::parse)?;
    let last_day = fields.when("last_day")?;
    let codes = pickup_codes(&slip, last_day);
    Ok(PickupLines {
        slip,
        person: fields.person()?,
        masks: fields.count("masks")?,
        price_twd: fields.count("price_twd")?,
        last_day,
        codes,
    })
}

fn order(fields: &mut Fields) -> Taken<OrderLines> {
    Ok(OrderLines {
        receipt: fields.text("receipt")?,
        confirmed: fields.truth("confirmed")?,
        replaces: fields.truth("replaces")?,
        completed_at: fields.when("completed_at")?,
        person: fields.person()?,
        masks: fields.count("masks")?,
        price_twd: fields.count("price_twd")?,
        pay_from: fields.when("pay_from")?,
        pay_until: fields.when("pay_until")?,
        first_day: fields.when("first_day")?,
        last_day: fields.when("last_day")?,
        store: fields.local("store")?,
    })
}

fn found(fields: &mut Fields) -> Taken<FoundLines> {
    Ok(FoundLines {
        asked_at: fields.when("asked_at")?,
        person: fields.person()?,
        booking: fields.optional_object("booking", |fields| {
            Ok(FoundBooking {
                number: fields.text("number")?,
                state: fields.formed(
                    "state",
                    "must be confirmed, pending or cancelled",
                    |text| match text {
                        "confirmed" => Some(FoundState::Confirmed),
                        "pending" => Some(FoundState::Pending),
                        "cancelled" => Some(FoundState::Cancelled),
                        _ => None,
                    },
                )?,
                date: fields.when("date")?,
                start: fields.when("start")?,
                end: fields.when("end")?,
                site: fields.local("site")?,
                address: fields.local("address")?,
            })
        })?,
        order: fields.optional_object("order", |fields| {
            Ok(FoundOrder {
                account: fields.text("account")?,
                pay_until: fields.when("pay_until")?,
                store: fields.local("store")?,
            })
        })?,
        purchase: fields.optional_object("purchase", |fields| {
            Ok(FoundPurchase {
                last: fields.when("last")?,
                next_allowed: fields.when("next_allowed")?,
            })
        })?,
    })
}

fn totals(fields: &mut Fields) -> Taken<TotalsLines> {
    Ok(TotalsLines {
        day: fields.when("day")?,
        sales: fields.count("sales")?,
        adult_masks: fields.count("adult_masks")?,
        child_masks: fields.count("child_masks")?,
        amount_twd: fields.count("amount_twd")?,
        bookings: fields.count("bookings")?,
        cancelled: fields.count("cancelled")?,
        slips: fields.count("slips")?,
        reprints: fields.count("reprints")?,
        staff: fields.list("staff", |fields| {
            Ok(StaffTotal {
                name: fields.text("name")?,
                sales: fields.count("sales")?,
                amount_twd: fields.count("amount_twd")?,
            })
        })?,
    })
}

fn readiness(fields: &mut Fields) -> Taken<ReadinessLines> {
    Ok(ReadinessLines {
        fit: fields.truth("fit")?,
        checked_at: fields.when("checked_at")?,
        checks: fields.list("checks", |fields| {
            Ok(CheckLine {
                check: fields.formed("check", "must be a check's name", Check::from_code)?,
                passed: fields.optional_truth("passed")?,
                detail: fields.optional_text("detail")?.unwrap_or_default(),
            })
        })?,
    })
}
