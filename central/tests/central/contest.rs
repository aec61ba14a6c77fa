//! Every channel at once: bookings, cancellations, leases taken, sold from and sealed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use central::apply::{self, PersonAct};
use central::clock::Clock;
use central::{database, http};
use domain::channel::Channel;
use domain::operation::{LeaseId, OperationBody, Outcome};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::lease::LeaseGrant;
use wire::operation::OutcomeMessage;

use crate::common::{Centre, Person, Terminal, booked};
use crate::enrolment::new_code_as;
use crate::leases::{ask_lease, seal};

const SITE: &str = "tp-daan-1";
const SLOTS: [&str; 2] = ["0409-0900", "0409-1000"];
const STORES: u32 = 24;
const COUNTERS: u32 = 16;
const PEOPLE: usize = 24;
/// Of them these ask over HTTP; the others at a second centre.
const ON_THE_WEB: usize = 16;
const ROUNDS: usize = 6;
/// Places of each slot: far fewer than ask.
const CAPACITY: i32 = 12;

/// Protects V12 and the leases: over all channels, at every moment somebody looks, booked + open
/// leases + remaining = capacity, with as many bookings as are booked and as many unsold units as
/// are leased; and at the end whoever was told of a place has it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v12_the_identity_holds_at_every_moment() {
    let slot = |id: &str, start: u8, capacity: i32| {
        format!(
            "{{ id = \"{id}\", date = 2026-04-09, start = {start:02}:00:00, end = {:02}:00:00, capacity = {capacity} }}",
            start + 1
        )
    };
    let (first, second) = (slot(SLOTS[0], 9, 40), slot(SLOTS[1], 10, 40));
    let (few, also_few) = (slot(SLOTS[0], 9, CAPACITY), slot(SLOTS[1], 10, CAPACITY));
    let centre = Centre::start_changed(&[(&first, &few), (&second, &also_few)]);
    let scout = Terminal::enrol(&centre, centre.code(1)).await;
    let clients = STORES as usize + COUNTERS as usize + PEOPLE;
    let people = centre.called(&scout.roster().await, clients);
    let (at_terminals, at_home) = people.split_at(clients - PEOPLE);

    let pool = database::pool(&centre.database, 8).unwrap();
    let done = Arc::new(AtomicBool::new(false));
    let observer = tokio::spawn(observe(pool.clone(), Arc::clone(&done)));
    // A second centre on the same database, as a second machine would be.
    let clock = Clock::ahead_by_seconds(centre.offset.as_secs());
    let other_centre = http::Centre::new(pool.clone(), clock);

    let mut terminals = Vec::new();
    for (device, person) in (300..).zip(at_terminals) {
        let role = match device - 300 {
            0..STORES => Channel::StoreKiosk,
            place if place % 2 == 0 => Channel::Pharmacy,
            _ => Channel::HealthCentre,
        };
        let code = new_code_as(&centre, device, Some(role)).await;
        terminals.push((Terminal::enrol(&centre, &code).await, person, role));
    }
    let from_terminals = terminals
        .into_iter()
        .map(|(terminal, person, role)| at_terminal(terminal, person, role));
    let (on_the_web, elsewhere) = at_home.split_at(ON_THE_WEB);
    let from_web = on_the_web.iter().map(|person| on_web(&centre, person));
    let from_elsewhere = elsewhere
        .iter()
        .map(|person| at_second_centre(&other_centre, &pool, person, &scout));
    let (one, two, three) = tokio::join!(
        join_all(from_terminals),
        join_all(from_web),
        join_all(from_elsewhere)
    );
    done.store(true, Ordering::Relaxed);
    let looks = observer.await.unwrap();
    assert!(looks > 10, "looked only {looks} times");

    let mut told: Vec<String> = one.into_iter().chain(two).chain(three).flatten().collect();
    told.sort_unstable();
    let client = pool.get().await.unwrap();
    let rows = client
        .query("SELECT number FROM bookings ORDER BY number", &[])
        .await
        .unwrap();
    let kept: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(told, kept);
    centre.finish().await;
}

