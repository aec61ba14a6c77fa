//! A pre-order's life, from the order to the payment's end (M6–M9).
//!
//! ```text
//! ordered ─┬─ lost                    the lottery (M8)
//!          └─ won ─┬─ paid            then it can be fetched (M12–M14) and counts (M4)
//!                  └─ void            not paid in time (M9)
//! ```
//!
//! There is no way back from any of them: no cancelling, no refund, no change of store (M9, M17).

use jiff::Timestamp;

use crate::campaign::{MaskRound, Store, StoreId, WindowPosition};
use crate::channel::{Act, Channel, permits};
use crate::operation::Rejection;
use crate::taipei;

/// Where a pre-order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderState {
    /// In the round; ordering again replaces it (M6).
    Ordered,
    /// Not drawn (M8).
    Lost,
    /// Drawn, or supply sufficed (M8); to be paid (M9).
    Won,
    /// Paid in time (M9).
    Paid,
    /// Not paid in time (M9).
    Void,
}

/// What happens to a pre-order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderEvent {
    /// The round closed and the lottery is drawn (M8).
    Drawn {
        /// Whether it won.
        won: bool,
    },
    /// Its price arrived in the window (M9).
    Paid,
    /// The payment window ended (M9).
    PaymentEnded,
}

impl OrderState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Ordered, Self::Lost, Self::Won, Self::Paid, Self::Void];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Lost => "lost",
            Self::Won => "won",
            Self::Paid => "paid",
            Self::Void => "void",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The state after an event; `None` where the event cannot happen to it.
    #[must_use]
    pub const fn after(self, event: OrderEvent) -> Option<Self> {
        match (self, event) {
            (Self::Ordered, OrderEvent::Drawn { won: true }) => Some(Self::Won),
            (Self::Ordered, OrderEvent::Drawn { won: false }) => Some(Self::Lost),
            (Self::Won, OrderEvent::Paid) => Some(Self::Paid),
            (Self::Won, OrderEvent::PaymentEnded) => Some(Self::Void),
            _ => None,
        }
    }
}

/// Where a round stands (M7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// It cannot be ordered yet.
    Announced,
    /// It can be ordered, and ordered again (M6).
    Ordering,
    /// Ordering is over; the lottery and the notices come (M8, M19).
    Drawing,
    /// It can be paid (M9).
    Paying,
    /// Payment is over, pickup has not begun.
    Delivering,
    /// It can be fetched (M13).
    Pickup,
    /// Over.
    Over,
}

impl Phase {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Ordering => "ordering",
            Self::Drawing => "drawing",
            Self::Paying => "paying",
            Self::Delivering => "delivering",
            Self::Pickup => "pickup",
            Self::Over => "over",
        }
    }
}

/// The round's phase at a moment (M7).
#[must_use]
pub fn phase(round: &MaskRound, now: Timestamp) -> Phase {
    let today = taipei::civil(now).date();
    match (round.order.position(now), round.payment.position(now)) {
        (WindowPosition::Before, _) => Phase::Announced,
        (WindowPosition::Inside, _) => Phase::Ordering,
        (WindowPosition::After, WindowPosition::Before) => Phase::Drawing,
        (WindowPosition::After, WindowPosition::Inside) => Phase::Paying,
        (WindowPosition::After, WindowPosition::After) if today > round.pickup_last_day => {
            Phase::Over
        }
        (WindowPosition::After, WindowPosition::After) if today >= round.pickup_first_day => {
            Phase::Pickup
        }
        (WindowPosition::After, WindowPosition::After) => Phase::Delivering,
    }
}

/// Whether masks can be ordered (M1): where, when and for which store. The days between purchases
/// and odd and even digits are no reason (M2, M3: see [`super::ledger`]), nor is an order that stands
/// already: this one replaces it (M6).
///
/// # Errors
/// [`Rejection::NotThisChannel`], [`Rejection::WindowClosed`] or [`Rejection::UnknownTarget`].
pub fn may_order<'a>(
    round: &'a MaskRound,
    channel: Channel,
    store: &StoreId,
    now: Timestamp,
) -> Result<&'a Store, Rejection> {
    if !permits(channel, Act::OrderMasks) || !round.order_channels.contains(&channel) {
        return Err(Rejection::NotThisChannel);
    }
    if !round.order.contains(now) {
        return Err(Rejection::WindowClosed);
    }
    round.store(store).ok_or(Rejection::UnknownTarget)
}

