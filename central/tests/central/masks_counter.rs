use domain::channel::Channel;
use domain::mask::request::MaskBuyer;
use domain::mask::sale::{Goods, Passport};
use jiff::ToSpan as _;

use crate::common::{Centre, Person, Terminal, applied, rejected, sells};
use crate::enrolment::new_code_as;
use crate::masks_lottery::people;
use crate::masks_payment::{accounts, bank_file, bank_tells, winners};

async fn pharmacy(centre: &Centre, device: u32) -> Terminal<'_> {
    let code = new_code_as(centre, device, Some(Channel::Pharmacy)).await;
    Terminal::enrol(centre, &code).await
}

fn is_even(person: &Person) -> bool {
    person.number().last_digit().is_multiple_of(2)
}

/// Somebody whose last digit may buy on an even day.
fn even(people: &[Person]) -> &Person {
    people.iter().find(|person| is_even(person)).unwrap()
}

/// Protects M2, C1: who may buy what, on which day, where; and a sale whose answer comes late.
#[tokio::test]
async fn m2_the_counter_sale() {
    // A Thursday: even digits.
    let mut centre = Centre::start_changed_at(&[], "2026-03-26T10:00:00+08:00");
    let mut kiosk = Terminal::enrol(&centre, centre.code(1)).await;
    let mut counter = pharmacy(&centre, 7).await;
    let people = people(&centre, &counter, 30).await;
    let buyer = even(&people);
    let odd = people.iter().find(|person| !is_even(person)).unwrap();
    let refused = kiosk.does(buyer.buys(Goods::Adult)).await;
    assert_eq!(refused, rejected("not-this-channel"));
    let refused = counter.does(odd.buys(Goods::Adult)).await;
    assert_eq!(refused, rejected("odd-even"));
    let refused = counter.does(buyer.buys(Goods::Child)).await;
    assert_eq!(refused, rejected("no-child-masks"));
    let stranger = Person {
        card_number: "000000000000".to_owned(),
        ..buyer.clone()
    };
    let refused = counter.does(stranger.buys(Goods::Adult)).await;
    assert_eq!(refused, rejected("identity-not-verified"));
    let late = counter.record_at(buyer.buys(Goods::Adult), centre.now() - 2.minutes());
    let late = counter.deliver(vec![late]).await.results.remove(0);
    assert_eq!(late.outcome, rejected("sale-lapsed"));
    assert_eq!(counter.does(buyer.buys(Goods::Adult)).await, applied());
    let refused = counter.does(buyer.buys(Goods::Adult)).await;
    assert_eq!(refused, rejected("bought-already"));
    let (kept, child) = (counter.kept(), centre.person("under-16"));
    drop(kiosk);
    // Sunday is everybody's, the sixth day too early.
    centre.go_to("2026-03-29T10:00:00+08:00");
    let mut counter = kept.at(&centre);
    assert_eq!(counter.does(child.buys(Goods::Child)).await, applied());
    let refused = counter.does(buyer.buys(Goods::Adult)).await;
    assert_eq!(refused, rejected("bought-already"));
    let kept = counter.kept();
    centre.go_to("2026-04-02T10:00:00+08:00");
    let mut counter = kept.at(&centre);
    assert_eq!(counter.does(buyer.buys(Goods::Adult)).await, applied());
    centre.finish().await;
}

/// Protects M3: however many counters ask at once, one sells.
#[tokio::test]
async fn m3_counters_at_once_sell_once() {
    let centre = Centre::start_changed_at(&[], "2026-03-26T10:00:00+08:00");
    let mut counters = Vec::new();
    for device in 10..22 {
        counters.push(pharmacy(&centre, device).await);
    }
    let people = people(&centre, &counters[0], 40).await;
    for person in people.iter().filter(|person| is_even(person)).take(8) {
        let asked = counters
            .iter_mut()
            .map(|counter| counter.does(person.buys(Goods::Adult)));
        let outcomes = futures::future::join_all(asked).await;
        let sold = outcomes.iter().filter(|outcome| **outcome == applied());
        assert_eq!(sold.count(), 1);
        let refused = rejected("bought-already");
        assert!(
            outcomes
                .iter()
                .filter(|outcome| **outcome == refused)
                .count()
                == 11
        );
    }
    centre.finish().await;
}

/// Protects M3, M4, M5 over pre-order and counter: a paid order keeps nobody from the pharmacy before
/// its first pickup day, and from that day the next turn is seven days after the one used already.
#[tokio::test]
async fn m4_m5_a_preorder_takes_the_turn_after() {
    let (mut centre, people, kept) = winners(30).await;
    let buyer = even(&people);
    let account = accounts(&centre, std::slice::from_ref(buyer))
        .await
        .remove(0);
    let file = bank_file(&[("B1", &account, 22)], "2026-03-29T09:00:00+08:00");
    assert_eq!(bank_tells(&centre, file).await["verdicts"]["accepted"], 1);
    drop(kept);
    // A Tuesday before the first pickup day, 04-02.
    centre.go_to("2026-03-31T10:00:00+08:00");
    let mut counter = pharmacy(&centre, 7).await;
    assert_eq!(counter.does(buyer.buys(Goods::Adult)).await, applied());
    let mut kept = counter.kept();
    // The sale alone would allow 04-07; with the order it is 04-14.
    for (moment, expected) in [
        ("2026-04-07T10:00:00+08:00", rejected("bought-already")),
        ("2026-04-12T10:00:00+08:00", rejected("bought-already")),
        ("2026-04-14T10:00:00+08:00", applied()),
    ] {
        centre.go_to(moment);
        let mut counter = kept.at(&centre);
        assert_eq!(
            counter.does(buyer.buys(Goods::Adult)).await,
            expected,
            "{moment}"
        );
        kept = counter.kept();
    }
    centre.finish().await;
}

/// Protects M18: a traveller with a number is in the one record, another buys once by passport.
#[tokio::test]
async fn m18_travellers() {
    let centre = Centre::start_changed_at(&[], "2026-03-26T10:00:00+08:00");
    let mut counter = pharmacy(&centre, 7).await;
    let people = people(&centre, &counter, 30).await;
    let buyer = even(&people);
    let by_number = || sells(MaskBuyer::Number(buyer.number()), Goods::Child);
    assert_eq!(counter.does(by_number()).await, applied());
    assert_eq!(counter.does(by_number()).await, rejected("bought-already"));
    let refused = counter.does(buyer.buys(Goods::Adult)).await;
    assert_eq!(refused, rejected("bought-already"));
    let passport = Passport::parse("JPN-TR1234567").unwrap();
    let by_passport = || sells(MaskBuyer::Passport(passport.clone()), Goods::Adult);
    assert_eq!(counter.does(by_passport()).await, applied());
    assert_eq!(
        counter.does(by_passport()).await,
        rejected("bought-already")
    );
    centre.finish().await;
}
