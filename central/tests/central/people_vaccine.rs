use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::browser::CAPTCHA;
use crate::common::{Centre, Person, Terminal};

const WILLINGNESS: &str = "/v1/my/willingness/vaccine-2026-1";
const BOOKING: &str = "/v1/my/bookings/vaccine-2026-1";
const SITES: &str = "/v1/rounds/vaccine-2026-1/sites?area=63000030";

/// Somebody signed in on the web.
struct Web<'a> {
    centre: &'a Centre,
    token: String,
}

impl<'a> Web<'a> {
    async fn of(centre: &'a Centre, person: &Person) -> Self {
        let token = centre.signs_in(person).await;
        Self { centre, token }
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let answer = self.centre.my(method, path, &self.token, body).await;
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap())
    }

    async fn does(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let (status, answer) = self.ask(method, path, body).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    async fn is_willing(&self, brands: &[&str]) -> Value {
        let entry = json!({"mobile": "0912345678", "area": "63000030", "brands": brands});
        self.does(Method::PUT, WILLINGNESS, Some(entry)).await
    }

    async fn books(&self, site: &str, slot: &str) -> Value {
        let asked = json!({"site": site, "slot": slot, "mobile": "0912345678"});
        self.does(Method::POST, BOOKING, Some(asked)).await
    }
}

