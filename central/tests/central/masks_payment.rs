use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::common::{Centre, Person, Terminal, applied, rejected};
use crate::masks_lottery::{CLOSED, ORDERING, close, orders_in, people};

pub const PAYING: &str = "2026-03-29T10:00:00+08:00";
const PAID_FOR: &str = "2026-03-30T20:30:00+08:00";
const PAYMENT_END: &str = "/operator/v1/mask-rounds/mask-2026-2/payment-end";

/// The accounts of people's orders, as each would see their own.
pub async fn accounts(centre: &Centre, people: &[Person]) -> Vec<String> {
    let pool = central::database::pool(&centre.database, 1).unwrap();
    let client = pool.get().await.unwrap();
    let mut accounts = Vec::new();
    for person in people {
        let row = client
            .query_one(
                "SELECT account FROM preorders JOIN person_numbers USING (person_id) \
                 WHERE person_numbers.number = $1",
                &[&person.person_number],
            )
            .await
            .unwrap();
        accounts.push(row.get(0));
    }
    accounts
}

/// A bank's file of these lines: reference, account, amount.
pub fn bank_file(lines: &[(&str, &str, u32)], paid_at: &str) -> String {
    let mut text = "reference,account,amount_twd,paid_at\n".to_owned();
    let mut total = 0;
    for (reference, account, amount) in lines {
        text += &format!("{reference},{account},{amount},{paid_at}\n");
        total += amount;
    }
    text + &format!("total,{},{total}\n", lines.len())
}

