//! Samples of the slips that are not about a booking or a pickup.

use domain::operation::OperationId;
use domain::slip::{
    Check, CheckLine, DeviceCodeLines, FoundBooking, FoundLines, FoundOrder, FoundPurchase,
    FoundState, OrderLines, ReadinessLines, SaleLines, StaffTotal, TotalsLines,
};
use jiff::civil::{date, time};

use super::{address, person, site, text};

pub(super) fn order(id: &OperationId) -> OrderLines {
    OrderLines {
        receipt: id.receipt(),
        confirmed: true,
        replaces: true,
        completed_at: date(2026, 3, 26).at(9, 4, 0, 0),
        person: person(),
        masks: 3,
        price_twd: 22,
        pay_from: date(2026, 3, 28).at(8, 0, 0, 0),
        pay_until: date(2026, 3, 30).at(20, 0, 0, 0),
        first_day: date(2026, 4, 2),
        last_day: date(2026, 4, 8),
        store: text("明德門市", "Mingde Store"),
    }
}

pub(super) fn found() -> FoundLines {
    FoundLines {
        asked_at: date(2026, 4, 3).at(10, 5, 0, 0),
        person: person(),
        booking: Some(FoundBooking {
            number: "204861735".to_owned(),
            state: FoundState::Confirmed,
            date: date(2026, 4, 10),
            start: time(13, 30, 0, 0),
            end: time(14, 30, 0, 0),
            site: site(),
            address: address(),
        }),
        order: Some(FoundOrder {
            account: "9120004200170022".to_owned(),
            pay_until: date(2026, 3, 30).at(20, 0, 0, 0),
            store: text("明德門市", "Mingde Store"),
        }),
        purchase: Some(FoundPurchase {
            last: date(2026, 3, 24),
            next_allowed: date(2026, 4, 9),
        }),
    }
}

pub(super) fn device_code() -> DeviceCodeLines {
    DeviceCodeLines {
        code: "48201573".to_owned(),
        scanned: "NHI-DEVICE:48201573".to_owned(),
        expires_at: date(2026, 4, 3).at(10, 35, 0, 0),
        person: person(),
    }
}

pub(super) fn sale() -> SaleLines {
    SaleLines {
        receipt: "42-1-18".to_owned(),
        sold_at: date(2026, 4, 3).at(10, 4, 0, 0),
        person: person(),
        adult_masks: 0,
        child_masks: 5,
        price_twd: 25,
        next_allowed: date(2026, 4, 10),
        staff: "林藥師".to_owned(),
    }
}

pub(super) fn totals() -> TotalsLines {
    TotalsLines {
        day: date(2026, 4, 3),
        sales: 87,
        adult_masks: 213,
        child_masks: 80,
        amount_twd: 1465,
        bookings: 12,
        cancelled: 2,
        slips: 103,
        reprints: 3,
        staff: vec![
            StaffTotal {
                name: "林藥師".to_owned(),
                sales: 60,
                amount_twd: 1010,
            },
            StaffTotal {
                name: "陳藥師".to_owned(),
                sales: 27,
                amount_twd: 455,
            },
        ],
    }
}

pub(super) fn readiness() -> ReadinessLines {
    let line = |check, passed, detail: &str| CheckLine {
        check,
        passed,
        detail: detail.to_owned(),
    };
    ReadinessLines {
        fit: false,
        checked_at: date(2026, 4, 3).at(6, 30, 0, 0),
        checks: vec![
            line(Check::Reader, Some(true), "20/20, 412 ms"),
            line(Check::Printer, Some(true), ""),
            line(Check::Touch, None, ""),
            line(Check::Display, None, ""),
            line(Check::Sound, None, ""),
            line(Check::Network, Some(false), "timeout"),
            line(Check::Store, Some(true), "38 GB"),
            line(Check::Roster, Some(true), "v112, 9 h"),
            line(Check::Outbox, Some(true), "17"),
            line(Check::Clock, Some(true), "+0.02 s"),
            line(Check::Certificates, Some(true), "61 d"),
            line(Check::Versions, Some(true), "0.1.0"),
        ],
    }
}
