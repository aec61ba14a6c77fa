//! Composes slips: what stands where on the paper, in the session's language. The words are in
//! `assets/text`; what may stand on paper at all is decided by [`domain::slip`].

mod booking;
mod composer;
mod pickup;
mod sample;
mod trial;
mod willingness;
mod words;

use domain::slip::{Slip, SlipBody};
use wording::Wording;

pub use sample::{Kind, sample};

use crate::page::{Page, PaperWidth};
use composer::Composer;

/// Composes a slip for this paper. `own` is the session's language; `chinese` is what the clerk
/// reads, kept beside it on the slip of a foreign customer.
#[must_use]
pub fn compose(slip: &Slip, width: PaperWidth, own: &Wording, chinese: &Wording) -> Page {
    let mut composer = Composer::new(width, own, chinese);
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
        SlipBody::Pickup(pickup) => pickup::slip(&mut composer, pickup),
        SlipBody::Test => trial::slip(&mut composer),
    }
    composer.foot(slip);
    composer.into_page()
}
