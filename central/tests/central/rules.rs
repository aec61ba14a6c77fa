use jiff::ToSpan as _;

use crate::common::{Centre, Person, Terminal, applied, booked, rejected};
use wire::operation::OutcomeMessage;

/// Protects I3, I4, I6, V1, V3, V6, V13: each rule is enforced again at the centre, each with its
/// own reason, and a "no" is a result, not an error.
#[tokio::test]
async fn each_rule_has_its_rejection() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let called = centre.person("called-national");
    let category = called.category(&terminal).await;

    let stranger = Person {
        card_number: "000000000000".to_owned(),
        ..called.clone()
    };
    let old_card = centre.person("reissued-card-old");
    for person in [&stranger, &old_card] {
        assert_eq!(
            terminal.does(person.willing(9, &["az"])).await,
            rejected("identity-not-verified")
        );
        assert_eq!(
            terminal.does(person.books("tp-daan-1", "0409-0900")).await,
            rejected("identity-not-verified")
        );
    }
    for tag in ["outside-round", "under-16"] {
        let outside = centre.person(tag);
        assert_eq!(
            terminal.does(outside.willing(11, &["az"])).await,
            rejected("not-in-round")
        );
        assert_eq!(
            terminal.does(outside.books("tp-daan-1", "0409-0900")).await,
            rejected("not-in-round")
        );
    }
    let other_category = if category == 6 { 8 } else { 6 };
    assert_eq!(
        terminal.does(called.willing(other_category, &["az"])).await,
        rejected("not-in-round")
    );
    assert_eq!(
        terminal.does(called.willing(category, &["pfizer"])).await,
        rejected("unknown-target")
    );
    assert_eq!(
        terminal.does(called.books("tp-daan-2", "0409-0900")).await,
        rejected("no-willingness")
    );
    assert_eq!(
        terminal.does(called.not_willing()).await,
        rejected("no-willingness")
    );

    let waiting = centre.person("not-called");
    let waiting_category = waiting.category(&terminal).await;
    assert_eq!(
        terminal
            .does(waiting.willing(waiting_category, &["az"]))
            .await,
        applied()
    );
    assert_eq!(
        terminal.does(waiting.books("tp-daan-2", "0409-0900")).await,
        rejected("not-called")
    );

    assert_eq!(
        terminal.does(called.willing(category, &["az", "az"])).await,
        applied()
    );
    assert_eq!(
        terminal.does(called.books("tp-daan-1", "0409-0900")).await,
        rejected("brand-not-accepted")
    );
    assert_eq!(
        terminal.does(called.books("tp-daan-2", "0408-0900")).await,
        rejected("slot-full")
    );
    assert_eq!(
        terminal.does(called.books("tp-daan-2", "0499-0900")).await,
        rejected("unknown-target")
    );
    assert_eq!(
        terminal.does(called.books("nowhere", "0409-0900")).await,
        rejected("unknown-target")
    );
    let books = terminal.record(called.books("tp-daan-2", "0409-0900"));
    assert!(booked(&terminal.deliver(vec![books]).await.results[0]));
    assert_eq!(
        terminal.does(called.books("tp-daan-2", "0409-0900")).await,
        rejected("already-booked")
    );
    assert_eq!(
        terminal.does(called.not_willing()).await,
        rejected("booking-stands")
    );

    let standing = terminal.check(&called).await["standing"].clone();
    assert_eq!(standing["willingness"]["brands"], serde_json::json!(["az"]));
    assert_eq!(standing["booking"]["site"], "tp-daan-2");
    centre.finish().await;
}

/// Protects I3–I7 and I13: what a terminal that asks is told of each sort of card.
#[tokio::test]
async fn each_card_has_its_verdict() {
    let centre = Centre::start();
    let terminal = Terminal::enrol(&centre, centre.code(1)).await;
    for tag in [
        "called-national",
        "new-residence",
        "old-residence-alias",
        "reissued-card-new",
        "insurance-only",
        "fresh-card",
    ] {
        let person = centre.person(tag);
        let reply = terminal.check(&person).await;
        assert_eq!(reply["verdict"], "current", "{tag}");
        assert_eq!(reply["record"]["card"], person.card_number);
    }
    let verdict = async |person: &Person| terminal.check(person).await["verdict"].clone();
    assert_eq!(
        verdict(&centre.person("reissued-card-old")).await,
        "superseded-card"
    );
    let wrong = |tag| Person {
        card_number: "000000000000".to_owned(),
        ..centre.person(tag)
    };
    assert_eq!(
        verdict(&wrong("insurance-only")).await,
        "insurance-only-mismatch"
    );
    assert_eq!(verdict(&wrong("called-national")).await, "unknown");
    let alias = centre.person("old-residence-alias");
    let other = Person {
        person_number: alias.other_number.clone().unwrap(),
        ..alias
    };
    assert_eq!(verdict(&other).await, "other-number-on-card");
    centre.finish().await;
}

/// Protects I5: a card made after the roster release is not in the file, and the centre knows it.
#[tokio::test]
async fn i5_a_fresh_card_is_known_to_the_centre_only() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let fresh = centre.person("fresh-card");
    assert!(!terminal.roster().await.contains(&fresh.person_number));
    let category = fresh.category(&terminal).await;
    assert_eq!(
        terminal.does(fresh.willing(category, &["az"])).await,
        applied()
    );
    centre.finish().await;
}

/// Protects V1 and V5 across an outage: windows are judged by when it was recorded, an older entry
/// does not stand above a newer one, and a clock that cannot be true gains nothing.
#[tokio::test]
async fn late_operations_are_judged_by_when_they_were_recorded() {
    // Willingness closed half an hour before the sample's moment.
    let centre = Centre::start_changed(&[(
        "end = 2026-04-06T18:00:00+08:00",
        "end = 2026-04-03T09:58:00+08:00",
    )]);
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let person = centre.person("called-national");
    let category = person.category(&terminal).await;
    let now = centre.now();
    let mut does_at = async |body, at| {
        let item = terminal.record_at(body, at);
        terminal.deliver(vec![item]).await.results.remove(0).outcome
    };
    assert_eq!(
        does_at(person.willing(category, &["az"]), now).await,
        rejected("window-closed")
    );
    // The terminal enrolled a moment ago: what it claims of last week cannot be true.
    let last_week = now - 168.hours();
    assert_eq!(
        does_at(person.willing(category, &["az"]), last_week).await,
        rejected("window-closed")
    );
    let in_time = now - 4.minutes();
    assert_eq!(
        does_at(person.willing(category, &["az", "bnt"]), in_time).await,
        applied()
    );
    let earlier = in_time - 30.seconds();
    assert_eq!(
        does_at(person.willing(category, &["bnt"]), earlier).await,
        OutcomeMessage::Superseded
    );
    assert_eq!(
        does_at(person.not_willing(), earlier).await,
        OutcomeMessage::Superseded
    );
    assert_eq!(
        does_at(person.not_willing(), in_time + 1.second()).await,
        applied()
    );
    centre.finish().await;
}
