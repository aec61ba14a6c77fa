//! A centre over real HTTP: keeps operations as the real one does, and can be told to misbehave.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use ed25519_dalek::SigningKey;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use tokio::runtime::Runtime;
use wire::envelope::{self, SignedEnvelope};
use wire::operation::{BatchReply, BatchRequest, OutcomeMessage, ResultMessage};
use wire::roster::{RosterLine, RosterManifest};
use wire::signature::{self, SignatureHeaders, SignedRequest};

/// How one answer is spoiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// 200 with a portal's page.
    Html,
    /// 500 with a page.
    Broken,
    /// No answer at all.
    Hang,
    /// The work is done, and the connection ends in the middle of the answer.
    CutOff,
    /// 200 with JSON of another shape.
    OtherShape,
    /// An answer without end.
    Endless,
    /// A hash that was not sent.
    WrongHash,
    /// A sequence number that was not sent.
    WrongSeq,
    /// One result too few.
    TooFew,
    /// 503 with `Retry-After: 1`.
    Busy,
    /// 403 `quarantined`.
    Quarantined,
    /// 403 `epoch-ended`.
    EpochEnded,
}

#[derive(Default)]
pub struct Book {
    /// The next answers to requests whose path begins so are spoiled.
    pub faults: VecDeque<(&'static str, Fault)>,
    /// Operations by sequence number: their bytes, and how often they were applied.
    pub operations: BTreeMap<u64, (String, u32)>,
    /// Bytes of every operation that came, in order.
    pub arrivals: Vec<(u64, String)>,
    /// When batches came.
    pub batches: Vec<Instant>,
    /// Paths asked for.
    pub paths: Vec<String>,
    /// How far this clock is ahead, in seconds.
    pub ahead_s: i64,
    pub roster: Option<(SignedEnvelope, Vec<u8>)>,
    pub campaign: Option<SignedEnvelope>,
    pub orders: Option<String>,
    /// Answers by path, word for word.
    pub fixed: BTreeMap<String, String>,
}

pub struct TestCentre {
    pub book: Arc<Mutex<Book>>,
    address: SocketAddr,
    runtime: Option<Runtime>,
}

impl TestCentre {
    pub fn start() -> Self {
        let mut centre = Self {
            book: Arc::default(),
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            runtime: None,
        };
        centre.listen();
        centre
    }

    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }

    pub fn spoil(&self, path: &'static str, faults: &[Fault]) {
        self.book()
            .faults
            .extend(faults.iter().map(|fault| (path, *fault)));
    }

    /// The line is cut: nothing listens, open connections break.
    pub fn cut(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
        // Its sockets are closed when the runtime's threads have let go of them.
        super::wait_for(|| std::net::TcpStream::connect(self.address).is_err());
    }

    /// Listens again at the same address.
    pub fn listen(&mut self) {
        let runtime = Runtime::new().unwrap();
        let router = Router::new()
            .fallback(serve)
            .with_state(Arc::clone(&self.book));
        let listener = std::net::TcpListener::bind(self.address).unwrap();
        listener.set_nonblocking(true).unwrap();
        self.address = listener.local_addr().unwrap();
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await
        });
        self.runtime = Some(runtime);
    }

    pub fn publish_roster(&self, version: u64, lines: &[RosterLine], key: &SigningKey) {
        let mut file = Vec::new();
        for line in lines {
            file.extend(serde_json::to_vec(line).unwrap());
            file.push(b'\n');
        }
        let manifest = RosterManifest {
            version,
            created_at: Timestamp::UNIX_EPOCH,
            not_after: Timestamp::MAX,
            length_bytes: u64::try_from(file.len()).unwrap(),
            sha256: hexadecimal(&Sha256::digest(&file)),
            people: u64::try_from(lines.len()).unwrap(),
        };
        let payload = serde_json::to_vec(&manifest).unwrap();
        let envelope = SignedEnvelope::seal(envelope::ROSTER_MANIFEST, &payload, key);
        self.book().roster = Some((envelope, file));
    }
}

