//! Leases: granted as the campaign says, sold from once, given back, never believed when sealed.

use domain::channel::Channel;
use domain::operation::{LeaseId, OperationBody};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::lease::{LeaseGrant, LeaseRequest, LeaseSealed, SealRequest};

use crate::common::{Centre, Person, Terminal, booked, rejected};
use crate::enrolment::new_code_as;

const SITE: &str = "tp-daan-1";
const SLOT: &str = "0409-0900";

pub async fn ask_lease(
    terminal: &Terminal<'_>,
    lease: Uuid,
    site: &str,
    slot: &str,
    units: u32,
) -> LeaseGrant {
    let request = LeaseRequest {
        lease,
        round: crate::common::ROUND.to_owned(),
        site: site.to_owned(),
        slot: slot.to_owned(),
        units,
    };
    let body = serde_json::to_vec(&request).unwrap();
    let answer = terminal.ask(Method::POST, "/v1/leases", &body).await;
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

pub async fn seal(terminal: &Terminal<'_>, lease: Uuid, site: &str) -> LeaseSealed {
    let request = SealRequest {
        site: site.to_owned(),
        next_seq: terminal.next_seq(),
    };
    let body = serde_json::to_vec(&request).unwrap();
    let path = format!("/v1/leases/{lease}/seal");
    let answer = terminal.ask(Method::POST, &path, &body).await;
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

/// Remaining, leased and booked places of the slot.
async fn places(centre: &Centre) -> (i64, i64, i64) {
    let slots = centre.operator(&format!("/operator/v1/slots/{SITE}")).await;
    let lines = slots.as_array().unwrap();
    let slot = lines.iter().find(|slot| slot["slot"] == SLOT).unwrap();
    let count = |name: &str| slot[name].as_i64().unwrap();
    (count("remaining"), count("leased"), count("booked"))
}

fn from_lease(person: &Person, lease: Uuid) -> OperationBody {
    let mut body = person.books(SITE, SLOT);
    if let OperationBody::BookSlot(request) = &mut body {
        request.lease = Some(LeaseId(lease.as_u128()));
    }
    body
}

/// Protects V12 without the line: leased places are nobody else's, a sale moves one, sealing gives
/// the rest back once, and only after everything sold has arrived.
#[tokio::test]
async fn a_lease_is_taken_sold_from_and_given_back() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let people = centre.called(&terminal.roster().await, 2);
    for person in &people {
        let category = person.category(&terminal).await;
        terminal.does(person.willing(category, &["moderna"])).await;
    }
    let lease = Uuid::now_v7();
    let grant = ask_lease(&terminal, lease, SITE, SLOT, 9).await;
    assert_eq!((grant.units, grant.reason.clone()), (3, None), "units_max");
    assert_eq!(places(&centre).await, (37, 3, 0));
    // The answer was lost: the same request again.
    assert_eq!(ask_lease(&terminal, lease, SITE, SLOT, 9).await, grant);
    assert_eq!(places(&centre).await, (37, 3, 0));
    let more = ask_lease(&terminal, Uuid::now_v7(), SITE, SLOT, 1).await;
    assert_eq!(more.reason.as_deref(), Some("lease-not-allowed"));

    let sold = terminal.record(from_lease(&people[0], lease));
    let early = seal(&terminal, lease, SITE).await;
    assert!(!early.sealed, "a sale has not arrived yet");
    assert!(booked(&terminal.deliver(vec![sold]).await.results[0]));
    assert_eq!(places(&centre).await, (37, 2, 1));
    for _ in 0..2 {
        let sealed = seal(&terminal, lease, SITE).await;
        assert_eq!((sealed.sealed, sealed.units, sealed.sold), (true, 3, 1));
        assert_eq!(places(&centre).await, (39, 0, 1));
    }

    // Whoever sells from a sealed lease is not believed again.
    let outcome = terminal.does(from_lease(&people[1], lease)).await;
    assert_eq!(outcome, rejected("lease-not-valid"));
    assert_eq!(terminal.get("/v1/campaign").await.status(), 403);
    assert_eq!(places(&centre).await, (39, 0, 1));
    centre.finish().await;
}

/// Protects the campaign's policy: a store of another township and a counter of another site hold
/// nothing.
#[tokio::test]
async fn leases_are_for_those_the_campaign_names() {
    let centre = Centre::start();
    let far = Terminal::enrol(&centre, centre.code(2)).await;
    let code = new_code_as(&centre, 77, Some(Channel::Pharmacy)).await;
    let counter = Terminal::enrol(&centre, &code).await;
    for terminal in [&far, &counter] {
        let grant = ask_lease(terminal, Uuid::now_v7(), SITE, SLOT, 1).await;
        assert_eq!(grant.reason.as_deref(), Some("lease-not-allowed"));
        let grant = ask_lease(terminal, Uuid::now_v7(), "nowhere", SLOT, 1).await;
        assert_eq!(grant.reason.as_deref(), Some("unknown-target"));
    }
    assert_eq!(places(&centre).await, (40, 0, 0));
    centre.finish().await;
}

/// Protects places of a terminal that never reports again: an operator declares it lost, its units
/// are free again, and a sale that turns up later is refused.
#[tokio::test]
async fn a_lost_terminals_units_return() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let person = &centre.called(&terminal.roster().await, 1)[0];
    let category = person.category(&terminal).await;
    terminal.does(person.willing(category, &["moderna"])).await;
    let lease = Uuid::now_v7();
    ask_lease(&terminal, lease, SITE, SLOT, 2).await;
    let ended = async |body: Value| {
        let answer = centre
            .http
            .post(format!("{}/operator/v1/leases/ended", centre.operator))
            .bearer_auth("operator-token-of-the-tests")
            .header("idempotency-key", Uuid::now_v7().to_string())
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        answer.json::<Value>().await.unwrap()["ended"].clone()
    };
    assert_eq!(ended(json!({})).await, 0, "the slot is still ahead");
    assert_eq!(places(&centre).await, (38, 2, 0));
    assert_eq!(ended(json!({ "device": 1 })).await, 1);
    assert_eq!(places(&centre).await, (40, 0, 0));
    let late = terminal.does(from_lease(person, lease)).await;
    assert_eq!(late, rejected("lease-not-valid"));
    centre.finish().await;
}
