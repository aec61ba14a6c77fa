//! The papers of counter and technician: receipt, totals of the day, readiness report.

use domain::slip::{ReadinessLines, SaleLines, TotalsLines};

use super::composer::Composer;
use super::words;
use crate::page::Words;

/// The receipt of a sale (M2), with the next allowed day large (M3).
pub(super) fn sale(composer: &mut Composer<'_>, sale: &SaleLines) {
    composer.heading("slip-sale-kind", "slip-sale-title");
    composer.over("slip-sale-next");
    composer.large_date(sale.next_allowed);
    composer.rule();
    for (key, count) in [
        ("slip-sale-adult", sale.adult_masks),
        ("slip-sale-child", sale.child_masks),
    ] {
        if count > 0 {
            composer.pair_of("slip-sale-goods", key, &[("count", &count.to_string())]);
        }
    }
    let price = sale.price_twd.to_string();
    composer.pair_of(
        "slip-sale-price",
        "slip-sale-price-value",
        &[("price", &price)],
    );
    composer.person(&sale.person);
    composer.moment("slip-sale-time", sale.sold_at);
    let number = Words::personal("slip-sale-number", sale.receipt.clone());
    composer.pair("slip-sale-number", number);
    let staff = Words::personal("slip-sale-staff", sale.staff.clone());
    composer.pair("slip-sale-staff", staff);
    composer.rule();
    composer.say("slip-sale-exchange", &[], false);
}

/// The totals of a day, to be signed.
pub(super) fn totals(composer: &mut Composer<'_>, totals: &TotalsLines) {
    composer.heading("slip-totals-kind", "slip-totals-title");
    composer.large_date(totals.day);
    composer.rule();
    let amount = totals.amount_twd.to_string();
    composer.pair_of(
        "slip-totals-amount",
        "slip-totals-amount-value",
        &[("price", &amount)],
    );
    for (label, value, count) in [
        ("slip-totals-sales", "slip-totals-count", totals.sales),
        (
            "slip-totals-adult",
            "slip-totals-pieces",
            totals.adult_masks,
        ),
        (
            "slip-totals-child",
            "slip-totals-pieces",
            totals.child_masks,
        ),
        ("slip-totals-bookings", "slip-totals-count", totals.bookings),
        (
            "slip-totals-cancelled",
            "slip-totals-count",
            totals.cancelled,
        ),
        ("slip-totals-slips", "slip-totals-sheets", totals.slips),
        (
            "slip-totals-reprints",
            "slip-totals-sheets",
            totals.reprints,
        ),
    ] {
        composer.pair_of(label, value, &[("count", &count.to_string())]);
    }
    composer.rule();
    composer.say("slip-totals-staff-title", &[], true);
    for person in &totals.staff {
        let count = person.sales.to_string();
        let amount = person.amount_twd.to_string();
        let values = composer.told("slip-totals-staff-value", |wording| {
            wording.text(
                "slip-totals-staff-value",
                &[("count", &count), ("price", &amount)],
            )
        });
        composer.named(&person.name, values);
    }
    composer.rule();
    composer.say("slip-totals-sign", &[], false);
    composer.gap(80);
    composer.rule();
}

/// Whether the terminal is fit for service, and each check.
pub(super) fn readiness(composer: &mut Composer<'_>, report: &ReadinessLines) {
    if report.fit {
        composer.heading("slip-readiness-kind", "slip-readiness-fit");
    } else {
        composer.warning("slip-readiness-kind", "slip-readiness-unfit");
    }
    composer.moment("slip-readiness-moment", report.checked_at);
    composer.rule();
    for line in &report.checks {
        let result = match line.passed {
            Some(true) => "slip-readiness-pass",
            Some(false) => "slip-readiness-fail",
            None => "slip-readiness-unknown",
        };
        let told = composer.told(result, |wording| {
            words::one_line(wording, result, &line.detail)
        });
        composer.pair(words::check(line.check), told);
    }
}
