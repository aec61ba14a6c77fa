//! What the rules answer with each campaign, beside what its document says.

use domain::campaign::{
    BirthHalfYear, Campaign, CategoryCode, LastDigit, PaymentWay, RoundId, Window, WindowPosition,
};
use domain::channel::Channel;
use domain::mask::order::{Phase, phase};
use domain::operation::Rejection;
use domain::roster::{CategorySet, RosterRecord};
use domain::{CardNumber, PersonNumber, vaccine};
use jiff::Timestamp;
use jiff::civil::date;

use crate::{MASKS_2020, SAMPLE, VACCINE_2021_07, WINTER_2026, load};

/// A moment in Taipei, such as `2020-03-12T09:00:00`.
fn taipei(text: &str) -> Timestamp {
    format!("{text}+08:00").parse().unwrap()
}

fn round(text: &str) -> RoundId {
    RoundId::parse(text).unwrap()
}

fn person(categories: &[u8], year: i16, second_half: bool) -> RosterRecord {
    RosterRecord {
        number: PersonNumber::parse("A123456789").unwrap(),
        other_number: None,
        card: CardNumber::parse("000012345678").unwrap(),
        previous_card: None,
        insurance_only: false,
        categories: categories
            .iter()
            .fold(CategorySet::default(), |set, &code| {
                set.with(CategoryCode::new(code).unwrap())
            }),
        birth: BirthHalfYear { year, second_half },
    }
}

fn edges(window: Window, first: &str, last: &str, after: &str) {
    let second = jiff::SignedDuration::from_secs(1);
    let before = taipei(first).checked_sub(second).unwrap();
    assert_eq!(window.position(before), WindowPosition::Before, "{first}");
    assert_eq!(window.position(taipei(first)), WindowPosition::Inside);
    assert_eq!(window.position(taipei(last)), WindowPosition::Inside);
    assert_eq!(window.position(taipei(after)), WindowPosition::After);
}

/// Protects M7: both rounds of 2020 open and close at the document's own moments.
#[test]
fn m7_the_rounds_of_2020() {
    let campaign = load(MASKS_2020);
    let first = campaign.mask_round(&round("mask-2020-1")).unwrap();
    edges(
        first.order,
        "2020-03-12T09:00:00",
        "2020-03-18T19:59:59",
        "2020-03-18T20:00:00",
    );
    edges(
        first.payment,
        "2020-03-19T09:00:00",
        "2020-03-21T19:59:59",
        "2020-03-21T20:00:00",
    );
    let second = campaign.mask_round(&round("mask-2020-2")).unwrap();
    edges(
        second.order,
        "2020-03-25T08:00:00",
        "2020-03-27T19:59:59",
        "2020-03-27T20:00:00",
    );
    edges(
        second.payment,
        "2020-03-28T08:00:00",
        "2020-03-30T19:59:59",
        "2020-03-30T20:00:00",
    );
    edges(
        second.pickup_notice,
        "2020-03-31T00:00:00",
        "2020-04-01T23:59:59",
        "2020-04-02T00:00:00",
    );
    for (now, one, two) in [
        ("2020-03-11T12:00:00", Phase::Announced, Phase::Announced),
        ("2020-03-18T12:00:00", Phase::Ordering, Phase::Announced),
        ("2020-03-18T21:00:00", Phase::Drawing, Phase::Announced),
        ("2020-03-26T12:00:00", Phase::Pickup, Phase::Ordering),
        ("2020-03-31T12:00:00", Phase::Pickup, Phase::Delivering),
        ("2020-04-01T23:59:59", Phase::Pickup, Phase::Delivering),
        ("2020-04-02T00:00:00", Phase::Over, Phase::Pickup),
        ("2020-04-09T00:00:00", Phase::Over, Phase::Over),
    ] {
        assert_eq!(phase(first, taipei(now)), one, "{now}");
        assert_eq!(phase(second, taipei(now)), two, "{now}");
    }
    let to_order = |now| {
        let round = campaign.mask_round_to_order(taipei(now));
        round.map(|round| round.id.as_str())
    };
    assert_eq!(to_order("2020-03-12T09:00:00"), Some("mask-2020-1"));
    assert_eq!(to_order("2020-03-20T09:00:00"), None);
    assert_eq!(to_order("2020-03-25T08:00:00"), Some("mask-2020-2"));
}

