use reqwest::{Method, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::browser::CAPTCHA;
use crate::common::{Centre, Person, Terminal, applied};
use crate::masks_lottery::{CLOSED, ORDERING, close};
use crate::masks_payment::{PAYING, bank_file, bank_tells};

const ORDERS: &str = "/v1/my/mask-orders/mask-2026-2";

async fn order(centre: &Centre, token: &str, key: Uuid, body: &Value) -> Response {
    centre
        .http
        .post(format!("{}{ORDERS}", centre.address))
        .bearer_auth(token)
        .header("idempotency-key", key.to_string())
        .json(body)
        .send()
        .await
        .unwrap()
}

async fn see(centre: &Centre, token: &str, path: &str) -> Value {
    let answer = centre.my(Method::GET, path, token, None).await;
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

async fn look_up(centre: &Centre, person: &str, mobile_last_three: &str) -> Value {
    let body = json!({"person": person, "mobile_last_three": mobile_last_three,
        "captcha": centre.captcha().await, "answer": CAPTCHA});
    centre.ask("/v1/look-ups/mask-order", &body).await
}

fn wants(store: &str, person: &Person) -> Value {
    json!({"store": store, "mobile": person.mobile})
}

/// Protects M1, M6, M9, M10, M16, M17: a person orders on the web, orders again at a kiosk, learns
/// the result, pays, sees the pickup number, the record of purchases; nothing can be cancelled.
#[tokio::test]
async fn m1_m10_m16_a_round_on_the_web() {
    let mut centre = Centre::start_changed_at(&[], ORDERING);
    let person = centre.person("called-national");
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let token = centre.signs_in(&person).await;
    let missing = centre.my(Method::GET, ORDERS, &token, None).await;
    assert_eq!(missing.status(), 404);
    assert_eq!(
        look_up(&centre, &person.person_number, "000").await,
        json!({})
    );

    assert_eq!(terminal.does(person.orders("S0003")).await, applied());
    let key = Uuid::now_v7();
    let answer = order(&centre, &token, key, &wants("S0002", &person)).await;
    assert_eq!(answer.status(), 200);
    let done: Value = answer.json().await.unwrap();
    assert_eq!(done["outcome"], "applied");
    let standing = &done["standing"];
    assert_eq!(
        (&standing["masks"], &standing["price_twd"]),
        (&json!(3), &json!(22))
    );
    assert_eq!(standing["state"], "ordered");
    assert_eq!(standing["channel"], "web");
    assert_eq!(standing["store"]["store"], "S0002");
    assert!(standing["payment"].is_null() && standing["pickup"].is_null());
    let again = order(&centre, &token, key, &wants("S0002", &person)).await;
    assert_eq!(again.json::<Value>().await.unwrap(), done);
    let other = order(&centre, &token, key, &wants("S0001", &person)).await;
    assert_eq!(other.status(), 422);
    for (name, value) in [("store", "?"), ("mobile", "12"), ("email", "nobody")] {
        let mut wrong = wants("S0002", &person);
        wrong[name] = json!(value);
        let answer = order(&centre, &token, Uuid::now_v7(), &wrong).await;
        assert_eq!(answer.status(), 400);
        assert_eq!(answer.json::<Value>().await.unwrap()["field"], name);
    }
    // M9: no cancelling.
    let cancel = centre.my(Method::DELETE, ORDERS, &token, None).await;
    assert_eq!(cancel.status(), 405);
    let nobody = centre.my(Method::GET, ORDERS, "nobody", None).await;
    assert_eq!(nobody.status(), 401);

    drop(terminal);
    centre.go_to(CLOSED);
    close(&centre, "").await;
    centre.go_to(PAYING);
    let token = centre.signs_in(&person).await;
    let won = see(&centre, &token, ORDERS).await;
    assert_eq!(won["state"], "won");
    assert_eq!(won["order"], standing["order"]);
    assert_eq!(won["payment"]["ways"], json!(["transfer", "card"]));
    let account = won["payment"]["account"].as_str().unwrap().to_owned();
    // M10, M19: without signing in, by the last three digits; wrong ones are as good as nobody.
    let end = &person.mobile[7..];
    let found = look_up(&centre, &person.person_number, end).await;
    assert_eq!(found["order"], won);
    let wrong_end = if end == "000" { "001" } else { "000" };
    for (number, end) in [
        (person.person_number.as_str(), wrong_end),
        ("A800000014", end),
    ] {
        assert_eq!(look_up(&centre, number, end).await, json!({}));
    }

    let before = see(&centre, &token, "/v1/my/purchases").await;
    assert_eq!(before["may_buy_today"], true);
    let file = bank_file(&[("B1", &account, 22)], "2026-03-29T09:00:00+08:00");
    assert_eq!(bank_tells(&centre, file).await["verdicts"]["accepted"], 1);
    let paid = see(&centre, &token, ORDERS).await;
    assert_eq!(
        (&paid["state"], paid["payment"].is_null()),
        (&json!("paid"), true)
    );
    assert_eq!(paid["pickup"]["number"].as_str().unwrap().len(), 10);
    assert_eq!(paid["pickup"]["first_day"], "2026-04-02");
    let late = order(&centre, &token, Uuid::now_v7(), &wants("S0001", &person)).await;
    let late: Value = late.json().await.unwrap();
    assert_eq!(
        (&late["outcome"], &late["reason"]),
        (&json!("rejected"), &json!("window-closed"))
    );
    assert_eq!(late["standing"]["store"]["store"], "S0002");
    let before = see(&centre, &token, "/v1/my/purchases").await;
    assert_eq!(before["may_buy_today"], true);
    assert_eq!(before["purchases"][0]["counts_from"], "2026-04-02");
    assert!(before["last_purchase"].is_null());

    centre.go_to("2026-04-05T10:00:00+08:00");
    let token = centre.signs_in(&person).await;
    let after = see(&centre, &token, "/v1/my/purchases").await;
    assert_eq!(after["last_purchase"], "2026-04-02");
    assert_eq!(after["next_allowed"], "2026-04-09");
    assert_eq!(after["may_buy_today"], false);
    centre.finish().await;
}

/// Protects M11: people choose among the stores of a township that are open.
#[tokio::test]
async fn m11_the_stores_to_choose_from() {
    let centre = Centre::start();
    let stores = async |area: &str| {
        let path = format!("/v1/mask-rounds/mask-2026-2/stores?area={area}");
        let address = format!("{}{path}", centre.address);
        let answer = centre.http.get(address).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let stores: Value = answer.json().await.unwrap();
        stores.as_array().unwrap().len()
    };
    assert_eq!(stores("63000030").await, 1);
    let to = json!({"round": "mask-2026-2", "to": "S0002"}).to_string();
    centre
        .operator_does("/operator/v1/stores/S0001/moves", to)
        .await;
    assert_eq!(stores("63000030").await, 0);
    centre.finish().await;
}
