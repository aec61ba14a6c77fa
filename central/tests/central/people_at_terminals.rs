use domain::EmailAddress;
use domain::operation::OperationBody;
use domain::registration::CardRegistration;
use jiff::ToSpan as _;
use reqwest::Method;
use serde_json::{Value, json};
use wire::operation::OutcomeMessage;

use crate::common::browser::{App, token};
use crate::common::{Centre, Person, Terminal, applied, booked, rejected};

const PASSWORD: &str = "correct horse";

impl Person {
    /// Registers at a terminal (R1).
    fn registers_card(&self, centre: &Centre, email: &str) -> OperationBody {
        centre.keep(email);
        OperationBody::RegisterCard(CardRegistration {
            person: self.number(),
            card: self.card(),
            mobile: self.mobile(),
            email: EmailAddress::parse(email).unwrap(),
        })
    }
}

/// Sets the password by the link that came by e-mail, and signs in with it.
async fn sets_password(centre: &Centre, person: &Person, email: &str) {
    let link = centre.link_token(email, "password").await;
    centre.keep(PASSWORD);
    let set = json!({"token": link, "password": PASSWORD});
    centre.ask("/v1/registrations/password/set", &set).await;
    assert!(!token(&centre.ask("/v1/sign-in/password", &sign_in(person)).await).is_empty());
}

fn sign_in(person: &Person) -> Value {
    json!({"person": person.person_number, "card": person.card_number, "password": PASSWORD})
}

/// What a terminal is answered that asks for a device code.
async fn device_code(terminal: &Terminal<'_>, person: &Person) -> (u16, Value) {
    let body = json!({"person": person.person_number, "card": person.card_number});
    let body = body.to_string();
    let path = "/v1/people/device-code";
    let answer = terminal.ask(Method::POST, path, body.as_bytes()).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// Protects R1, R2: at a terminal the card is the proof: registered at once, the password set by the
/// link that comes by e-mail, the app bound by the code the terminal shows; nothing of it without
/// the right card.
#[tokio::test]
async fn r1_a_card_is_registered_at_a_terminal() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let person = centre.person("called-national");
    let (status, refusal) = device_code(&terminal, &person).await;
    assert_eq!(
        (status, refusal["code"].as_str()),
        (403, Some("code-refused"))
    );
    let stranger = Person {
        card_number: "000000000000".to_owned(),
        ..person.clone()
    };
    for wrong in [stranger, centre.person("reissued-card-old")] {
        let body = wrong.registers_card(&centre, "thief@example.tw");
        assert_eq!(terminal.does(body).await, rejected("identity-not-verified"));
    }

    let email = "kiosk@example.tw";
    assert_eq!(
        terminal.does(person.registers_card(&centre, email)).await,
        applied()
    );
    let (status, code) = device_code(&terminal, &person).await;
    assert_eq!(status, 200);
    let app = App::bind(&centre, code["digits"].as_str().unwrap()).await;
    assert!(!app.signs_in(&centre).await.is_empty());
    sets_password(&centre, &person, email).await;
    centre.finish().await;
}

/// Protects R1 across an outage: a registration that arrives late does not stand above what was given
/// since, the password stays, and the address that stood before is told.
#[tokio::test]
async fn r1_the_latest_registration_stands() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let person = centre.person("called-national");
    let now = centre.now();
    let late = terminal.record_at(
        person.registers_card(&centre, "late@example.tw"),
        now - 2.minutes(),
    );
    let early = person.registers_card(&centre, "early@example.tw");
    let mut second = Terminal::enrol(&centre, centre.code(2)).await;
    let early = second.record_at(early, now - 1.minute());
    assert_eq!(
        second.deliver(vec![early]).await.results[0].outcome,
        applied()
    );
    sets_password(&centre, &person, "early@example.tw").await;
    let outcome = terminal.deliver(vec![late]).await.results.remove(0).outcome;
    assert_eq!(outcome, OutcomeMessage::Superseded);

    let again = person.registers_card(&centre, "newer@example.tw");
    assert_eq!(terminal.does(again).await, applied());
    let told = |message: &Value| message["subject"].as_str().unwrap().contains("已變更");
    centre.notice("early@example.tw", told).await;
    centre.ask("/v1/sign-in/password", &sign_in(&person)).await;
    centre.finish().await;
}

/// Protects R6: at a counter, staff register a person and bind the person's app.
#[tokio::test]
async fn r6_staff_register_at_a_counter() {
    let centre = Centre::start();
    centre
        .sql("UPDATE devices SET role = 'health-centre' WHERE device_id = 2")
        .await;
    let mut counter = Terminal::enrol(&centre, centre.code(2)).await;
    let person = centre.person("new-residence");
    let email = "counter@example.tw";
    assert_eq!(
        counter.does(person.registers_card(&centre, email)).await,
        applied()
    );
    let by_whom = centre
        .text("SELECT string_agg(registered_by, ',') FROM accounts")
        .await;
    assert_eq!(by_whom, "counter");
    let (_, code) = device_code(&counter, &person).await;
    App::bind(&centre, code["digits"].as_str().unwrap()).await;
    sets_password(&centre, &person, email).await;
    centre.finish().await;
}

