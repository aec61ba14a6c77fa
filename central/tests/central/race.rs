use futures::future::join_all;

use crate::common::{Centre, Terminal, booked, rejected};
use crate::enrolment::new_code;

const CLIENTS: u32 = 64;
const CAPACITY: usize = 10;

/// Protects V12: 64 terminals ask at once for a slot of ten places, and exactly ten get one.
#[tokio::test]
async fn v12_no_place_is_given_twice() {
    let slot = "{ id = \"0409-0900\", date = 2026-04-09, start = 09:00:00, end = 10:00:00, capacity = 40 }";
    let ten = slot.replace("40 }", "10 }");
    let centre = Centre::start_changed(&[(slot, &ten)]);
    let scout = Terminal::enrol(&centre, centre.code(1)).await;
    let people = centre.called(&scout.roster().await, CLIENTS as usize);
    let mut terminals = Vec::new();
    for (device, person) in (100..).zip(&people) {
        let code = new_code(&centre, device).await;
        let mut terminal = Terminal::enrol(&centre, &code).await;
        let category = person.category(&terminal).await;
        terminal.does(person.willing(category, &["moderna"])).await;
        let books = terminal.record(person.books("tp-daan-1", "0409-0900"));
        terminals.push((terminal, books));
    }
    let asked = terminals
        .iter()
        .map(|(terminal, books)| terminal.deliver(vec![books.clone()]));
    let replies = join_all(asked).await;

    let results: Vec<_> = replies.iter().map(|reply| &reply.results[0]).collect();
    assert_eq!(
        results.iter().filter(|result| booked(result)).count(),
        CAPACITY
    );
    let full = results
        .iter()
        .filter(|result| result.outcome == rejected("slot-full"));
    assert_eq!(full.count(), CLIENTS as usize - CAPACITY);
    let numbers: std::collections::HashSet<_> = results
        .iter()
        .filter(|result| booked(result))
        .map(|result| format!("{:?}", result.outcome))
        .collect();
    assert_eq!(numbers.len(), CAPACITY);
    let slots = centre.operator("/operator/v1/slots/tp-daan-1").await;
    let slot = slots
        .as_array()
        .unwrap()
        .iter()
        .find(|slot| slot["slot"] == "0409-0900")
        .unwrap();
    assert_eq!(
        (&slot["remaining"], &slot["booked"]),
        (&0.into(), &CAPACITY.into())
    );
    assert_eq!(
        centre.operator("/operator/v1/counts").await["bookings"],
        CAPACITY
    );
    centre.finish().await;
}

/// Protects V9: one person at many terminals at once gets one booking.
#[tokio::test]
async fn v9_one_booking_a_person_a_dose() {
    let centre = Centre::start();
    let mut scout = Terminal::enrol(&centre, centre.code(1)).await;
    let person = centre.person("called-national");
    let category = person.category(&scout).await;
    scout
        .does(person.willing(category, &["moderna", "az"]))
        .await;
    let slots = [
        ("tp-daan-1", "0409-0900"),
        ("tp-daan-2", "0409-0900"),
        ("tp-xinyi-1", "0410-1000"),
    ];
    let mut terminals = Vec::new();
    for (device, (site, slot)) in (200..216).zip(slots.iter().cycle()) {
        let code = new_code(&centre, device).await;
        let mut terminal = Terminal::enrol(&centre, &code).await;
        let books = terminal.record(person.books(site, slot));
        terminals.push((terminal, books));
    }
    let asked = terminals
        .iter()
        .map(|(terminal, books)| terminal.deliver(vec![books.clone()]));
    let replies = join_all(asked).await;
    let winners: Vec<_> = replies
        .iter()
        .filter(|reply| booked(&reply.results[0]))
        .collect();
    assert_eq!(winners.len(), 1);
    let losers = replies
        .iter()
        .filter(|reply| reply.results[0].outcome == rejected("already-booked"));
    assert_eq!(losers.count(), 15);
    let standing = scout.check(&person).await;
    let number = standing["standing"]["booking"]["number"].as_str().unwrap();
    assert!(format!("{:?}", winners[0].results[0].outcome).contains(number));
    centre.finish().await;
}
