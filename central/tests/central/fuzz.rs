//! Every field of every endpoint, fuzzed by Schemathesis from the OpenAPI documents.
//!
//! Requests go through a proxy that does what a terminal can do and a fuzzer cannot: it signs them,
//! so that the fuzzed fields reach the handlers.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use ed25519_dalek::SigningKey;
use reqwest::RequestBuilder;
use tokio::process::Command;
use tokio::sync::Mutex;
use wire::signature::{self, KeyId, SignedRequest};

use crate::common::{Centre, Person, Terminal};

/// Cases an endpoint in the random phase; the phase of edge cases takes all there are.
const EXAMPLES_MAX: &str = "25";

const CONFIGURATION: &str = include_str!("../schemathesis/schemathesis.toml");
const HOOKS: &str = include_str!("../schemathesis/hooks.py");
const PERSONS_TOKEN: &str = "session-of-the-fuzzer";
const PERSONS_BEARER: &str = "Bearer session-of-the-fuzzer";
const OPERATOR_TOKEN: &str = "operator-token-of-the-tests";

/// Who speaks through the proxy.
struct Proxy {
    key: SigningKey,
    key_id: KeyId,
    centre: Arc<Centre>,
    person: Person,
    /// The person's session: a new one whenever the fuzzer signed out or ten minutes are over.
    session: Mutex<String>,
}

impl Proxy {
    /// Sends a person's request with their session in the place of the fuzzer's token.
    async fn send_signed_in(&self, request: RequestBuilder) -> reqwest::Response {
        let token = self.session.lock().await.clone();
        let again = request.try_clone().unwrap();
        let answer = request.bearer_auth(&token).send().await.unwrap();
        if answer.status() != 401 {
            return answer;
        }
        let mut session = self.session.lock().await;
        if *session == token {
            *session = self.centre.signs_in(&self.person).await;
        }
        again.bearer_auth(&*session).send().await.unwrap()
    }
}

async fn forward(
    State(proxy): State<Arc<Proxy>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let is_operators = path.starts_with("/operator/");
    let address = if is_operators {
        &proxy.centre.operator
    } else {
        &proxy.centre.address
    };
    let http = &proxy.centre.http;
    let mut request = http.request(method.clone(), format!("{address}{path}"));
    let is_persons = path.starts_with("/v1/my/")
        && headers
            .get("authorization")
            .is_some_and(|value| value == PERSONS_BEARER);
    for name in ["authorization", "idempotency-key", "content-type"] {
        if let Some(value) = headers
            .get(name)
            .filter(|_| name != "authorization" || !is_persons)
        {
            request = request.header(name, value);
        }
    }
    if !is_operators {
        let signed = SignedRequest {
            method: method.as_str(),
            path: uri.path(),
            body: &body,
        };
        let (now, nonce) = (proxy.centre.now(), rand::random());
        let signature = signature::sign(&signed, proxy.key_id, now, nonce, &proxy.key).unwrap();
        request = request
            .header(signature::SIGNATURE_INPUT, signature.signature_input)
            .header(signature::SIGNATURE, signature.signature);
        if let Some(digest) = signature.content_digest {
            request = request.header(signature::CONTENT_DIGEST, digest);
        }
    }
    // So many come from one address that its limit would hide what is behind it.
    let address = std::net::Ipv4Addr::from(rand::random::<u32>());
    request = request.header("x-client-address", address.to_string());
    let request = request.body(body);
    let answer = if is_persons {
        proxy.send_signed_in(request).await
    } else {
        request.send().await.unwrap()
    };
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        if name != "transfer-encoding" && name != "content-length" {
            response = response.header(name, value);
        }
    }
    let body = answer.bytes().await.unwrap();
    response.body(Body::from(body)).unwrap()
}

/// The pinned Schemathesis that `cargo xtask setup` installs.
fn schemathesis() -> PathBuf {
    let program = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../target/tools/schemathesis/bin/st"
    ));
    assert!(
        program.exists(),
        "Schemathesis is not installed: cargo xtask setup"
    );
    program
}

/// Fuzzes one document and fails with Schemathesis' own report.
async fn fuzz(document: &str, token: &str) {
    let centre = Arc::new(Centre::start());
    let terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let signer = Arc::new(Proxy {
        key: terminal.key.clone(),
        key_id: terminal.key_id,
        centre: Arc::clone(&centre),
        person: centre.person("called-national"),
        session: Mutex::default(),
    });
    let proxy = Router::new().fallback(forward).with_state(signer);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = tokio::spawn(axum::serve(listener, proxy).into_future());
    // What an earlier run remembered must not change this one.
    let folder = tempfile::TempDir::new().unwrap();
    for (name, text) in [("schemathesis.toml", CONFIGURATION), ("hooks.py", HOOKS)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let report = Command::new(schemathesis())
        .current_dir(folder.path())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("CENTRE_TOKEN", token)
        .args(["--config-file", "schemathesis.toml", "run", "--no-color"])
        .arg(format!("http://{address}{document}"))
        .args(["--max-examples", EXAMPLES_MAX])
        .stdin(Stdio::null())
        .output()
        .await
        .unwrap();
    served.abort();
    assert!(
        report.status.success(),
        "{}{}",
        String::from_utf8_lossy(&report.stdout),
        String::from_utf8_lossy(&report.stderr)
    );
}

/// Protects the centre from every terminal and every passer-by: no 5xx, no panic, every answer as
/// documented, errors name the field and echo nothing.
#[tokio::test]
async fn terminals_and_people_are_fuzzed() {
    fuzz("/openapi.json", PERSONS_TOKEN).await;
}

/// Protects the back office alike.
#[tokio::test]
async fn operators_are_fuzzed() {
    fuzz("/operator/v1/openapi.json", OPERATOR_TOKEN).await;
}
