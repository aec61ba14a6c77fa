use domain::channel::Channel;

use wire::operation::OutcomeMessage;

use crate::common::{Centre, Terminal, rejected};
use crate::enrolment::new_code_as;

const SITE: &str = "tp-daan-1";
const SLOT: &str = "0409-0900";

fn is_booked(outcome: &OutcomeMessage) -> bool {
    matches!(outcome, OutcomeMessage::Applied { number: Some(_) })
}

async fn remaining(centre: &Centre) -> i64 {
    let slots = centre.operator("/operator/v1/slots/tp-daan-1").await;
    let slots = slots.as_array().unwrap();
    let slot = slots.iter().find(|slot| slot["slot"] == SLOT).unwrap();
    slot["remaining"].as_i64().unwrap()
}

/// Protects V10: a store kiosk refuses and a pharmacy cancels what was booked at the store; the place
/// is free at once, the person may book again, and a second cancelling finds nothing.
#[tokio::test]
async fn v10_cancelled_at_a_counter_and_not_at_a_store() {
    let centre = Centre::start();
    let mut store = Terminal::enrol(&centre, centre.code(1)).await;
    let code = new_code_as(&centre, 300, Some(Channel::Pharmacy)).await;
    let mut pharmacy = Terminal::enrol(&centre, &code).await;
    let person = centre.person("called-national");
    let category = person.category(&store).await;
    let before = remaining(&centre).await;

    let nothing = pharmacy.does(person.cancels()).await;
    assert_eq!(nothing, rejected("no-booking"));
    store.does(person.willing(category, &["moderna"])).await;
    assert!(is_booked(&store.does(person.books(SITE, SLOT)).await));
    assert_eq!(remaining(&centre).await, before - 1);
    let here = store.does(person.cancels()).await;
    assert_eq!(here, rejected("cancel-elsewhere"));
    let stands = store.does(person.not_willing()).await;
    assert_eq!(stands, rejected("booking-stands"));

    let cancelled = pharmacy.does(person.cancels()).await;
    assert_eq!(cancelled, OutcomeMessage::Applied { number: None });
    assert_eq!(remaining(&centre).await, before);
    let again = pharmacy.does(person.cancels()).await;
    assert_eq!(again, rejected("no-booking"));
    assert!(is_booked(&store.does(person.books(SITE, SLOT)).await));
    assert_eq!(remaining(&centre).await, before - 1);
    centre.finish().await;
}