/// Looks at the slots, their bookings and their leases in one snapshot after the other.
async fn observe(pool: deadpool_postgres::Pool, done: Arc<AtomicBool>) -> usize {
    let client = pool.get().await.unwrap();
    let statement = client
        .prepare(
            "SELECT slot.capacity, slot.booked, slot.leased, slot.remaining, \
             (SELECT count(*) FROM bookings AS booking WHERE booking.site_id = slot.site_id \
             AND booking.slot_id = slot.slot_id), \
             (SELECT coalesce(sum(lease.units - lease.sold), 0)::bigint FROM leases AS lease \
             WHERE lease.site_id = slot.site_id AND lease.slot_id = slot.slot_id \
             AND lease.ended_at IS NULL) FROM slots AS slot WHERE slot.site_id = $1",
        )
        .await
        .unwrap();
    let mut looks = 0;
    while !done.load(Ordering::Relaxed) {
        for row in client.query(&statement, &[&SITE]).await.unwrap() {
            let count = |column| row.get::<_, i32>(column);
            assert_eq!(count(1) + count(2) + count(3), count(0));
            assert_eq!(i64::from(count(1)), row.get::<_, i64>(4));
            assert_eq!(i64::from(count(2)), row.get::<_, i64>(5));
        }
        looks += 1;
    }
    looks
}

/// One person at one terminal; gives the number of the booking that stands at the end.
async fn at_terminal(mut terminal: Terminal<'_>, person: &Person, role: Channel) -> Option<String> {
    let category = person.category(&terminal).await;
    terminal.does(person.willing(category, &["moderna"])).await;
    let mut standing = None;
    for round in 0..ROUNDS {
        let slot = SLOTS[round % SLOTS.len()];
        let grant = lease_of(&terminal, role, slot).await;
        if standing.is_none() {
            let mut body = person.books(SITE, slot);
            if let (OperationBody::BookSlot(request), Some(grant)) = (&mut body, &grant) {
                request.lease = Some(LeaseId(grant.lease.as_u128()));
            }
            let item = terminal.record(body);
            let result = terminal.deliver(vec![item]).await.results.remove(0);
            assert!(booked(&result) || grant.is_none(), "{:?}", result.outcome);
            if let OutcomeMessage::Applied { number } = result.outcome {
                standing = number;
            }
        } else if role != Channel::StoreKiosk {
            let outcome = terminal.does(person.cancels()).await;
            assert!(matches!(outcome, OutcomeMessage::Applied { .. }));
            standing = None;
        }
        if let Some(grant) = grant {
            let sealed = seal(&terminal, grant.lease, SITE).await;
            assert!(sealed.sealed);
        }
    }
    standing
}

/// Stores hold leases for a while.
async fn lease_of(terminal: &Terminal<'_>, role: Channel, slot: &str) -> Option<LeaseGrant> {
    if role != Channel::StoreKiosk {
        return None;
    }
    let grant = ask_lease(terminal, Uuid::now_v7(), SITE, slot, 2).await;
    (grant.units > 0).then_some(grant)
}

/// One person on the web, over HTTP; gives the number of the booking that stands at the end.
async fn on_web(centre: &Centre, person: &Person) -> Option<String> {
    let token = centre.signs_in(person).await;
    let does = async |method, path, body| {
        let answer = centre.my(method, path, &token, body).await;
        assert_eq!(answer.status(), 200);
        answer.json::<Value>().await.unwrap()
    };
    let entry = json!({"mobile": person.mobile, "area": "63000030", "brands": ["moderna"]});
    let path = "/v1/my/willingness/vaccine-2026-1";
    does(Method::PUT, path, Some(entry)).await;
    let path = "/v1/my/bookings/vaccine-2026-1";
    let mut standing = None;
    for round in 0..ROUNDS {
        if standing.is_none() {
            let slot = SLOTS[round % SLOTS.len()];
            let asked = json!({"site": SITE, "slot": slot, "mobile": person.mobile});
            let done = does(Method::POST, path, Some(asked)).await;
            standing = done["standing"]["number"].as_str().map(str::to_owned);
            assert_eq!(standing.is_some(), done["outcome"] == "applied", "{done}");
        } else {
            let done = does(Method::DELETE, path, None).await;
            assert_eq!(done["outcome"], "applied");
            standing = None;
        }
    }
    standing
}

