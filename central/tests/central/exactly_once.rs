use serde_json::Value;

use crate::common::{Centre, Terminal, applied, booked, rejected};
use crate::enrolment::new_code;

/// Protects against lost answers: the same bytes again get the same results and change nothing;
/// a batch may overlap what was answered before.
#[tokio::test]
async fn repeated_operations_are_answered_from_the_record() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let person = centre.person("called-national");
    let category = person.category(&terminal).await;
    let willing = terminal.record(person.willing(category, &["moderna"]));
    let books = terminal.record(person.books("tp-daan-1", "0409-0900"));
    let again = terminal.record(person.books("tp-daan-1", "0409-1000"));

    let first = terminal.deliver(vec![willing.clone(), books.clone()]).await;
    assert_eq!(first.next_seq, 3);
    assert_eq!(first.results[0].outcome, applied());
    assert!(booked(&first.results[1]));
    assert_eq!(
        terminal.deliver(vec![willing.clone(), books.clone()]).await,
        first
    );
    assert_eq!(
        terminal.deliver(vec![books.clone()]).await.results,
        first.results[1..]
    );

    let overlapping = terminal.deliver(vec![books, again]).await;
    assert_eq!(overlapping.next_seq, 4);
    assert_eq!(overlapping.results[0], first.results[1]);
    assert_eq!(overlapping.results[1].outcome, rejected("already-booked"));

    let operations = centre.operator("/operator/v1/operations?device=1").await;
    let lines = operations["items"].as_array().unwrap();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["hash"], willing.hash);
    assert_eq!(lines[2]["reason"], "already-booked");
    assert!(operations["next"].is_null());
    let first = "/operator/v1/operations?device=1&limit=2";
    let page = centre.operator(first).await;
    assert_eq!(page["items"].as_array().unwrap()[..], lines[..2]);
    let after = page["next"].as_str().unwrap();
    let last = centre.operator(&format!("{first}&after={after}")).await;
    assert_eq!(last["items"].as_array().unwrap()[..], lines[2..]);
    assert_eq!(centre.operator("/operator/v1/counts").await["bookings"], 1);
    centre.finish().await;
}

/// Protects the sequence: a batch that begins too late changes nothing and is told what is missing.
#[tokio::test]
async fn a_gap_is_answered_with_the_expected_number() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let person = centre.person("called-national");
    let category = person.category(&terminal).await;
    let first = terminal.record(person.willing(category, &["az"]));
    let second = terminal.record(person.not_willing());
    let reply = terminal.deliver(vec![second.clone()]).await;
    assert_eq!((reply.next_seq, reply.results.len()), (1, 0));
    let reply = terminal.deliver(vec![first, second]).await;
    assert_eq!((reply.next_seq, reply.results.len()), (3, 2));
    let reply = terminal.deliver(Vec::new()).await;
    assert_eq!((reply.next_seq, reply.results.len()), (3, 0));
    centre.finish().await;
}

/// Protects against cloned and rolled-back disks: other bytes under a used number shut the device
/// out, until an operator enrols it again.
#[tokio::test]
async fn a_differing_hash_quarantines_the_device() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let mut clone = terminal.cloned();
    let person = centre.person("called-national");
    let category = person.category(&terminal).await;
    terminal.does(person.willing(category, &["az"])).await;

    let other = clone.record(person.willing(category, &["bnt"]));
    for _ in 0..2 {
        let refused = clone.send(vec![other.clone()]).await;
        assert_eq!(refused.status(), 403);
        assert_eq!(
            refused.json::<Value>().await.unwrap()["code"],
            "quarantined"
        );
    }
    assert_eq!(terminal.get("/v1/orders").await.status(), 403);
    let standing = centre.operator("/operator/v1/counts").await;
    assert_eq!(standing["devices_quarantined"], 1);
    assert_eq!(standing["operations"], 1);

    let code = new_code(&centre, 1).await;
    let mut enrolled_again = Terminal::enrol(&centre, &code).await;
    assert_eq!(enrolled_again.does(person.not_willing()).await, applied());
    centre.finish().await;
}

/// Protects a queue that two processes of one device send at once: each operation is applied once.
#[tokio::test]
async fn the_same_batch_twice_at_once_is_applied_once() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let people = centre.called(&terminal.roster().await, 20);
    let mut batch = Vec::new();
    for person in &people {
        let category = person.category(&terminal).await;
        batch.push(terminal.record(person.willing(category, &["moderna"])));
        batch.push(terminal.record(person.books("ntp-banqiao-1", "0409-0900")));
    }
    let (one, other) = tokio::join!(terminal.deliver(batch.clone()), terminal.deliver(batch));
    assert_eq!(one, other);
    assert_eq!(one.next_seq, 41);
    assert_eq!(
        one.results.iter().filter(|result| booked(result)).count(),
        20
    );
    let counts = centre.operator("/operator/v1/counts").await;
    assert_eq!(
        (&counts["operations"], &counts["bookings"]),
        (&40.into(), &20.into())
    );
    centre.finish().await;
}

/// Protects the order of what one person did: though a batch is applied set-wise, each operation
/// finds what the one before it left, in the order of the terminal.
#[tokio::test]
async fn a_persons_operations_keep_their_order_in_a_batch() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let people = centre.called(&terminal.roster().await, 3);
    let mut batch = Vec::new();
    for person in &people {
        let category = person.category(&terminal).await;
        for body in [
            person.books("tp-daan-1", "0409-0900"),
            person.willing(category, &["az"]),
            person.books("tp-daan-1", "0409-0900"),
            person.not_willing(),
            person.willing(category, &["moderna"]),
            person.books("tp-daan-1", "0409-0900"),
            person.not_willing(),
        ] {
            batch.push(terminal.record(body));
        }
    }
    let results = terminal.deliver(batch).await.results;
    for of_person in results.chunks(7) {
        let outcomes: Vec<_> = of_person.iter().map(|result| &result.outcome).collect();
        assert_eq!(*outcomes[0], rejected("no-willingness"));
        assert_eq!(*outcomes[1], applied());
        assert_eq!(*outcomes[2], rejected("brand-not-accepted"));
        assert_eq!(*outcomes[3], applied());
        assert_eq!(*outcomes[4], applied());
        assert!(booked(&of_person[5]));
        assert_eq!(*outcomes[6], rejected("booking-stands"));
    }
    centre.finish().await;
}
