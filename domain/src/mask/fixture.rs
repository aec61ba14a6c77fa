//! Round 2 of 2020 (M7), as the tests of the rules need it.
#![allow(clippy::unwrap_used)]

use jiff::civil::date;

use crate::campaign::{
    AreaId, CounterSale, Days, LastDigit, LocalText, MaskRound, OddEven, PaymentWay, PaymentWays,
    RoundId, Store, StoreId, TravellerSale, Window,
};
use crate::channel::Channel;

pub(crate) fn window(start: &str, end: &str) -> Window {
    Window {
        start: start.parse().unwrap(),
        end: end.parse().unwrap(),
    }
}

pub(crate) fn round() -> MaskRound {
    let both = vec![PaymentWay::Transfer, PaymentWay::Card];
    let (odd, even) = (LastDigit::Odd, LastDigit::Even);
    let days = Days {
        first: date(2020, 3, 19),
        last: date(2020, 4, 30),
    };
    MaskRound {
        id: RoundId::parse("mask-2020-2").unwrap(),
        title: LocalText::default(),
        order: window("2020-03-25T08:00:00+08:00", "2020-03-27T20:00:00+08:00"),
        order_channels: vec![Channel::StoreKiosk, Channel::Web, Channel::App],
        order_supply: 100,
        payment: window("2020-03-28T08:00:00+08:00", "2020-03-30T20:00:00+08:00"),
        payment_ways: vec![
            PaymentWays {
                channel: Channel::StoreKiosk,
                ways: both.clone(),
            },
            PaymentWays {
                channel: Channel::Web,
                ways: both,
            },
            PaymentWays {
                channel: Channel::App,
                ways: vec![PaymentWay::Transfer],
            },
        ],
        pickup_notice: window("2020-03-31T00:00:00+08:00", "2020-04-02T00:00:00+08:00"),
        pickup_first_day: date(2020, 4, 2),
        pickup_last_day: date(2020, 4, 8),
        masks_per_order: 3,
        price_per_mask_twd: 5,
        delivery_price_twd: 7,
        days_between_purchases: 7,
        counter_sale: Some(CounterSale {
            days,
            channels: vec![Channel::Pharmacy, Channel::HealthCentre],
            adult_masks: 3,
            adult_price_twd: 15,
            child_masks: 5,
            child_price_twd: 25,
            child_age_max: 16,
            odd_even: OddEven {
                days: [odd, even, odd, even, odd, even, LastDigit::Any],
            },
        }),
        traveller_sale: Some(TravellerSale {
            days,
            adult_masks: 3,
            child_masks: 5,
            price_twd: 50,
            price_usd_cents: 200,
        }),
        stores: vec![Store {
            id: StoreId::parse("S0001").unwrap(),
            area: AreaId::parse("63000030").unwrap(),
            name: LocalText::default(),
            address: LocalText::default(),
        }],
    }
}
