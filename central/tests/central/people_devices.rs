use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::common::Centre;
use crate::common::browser::App;

/// A device code, in groups as people type it.
async fn grouped_code(centre: &Centre, session: &str) -> String {
    let path = "/v1/my/device-code";
    let made = centre.my(Method::POST, path, session, None).await;
    let made: Value = made.json().await.unwrap();
    let digits = made["digits"].as_str().unwrap();
    format!("{} {}-{}", &digits[..4], &digits[4..8], &digits[8..])
}

async fn devices(centre: &Centre, session: &str) -> Vec<Value> {
    let path = "/v1/my/devices";
    let listed = centre.my(Method::GET, path, session, None).await;
    assert_eq!(listed.status(), 200);
    listed.json().await.unwrap()
}

/// Protects R2 after a phone is lost: its owner ends its binding, and with it its session and the code it
/// shows; the other app goes on, and nobody ends somebody else's.
#[tokio::test]
async fn r2_a_lost_phone_is_shut_out() {
    let centre = Centre::start();
    let person = centre.person("called-national");
    let other = centre.person("called-second");
    centre
        .registers(&person, "phones@example.tw", "correct horse")
        .await;
    let web = centre.signs_in(&person).await;
    let kept = App::bind(&centre, &grouped_code(&centre, &web).await).await;
    let lost = App::bind(&centre, &grouped_code(&centre, &web).await).await;
    let listed = devices(&centre, &web).await;
    let ids: Vec<_> = listed.iter().map(|line| &line["device"]).collect();
    assert_eq!(ids, [&lost.device, &kept.device]);

    let session = lost.signs_in(&centre).await;
    let path = "/v1/my/one-time-code";
    let shown = centre.my(Method::POST, path, &session, None).await;
    let shown: Value = shown.json().await.unwrap();
    let path = format!("/v1/my/devices/{}", lost.device);
    let thief = centre.signs_in(&other).await;
    let ended = async |session: &str| {
        let answer = centre.my(Method::DELETE, &path, session, None).await;
        answer.status()
    };
    assert_eq!(ended(&thief).await, StatusCode::NOT_FOUND);
    assert_eq!(devices(&centre, &web).await.len(), 2);
    assert_eq!(ended(&web).await, StatusCode::NO_CONTENT);

    let asked = centre
        .my(Method::GET, "/v1/my/session", &session, None)
        .await;
    assert_eq!(asked.status(), 401);
    let answer = centre
        .anybody("/v1/sign-in/app", &lost.sign_in(&centre))
        .await;
    assert_eq!(answer.status(), 403);
    let code = json!({"person": person.person_number, "code": shown["digits"]});
    let answer = centre.anybody("/v1/sign-in/one-time-code", &code).await;
    assert_eq!(answer.status(), 403);
    assert!(!kept.signs_in(&centre).await.is_empty());
    assert_eq!(devices(&centre, &web).await.len(), 1);
    assert_eq!(ended(&web).await, StatusCode::NOT_FOUND);
    centre.finish().await;
}