/// Protects M13: the pickup days, first and last included.
#[test]
fn m13_pickup_days_of_2020() {
    let campaign = load(MASKS_2020);
    for (id, first, last) in [
        ("mask-2020-1", date(2020, 3, 26), date(2020, 4, 1)),
        ("mask-2020-2", date(2020, 4, 2), date(2020, 4, 8)),
    ] {
        let round = campaign.mask_round(&round(id)).unwrap();
        assert!(round.is_pickup_day(first) && round.is_pickup_day(last));
        assert!(!round.is_pickup_day(first.yesterday().unwrap()));
        assert!(!round.is_pickup_day(last.tomorrow().unwrap()));
    }
}

/// Protects M1, M2 and M18: NT$22 an order, 15 and 25 at a counter, 50 or US$2 at the airport.
#[test]
fn m1_m2_m18_prices_of_2020() {
    let campaign = load(MASKS_2020);
    for round in &campaign.mask_rounds {
        assert_eq!((round.masks_per_order, round.order_price_twd()), (3, 22));
        let counter = round.counter_sale.as_ref().unwrap();
        assert_eq!((counter.adult_masks, counter.adult_price_twd), (3, 15));
        assert_eq!((counter.child_masks, counter.child_price_twd), (5, 25));
        assert_eq!(counter.child_age_max, 16);
        let traveller = round.traveller_sale.as_ref().unwrap();
        assert_eq!((traveller.adult_masks, traveller.child_masks), (3, 5));
        assert_eq!((traveller.price_twd, traveller.price_usd_cents), (50, 200));
    }
    let counter = |day| {
        campaign
            .counter_sale(day)
            .map(|(round, _)| round.id.as_str())
    };
    assert_eq!(counter(date(2020, 3, 18)), None);
    assert_eq!(counter(date(2020, 3, 24)), Some("mask-2020-1"));
    assert_eq!(counter(date(2020, 4, 8)), Some("mask-2020-2"));
    let traveller = |day| campaign.traveller_sale(day).is_some();
    assert!(!traveller(date(2020, 3, 20)) && traveller(date(2020, 3, 21)));
}

/// Protects M2: who may buy on which weekday is the campaign's; nobody's digit is in code.
#[test]
fn m2_odd_and_even_days() {
    let campaign = load(MASKS_2020);
    let days = |campaign: &Campaign| {
        campaign.mask_rounds[0]
            .counter_sale
            .clone()
            .unwrap()
            .odd_even
    };
    let (odd, even) = (
        PersonNumber::parse("A123456789").unwrap(),
        PersonNumber::parse("A800000014").unwrap(),
    );
    let spring = days(&campaign);
    // Tuesday 24 March, Wednesday 25 March, Sunday 29 March 2020.
    for (day, expected) in [
        (date(2020, 3, 24), [false, true]),
        (date(2020, 3, 25), [true, false]),
        (date(2020, 3, 29), [true, true]),
    ] {
        assert_eq!([&odd, &even].map(|who| spring.admits(who, day)), expected);
    }
    let winter = days(&load(WINTER_2026));
    assert_eq!(winter.on(jiff::civil::Weekday::Monday), LastDigit::Even);
    assert_eq!(winter.on(jiff::civil::Weekday::Wednesday), LastDigit::Any);
}

/// Protects M9: an order made in the app is paid by transfer only, one made on the web also by card.
#[test]
fn m9_ways_to_pay_of_2020() {
    for round in &load(MASKS_2020).mask_rounds {
        assert!(round.takes_payment(Channel::Web, PaymentWay::Transfer));
        assert!(round.takes_payment(Channel::Web, PaymentWay::Card));
        assert!(round.takes_payment(Channel::App, PaymentWay::Transfer));
        assert!(!round.takes_payment(Channel::App, PaymentWay::Card));
        assert!(!round.takes_payment(Channel::StoreKiosk, PaymentWay::Card));
    }
}

