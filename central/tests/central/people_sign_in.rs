//! Signing in on the web, and the ten minutes of a session.

use jiff::Timestamp;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::common::{CAPTCHA_ANSWER, Centre};

/// Everything whoever asks can see of an answer, the date apart.
async fn seen(answer: Response) -> (u16, Vec<(String, String)>, String) {
    let status = answer.status().as_u16();
    let headers = answer.headers().iter();
    let mut headers: Vec<_> = headers
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    (status, headers, answer.text().await.unwrap())
}

async fn code(answer: Response, status: u16) -> String {
    assert_eq!(answer.status().as_u16(), status);
    let problem: Value = answer.json().await.unwrap();
    problem["code"].as_str().unwrap().to_owned()
}

/// Protects I9 and I3: the pair on the card and a captcha sign in, under either residence number
/// only the one on the card; and nobody learns from a refusal whether a number is known.
#[tokio::test]
async fn i9_numbers_and_captcha_sign_in() {
    let centre = Centre::start();
    let person = centre.person("called-national");
    let token = centre.sign_in(&person).await;
    let answer = centre.ask_as(&token, Method::GET, "/v1/my/person").await;
    let line: Value = answer.json().await.unwrap();
    assert_eq!(line["registered"], false);
    assert_ne!(line["person"], person.person_number.as_str());
    assert!(line["person"].as_str().unwrap().contains("****"));

    let other_card = centre.person("called-second").card_number;
    let wrong_card = centre.try_sign_in(&person.person_number, &other_card).await;
    let refused = seen(wrong_card).await;
    assert_eq!(refused.0, 403);
    assert!(refused.2.contains("\"sign-in-refused\""), "{}", refused.2);
    // A number that nobody has, an old card (I6), the number that is not on the card (I13).
    let old = centre.person("reissued-card-old");
    let alias = centre.person("old-residence-alias");
    for (number, card) in [
        ("A100000001", other_card.as_str()),
        (&old.person_number, &old.card_number),
        (alias.other_number.as_deref().unwrap(), &alias.card_number),
    ] {
        assert_eq!(seen(centre.try_sign_in(number, card).await).await, refused);
    }
    centre.finish().await;
}

/// Protects I9: a captcha is taken once, right or wrong, and none that was never shown.
#[tokio::test]
async fn i9_a_captcha_is_used_once() {
    let centre = Centre::start();
    let person = centre.person("called-national");
    let ask = |captcha: Value| {
        let body = json!({"person": person.person_number, "card": person.card_number,
            "captcha": captcha});
        let centre = &centre;
        async move { centre.post("/v1/sign-in/numbers", &body).await }
    };
    let captcha = centre.captcha().await;
    assert_eq!(ask(captcha.clone()).await.status(), 200);
    assert_eq!(code(ask(captcha).await, 403).await, "captcha-wrong");

    let captcha = centre.captcha().await;
    let mut wrong = captcha.clone();
    wrong["answer"] = "wrong".into();
    assert_eq!(code(ask(wrong).await, 403).await, "captcha-wrong");
    assert_eq!(code(ask(captcha).await, 403).await, "captcha-wrong");

    let unknown = json!({"id": "018f5a3e-7c1b-7a2d-9d3e-0123456789ab", "answer": CAPTCHA_ANSWER});
    assert_eq!(code(ask(unknown).await, 403).await, "captcha-wrong");

    let captcha = centre.captcha().await;
    let id: uuid::Uuid = captcha["id"].as_str().unwrap().parse().unwrap();
    let statement = "UPDATE captchas SET expires_at = $2 WHERE captcha_id = $1";
    centre.change(statement, &[&id, &centre.now()]).await;
    assert_eq!(code(ask(captcha).await, 403).await, "captcha-wrong");
    centre.finish().await;
}

/// Protects I10: a session lasts ten minutes from signing in, tells the time left, ends at zero
/// and by signing out; its token is in the database as a hash only; a sixth ends the first.
#[tokio::test]
async fn i10_a_session_lasts_ten_minutes() {
    let centre = Centre::start();
    let person = centre.person("called-national");
    let session = "/v1/my/session";
    let begun = centre.now();
    let token = centre.sign_in(&person).await;
    let answer = centre.ask_as(&token, Method::GET, session).await;
    assert_eq!(answer.status(), 200);
    let line: Value = answer.json().await.unwrap();
    let expires_at: Timestamp = line["expires_at"].as_str().unwrap().parse().unwrap();
    let lasts_s = expires_at.duration_since(begun).as_secs();
    assert!((600..660).contains(&lasts_s), "{lasts_s}");
    assert!((540..=600).contains(&line["left_s"].as_i64().unwrap()));
    assert_eq!(line["channel"], "web");
    let plain = "SELECT count(*) FROM sessions WHERE token_hash = $1";
    assert_eq!(centre.count(plain, &[&token.as_bytes()]).await, 0);

    let second = centre.sign_in(&person).await;
    let signed_out = centre.ask_as(&second, Method::DELETE, session).await;
    assert_eq!(signed_out.status(), 204);
    let gone = centre.ask_as(&second, Method::GET, session).await;
    assert_eq!(gone.headers()["www-authenticate"], "Bearer");
    assert_eq!(code(gone, 401).await, "not-signed-in");

    let mut newest = String::new();
    for _ in 0..5 {
        newest = centre.sign_in(&person).await;
    }
    let first = centre.ask_as(&token, Method::GET, session).await;
    assert_eq!(code(first, 401).await, "not-signed-in");
    let still = centre.ask_as(&newest, Method::GET, session).await;
    assert_eq!(still.status(), 200);
    let statement = "UPDATE sessions SET opened_at = opened_at - interval '10 minutes', \
                     expires_at = expires_at - interval '10 minutes'";
    centre.change(statement, &[]).await;
    for path in [session, "/v1/my/person"] {
        let late = centre.ask_as(&newest, Method::GET, path).await;
        assert_eq!(code(late, 401).await, "not-signed-in");
    }
    centre.finish().await;
}
