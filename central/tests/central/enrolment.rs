use domain::channel::Channel;
use ed25519_dalek::SigningKey;
use serde_json::Value;

use crate::common::{Centre, Terminal};

/// Protects the fleet: a code works once, for one key; the same terminal may ask again because it
/// did not hear the answer; enrolling again raises the epoch and ends the old one.
#[tokio::test]
async fn codes_work_once_and_epochs_rise() {
    let centre = Centre::start();
    let first = Terminal::enrol(&centre, centre.code(1)).await;
    assert_eq!((first.enrolment.device, first.enrolment.epoch), (1, 1));
    assert_eq!(first.enrolment.store.id, "S0001");
    assert_eq!(first.enrolment.store.name, "健康門市");

    let again = Terminal::ask_enrolment(&centre, centre.code(1), &first.key).await;
    assert_eq!(again.status(), 200);
    let other_key = SigningKey::generate(&mut rand::rngs::OsRng);
    for code in [centre.code(1), "AAAA-BBBB-CCCC", ""] {
        let refused = Terminal::ask_enrolment(&centre, code, &other_key).await;
        assert_eq!(refused.status(), 403);
        let problem: Value = refused.json().await.unwrap();
        assert_eq!(problem["code"], "enrolment-refused");
    }

    let code = new_code(&centre, 1).await;
    let second = Terminal::enrol(&centre, &code.to_lowercase()).await;
    assert_eq!((second.enrolment.device, second.enrolment.epoch), (1, 2));
    assert_eq!(second.get("/v1/campaign").await.status(), 200);
    let old = first.get("/v1/campaign").await;
    assert_eq!(old.status(), 409);
    assert_eq!(old.json::<Value>().await.unwrap()["code"], "epoch-ended");
    centre.finish().await;
}

/// A code as `central enrolment-code` makes it.
pub async fn new_code(centre: &Centre, device: u32) -> String {
    new_code_as(centre, device, None).await
}

/// The same for a terminal with a role of its own.
pub async fn new_code_as(centre: &Centre, device: u32, role: Option<Channel>) -> String {
    let pool = central::database::pool(&centre.database, 1).unwrap();
    let device = domain::operation::DeviceId::new(device).unwrap();
    let store = Some("S0001");
    let random = &mut rand::rngs::OsRng;
    central::devices::make_code(&pool, device, store, role, random, centre.now())
        .await
        .unwrap()
}
