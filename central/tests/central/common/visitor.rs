//! Somebody at the web platform.

use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::centre::CAPTCHA_ANSWER;
use super::{Centre, Person};

impl Centre {
    /// Posts JSON without any proof of who asks.
    pub async fn post(&self, path: &str, body: &Value) -> Response {
        let address = format!("{}{path}", self.address);
        self.http.post(address).json(body).send().await.unwrap()
    }

    /// A new captcha, answered right.
    pub async fn captcha(&self) -> Value {
        let answer = self.post("/v1/captchas", &json!({})).await;
        assert_eq!(answer.status(), 201);
        let captcha: Value = answer.json().await.unwrap();
        json!({"id": captcha["id"], "answer": CAPTCHA_ANSWER})
    }

    /// Signs in with the numbers on the card; the answer, whatever it is.
    pub async fn try_sign_in(&self, person: &str, card: &str) -> Response {
        let captcha = self.captcha().await;
        let body = json!({"person": person, "card": card, "captcha": captcha});
        self.post("/v1/sign-in/numbers", &body).await
    }

    /// The token of a new session.
    pub async fn sign_in(&self, person: &Person) -> String {
        let answer = self
            .try_sign_in(&person.person_number, &person.card_number)
            .await;
        assert_eq!(answer.status(), 200);
        let reply: Value = answer.json().await.unwrap();
        let token = reply["token"].as_str().unwrap().to_owned();
        self.keep_from_log(&token);
        token
    }

    /// Asks with the token of a session.
    pub async fn ask_as(&self, token: &str, method: Method, path: &str) -> Response {
        let address = format!("{}{path}", self.address);
        let request = self.http.request(method, address).bearer_auth(token);
        request.send().await.unwrap()
    }
}
