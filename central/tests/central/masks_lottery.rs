use std::process::Command;

use jiff::ToSpan as _;
use serde_json::{Value, json};
use wire::operation::OutcomeMessage;

use crate::common::{Centre, Person, Terminal, applied, rejected};

pub const ROUND: &str = "/v1/mask-rounds/mask-2026-2";
const ROUND_OF_OPERATORS: &str = "/operator/v1/mask-rounds/mask-2026-2";
pub const ORDERING: &str = "2026-03-26T10:00:00+08:00";
pub const CLOSED: &str = "2026-03-27T20:30:00+08:00";
const RECOMPUTE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/lottery/recompute.py");

pub async fn round(centre: &Centre) -> Value {
    let address = format!("{}{ROUND}", centre.address);
    let answer = centre.http.get(address).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

/// Closes the round as an operator does.
pub async fn close(centre: &Centre, public_value: &str) -> Value {
    let path = format!("{ROUND_OF_OPERATORS}/closing");
    let body = json!({ "public_value": public_value }).to_string();
    let answer = centre.operator_does(&path, body).await;
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

/// How many orders an operator sees in a state.
pub async fn orders_in(centre: &Centre, state: &str) -> usize {
    let path = format!("{ROUND_OF_OPERATORS}/orders?state={state}");
    let page = centre.operator(&path).await;
    page["items"].as_array().unwrap().len()
}

/// People who order nothing yet, from the roster.
pub async fn people(centre: &Centre, terminal: &Terminal<'_>, count: usize) -> Vec<Person> {
    centre.called(&terminal.roster().await, count)
}

/// Protects M1, M6, M7, M8: the last order of a card stands, closing ends ordering, as many win as
/// there is supply, and anyone computes the same from the audit file; a changed file is found out.
#[tokio::test]
async fn m6_m8_the_lottery_is_recomputed_by_anyone() {
    let mut centre =
        Centre::start_changed_at(&[("order_supply = 200", "order_supply = 7")], ORDERING);
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let people = people(&centre, &terminal, 20).await;
    for person in &people {
        assert_eq!(terminal.does(person.orders("S0001")).await, applied());
    }
    // M6: again, elsewhere; and one that was recorded before the one that stands.
    assert_eq!(terminal.does(people[0].orders("S0002")).await, applied());
    let early = terminal.record_at(people[0].orders("S0003"), centre.now() - 1.minutes());
    let late = terminal.deliver(vec![early]).await.results.remove(0);
    assert_eq!(late.outcome, OutcomeMessage::Superseded);
    let unknown = terminal.does(people[1].orders("S9999")).await;
    assert_eq!(unknown, rejected("unknown-target"));
    assert_eq!(orders_in(&centre, "ordered").await, 20);
    let path = format!("{ROUND_OF_OPERATORS}/orders?store=S0002");
    let at_second = centre.operator(&path).await;
    assert_eq!(at_second["items"].as_array().unwrap().len(), 1);

    let before = round(&centre).await;
    assert_eq!(before["phase"], "ordering");
    assert_eq!(
        (&before["masks"], &before["price_twd"]),
        (&json!(3), &json!(22))
    );
    let commitment = before["lottery"]["commitment"].as_str().unwrap().to_owned();
    let audit = format!("{}{ROUND}/lottery", centre.address);
    assert_eq!(centre.http.get(&audit).send().await.unwrap().status(), 404);
    let path = format!("{ROUND_OF_OPERATORS}/closing");
    let early = centre.operator_does(&path, "{}").await;
    assert_eq!(early.status(), 409);
    assert_eq!(
        early.json::<Value>().await.unwrap()["code"],
        "ordering-open"
    );
    let wrong = centre
        .operator_does(&path, r#"{"public_value":"a\nb"}"#)
        .await;
    assert_eq!(
        wrong.json::<Value>().await.unwrap()["field"],
        "public_value"
    );

    let kept = terminal.kept();
    centre.go_to(CLOSED);
    let mut terminal = kept.at(&centre);
    let drawn = close(&centre, "03 17 22").await;
    assert_eq!(drawn["lottery"]["orders"], 20);
    assert_eq!(drawn["lottery"]["winners"], 7);
    assert_eq!(drawn["lottery"]["commitment"], commitment.as_str());
    assert_eq!(orders_in(&centre, "won").await, 7);
    assert_eq!(orders_in(&centre, "lost").await, 13);
    // Closing again, with another value, draws nothing anew.
    assert_eq!(close(&centre, "other").await, drawn);
    let late = terminal.does(people[2].orders("S0001")).await;
    assert_eq!(late, rejected("window-closed"));
    // Recorded in time and sent after closing: not in the round any more.
    let in_time = "2026-03-27T19:00:00+08:00".parse().unwrap();
    let late = terminal.record_at(people[2].orders("S0002"), in_time);
    let late = terminal.deliver(vec![late]).await.results.remove(0);
    assert_eq!(late.outcome, rejected("window-closed"));

    let audit = format!("{}{ROUND}/lottery", centre.address);
    let audit = centre.http.get(audit).send().await.unwrap();
    assert_eq!(audit.headers()["content-type"], "text/csv; charset=utf-8");
    let audit = audit.text().await.unwrap();
    assert_eq!(audit.lines().count(), 11 + 20);
    for person in &people {
        assert!(!audit.contains(&person.person_number) && !audit.contains(&person.mobile));
    }
    let (code, said) = recompute(&centre, &audit, &commitment);
    assert_eq!(
        (code, said.trim()),
        (0, "true: 20 orders, 7 won, round mask-2026-2")
    );
    for changed in tampered(&audit) {
        let (code, said) = recompute(&centre, &changed, &commitment);
        assert_eq!(code, 1, "{said}");
    }
    let (code, said) = recompute(&centre, &audit, &"0".repeat(64));
    assert!(code == 1 && said.contains("noted before closing"), "{said}");
    assert_eq!(recompute(&centre, "no audit\n", &commitment).0, 2);
    centre.finish().await;
}

/// The separate program, on a file.
fn recompute(centre: &Centre, audit: &str, commitment: &str) -> (i32, String) {
    let path = centre.path("audit.csv");
    std::fs::write(&path, audit).unwrap();
    let said = Command::new("python3")
        .args([RECOMPUTE, &path, "--commitment", commitment])
        .output()
        .unwrap();
    let text = String::from_utf8(said.stdout).unwrap();
    (said.status.code().unwrap(), text)
}

/// The audit file, changed in somebody's favour.
fn tampered(audit: &str) -> Vec<String> {
    let lines: Vec<&str> = audit.lines().collect();
    let with = |index: usize, line: String| {
        let mut changed: Vec<String> = lines.iter().map(ToString::to_string).collect();
        changed[index] = line;
        changed.join("\n") + "\n"
    };
    let mut without = lines.clone();
    without.remove(12);
    let mut swapped = lines.clone();
    swapped.swap(11, 30);
    vec![
        with(30, lines[30].replace(",lost", ",won")),
        with(11, lines[11].replace(",won", ",lost")),
        with(7, "supply,8".to_owned()),
        with(5, "public-value,other".to_owned()),
        with(4, format!("secret,{}", "a".repeat(64))),
        with(12, lines[11].to_owned()),
        without.join("\n") + "\n",
        swapped.join("\n") + "\n",
    ]
}

/// Protects M8: when supply suffices nobody draws, and an empty round closes too.
#[tokio::test]
async fn m8_everyone_wins_when_supply_suffices() {
    let mut centre = Centre::start_changed_at(&[], ORDERING);
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    for person in people(&centre, &terminal, 5).await {
        assert_eq!(terminal.does(person.orders("S0001")).await, applied());
    }
    drop(terminal);
    centre.go_to(CLOSED);
    let drawn = close(&centre, "").await;
    assert_eq!(drawn["lottery"]["winners"], 5);
    assert_eq!(orders_in(&centre, "won").await, 5);
    let nowhere = "/operator/v1/mask-rounds/none/closing";
    assert_eq!(centre.operator_does(nowhere, "{}").await.status(), 404);
    centre.finish().await;
}

/// Protects M8: no order is lost between ordering and the draw: whatever was accepted while the
/// round was being closed is in the lottery.
#[tokio::test]
async fn m8_nothing_slips_past_the_closing() {
    // The window ends before the orders' own moment counts, so the gates alone decide.
    let mut centre = Centre::start_changed_at(&[], ORDERING);
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let people = people(&centre, &terminal, 60).await;
    let kept = terminal.kept();
    centre.go_to(CLOSED);
    terminal = kept.at(&centre);
    let in_time = "2026-03-27T19:00:00+08:00".parse().unwrap();
    let orders: Vec<_> = people
        .iter()
        .map(|person| terminal.record_at(person.orders("S0001"), in_time))
        .collect();
    let sending = async {
        let mut accepted = 0;
        for order in orders {
            let result = terminal.deliver(vec![order]).await.results.remove(0);
            accepted += usize::from(result.outcome == applied());
        }
        accepted
    };
    let (accepted, drawn) = tokio::join!(sending, close(&centre, ""));
    assert_eq!(drawn["lottery"]["orders"], accepted);
    assert_eq!(orders_in(&centre, "won").await, accepted);
    assert_eq!(orders_in(&centre, "ordered").await, 0);
    centre.finish().await;
}

/// Protects demonstrations: the sample's round, seeded after its payment, has a true lottery, and
/// its paid orders are in the record of purchases.
#[tokio::test]
async fn m8_the_samples_lottery_is_true() {
    let centre = Centre::start();
    let audit = format!("{}{ROUND}/lottery", centre.address);
    let audit = centre.http.get(audit).send().await.unwrap();
    let audit = audit.text().await.unwrap();
    let known = round(&centre).await;
    let commitment = known["lottery"]["commitment"].as_str().unwrap();
    let (code, said) = recompute(&centre, &audit, commitment);
    assert_eq!(
        (code, said.trim()),
        (0, "true: 320 orders, 320 won, round mask-2026-2")
    );
    let owner = centre.person("mask-order-here");
    let token = centre.signs_in(&owner).await;
    let path = "/v1/my/purchases";
    let record = centre.my(reqwest::Method::GET, path, &token, None).await;
    let record: Value = record.json().await.unwrap();
    assert_eq!(record["next_allowed"], "2026-04-09");
    centre.finish().await;
}
