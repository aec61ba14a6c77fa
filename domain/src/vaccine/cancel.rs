//! Who may cancel a booking, where and when (V10).

use jiff::Timestamp;

use super::slot_is_ahead;
use crate::campaign::{Slot, VaccineRound};
use crate::channel::{Act, Channel, permits};

/// Why a booking cannot be cancelled here and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CancelRefusal {
    /// Booking is not open: the sites have their lists already.
    WindowClosed,
    /// The slot has begun.
    SlotBegun,
    /// Not at this channel; at these it can.
    Elsewhere(Vec<Channel>),
}

/// Whether a booking of this slot may be cancelled at this channel now. Where it was made does not
/// matter: what was booked in a store is cancelled anywhere else. The place is free again at once.
///
/// # Errors
/// [`CancelRefusal`]; that of the channel, which one can do something about, the last.
pub fn may_cancel(
    round: &VaccineRound,
    slot: &Slot,
    channel: Channel,
    now: Timestamp,
) -> Result<(), CancelRefusal> {
    if !round.booking.contains(now) {
        Err(CancelRefusal::WindowClosed)
    } else if !slot_is_ahead(slot, now) {
        Err(CancelRefusal::SlotBegun)
    } else if round.cancel_at.contains(&channel) && permits(channel, Act::CancelBooking) {
        Ok(())
    } else {
        Err(CancelRefusal::Elsewhere(cancelled_at(round)))
    }
}

/// Where bookings of this round can be cancelled, for whoever asks at the wrong place.
#[must_use]
pub fn cancelled_at(round: &VaccineRound) -> Vec<Channel> {
    let permitted = |channel: &Channel| permits(*channel, Act::CancelBooking);
    round.cancel_at.iter().copied().filter(permitted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::fixture;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap_or_default()
    }

    fn round() -> VaccineRound {
        let mut round = fixture::campaign().vaccine_rounds.remove(0);
        round.booking.start = at("2026-04-02T02:00:00Z");
        round.booking.end = at("2026-04-09T10:00:00Z");
        round.cancel_at = vec![Channel::Pharmacy, Channel::Web];
        round
    }

    fn judged(round: &VaccineRound, channel: Channel, now: &str) -> Result<(), CancelRefusal> {
        may_cancel(round, &round.sites[0].slots[0], channel, at(now))
    }

    /// Protects V10: a store kiosk never cancels and says where it can be done, whatever a campaign
    /// says; the campaign decides over the others.
    #[test]
    fn v10_cancelled_where_the_campaign_and_the_table_allow() {
        let mut round = round();
        let inside = "2026-04-03T02:00:00Z";
        let elsewhere = Err(CancelRefusal::Elsewhere(vec![
            Channel::Pharmacy,
            Channel::Web,
        ]));
        for (channel, expected) in [
            (Channel::Pharmacy, Ok(())),
            (Channel::Web, Ok(())),
            (Channel::StoreKiosk, elsewhere.clone()),
            (Channel::HealthCentre, elsewhere.clone()),
            (Channel::App, elsewhere.clone()),
        ] {
            assert_eq!(judged(&round, channel, inside), expected, "{channel:?}");
        }
        round.cancel_at.push(Channel::StoreKiosk);
        assert_eq!(judged(&round, Channel::StoreKiosk, inside), elsewhere);
    }

    /// Protects V10: only while booking is open, to the moment, and not after the slot began.
    #[test]
    fn v10_cancelled_only_while_booking_is_open() {
        let round = round();
        for (now, expected) in [
            ("2026-04-02T01:59:59Z", Err(CancelRefusal::WindowClosed)),
            ("2026-04-02T02:00:00Z", Ok(())),
            ("2026-04-09T05:29:59Z", Ok(())),
            // 13:30 in Taipei: the slot begins.
            ("2026-04-09T05:30:00Z", Err(CancelRefusal::SlotBegun)),
            ("2026-04-09T10:00:00Z", Err(CancelRefusal::WindowClosed)),
        ] {
            assert_eq!(judged(&round, Channel::Web, now), expected, "{now}");
        }
    }
}
