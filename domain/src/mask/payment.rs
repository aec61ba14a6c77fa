//! Payment of a pre-order (M9): in its window, of exactly its price, in a way its channel takes.

use jiff::Timestamp;

use super::order::{OrderEvent, OrderState};
use crate::campaign::{MaskRound, PaymentWay, WindowPosition};
use crate::channel::Channel;

/// What is to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Where the order stands.
    pub state: OrderState,
    /// Its price in NT$ (M1).
    pub price_twd: u32,
    /// Where the order that stands was made: the app's takes no card (M9).
    pub ordered_at: Channel,
}

/// What a bank or a card operator says has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    /// NT$.
    pub amount_twd: u32,
    /// How.
    pub way: PaymentWay,
    /// When it was paid, by the bank's or the operator's books; not when we were told.
    pub paid_at: Timestamp,
}

macro_rules! refusals {
    ($($(#[$meta:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// Why a payment pays for nothing. Nothing is lost: each is kept with its reason, and told.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum PaymentRefusal { $($(#[$meta])* $name),+ }

        impl PaymentRefusal {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

refusals! {
    /// No order has this account: it is not refunded by us either (S2 24.5).
    UnknownAccount = "unknown-account",
    /// Less or more than the price.
    WrongAmount = "wrong-amount",
    /// Before the payment window.
    TooEarly = "too-early",
    /// After the payment window: the order counts as given up (S2 24.4).
    TooLate = "too-late",
    /// Paid before: the second payment of an order.
    PaidAlready = "paid-already",
    /// The order is still in the round, or was not drawn (M8).
    NotWon = "not-won",
    /// The order was void already when this arrived.
    OrderVoid = "order-void",
    /// Orders of that channel are not paid in this way.
    WayNotTaken = "way-not-taken",
}

/// Whether the payment pays for the order; the order's state after it.
///
/// # Errors
/// The first reason against it, the most final first.
pub fn judge(
    round: &MaskRound,
    due: &Due,
    payment: &Payment,
) -> Result<OrderState, PaymentRefusal> {
    let paid = due.state.after(OrderEvent::Paid).ok_or(match due.state {
        OrderState::Paid => PaymentRefusal::PaidAlready,
        OrderState::Void => PaymentRefusal::OrderVoid,
        OrderState::Ordered | OrderState::Lost | OrderState::Won => PaymentRefusal::NotWon,
    })?;
    match round.payment.position(payment.paid_at) {
        WindowPosition::Before => return Err(PaymentRefusal::TooEarly),
        WindowPosition::After => return Err(PaymentRefusal::TooLate),
        WindowPosition::Inside => {}
    }
    if !round.takes_payment(due.ordered_at, payment.way) {
        return Err(PaymentRefusal::WayNotTaken);
    }
    if payment.amount_twd != due.price_twd {
        return Err(PaymentRefusal::WrongAmount);
    }
    Ok(paid)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::mask::fixture::round;

    fn payment() -> Payment {
        Payment {
            amount_twd: 22,
            way: PaymentWay::Transfer,
            paid_at: "2020-03-29T12:00:00+08:00".parse().unwrap(),
        }
    }

    const DUE: Due = Due {
        state: OrderState::Won,
        price_twd: 22,
        ordered_at: Channel::Web,
    };

    /// Protects M1 and M9: the price of an order, in the payment window, both ends of it.
    #[test]
    fn m9_paid_in_its_window_and_of_its_price() {
        let round = round();
        assert_eq!(round.order_price_twd(), DUE.price_twd);
        assert_eq!(judge(&round, &DUE, &payment()), Ok(OrderState::Paid));
        let at = |text: &str| Payment {
            paid_at: text.parse().unwrap(),
            ..payment()
        };
        for (moment, expected) in [
            ("2020-03-28T07:59:59+08:00", Err(PaymentRefusal::TooEarly)),
            ("2020-03-28T08:00:00+08:00", Ok(OrderState::Paid)),
            ("2020-03-30T19:59:59+08:00", Ok(OrderState::Paid)),
            ("2020-03-30T20:00:00+08:00", Err(PaymentRefusal::TooLate)),
        ] {
            assert_eq!(judge(&round, &DUE, &at(moment)), expected, "{moment}");
        }
        for amount_twd in [0, 21, 23, u32::MAX] {
            let wrong = Payment {
                amount_twd,
                ..payment()
            };
            let refused = judge(&round, &DUE, &wrong);
            assert_eq!(refused, Err(PaymentRefusal::WrongAmount));
        }
    }

    /// Protects M9: an order made in the app is paid by transfer only.
    #[test]
    fn m9_the_app_takes_transfers_only() {
        let (round, card) = (
            round(),
            Payment {
                way: PaymentWay::Card,
                ..payment()
            },
        );
        assert_eq!(judge(&round, &DUE, &card), Ok(OrderState::Paid));
        let app = Due {
            ordered_at: Channel::App,
            ..DUE
        };
        assert_eq!(judge(&round, &app, &card), Err(PaymentRefusal::WayNotTaken));
        assert_eq!(judge(&round, &app, &payment()), Ok(OrderState::Paid));
    }

    /// Protects M8 and M9: only a won order is paid, and once.
    #[test]
    fn m8_m9_only_a_won_order_is_paid_once() {
        for (state, refusal) in [
            (OrderState::Ordered, PaymentRefusal::NotWon),
            (OrderState::Lost, PaymentRefusal::NotWon),
            (OrderState::Paid, PaymentRefusal::PaidAlready),
            (OrderState::Void, PaymentRefusal::OrderVoid),
        ] {
            let refused = judge(&round(), &Due { state, ..DUE }, &payment());
            assert_eq!(refused, Err(refusal));
        }
    }
}
