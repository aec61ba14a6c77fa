use serde_json::json;

use crate::common::browser::{App, token};
use crate::common::{Centre, Person};

/// Protects R1: a card is registered with papers and confirmed by the link, once; and whoever has
/// no right particulars is answered alike, but no e-mail goes out.
#[tokio::test]
async fn r1_a_card_is_registered_on_the_web() {
    let centre = Centre::start();
    for (tag, email) in [
        ("called-national", "national@example.tw"),
        ("new-residence", "foreign@example.tw"),
    ] {
        let person = centre.person(tag);
        let right = centre.registration(&person, email, "correct horse");
        let mut wrong_card = right.clone();
        wrong_card["card"] = json!("000000000000");
        wrong_card["email"] = json!("thief@example.tw");
        let mut wrong_papers = wrong_card.clone();
        wrong_papers["card"] = right["card"].clone();
        wrong_papers["papers"]["number"] = json!("F0000000");
        let mut nobody = wrong_papers.clone();
        nobody["person"] = json!("A123456789");
        let mut answers = Vec::new();
        for asked in [&wrong_card, &wrong_papers, &nobody, &right] {
            let answer = centre.anybody("/v1/registrations", asked).await;
            answers.push((answer.status().as_u16(), answer.text().await.unwrap()));
        }
        assert_eq!(answers[0].0, 202);
        assert!(answers.iter().all(|answer| *answer == answers[0]));

        let sign_in = json!({"person": person.person_number, "card": person.card_number,
            "password": "correct horse"});
        let refused = (403, "sign-in-refused".to_owned());
        assert_eq!(
            centre.refused("/v1/sign-in/password", &sign_in).await,
            refused
        );
        let link = centre.link_token(email, "confirm").await;
        let confirm = json!({"token": link});
        centre.ask("/v1/registrations/confirm", &confirm).await;
        let used = (403, "code-refused".to_owned());
        let path = "/v1/registrations/confirm";
        assert_eq!(centre.refused(path, &confirm).await, used);
        assert!(!token(&centre.ask("/v1/sign-in/password", &sign_in).await).is_empty());
    }
    let thieves = std::fs::read_dir(centre.path("notices"))
        .unwrap()
        .filter(|file| {
            std::fs::read_to_string(file.as_ref().unwrap().path())
                .unwrap()
                .contains("thief@")
        })
        .count();
    assert_eq!(thieves, 0);
    centre.finish().await;
}

/// Protects R4: a forgotten password is set anew by whoever verifies again, by link, once, and
/// sessions of before end.
#[tokio::test]
async fn r4_a_forgotten_password_is_set_anew() {
    let centre = Centre::start();
    let person = centre.person("called-national");
    let email = "forgetful@example.tw";
    centre.registers(&person, email, "correct horse").await;
    let sign_in = |password: &str| json!({"person": person.person_number, "card": person.card_number, "password": password});
    let before = token(
        &centre
            .ask("/v1/sign-in/password", &sign_in("correct horse"))
            .await,
    );
    let verify = json!({"person": person.person_number, "card": person.card_number,
        "papers": person.shown_papers()});
    centre.ask("/v1/registrations/password", &verify).await;
    let link = centre.link_token(email, "password").await;
    let path = "/v1/registrations/password/set";
    let weak = json!({"token": link, "password": "12345678"});
    assert_eq!(
        centre.refused(path, &weak).await,
        (400, "malformed".to_owned())
    );
    let change = json!({"token": link, "password": "battery staple"});
    centre.ask(path, &change).await;
    assert_eq!(
        centre.refused(path, &change).await,
        (403, "code-refused".to_owned())
    );
    let old = centre
        .refused("/v1/sign-in/password", &sign_in("correct horse"))
        .await;
    assert_eq!(old, (403, "sign-in-refused".to_owned()));
    centre
        .ask("/v1/sign-in/password", &sign_in("battery staple"))
        .await;
    let session = centre
        .my(reqwest::Method::GET, "/v1/my/session", &before, None)
        .await;
    assert_eq!(session.status(), 401);
    centre
        .notice(email, |message| {
            message["subject"].as_str().unwrap().contains("已變更")
        })
        .await;
    centre.finish().await;
}