pub async fn bank_tells(centre: &Centre, file: String) -> Value {
    let answer = centre
        .operator_does("/operator/v1/payment-files", file)
        .await;
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

/// What the card operator tells, signed with a key.
async fn card_tells(centre: &Centre, key: &str, body: &Value) -> reqwest::Response {
    let (time, body) = (centre.now().as_second(), body.to_string());
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(format!("{time}.{body}").as_bytes());
    let signature: String = mac
        .finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    centre
        .http
        .post(format!("{}/v1/payments/card", centre.address))
        .header("card-signature", format!("t={time},v1={signature}"))
        .body(body)
        .send()
        .await
        .unwrap()
}

const CARD_KEY: &str = "card-operator-key-of-the-tests";

/// People whose orders won, in the middle of the payment window.
pub async fn winners(count: usize) -> (Centre, Vec<Person>, crate::common::KeptTerminal) {
    let mut centre = Centre::start_changed_at(&[], ORDERING);
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let people = people(&centre, &terminal, count).await;
    for person in &people {
        assert_eq!(terminal.does(person.orders("S0001")).await, applied());
    }
    let kept = terminal.kept();
    centre.go_to(CLOSED);
    close(&centre, "").await;
    centre.go_to(PAYING);
    (centre, people, kept)
}

/// Protects M9: each line of a bank's file has its verdict, nothing is paid twice, by the same file,
/// line or another payment, nothing that arrived is lost, and what is unpaid at the end is void.
#[tokio::test]
async fn m9_the_banks_file() {
    let (mut centre, people, kept) = winners(4).await;
    let accounts = accounts(&centre, &people).await;
    let [first, second, third, fourth] = [0, 1, 2, 3].map(|index| accounts[index].as_str());
    let at = "2026-03-29T09:00:00+08:00";
    let stranger = domain::mask::account::PaymentAccount::of(1).unwrap();
    let file = bank_file(
        &[
            ("B1", first, 22),
            ("B2", second, 21),
            ("B3", stranger.reveal(), 22),
            ("B4", "12345", 22),
            ("B5", first, 22),
        ],
        at,
    );
    let told = bank_tells(&centre, file.clone()).await;
    assert_eq!(told["received_before"], false);
    assert_eq!(
        told["verdicts"],
        json!({"accepted": 1, "wrong-amount": 1, "unknown-account": 2, "paid-already": 1})
    );
    assert_eq!(
        told["refused"][0],
        json!({"line": 3, "verdict": "wrong-amount"})
    );
    let again = bank_tells(&centre, file).await;
    assert_eq!(again["received_before"], true);
    assert_eq!(again["verdicts"], told["verdicts"]);
    // The same lines in another file, one of them changed, and one paid before the window.
    let file = bank_file(
        &[("B1", first, 22), ("B2", second, 22), ("B6", second, 22)],
        at,
    );
    let told = bank_tells(&centre, file).await;
    assert_eq!(
        told["verdicts"],
        json!({"accepted": 2, "reference-reused": 1})
    );
    let early = bank_file(&[("B7", third, 22)], "2026-03-28T07:59:59+08:00");
    let told = bank_tells(&centre, early).await;
    assert_eq!(told["verdicts"], json!({"too-early": 1}));
    assert_eq!(orders_in(&centre, "paid").await, 2);
    let kept_lines = centre.operator("/operator/v1/payments?limit=3").await;
    assert!(kept_lines["next"].is_string());
    let all = centre.operator("/operator/v1/payments").await;
    assert_eq!(all["items"].as_array().unwrap().len(), 8);
    let cut = centre.operator_does("/operator/v1/payment-files", "reference");
    assert_eq!(
        cut.await.json::<Value>().await.unwrap()["field"],
        "line[1].header"
    );

    let early = centre.operator_does(PAYMENT_END, "").await;
    assert_eq!(early.json::<Value>().await.unwrap()["code"], "payment-open");
    centre.go_to(PAID_FOR);
    let late = bank_file(&[("B8", third, 22)], "2026-03-30T20:00:00+08:00");
    let told = bank_tells(&centre, late).await;
    assert_eq!(told["verdicts"], json!({"too-late": 1}));
    // Paid in time, told after the window.
    let in_time = bank_file(&[("B9", third, 22)], "2026-03-30T19:59:59+08:00");
    assert_eq!(
        bank_tells(&centre, in_time).await["verdicts"],
        json!({"accepted": 1})
    );
    for _ in 0..2 {
        assert_eq!(centre.operator_does(PAYMENT_END, "").await.status(), 200);
        assert_eq!(orders_in(&centre, "void").await, 1);
    }
    let void = bank_file(&[("B10", fourth, 22)], "2026-03-30T19:00:00+08:00");
    assert_eq!(
        bank_tells(&centre, void).await["verdicts"],
        json!({"order-void": 1})
    );

    // M12: the paid orders are in their store's list with a number, the void one says so.
    let mut terminal = kept.at(&centre);
    let list: wire::orders::StoreOrders = terminal.get("/v1/orders").await.json().await.unwrap();
    let numbers: Vec<_> = people
        .iter()
        .map(|person| {
            let mut own = list.orders.iter().filter(|order| {
                order.person == person.person_number && order.mobile == person.mobile
            });
            own.next_back().unwrap()
        })
        .collect();
    assert_eq!(numbers.iter().filter(|order| order.paid).count(), 3);
    let early = terminal.does(people[0].fetches(&numbers[0].number)).await;
    assert_eq!(early, rejected("outside-pickup"));
    let void = terminal.does(people[3].fetches(&numbers[3].number)).await;
    assert_eq!(void, rejected("order-void"));
    centre.finish().await;
}

/// Protects M9: only the card operator is believed, a message told again pays nothing again, and
/// concurrent tellers pay an order once.
#[tokio::test]
async fn m9_the_card_operator() {
    let (centre, people, _) = winners(2).await;
    let accounts = accounts(&centre, &people).await;
    let paid = |reference: &str, account: &str| {
        json!({"reference": reference, "account": account, "amount_twd": 22,
            "paid_at": "2026-03-29T09:30:00+08:00"})
    };
    let forged = card_tells(
        &centre,
        "another-key-of-somebody",
        &paid("C1", &accounts[0]),
    )
    .await;
    assert_eq!(forged.status(), 401);
    let told = card_tells(&centre, CARD_KEY, &paid("C1", &accounts[0])).await;
    let expected = json!({"verdict": "accepted", "repeated": false});
    assert_eq!(told.json::<Value>().await.unwrap(), expected);
    let again = card_tells(&centre, CARD_KEY, &paid("C1", &accounts[0])).await;
    let expected = json!({"verdict": "accepted", "repeated": true});
    assert_eq!(again.json::<Value>().await.unwrap(), expected);
    let second = card_tells(&centre, CARD_KEY, &paid("C2", &accounts[0])).await;
    assert_eq!(
        second.json::<Value>().await.unwrap()["verdict"],
        "paid-already"
    );
    for (name, value) in [
        ("reference", json!("")),
        ("account", json!("x")),
        ("amount_twd", json!(-1)),
    ] {
        let mut wrong = paid("C3", &accounts[1]);
        wrong[name] = value;
        let told = card_tells(&centre, CARD_KEY, &wrong).await;
        assert_eq!(told.status(), 400);
        assert_eq!(told.json::<Value>().await.unwrap()["field"], name);
    }
    let tellers = (0..16).map(|number| {
        let body = paid(&format!("D{number}"), &accounts[1]);
        let centre = &centre;
        async move {
            let told = card_tells(centre, CARD_KEY, &body).await;
            told.json::<Value>().await.unwrap()["verdict"] == "accepted"
        }
    });
    let accepted = futures::future::join_all(tellers).await;
    assert_eq!(accepted.iter().filter(|paid| **paid).count(), 1);
    assert_eq!(orders_in(&centre, "paid").await, 2);
    centre.finish().await;
}

/// How many rows a statement counts.
async fn count(
    centre: &Centre,
    statement: &str,
    values: &[&(dyn tokio_postgres::types::ToSql + Sync)],
) -> i64 {
    let pool = central::database::pool(&centre.database, 1).unwrap();
    let client = pool.get().await.unwrap();
    client.query_one(statement, values).await.unwrap().get(0)
}

/// Protects M19: the result comes by e-mail, to the order's address, the pickup number by text in its
/// window, once, to paid orders only; nobody is asked for money by text.
#[tokio::test]
async fn m19_winners_by_mail_pickup_numbers_by_text() {
    let mut centre =
        Centre::start_changed_at(&[("order_supply = 200", "order_supply = 3")], ORDERING);
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let people = people(&centre, &terminal, 5).await;
    for (index, person) in people.iter().enumerate() {
        let mut body = person.orders("S0001");
        if let domain::operation::OperationBody::OrderMasks(request) = &mut body {
            let address = format!("person{index}@example.tw");
            request.email = Some(domain::EmailAddress::parse(&address).unwrap());
            centre.keep(&address);
        }
        assert_eq!(terminal.does(body).await, applied());
    }
    drop(terminal);
    centre.go_to(CLOSED);
    close(&centre, "").await;
    close(&centre, "").await;
    let told = "SELECT count(*) FROM notices WHERE way = 'email' AND kind = $1 \
        AND recipient LIKE 'person%@example.tw'";
    assert_eq!(count(&centre, told, &[&"mask-order-won"]).await, 3);
    assert_eq!(count(&centre, told, &[&"mask-order-lost"]).await, 2);
    centre.go_to(PAYING);
    let text_path = "/operator/v1/mask-rounds/mask-2026-2/pickup-texts";
    let early = centre.operator_does(text_path, "").await;
    let early: Value = early.json().await.unwrap();
    assert_eq!(early["code"], "outside-notice-window");
    let won = "SELECT account FROM preorders WHERE state = 'won' ORDER BY account LIMIT 2";
    let pool = central::database::pool(&centre.database, 1).unwrap();
    let won = pool.get().await.unwrap().query(won, &[]).await.unwrap();
    for (index, row) in won.iter().enumerate() {
        let file = bank_file(
            &[(&format!("B{index}"), row.get(0), 22)],
            "2026-03-29T09:00:00+08:00",
        );
        assert_eq!(bank_tells(&centre, file).await["verdicts"]["accepted"], 1);
    }
    centre.go_to("2026-03-31T10:00:00+08:00");
    // The sample's own paid orders are texted too.
    let paid = "SELECT count(*) FROM mask_orders WHERE paid";
    let paid = count(&centre, paid, &[]).await;
    for expected in [paid, 0] {
        let texts = centre.operator_does(text_path, "").await;
        let texts: Value = texts.json().await.unwrap();
        assert_eq!(texts["texts"], expected);
    }
    let texted = "SELECT count(*) FROM notices WHERE way = 'text' AND kind = 'mask-pickup'";
    assert_eq!(count(&centre, texted, &[]).await, paid);
    let asked = "SELECT count(*) FROM notices WHERE way = 'text' AND kind <> 'mask-pickup'";
    assert_eq!(count(&centre, asked, &[]).await, 0);
    centre.finish().await;
}