/// Whether an order made at `new` stands over one made at `standing`: the last one does (M6).
#[must_use]
pub fn replaces(standing: Timestamp, new: Timestamp) -> bool {
    new >= standing
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::mask::fixture::round;

    /// Protects M8, M9 and M17: an order only goes forward, no event brings one back, nothing but
    /// a won order can be paid, and nothing paid becomes void.
    #[test]
    fn m8_m9_m17_an_order_only_goes_forward() {
        let events = [
            OrderEvent::Drawn { won: true },
            OrderEvent::Drawn { won: false },
            OrderEvent::Paid,
            OrderEvent::PaymentEnded,
        ];
        let mut steps = Vec::new();
        for state in OrderState::ALL {
            assert_eq!(OrderState::from_code(state.code()), Some(state));
            for event in events {
                steps.extend(state.after(event).map(|next| (state, next)));
            }
        }
        assert_eq!(
            steps,
            [
                (OrderState::Ordered, OrderState::Won),
                (OrderState::Ordered, OrderState::Lost),
                (OrderState::Won, OrderState::Paid),
                (OrderState::Won, OrderState::Void),
            ]
        );
        assert_eq!(OrderState::from_code("cancelled"), None);
    }

    /// Protects M1 and M7: in the ordering window, both ends of it, where the round takes orders.
    #[test]
    fn m1_m7_ordered_in_its_window_and_channels() {
        let (round, store) = (round(), StoreId::parse("S0001").unwrap());
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let web = |text| may_order(&round, Channel::Web, &store, at(text)).map(|store| &store.id);
        for (moment, expected) in [
            ("2020-03-25T07:59:59+08:00", Err(Rejection::WindowClosed)),
            ("2020-03-25T08:00:00+08:00", Ok(&store)),
            ("2020-03-27T19:59:59+08:00", Ok(&store)),
            ("2020-03-27T20:00:00+08:00", Err(Rejection::WindowClosed)),
        ] {
            assert_eq!(web(moment), expected, "{moment}");
        }
        let inside = at("2020-03-26T12:00:00+08:00");
        let nowhere = StoreId::parse("S9999").unwrap();
        let refused = may_order(&round, Channel::Web, &nowhere, inside);
        assert_eq!(refused, Err(Rejection::UnknownTarget));
        let refused = may_order(&round, Channel::HealthCentre, &store, inside);
        assert_eq!(refused, Err(Rejection::NotThisChannel));
        assert_eq!(round.order_price_twd(), 22);
    }

    /// Protects M7: the phases of round 2 of 2020 follow one another without a gap.
    #[test]
    fn m7_the_timetable_of_round_2() {
        let round = round();
        for (moment, expected) in [
            ("2020-03-25T07:00:00+08:00", Phase::Announced),
            ("2020-03-25T08:00:00+08:00", Phase::Ordering),
            ("2020-03-27T20:00:00+08:00", Phase::Drawing),
            ("2020-03-28T08:00:00+08:00", Phase::Paying),
            ("2020-03-30T20:00:00+08:00", Phase::Delivering),
            ("2020-04-02T00:00:00+08:00", Phase::Pickup),
            ("2020-04-08T23:59:59+08:00", Phase::Pickup),
            ("2020-04-09T00:00:00+08:00", Phase::Over),
        ] {
            assert_eq!(phase(&round, moment.parse().unwrap()), expected, "{moment}");
        }
    }

    /// Protects M6: the last order stands, in whichever order they arrive.
    #[test]
    fn m6_the_last_order_stands() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let (early, late) = (at("2020-03-25T00:00:00Z"), at("2020-03-26T00:00:00Z"));
        assert!(replaces(early, late));
        assert!(!replaces(late, early));
        assert!(replaces(late, late));
    }
}