/// Protects R2: a device code binds one app, also when many try at the same moment.
#[tokio::test]
async fn r2_a_device_code_is_used_once() {
    let centre = Centre::start();
    let person = centre.person("called-national");
    centre
        .registers(&person, "app@example.tw", "correct horse")
        .await;
    let web = centre.signs_in(&person).await;
    let made = centre
        .my(reqwest::Method::POST, "/v1/my/device-code", &web, None)
        .await;
    assert_eq!(made.status(), 200);
    let made: serde_json::Value = made.json().await.unwrap();
    let digits = made["digits"].as_str().unwrap().to_owned();
    assert!(digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit()));
    assert!(
        made["qr"]
            .as_str()
            .unwrap()
            .ends_with(&format!("#{digits}"))
    );

    let bindings: Vec<_> = (0..8)
        .map(|_| App::binding(&App::new_key(), &digits))
        .collect();
    let tries = bindings
        .iter()
        .map(|one| centre.anybody("/v1/device-bindings", one));
    let answers = futures::future::join_all(tries).await;
    let bound = answers
        .iter()
        .filter(|answer| answer.status() == 200)
        .count();
    let refused = answers
        .iter()
        .filter(|answer| answer.status() == 403)
        .count();
    assert_eq!((bound, refused), (1, 7));
    centre
        .notice(&person.mobile, |message| message["way"] == "text")
        .await;
    centre.finish().await;
}

/// Protects R3: the pair is proven before the carrier is asked, each refusal has its code, and a
/// vouched number binds an app.
#[tokio::test]
async fn r3_the_quick_mobile_check() {
    let centre = Centre::start();
    let person = centre.person("called-national");
    let check = |person: &Person, last_four: &str, mobile: &str| json!({"person": person.person_number, "card_last_four": last_four, "mobile": mobile});
    let last_four = &person.card_number[8..];
    let wrong = if last_four == "0000" { "0001" } else { "0000" };
    let path = "/v1/mobile-checks";
    let reply = centre.ask(path, &check(&person, wrong, "0900000001")).await;
    assert_eq!(
        reply,
        json!({"outcome": "refused", "reason": "not-verified"})
    );
    for (mobile, reason) in [
        ("0900000001", "prepaid"),
        ("0900000002", "company"),
        ("0900000003", "parent-child"),
        ("0900000004", "virtual-operator"),
        ("0900000005", "overdue"),
        ("0900000006", "somebody-elses"),
        ("0900000007", "not-on-network"),
        ("0900000008", "operator-unreachable"),
    ] {
        let reply = centre.ask(path, &check(&person, last_four, mobile)).await;
        assert_eq!(reply, json!({"outcome": "refused", "reason": reason}));
    }
    let reply = centre
        .ask(path, &check(&person, last_four, &person.mobile))
        .await;
    let app = App::bind(&centre, reply["device_code"]["digits"].as_str().unwrap()).await;
    assert!(!app.signs_in(&centre).await.is_empty());
    centre.finish().await;
}

/// Protects R5: the app's code signs in on the web, once, and five wrong tries end it.
#[tokio::test]
async fn r5_the_one_time_code_of_the_app() {
    let centre = Centre::start();
    let person = centre.person("called-national");
    let check = json!({"person": person.person_number, "mobile": person.mobile,
        "card_last_four": &person.card_number[8..]});
    let passed = centre.ask("/v1/mobile-checks", &check).await;
    let app = App::bind(&centre, passed["device_code"]["digits"].as_str().unwrap()).await;
    let session = app.signs_in(&centre).await;
    let path = "/v1/sign-in/one-time-code";
    let make = async || {
        let made = centre
            .my(
                reqwest::Method::POST,
                "/v1/my/one-time-code",
                &session,
                None,
            )
            .await;
        assert_eq!(made.status(), 200);
        let made: serde_json::Value = made.json().await.unwrap();
        made["digits"].as_str().unwrap().to_owned()
    };
    let with = |code: &str| json!({"person": person.person_number, "code": code});
    let refused = (403, "sign-in-refused".to_owned());
    let code = make().await;
    let web = token(&centre.ask(path, &with(&code)).await);
    assert_eq!(centre.refused(path, &with(&code)).await, refused);
    let not_in_app = centre
        .my(reqwest::Method::POST, "/v1/my/one-time-code", &web, None)
        .await;
    assert_eq!(not_in_app.status(), 403);

    let code = make().await;
    let wrong = if code == "00000000" {
        "00000001"
    } else {
        "00000000"
    };
    for _ in 0..5 {
        assert_eq!(centre.refused(path, &with(wrong)).await, refused);
    }
    assert_eq!(centre.refused(path, &with(&code)).await, refused);
    centre.finish().await;
}