/// One person of another centre on the same database; gives the number that stands at the end.
async fn at_second_centre(
    centre: &http::Centre,
    pool: &deadpool_postgres::Pool,
    person: &Person,
    scout: &Terminal<'_>,
) -> Option<String> {
    let category = person.category(scout).await;
    let id = person_id(pool, person).await;
    let does = async |body| {
        let act = PersonAct {
            channel: Channel::Web,
            person: id,
            key: Uuid::now_v7(),
            body,
        };
        apply::person(centre, act).await.unwrap().outcome
    };
    does(person.willing(category, &["moderna"])).await;
    let mut standing = None;
    for round in 0..ROUNDS {
        if standing.is_none() {
            let outcome = does(person.books(SITE, SLOTS[round % SLOTS.len()])).await;
            if let Outcome::Applied { number } = outcome {
                standing = number.map(|number| number.as_str().to_owned());
            }
        } else {
            let outcome = does(person.cancels()).await;
            assert_eq!(outcome, Outcome::Applied { number: None });
            standing = None;
        }
    }
    standing
}

/// Protects a person whose answer was lost: the same key again changes nothing and says the same,
/// also twice at once; the same key for something else is refused.
#[tokio::test]
async fn a_persons_operation_is_done_once_by_its_key() {
    let centre = Centre::start();
    let scout = Terminal::enrol(&centre, centre.code(1)).await;
    let person = &centre.called(&scout.roster().await, 1)[0];
    let category = person.category(&scout).await;
    let pool = database::pool(&centre.database, 4).unwrap();
    let clock = Clock::ahead_by_seconds(centre.offset.as_secs());
    let own_centre = http::Centre::new(pool.clone(), clock);
    let id = person_id(&pool, person).await;
    let act = |key, body| PersonAct {
        channel: Channel::App,
        person: id,
        key,
        body,
    };
    let (willing, books) = (Uuid::now_v7(), Uuid::now_v7());
    let body = person.willing(category, &["moderna"]);
    let declared = apply::person(&own_centre, act(willing, body.clone()))
        .await
        .unwrap();
    assert_eq!(declared.outcome, Outcome::Applied { number: None });
    let body = person.books(SITE, SLOTS[0]);
    let ask = || apply::person(&own_centre, act(books, body.clone()));
    let (one, other) = tokio::join!(ask(), ask());
    let first = one.unwrap();
    assert_eq!(first, other.unwrap());
    assert!(matches!(
        first.outcome,
        Outcome::Applied { number: Some(_) }
    ));
    assert_eq!(ask().await.unwrap(), first);
    let reused = apply::person(&own_centre, act(books, person.cancels())).await;
    assert!(matches!(reused, Err(central::CentralError::KeyReused)));
    // The registration number of the web is shown at any terminal as it is (V4).
    let standing = scout.check(person).await["standing"].clone();
    assert_eq!(standing["willingness"]["receipt"], declared.receipt);
    centre.finish().await;
}

pub async fn person_id(pool: &deadpool_postgres::Pool, person: &Person) -> Uuid {
    let client = pool.get().await.unwrap();
    client
        .query_one(
            "SELECT person_id FROM person_numbers WHERE number = $1",
            &[&person.person_number],
        )
        .await
        .unwrap()
        .get(0)
}