/// Protects R7: an employer's file is taken line by line, and the same file again changes nothing and
/// writes to nobody.
#[tokio::test]
async fn r7_an_employer_registers_its_people() {
    let centre = Centre::start();
    let (one, two) = (
        centre.person("called-national"),
        centre.person("new-residence"),
    );
    let line = |person: &Person, card: &str, email: &str| {
        format!(
            "{},{card},{},{email}\n",
            person.person_number, person.mobile
        )
    };
    let file = format!(
        "person,card,mobile,email\n{}{}{}{}",
        line(&one, &one.card_number, "one@example.tw"),
        line(&two, "000000000000", "two@example.tw"),
        line(&two, &two.card_number, "nowhere"),
        line(&two, &two.card_number, "two@example.tw"),
    );
    let path = "/operator/v1/registrations/batch";
    let answer = centre.operator_does(path, file.clone()).await;
    assert_eq!(answer.status(), 200);
    let reply: Value = answer.json().await.unwrap();
    let lines = json!([{"line": 2, "outcome": "registered"}, {"line": 3, "outcome": "not-verified"},
        {"line": 4, "outcome": "malformed", "field": "email"}, {"line": 5, "outcome": "registered"}]);
    assert_eq!(reply["lines"], lines);
    assert_eq!(reply["registered"], 2);
    sets_password(&centre, &one, "one@example.tw").await;

    let again: Value = centre.operator_does(path, file).await.json().await.unwrap();
    assert_eq!(again["registered_before"], 2);
    assert_eq!(again["registered"], 0);
    assert_eq!(
        centre.text("SELECT count(*)::text FROM link_codes").await,
        "2"
    );
    centre.ask("/v1/sign-in/password", &sign_in(&one)).await;
    let other = centre.operator_does(path, "card,person\n1,2\n").await;
    assert_eq!(other.status(), 400);
    let problem: Value = other.json().await.unwrap();
    assert_eq!(problem["field"], "line[1].header");
    centre.finish().await;
}

/// Protects R8: the page is told what to check before a sign-in with the card.
#[tokio::test]
async fn r8_the_surroundings_of_a_card_sign_in() {
    let centre = Centre::start();
    let answer = centre
        .http
        .get(format!("{}/v1/surroundings", centre.address));
    let list: Value = answer.send().await.unwrap().json().await.unwrap();
    let ids = list["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| &check["id"]);
    assert!(ids.eq(["system", "browser", "card-component", "reader"].iter()));
    centre.finish().await;
}

/// Protects I4: what was registered and booked under the old residence number stands under the new
/// one, when the card is changed; and nobody gets two.
#[tokio::test]
async fn i4_one_person_under_both_residence_numbers() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let old = centre.person("old-residence-alias");
    let email = "alias@example.tw";
    assert_eq!(
        terminal.does(old.registers_card(&centre, email)).await,
        applied()
    );
    sets_password(&centre, &old, email).await;
    let category = old.category(&terminal).await;
    assert_eq!(
        terminal.does(old.willing(category, &["az", "bnt"])).await,
        applied()
    );
    let books = terminal.record(old.books("tp-daan-2", "0409-0900"));
    assert!(booked(&terminal.deliver(vec![books]).await.results[0]));

    let new = Person {
        person_number: old.other_number.clone().unwrap(),
        other_number: Some(old.person_number.clone()),
        card_number: "000099999999".to_owned(),
        ..old.clone()
    };
    centre.keep(&new.card_number);
    let statement = format!(
        "UPDATE people SET number = '{}', other_number = '{}', card = '{}', previous_card = '{}' \
         WHERE number = '{}'",
        new.person_number, old.person_number, new.card_number, old.card_number, old.person_number
    );
    centre.sql(&statement).await;
    assert_eq!(terminal.check(&old).await["verdict"], "superseded-card");
    let standing = terminal.check(&new).await["standing"].clone();
    assert_eq!(standing["booking"]["slot"], "0409-0900");
    assert_eq!(
        terminal.does(new.books("tp-daan-2", "0409-1000")).await,
        rejected("already-booked")
    );
    centre.ask("/v1/sign-in/password", &sign_in(&new)).await;
    assert_eq!(
        centre.refused("/v1/sign-in/password", &sign_in(&old)).await,
        (403, "sign-in-refused".to_owned())
    );
    let file = format!(
        "person,card,mobile,email\n{},{},{},second@example.tw\n",
        new.person_number, new.card_number, new.mobile
    );
    let path = "/operator/v1/registrations/batch";
    let reply: Value = centre.operator_does(path, file).await.json().await.unwrap();
    assert_eq!(reply["registered_before"], 1);
    assert_eq!(
        centre.text("SELECT count(*)::text FROM accounts").await,
        "1"
    );
    centre.finish().await;
}
