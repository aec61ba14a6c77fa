use reqwest::Method;
use serde_json::{Value, json};
use wire::operation::BatchItem;

use crate::common::{Centre, Terminal};

/// Protects the gate: unsigned, foreign, altered and stale requests are refused as problems, and a
/// terminal with a wrong clock learns the time.
#[tokio::test]
async fn only_signed_requests_pass() {
    let centre = Centre::start();
    let terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let bare = centre
        .http
        .get(format!("{}/v1/roster", centre.address))
        .send()
        .await
        .unwrap();
    problem(bare, 401, "not-authentic", None).await;

    let early = terminal
        .ask_at(
            Method::GET,
            "/v1/roster",
            b"",
            centre.now() - jiff::SignedDuration::from_mins(6),
        )
        .await;
    let date = early.headers()["date"].to_str().unwrap().to_owned();
    assert!(date.contains("03 Apr 2026"), "{date}");
    problem(early, 401, "not-authentic", None).await;

    let query = terminal.ask(Method::GET, "/v1/roster?all", b"").await;
    problem(query, 401, "not-authentic", None).await;

    let mut stranger = Terminal::enrol(&centre, centre.code(2)).await;
    stranger.key_id = terminal.key_id;
    problem(stranger.get("/v1/roster").await, 401, "not-authentic", None).await;
    stranger.key_id.device = domain::operation::DeviceId::new(999).unwrap();
    problem(stranger.get("/v1/roster").await, 401, "not-authentic", None).await;

    let health = centre
        .http
        .get(format!("{}/v1/health", centre.address))
        .send()
        .await
        .unwrap();
    assert_eq!(health.status(), 200);
    centre.finish().await;
}

/// Protects whoever writes a client: each malformed request is a problem naming the field; no
/// value is echoed, nothing is applied, no 5xx.
#[tokio::test]
async fn malformed_requests_name_the_field() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let person = centre.person("called-national");
    let good = terminal.record(person.willing(9, &["az"]));
    let batch = |item: Value| json!({"device": 1, "epoch": 1, "operations": [item]});
    let item = |good: &BatchItem| serde_json::to_value(good).unwrap();
    let hashed = |operation: Value| {
        let text = operation.to_string();
        let hash: String = wire::operation::hash(&text)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        json!({"seq": 1, "hash": hash, "operation": operation})
    };
    let mut wrong_card = item(&good)["operation"].clone();
    wrong_card["body"]["card"] = json!("1234");
    let mut other_device = item(&good)["operation"].clone();
    other_device["device"] = json!(2);
    let mut wrong_hash = item(&good);
    wrong_hash["hash"] = json!("00");
    let mut late = item(&good);
    late["seq"] = json!(0);
    for (path, body, field) in [
        ("/v1/operations", json!([]), "body"),
        (
            "/v1/operations",
            json!({"device": 1, "epoch": 1}),
            "operations",
        ),
        (
            "/v1/operations",
            json!({"device": 2, "epoch": 1, "operations": []}),
            "device",
        ),
        (
            "/v1/operations",
            json!({"device": 1, "epoch": 7, "operations": []}),
            "epoch",
        ),
        (
            "/v1/operations",
            json!({"device": 1, "epoch": 1, "operations": [], "more": 1}),
            "more",
        ),
        ("/v1/operations", batch(wrong_hash), "operations[0].hash"),
        ("/v1/operations", batch(late), "operations[0].seq"),
        (
            "/v1/operations",
            batch(hashed(json!({"x": 1}))),
            "operations[0].operation",
        ),
        (
            "/v1/operations",
            batch(hashed(wrong_card)),
            "operations[0].operation.card",
        ),
        (
            "/v1/operations",
            batch(hashed(other_device)),
            "operations[0].operation.device",
        ),
        (
            "/v1/people/check",
            json!({"person": "A123456788", "card": "000012345678"}),
            "person",
        ),
        (
            "/v1/people/check",
            json!({"person": "A123456789", "card": "12345678"}),
            "card",
        ),
        ("/v1/people/check", json!({"person": "A123456789"}), "card"),
    ] {
        let answer = terminal
            .ask(Method::POST, path, body.to_string().as_bytes())
            .await;
        problem(answer, 400, "malformed", Some(field)).await;
    }
    let broken = terminal
        .ask(Method::POST, "/v1/operations", b"{\"device\":")
        .await;
    problem(broken, 400, "malformed", None).await;
    let large = vec![b' '; 2 * 1024 * 1024];
    problem(
        terminal.ask(Method::POST, "/v1/operations", &large).await,
        413,
        "too-large",
        None,
    )
    .await;
    let enrol = format!("{}/v1/devices/enrol", centre.address);
    let key = json!({"code": "AAAA-BBBB-CCCC", "public_key": "AAAA"});
    let answer = centre.http.post(&enrol).json(&key).send().await.unwrap();
    problem(answer, 400, "malformed", Some("public_key")).await;
    assert_eq!(
        centre.operator("/operator/v1/counts").await["operations"],
        0
    );
    centre.finish().await;
}

/// Protects every client: unknown addresses and methods are problems too, and an operator's
/// address takes only its token.
#[tokio::test]
async fn unknown_addresses_and_methods_are_problems() {
    let centre = Centre::start();
    let ask = async |method: Method, address: String| {
        centre.http.request(method, address).send().await.unwrap()
    };
    let at = |path: &str| format!("{}{path}", centre.address);
    problem(ask(Method::GET, at("/")).await, 404, "not-found", None).await;
    problem(
        ask(Method::GET, at("/operator/v1/counts")).await,
        404,
        "not-found",
        None,
    )
    .await;
    problem(
        ask(Method::DELETE, at("/v1/operations")).await,
        405,
        "method-not-allowed",
        None,
    )
    .await;
    let operator = format!("{}/operator/v1/counts", centre.operator);
    problem(
        ask(Method::GET, operator.clone()).await,
        401,
        "not-authentic",
        None,
    )
    .await;
    let wrong = centre
        .http
        .get(operator)
        .bearer_auth("wrong")
        .send()
        .await
        .unwrap();
    problem(wrong, 401, "not-authentic", None).await;
    centre.finish().await;
}

async fn problem(answer: reqwest::Response, status: u16, code: &str, field: Option<&str>) {
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    assert_eq!(answer.status(), status);
    let text = answer.text().await.unwrap();
    let problem: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(problem["status"], status);
    assert_eq!(problem["code"], code);
    if let Some(field) = field {
        assert_eq!(problem["field"], field, "{text}");
    }
    assert!(
        !text.contains("A12345") && !text.contains("1234567"),
        "{text}"
    );
}