impl Drop for TestCentre {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn serve(State(book): State<Arc<Mutex<Book>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let path = parts.uri.path().to_owned();
    let fault = {
        let mut book = book.lock().unwrap();
        book.paths.push(path.clone());
        if path == "/v1/operations" {
            book.batches.push(Instant::now());
        }
        let index = book
            .faults
            .iter()
            .position(|(prefix, _)| path.starts_with(prefix));
        index
            .and_then(|index| book.faults.remove(index))
            .map(|(_, fault)| fault)
    };
    match fault {
        Some(Fault::Hang) => std::future::pending().await,
        Some(Fault::Html) => html(StatusCode::OK),
        Some(Fault::Broken) => html(StatusCode::INTERNAL_SERVER_ERROR),
        Some(Fault::OtherShape) => json("{\"next\":[]}".to_owned()),
        Some(Fault::Endless) => {
            let chunks = futures::stream::repeat_with(|| {
                Ok::<_, std::io::Error>(Bytes::from(vec![b' '; 65536]))
            });
            (
                [(header::CONTENT_TYPE, "application/json")],
                Body::from_stream(chunks),
            )
                .into_response()
        }
        Some(Fault::Busy) => (
            StatusCode::SERVICE_UNAVAILABLE,
            [(header::RETRY_AFTER, "1")],
        )
            .into_response(),
        Some(Fault::Quarantined) => problem(StatusCode::FORBIDDEN, "quarantined"),
        Some(Fault::EpochEnded) => problem(StatusCode::FORBIDDEN, "epoch-ended"),
        Some(Fault::CutOff | Fault::WrongHash | Fault::WrongSeq | Fault::TooFew) | None => answer(
            &book,
            &path,
            parts.method.as_str(),
            &parts.headers,
            &body,
            fault,
        ),
    }
}

fn answer(
    book: &Mutex<Book>,
    path: &str,
    method: &str,
    headers: &HeaderMap,
    body: &[u8],
    fault: Option<Fault>,
) -> Response {
    let mut book = book.lock().unwrap();
    let now = Timestamp::now() + SignedDuration::from_secs(book.ahead_s);
    if path == "/v1/health" {
        return json(format!("{{\"time\":\"{now}\",\"version\":\"1.2.3\"}}"));
    }
    if !path.starts_with("/v1/devices") && !authentic(path, method, headers, body, now) {
        return problem(StatusCode::UNAUTHORIZED, "not-authentic");
    }
    if let Some(text) = book.fixed.get(path) {
        return json(text.clone());
    }
    let tag = |bytes: &[u8]| format!("\"{}\"", hexadecimal(&Sha256::digest(bytes)));
    let tagged = |text: String| {
        let etag = tag(text.as_bytes());
        if headers
            .get(header::IF_NONE_MATCH)
            .is_some_and(|known| *known == etag)
        {
            return StatusCode::NOT_MODIFIED.into_response();
        }
        (
            [
                (header::CONTENT_TYPE, "application/json".to_owned()),
                (header::ETAG, etag),
            ],
            text,
        )
            .into_response()
    };
    match path {
        "/v1/operations" => apply(&mut book, &serde_json::from_slice(body).unwrap(), fault),
        "/v1/roster" => match &book.roster {
            Some((envelope, _)) => tagged(serde_json::to_string(envelope).unwrap()),
            None => problem(StatusCode::NOT_FOUND, "not-found"),
        },
        "/v1/campaign" => match &book.campaign {
            Some(envelope) => tagged(serde_json::to_string(envelope).unwrap()),
            None => problem(StatusCode::NOT_FOUND, "not-found"),
        },
        "/v1/orders" => match &book.orders {
            Some(orders) => tagged(orders.clone()),
            None => problem(StatusCode::NOT_FOUND, "not-found"),
        },
        _ => match &book.roster {
            Some((_, file)) if path.starts_with("/v1/roster/") => file.clone().into_response(),
            _ => problem(StatusCode::NOT_FOUND, "not-found"),
        },
    }
}

fn authentic(path: &str, method: &str, headers: &HeaderMap, body: &[u8], now: Timestamp) -> bool {
    let text = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    };
    let headers = SignatureHeaders {
        content_digest: text(signature::CONTENT_DIGEST),
        signature_input: text(signature::SIGNATURE_INPUT).unwrap_or_default(),
        signature: text(signature::SIGNATURE).unwrap_or_default(),
    };
    let request = SignedRequest { method, path, body };
    signature::claimed_signer(&headers).is_ok()
        && signature::verify(
            &request,
            &headers,
            &super::device_key().verifying_key(),
            now,
        )
        .is_ok()
}

fn apply(book: &mut Book, batch: &BatchRequest, fault: Option<Fault>) -> Response {
    let mut expected = book.operations.len() as u64 + 1;
    let mut results = Vec::new();
    for item in &batch.operations {
        let payload = item.operation.get().to_owned();
        book.arrivals.push((item.seq, payload.clone()));
        if item.seq > expected {
            break;
        }
        let kept = book.operations.entry(item.seq).or_insert((payload, 0));
        if item.seq == expected {
            kept.1 += 1;
            expected += 1;
        }
        results.push(ResultMessage {
            seq: item.seq,
            hash: hexadecimal(&wire::operation::hash(&kept.0)),
            outcome: OutcomeMessage::Applied { number: None },
        });
    }
    match fault {
        Some(Fault::WrongHash) => results[0].hash = "ab".repeat(32),
        Some(Fault::WrongSeq) => results[0].seq += 1,
        Some(Fault::TooFew) => drop(results.pop()),
        _ => {}
    }
    let next_seq = expected;
    let text = serde_json::to_string(&BatchReply { next_seq, results }).unwrap();
    if fault != Some(Fault::CutOff) {
        return json(text);
    }
    let half = Bytes::from(text.as_bytes()[..text.len() / 2].to_vec());
    let broken = Err(std::io::Error::other("cut off"));
    let chunks = futures::stream::iter([Ok(half), broken]);
    (
        [(header::CONTENT_TYPE, "application/json")],
        Body::from_stream(chunks),
    )
        .into_response()
}

fn json(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

fn html(status: StatusCode) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "text/html")],
        "<h1>Welcome</h1>",
    )
        .into_response()
}

fn problem(status: StatusCode, code: &str) -> Response {
    let text = format!(
        "{{\"type\":\"about:blank\",\"title\":\"No.\",\"status\":{},\"code\":\"{code}\"}}",
        status.as_u16()
    );
    (
        status,
        [(header::CONTENT_TYPE, "application/problem+json")],
        text,
    )
        .into_response()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
