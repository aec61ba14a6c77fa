//! Somebody on the web or with the app: requests without a terminal.

use std::path::Path;

use ed25519_dalek::{Signer as _, SigningKey};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Centre, Person};

/// Answers every captcha of the tests' centre.
pub const CAPTCHA: &str = "ABCDE";

impl Centre {
    /// A request of anybody, from an address of its own.
    pub async fn anybody(&self, path: &str, body: &Value) -> Response {
        let request = self.http.post(format!("{}{path}", self.address));
        request.json(body).send().await.unwrap()
    }

    /// A request that is answered with 200 or 202.
    pub async fn ask(&self, path: &str, body: &Value) -> Value {
        let answer = self.anybody(path, body).await;
        let status = answer.status();
        assert!(status.is_success(), "{path} {status}");
        answer.json().await.unwrap()
    }

    /// A refused request's status and code.
    pub async fn refused(&self, path: &str, body: &Value) -> (u16, String) {
        let answer = self.anybody(path, body).await;
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let status = answer.status().as_u16();
        let problem: Value = answer.json().await.unwrap();
        (status, problem["code"].as_str().unwrap().to_owned())
    }

    /// A captcha's id.
    pub async fn captcha(&self) -> String {
        let drawn = self.ask("/v1/captchas", &json!({})).await;
        let image = drawn["image"].as_str().unwrap();
        assert!(image.starts_with("data:image/png;base64,iVBORw0KGgo"));
        drawn["captcha"].as_str().unwrap().to_owned()
    }

    /// Signs in with both numbers and a captcha (I9).
    pub async fn signs_in(&self, person: &Person) -> String {
        let asked = json!({"person": person.person_number, "card": person.card_number,
            "captcha": self.captcha().await, "answer": CAPTCHA});
        token(&self.ask("/v1/sign-in/numbers", &asked).await)
    }

    /// A request of somebody signed in, with a key of its own.
    pub async fn my(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Option<Value>,
    ) -> Response {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.address))
            .bearer_auth(token)
            .header("idempotency-key", Uuid::now_v7().to_string());
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    /// The newest notice to somebody that satisfies the condition, waited for.
    pub async fn notice(&self, recipient: &str, fits: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..600 {
            for file in std::fs::read_dir(self.path("notices")).unwrap() {
                let path = file.unwrap().path();
                if let Some(message) = read_notice(&path)
                    && message["recipient"] == recipient
                    && fits(&message)
                {
                    return message;
                }
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("no such notice came");
    }

    /// The token in the link of an e-mail to this address, whose page is named.
    pub async fn link_token(&self, email: &str, page: &str) -> String {
        let mark = format!("/{page}#");
        let message = self
            .notice(email, |message| {
                message["body"].as_str().unwrap().contains(&mark)
            })
            .await;
        let body = message["body"].as_str().unwrap().to_owned();
        let rest = body.split(&mark).nth(1).unwrap();
        let end = |letter: char| !(letter.is_ascii_alphanumeric() || "-_".contains(letter));
        rest.split(end).next().unwrap().to_owned()
    }

    /// What registers this person on the web (R1).
    pub fn registration(&self, person: &Person, email: &str, password: &str) -> Value {
        self.keep(email);
        self.keep(password);
        json!({"person": person.person_number, "card": person.card_number,
            "mobile": person.mobile, "email": email, "password": password,
            "papers": person.shown_papers()})
    }

    /// Registers and confirms by the link (R1).
    pub async fn registers(&self, person: &Person, email: &str, password: &str) {
        let asked = self.registration(person, email, password);
        self.ask("/v1/registrations", &asked).await;
        let token = self.link_token(email, "confirm").await;
        self.ask("/v1/registrations/confirm", &json!({"token": token}))
            .await;
    }
}

impl Person {
    /// The papers as the registration takes them.
    pub fn shown_papers(&self) -> Value {
        let text = |name: &str| self.papers[name].as_str();
        match text("permit_number") {
            Some(number) => json!({"kind": "residence-permit", "number": number}),
            None => json!({"kind": "household", "number": text("household_number"),
                "address": text("address")}),
        }
    }
}

/// An app: its key, and what it was bound as.
pub struct App {
    key: SigningKey,
    pub device: String,
}

impl App {
    /// A key no centre knows yet.
    pub fn new_key() -> SigningKey {
        SigningKey::generate(&mut rand::rngs::OsRng)
    }

    /// What binds this key with a code.
    pub fn binding(key: &SigningKey, code: &str) -> Value {
        json!({"code": code, "public_key": wire::keys::public_key_to_text(&key.verifying_key())})
    }

    /// Binds a new app with a device code (R2).
    pub async fn bind(centre: &Centre, code: &str) -> Self {
        let key = Self::new_key();
        let bound = centre
            .ask("/v1/device-bindings", &Self::binding(&key, code))
            .await;
        Self {
            device: bound["device"].as_str().unwrap().to_owned(),
            key,
        }
    }

    /// What signs this app in now.
    pub fn sign_in(&self, centre: &Centre) -> Value {
        use base64::Engine as _;
        let moment = centre.now().to_string();
        let message = format!("sign-in {} {moment}", self.device);
        let signature = self.key.sign(message.as_bytes()).to_bytes();
        json!({"device": self.device, "signed_at": moment,
            "signature": base64::engine::general_purpose::STANDARD.encode(signature)})
    }

    /// Signs in; the session's token.
    pub async fn signs_in(&self, centre: &Centre) -> String {
        token(&centre.ask("/v1/sign-in/app", &self.sign_in(centre)).await)
    }
}

/// The token of a sign-in's answer.
pub fn token(answer: &Value) -> String {
    answer["token"].as_str().unwrap().to_owned()
}

fn read_notice(path: &Path) -> Option<Value> {
    (path.extension()? == "json").then_some(())?;
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}
