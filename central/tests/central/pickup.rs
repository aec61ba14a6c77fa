use domain::pickup::MaskOrder;
use wire::orders::StoreOrders;

use crate::common::{Centre, Terminal, applied, rejected};
use crate::enrolment::new_code;

/// Protects M9, M11, M12 and M14: a slip is given out once, at the order's own store, to its owner,
/// if it was paid.
#[tokio::test]
async fn m9_m11_m12_m14_slips() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let here = centre.person("mask-order-here");
    let order = here.pickup_number.clone().unwrap();
    let other = centre.person("mask-order-here-2");
    assert_eq!(
        terminal.does(other.fetches(&order)).await,
        rejected("order-unknown")
    );
    assert_eq!(
        terminal.does(here.fetches("0000000000")).await,
        rejected("order-unknown")
    );
    assert_eq!(terminal.does(here.fetches(&order)).await, applied());
    assert_eq!(
        terminal.does(here.fetches(&order)).await,
        rejected("slip-exists")
    );
    let elsewhere = centre.person("mask-order-elsewhere");
    let number = elsewhere.pickup_number.clone().unwrap();
    assert_eq!(
        terminal.does(elsewhere.fetches(&number)).await,
        rejected("other-store")
    );
    let unpaid = centre.person("mask-order-unpaid");
    let number = unpaid.pickup_number.clone().unwrap();
    assert_eq!(
        terminal.does(unpaid.fetches(&number)).await,
        rejected("order-void")
    );
    centre.finish().await;
}

/// Protects M13: outside the pickup days nothing is given out.
#[tokio::test]
async fn m13_only_inside_the_pickup_days() {
    let first_day = "pickup_first_day = 2026-04-02";
    let centre = Centre::start_changed(&[(first_day, "pickup_first_day = 2026-04-04")]);
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let here = centre.person("mask-order-here");
    let order = here.pickup_number.clone().unwrap();
    assert_eq!(
        terminal.does(here.fetches(&order)).await,
        rejected("outside-pickup")
    );
    centre.finish().await;
}

/// Protects M11: a terminal gets the orders of its own store only, each readable, with the slip
/// once it was given out; an unchanged list costs nothing.
#[tokio::test]
async fn m11_a_terminal_holds_its_own_stores_orders() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let answer = terminal.get("/v1/orders").await;
    let tag = answer.headers()["etag"].clone();
    let list: StoreOrders = answer.json().await.unwrap();
    assert_eq!((list.store.as_str(), list.orders.len()), ("S0001", 40));
    for order in &list.orders {
        assert_eq!(order.store, "S0001");
        let read = MaskOrder::try_from(order.clone()).unwrap();
        assert!(read.slip.is_none() && !read.redeemed);
    }
    let here = centre.person("mask-order-here");
    let number = here.pickup_number.clone().unwrap();
    terminal.does(here.fetches(&number)).await;
    let answer = terminal.get("/v1/orders").await;
    assert_ne!(answer.headers()["etag"], tag);
    let list: StoreOrders = answer.json().await.unwrap();
    let given: Vec<_> = list
        .orders
        .iter()
        .filter(|order| order.slip.is_some())
        .collect();
    assert_eq!(given.len(), 1);
    assert_eq!(given[0].number, number);
    assert_eq!(given[0].slip.as_deref(), Some("ZK00001010000001"));

    let second = Terminal::enrol(&centre, &new_code(&centre, 7).await).await;
    assert_eq!(second.enrolment.store.id, "S0001");
    let elsewhere = Terminal::enrol(&centre, centre.code(2)).await;
    let list: StoreOrders = elsewhere.get("/v1/orders").await.json().await.unwrap();
    assert_eq!(list.store, "S0002");
    centre.finish().await;
}