async fn seen(centre: &Centre, path: &str) -> Value {
    let answer = centre.http.get(format!("{}{path}", centre.address)).send();
    let answer = answer.await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

async fn looked_up(centre: &Centre, number: &str, last_three: &str) -> Value {
    let asked = json!({"person": number, "mobile_last_three": last_three,
        "captcha": centre.captcha().await, "answer": CAPTCHA});
    centre.ask("/v1/look-ups/booking", &asked).await
}

/// Protects V1–V5 on the web: declared, shown with its number and masked name, changed, cancelled;
/// refused with its reason outside the round, and while a booking rests on it.
#[tokio::test]
async fn v5_willingness_on_the_web() {
    let centre = Centre::start();
    let outside = Web::of(&centre, &centre.person("outside-round")).await;
    let refused = outside.is_willing(&["moderna"]).await;
    assert_eq!(
        (&refused["outcome"], &refused["reason"]),
        (&json!("rejected"), &json!("not-in-round"))
    );

    let person = centre.person("called-national");
    let web = Web::of(&centre, &person).await;
    assert_eq!(web.ask(Method::GET, WILLINGNESS, None).await.0, 404);
    let declared = web.is_willing(&["moderna", "az"]).await;
    assert_eq!(declared["outcome"], "applied");
    let entry = &declared["standing"];
    assert_eq!(entry["registration_number"], declared["receipt"]);
    assert!(entry["name"].as_str().unwrap().contains('〇'));
    assert!(entry["person"].as_str().unwrap().contains("********"));
    let changed = web.is_willing(&["az"]).await;
    assert_eq!(changed["standing"]["brands"], json!(["az"]));
    assert_eq!(
        web.does(Method::GET, WILLINGNESS, None).await["brands"],
        json!(["az"])
    );

    let other_brand = web.books("tp-daan-1", "0409-0900").await;
    assert_eq!(other_brand["reason"], "brand-not-accepted");
    web.is_willing(&["moderna"]).await;
    assert_eq!(
        web.books("tp-daan-1", "0409-0900").await["outcome"],
        "applied"
    );
    let stands = web.does(Method::DELETE, WILLINGNESS, None).await;
    assert_eq!(stands["reason"], "booking-stands");
    web.does(Method::DELETE, BOOKING, None).await;
    let cancelled = web.does(Method::DELETE, WILLINGNESS, None).await;
    assert_eq!(cancelled["outcome"], "applied");
    assert!(cancelled["standing"].is_null());
    let no_entry = web.books("tp-daan-1", "0409-0900").await;
    assert_eq!(no_entry["reason"], "no-willingness");
    centre.finish().await;
}

/// Protects V6–V10 on the web: sites of a township with brand, full slots marked; one booking, which
/// a second attempt shows; a store's booking is cancelled on the web and the place is free at once.
#[tokio::test]
async fn v10_a_stores_booking_is_cancelled_on_the_web() {
    let centre = Centre::start();
    let sites = seen(&centre, SITES).await;
    let site = &sites[0];
    assert!(site["brand"].is_string() && site["address"]["chinese"].is_string());
    let slots = |sites: &Value| sites[0]["slots"].as_array().unwrap().clone();
    assert!(slots(&sites).iter().any(|slot| slot["full"] == true));
    assert!(slots(&sites).iter().any(|slot| slot["start"] == "13:30:00"));

    let person = centre.person("called-national");
    let mut store = Terminal::enrol(&centre, centre.code(1)).await;
    let category = person.category(&store).await;
    store.does(person.willing(category, &["moderna"])).await;
    store.does(person.books("tp-daan-1", "0409-0900")).await;

    let web = Web::of(&centre, &person).await;
    let second = web.books("tp-daan-1", "0409-1000").await;
    assert_eq!(second["reason"], "already-booked");
    let first = &second["standing"];
    assert_eq!(first["start"], "09:00:00");
    assert_eq!(first["number"].as_str().unwrap().len(), 9);
    assert_eq!(web.does(Method::GET, BOOKING, None).await, *first);

    let remaining = async || {
        let slots = centre.operator("/operator/v1/slots/tp-daan-1").await;
        let slots = slots.as_array().unwrap().clone();
        let slot = slots.iter().find(|slot| slot["slot"] == "0409-0900");
        slot.unwrap()["remaining"].as_i64().unwrap()
    };
    let before = remaining().await;
    let cancelled = web.does(Method::DELETE, BOOKING, None).await;
    assert_eq!(cancelled["outcome"], "applied");
    assert_eq!(remaining().await, before + 1);
    assert_eq!(web.ask(Method::GET, BOOKING, None).await.0, 404);
    let again = web.does(Method::DELETE, BOOKING, None).await;
    assert_eq!(again["reason"], "no-booking");
    centre.finish().await;
}

/// Protects V11 and I4: either of a person's numbers and the mobile's last digits find the newest
/// booking, masked; an unknown number, wrong digits and no booking are one and the same answer.
#[tokio::test]
async fn v11_i4_a_look_up_tells_nothing_else() {
    let centre = Centre::start();
    let person = centre.person("old-residence-alias");
    let other_number = person.other_number.clone().unwrap();
    let web = Web::of(&centre, &person).await;
    web.is_willing(&["moderna", "az", "bnt"]).await;
    let booked = web.books("tp-daan-1", "0409-0900").await;
    assert_eq!(booked["outcome"], "applied", "{booked}");

    for number in [&person.person_number, &other_number] {
        let found = looked_up(&centre, number, "678").await;
        assert_eq!(found["booking"]["number"], booked["standing"]["number"]);
        assert_eq!(found["booking"]["mobile"], "0912***678");
        let text = found.to_string();
        assert!(!text.contains(&person.person_number) && !text.contains(&person.name));
    }
    let nobody_booked = centre.person("called-second").person_number;
    for (number, last_three) in [
        (person.person_number.as_str(), "679"),
        (nobody_booked.as_str(), "678"),
        ("A123456789", "678"),
    ] {
        assert_eq!(looked_up(&centre, number, last_three).await, json!({}));
    }
    centre.finish().await;
}

/// Protects I4: whoever declared under one residence number is found under the other, also over
/// channels: the terminal's card carries the new number, the entry stands once.
#[tokio::test]
async fn i4_one_person_over_channels() {
    let centre = Centre::start();
    let person = centre.person("old-residence-alias");
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let category = person.category(&terminal).await;
    terminal.does(person.willing(category, &["moderna"])).await;
    let web = Web::of(&centre, &person).await;
    let entry = web.does(Method::GET, WILLINGNESS, None).await;
    assert_eq!(entry["brands"], json!(["moderna"]));
    web.is_willing(&["az"]).await;
    assert_eq!(
        centre.operator("/operator/v1/counts").await["willingness"],
        1
    );
    let standing = terminal.check(&person).await;
    assert_eq!(standing["standing"]["willingness"]["brands"], json!(["az"]));
    centre.finish().await;
}

/// Protects whoever presses twice: the same key and body are answered the same and done once, another
/// body is 422, no key 400, and nobody who is not signed in writes a key.
#[tokio::test]
async fn a_request_sent_again_is_done_once() {
    let centre = Centre::start();
    let person = centre.person("called-national");
    let web = Web::of(&centre, &person).await;
    web.is_willing(&["moderna"]).await;
    let key = Uuid::now_v7().to_string();
    let post = async |token: &str, key: Option<&str>, slot: &str| {
        let body = json!({"site": "tp-daan-1", "slot": slot, "mobile": "0912345678"});
        let mut request = centre.http.post(format!("{}{BOOKING}", centre.address));
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let request = request.bearer_auth(token).json(&body);
        request.send().await.unwrap()
    };
    assert_eq!(post("nobody", Some(&key), "0409-0900").await.status(), 401);
    let (one, two) = futures::future::join(
        post(&web.token, Some(&key), "0409-0900"),
        post(&web.token, Some(&key), "0409-0900"),
    )
    .await;
    // One of two at the same time may be told that the other is still being worked on.
    let codes = [one.status().as_u16(), two.status().as_u16()];
    assert!(codes.contains(&200) && codes.iter().all(|code| [200, 409].contains(code)));
    let again = post(&web.token, Some(&key), "0409-0900").await;
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    let again: Value = again.json().await.unwrap();
    assert_eq!(again["outcome"], "applied");
    let other = post(&web.token, Some(&key), "0409-1000").await;
    assert_eq!(other.status(), 422);
    let without = post(&web.token, None, "0409-0900").await;
    assert_eq!(without.status(), 400);
    let counts = centre.operator("/operator/v1/counts").await;
    assert_eq!(counts["bookings"], 1);
    centre.finish().await;
}