/// Protects V1 to V3 and V13 with the round of July 2021: who declares, who is called, when.
#[test]
fn v13_who_is_called_in_july_2021() {
    let campaign = load(VACCINE_2021_07);
    let round = campaign.vaccine_round(&round("covid-2021-07")).unwrap();
    let brands: Vec<_> = round
        .brands
        .iter()
        .map(|brand| &*brand.name.chinese)
        .collect();
    assert_eq!(brands, ["AZ", "莫德納"]);
    assert_eq!(round.categories[0].name.chinese, "第09類");
    assert_eq!(round.price_twd, 0);

    let (ninth, tenth) = (
        CategoryCode::new(9).unwrap(),
        CategoryCode::new(10).unwrap(),
    );
    let declared = taipei("2021-07-13T09:08:45");
    let ill = person(&[9], 1980, true);
    assert_eq!(vaccine::may_declare(round, &ill, declared), Ok(ninth));
    let neither = person(&[11], 1980, true);
    assert_eq!(
        vaccine::may_declare(round, &neither, declared),
        Err(Rejection::NotInRound)
    );
    assert_eq!(
        vaccine::may_declare(round, &ill, taipei("2021-07-19T17:00:00")),
        Err(Rejection::WindowClosed)
    );

    let books = |person: &RosterRecord, as_group, now: &str| {
        vaccine::may_book(round, person, Some(as_group), taipei(now))
    };
    assert_eq!(
        books(&ill, ninth, "2021-07-13T09:08:45"),
        Err(Rejection::WindowClosed),
        "declared, but not called to book yet"
    );
    assert_eq!(books(&ill, ninth, "2021-07-13T13:40:51"), Ok(()));
    let fifty = person(&[10], 1971, false);
    let younger = person(&[10], 1971, true);
    assert_eq!(books(&fifty, tenth, "2021-07-13T16:13:16"), Ok(()));
    assert_eq!(
        books(&younger, tenth, "2021-07-13T16:13:16"),
        Err(Rejection::NotCalled)
    );
}

/// Protects V7, V8 and V10 with the screens of July 2021: half hours, a full slot, where one cancels.
#[test]
fn v7_v8_v10_the_screens_of_july_2021() {
    let campaign = load(VACCINE_2021_07);
    let round = &campaign.vaccine_rounds[0];
    let slots = || {
        let of_site = |site: &'_ domain::campaign::Site| site.slots.clone();
        round.sites.iter().flat_map(of_site)
    };
    assert!(slots().any(|slot| slot.start.minute() == 30 && slot.capacity == 0));
    let result = slots().find(|slot| slot.date == date(2021, 7, 16) && slot.start.hour() == 8);
    let slot = result.expect("the slot of the manual's result");
    let now = taipei("2021-07-13T13:40:51");
    assert!(vaccine::may_cancel(round, &slot, Channel::Web, now).is_ok());
    let at_a_store = vaccine::may_cancel(round, &slot, Channel::StoreKiosk, now);
    assert_eq!(
        at_a_store,
        Err(vaccine::CancelRefusal::Elsewhere(vec![
            Channel::Pharmacy,
            Channel::HealthCentre,
            Channel::Web,
            Channel::App,
        ]))
    );
}

/// Protects the next campaign: two series, other groups, ages, prices, days and terms, by a file.
#[test]
fn a_winter_of_its_own() {
    let campaign = load(WINTER_2026);
    let influenza = campaign.vaccine_round(&round("influenza-2026")).unwrap();
    let booster = campaign
        .vaccine_round(&round("covid-booster-2026"))
        .unwrap();
    assert_ne!(influenza.series, booster.series, "one may have both");
    assert_eq!((influenza.price_twd, booster.price_twd), (100, 1_850));

    let elder = person(&[21], 1961, true);
    let younger = person(&[21, 32], 1990, false);
    let group = |round, person| vaccine::category(round, person).map(CategoryCode::get);
    let books = |round, person: &RosterRecord, now: &str| {
        let group = vaccine::category(round, person);
        vaccine::may_book(round, person, group, taipei(now))
    };
    let november = "2026-11-10T10:00:00";
    assert_eq!(group(booster, &younger), Some(21), "the most urgent first");
    assert_eq!(books(influenza, &elder, november), Ok(()));
    assert_eq!(books(booster, &elder, november), Err(Rejection::NotCalled));
    assert_eq!(
        books(booster, &person(&[32], 2008, false), november),
        Ok(())
    );
    let served = |person: &RosterRecord, now: &str| {
        let round = campaign.vaccine_round_now(Some(person), taipei(now));
        round.unwrap().id.to_string()
    };
    assert_eq!(served(&elder, november), "influenza-2026");
    assert_eq!(served(&elder, "2027-01-10T10:00:00"), "covid-booster-2026");
    assert_eq!(
        served(&person(&[31], 1980, false), november),
        "covid-booster-2026"
    );

    let masks = &campaign.mask_rounds[0];
    assert_eq!(
        (masks.order_price_twd(), masks.days_between_purchases),
        (52, 14)
    );
    assert!(masks.takes_payment(Channel::App, PaymentWay::Card));
    assert!(masks.traveller_sale.is_none());
    assert_ne!(load(SAMPLE).mask_rounds[0].order_price_twd(), 52);
}
