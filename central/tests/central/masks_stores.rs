use serde_json::{Value, json};

use crate::common::{Centre, Terminal, applied, redeems, rejected};
use crate::masks_lottery::{ORDERING, people};

const SLIP: &str = "ZK00001010000001";

/// Protects M14: a slip is valid once, at its own store, and only one that was given out.
#[tokio::test]
async fn m14_a_slip_is_taken_in_once() {
    let centre = Centre::start();
    let mut here = Terminal::enrol(&centre, centre.code(1)).await;
    let mut elsewhere = Terminal::enrol(&centre, centre.code(2)).await;
    let owner = centre.person("mask-order-here");
    let number = owner.pickup_number.clone().unwrap();
    assert_eq!(here.does(owner.fetches(&number)).await, applied());
    let refused = elsewhere.does(redeems(SLIP)).await;
    assert_eq!(refused, rejected("slip-unknown"));
    assert_eq!(here.does(redeems(SLIP)).await, applied());
    assert_eq!(here.does(redeems(SLIP)).await, rejected("slip-redeemed"));
    let refused = here.does(redeems("ZK00001010000099")).await;
    assert_eq!(refused, rejected("slip-unknown"));
    assert_eq!(
        here.does(owner.fetches(&number)).await,
        rejected("slip-exists")
    );
    centre.finish().await;
}

/// Protects M13: a slip that was given out in time is not taken in after the last day.
#[tokio::test]
async fn m13_a_slip_ends_with_the_pickup_days() {
    let mut centre = Centre::start();
    let mut here = Terminal::enrol(&centre, centre.code(1)).await;
    let owner = centre.person("mask-order-here");
    let number = owner.pickup_number.clone().unwrap();
    assert_eq!(here.does(owner.fetches(&number)).await, applied());
    let kept = here.kept();
    centre.go_to("2026-04-09T00:00:01+08:00");
    let mut here = kept.at(&centre);
    assert_eq!(here.does(redeems(SLIP)).await, rejected("outside-pickup"));
    centre.finish().await;
}

/// Protects M11: when a store closes its orders are fetched at the one that took them over.
#[tokio::test]
async fn m11_a_closed_stores_orders_move() {
    let centre = Centre::start();
    let mut first = Terminal::enrol(&centre, centre.code(1)).await;
    let mut second = Terminal::enrol(&centre, centre.code(2)).await;
    let owner = centre.person("mask-order-here");
    let number = owner.pickup_number.clone().unwrap();
    assert_eq!(
        second.does(owner.fetches(&number)).await,
        rejected("other-store")
    );
    let to = |store: &str| json!({"round": "mask-2026-2", "to": store}).to_string();
    let moves = "/operator/v1/stores/S0001/moves";
    let moved = centre.operator_does(moves, to("S0002")).await;
    assert_eq!(moved.status(), 200);
    assert_eq!(
        first.does(owner.fetches(&number)).await,
        rejected("other-store")
    );
    assert_eq!(second.does(owner.fetches(&number)).await, applied());
    // Never to itself, nor in a ring, nor out of the round.
    let back = centre.operator_does("/operator/v1/stores/S0002/moves", to("S0001"));
    assert_eq!(
        back.await.json::<Value>().await.unwrap()["code"],
        "store-moved"
    );
    let own = centre.operator_does(moves, to("S0001")).await;
    assert_eq!(own.status(), 409);
    let nowhere = centre.operator_does(moves, to("S9999")).await;
    assert_eq!(nowhere.json::<Value>().await.unwrap()["field"], "to");
    centre.finish().await;
}

/// Protects M11: nobody orders at a store that closed.
#[tokio::test]
async fn m11_a_closed_store_takes_no_orders() {
    let centre = Centre::start_changed_at(&[], ORDERING);
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let buyer = people(&centre, &terminal, 1).await.remove(0);
    assert_eq!(terminal.does(buyer.orders("S0001")).await, applied());
    let to = json!({"round": "mask-2026-2", "to": "S0002"}).to_string();
    let moved = centre.operator_does("/operator/v1/stores/S0001/moves", to);
    assert_eq!(moved.await.json::<Value>().await.unwrap()["orders"], 1);
    let refused = terminal.does(buyer.orders("S0001")).await;
    assert_eq!(refused, rejected("store-moved"));
    assert_eq!(terminal.does(buyer.orders("S0003")).await, applied());
    centre.finish().await;
}
