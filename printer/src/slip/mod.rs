//! Composes slips: what stands where on the paper, in the session's language. The words are in
//! `assets/text`; what may stand on paper at all is decided by [`domain::slip`].

mod booking;
mod composer;
mod desk;
mod found;
mod order;
mod pickup;
mod sample;
mod trial;
mod willingness;
mod words;

use std::sync::OnceLock;

use domain::slip::{Slip, SlipBody};
use wording::{Language, Wording};

pub use sample::{Kind, sample};

use crate::page::{Page, PaperWidth};
use composer::Composer;

/// Composes a slip for this paper in the session's language. On a foreign customer's slip everything
/// stands in Chinese too, for the clerk and for whoever helps.
#[must_use]
pub fn compose(slip: &Slip, wording: &Wording, width: PaperWidth) -> Page {
    let mut composer = Composer::new(width, wording, clerk_wording().unwrap_or(wording));
    if slip.reprint > 0 {
        composer.reprint(slip.reprint);
    }
    match &slip.body {
        SlipBody::BookingConfirmed { number, booking } => {
            booking::confirmed(&mut composer, number, booking)
        }
        SlipBody::BookingPending { receipt, booking } => {
            booking::pending(&mut composer, receipt, booking)
        }
        SlipBody::Willingness {
            receipt,
            completed_at,
            person,
            area,
            brands,
        } => willingness::registered(&mut composer, receipt, *completed_at, person, area, brands),
        SlipBody::Pickup(pickup) => pickup::slip(&mut composer, pickup, slip.printed_at),
        SlipBody::Order(order) => order::slip(&mut composer, order),
        SlipBody::Found(found) => found::slip(&mut composer, found),
        SlipBody::DeviceCode(code) => found::device_code(&mut composer, code),
        SlipBody::Sale(sale) => desk::sale(&mut composer, sale),
        SlipBody::Totals(totals) => desk::totals(&mut composer, totals),
        SlipBody::Readiness(report) => desk::readiness(&mut composer, report),
        SlipBody::Test => trial::slip(&mut composer),
    }
    composer.foot(slip);
    composer.into_page()
}

/// The clerk's language. The texts are built in; a damaged file is refused at start-up already, so
/// its absence here needs no more than the customer's own heading.
fn clerk_wording() -> Option<&'static Wording> {
    static CHINESE: OnceLock<Option<Wording>> = OnceLock::new();
    CHINESE
        .get_or_init(|| Wording::load(Language::TraditionalChinese).ok())
        .as_ref()
}
