use reqwest::Method;
use serde_json::{Value, json};

use crate::common::Centre;
use crate::common::browser::{App, CAPTCHA, token};

/// Protects I9: numbers sign in only with an unused captcha rightly answered; a wrong card, a
/// number nobody has and (V3) somebody outside the round are one and the same refusal.
#[tokio::test]
async fn i9_numbers_and_captcha() {
    let centre = Centre::start();
    let person = centre.person("called-national");
    let path = "/v1/sign-in/numbers";
    let with = async |person: &str, card: &str, answer: &str| {
        json!({"person": person, "card": card, "captcha": centre.captcha().await,
            "answer": answer, "round": "vaccine-2026-1"})
    };
    let right = with(&person.person_number, &person.card_number, CAPTCHA).await;
    let wrong = with(&person.person_number, &person.card_number, "xxxxx").await;
    let captcha_refused = (403, "captcha-refused".to_owned());
    assert_eq!(centre.refused(path, &wrong).await, captcha_refused);
    let mut right = right;
    right["round"] = Value::Null;
    assert!(!token(&centre.ask(path, &right).await).is_empty());
    assert_eq!(centre.refused(path, &right).await, captcha_refused);

    let outside = centre.person("outside-round");
    let mut bodies = Vec::new();
    for asked in [
        with(&person.person_number, "000000000000", CAPTCHA).await,
        with("A123456789", "000000000000", CAPTCHA).await,
        with(&outside.person_number, &outside.card_number, CAPTCHA).await,
    ] {
        let answer = centre.anybody(path, &asked).await;
        assert_eq!(answer.status(), 403);
        bodies.push(answer.text().await.unwrap());
    }
    assert!(bodies[0].contains("wrong-card-or-not-in-round"));
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    centre.finish().await;
}

/// Protects I9: a number nobody has, a wrong card, no account and a wrong password are one refusal.
#[tokio::test]
async fn i9_a_refused_password_tells_nothing() {
    let centre = Centre::start();
    let person = centre.person("called-national");
    let other = centre.person("called-second");
    centre
        .registers(&person, "i9@example.tw", "correct horse")
        .await;
    let mut bodies = Vec::new();
    for (number, card, password) in [
        (
            person.person_number.as_str(),
            person.card_number.as_str(),
            "wrong horse",
        ),
        (&person.person_number, "000000000000", "correct horse"),
        (&other.person_number, &other.card_number, "correct horse"),
        ("A123456789", "000000000000", "correct horse"),
    ] {
        let asked = json!({"person": number, "card": card, "password": password});
        let answer = centre.anybody("/v1/sign-in/password", &asked).await;
        assert_eq!(answer.status(), 403);
        bodies.push(answer.text().await.unwrap());
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:?}");
    centre.finish().await;
}

/// Protects I10 and R2: a bound app signs each moment in once, the session says what is left of
/// its ten minutes, and after signing out the token is worth nothing.
#[tokio::test]
async fn i10_a_session_lasts_ten_minutes_and_ends() {
    let centre = Centre::start();
    let person = centre.person("called-national");
    let check = json!({"person": person.person_number, "mobile": person.mobile,
        "card_last_four": &person.card_number[8..]});
    let passed = centre.ask("/v1/mobile-checks", &check).await;
    let app = App::bind(&centre, passed["device_code"]["digits"].as_str().unwrap()).await;
    let asked = app.sign_in(&centre);
    let session = centre.ask("/v1/sign-in/app", &asked).await;
    let refused = (403, "sign-in-refused".to_owned());
    assert_eq!(centre.refused("/v1/sign-in/app", &asked).await, refused);
    assert_eq!(session["channel"], "app");
    let token = token(&session);
    let shown = centre.my(Method::GET, "/v1/my/session", &token, None).await;
    let shown: Value = shown.json().await.unwrap();
    let left = shown["seconds_left"].as_i64().unwrap();
    assert!((500..=600).contains(&left), "{left}");
    assert!(shown["person"].as_str().unwrap().contains("********"));

    // Ten minutes later, as far as the row can tell.
    let earlier = "UPDATE sessions SET expires_at = expires_at - interval '10 minutes'";
    let later = "UPDATE sessions SET expires_at = expires_at + interval '10 minutes'";
    centre.sql(earlier).await;
    let over = centre.my(Method::GET, "/v1/my/session", &token, None).await;
    assert_eq!(over.status(), 401);
    centre.sql(later).await;
    let out = centre
        .my(Method::DELETE, "/v1/my/session", &token, None)
        .await;
    assert_eq!(out.status(), 204);
    let over = centre.my(Method::GET, "/v1/my/session", &token, None).await;
    assert_eq!(over.status(), 401);
    centre.finish().await;
}

/// Protects everybody's numbers from being guessed: tries about one number end in 429 with
/// `Retry-After`, whether the number exists or not.
#[tokio::test]
async fn i9_tries_about_one_number_are_limited() {
    let centre = Centre::start();
    for number in [
        &centre.person("called-national").person_number,
        "A123456789",
    ] {
        let asked = json!({"person": number, "code": "00000000"});
        let mut statuses = Vec::new();
        for _ in 0..30 {
            let answer = centre.anybody("/v1/sign-in/one-time-code", &asked).await;
            if answer.status() == 429 {
                assert!(answer.headers().contains_key("retry-after"));
            }
            statuses.push(answer.status().as_u16());
        }
        let refused = statuses.iter().filter(|status| **status == 403).count();
        let limited = statuses.iter().filter(|status| **status == 429).count();
        assert!(
            (20..28).contains(&refused) && refused + limited == 30,
            "{statuses:?}"
        );
    }
    centre.finish().await;
}
