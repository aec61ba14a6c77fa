//! One HTTP exchange: a request, signed where it must be, and an answer judged by its form.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use wire::WireError;
use wire::problem::{Problem, code};
use wire::signature::{self, SignedRequest};

use crate::SyncError;
use crate::centre::Inner;

/// A request.
pub(crate) struct Call {
    /// For errors.
    pub(crate) what: &'static str,
    pub(crate) method: Method,
    /// From the first `/`; never anything personal.
    pub(crate) path: String,
    /// JSON.
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) signed: bool,
    /// For all of it, the body's last byte included.
    pub(crate) timeout: Duration,
    /// The longest answer taken.
    pub(crate) limit_bytes: usize,
    /// The version already here.
    pub(crate) etag: Option<String>,
}

impl Call {
    pub(crate) fn get(what: &'static str, path: &str, timeout: Duration) -> Self {
        Self {
            what,
            method: Method::GET,
            path: path.to_owned(),
            body: None,
            signed: true,
            timeout,
            limit_bytes: 64 * 1024,
            etag: None,
        }
    }

    pub(crate) fn post(
        what: &'static str,
        path: &str,
        body: &impl serde::Serialize,
        timeout: Duration,
    ) -> Result<Self, SyncError> {
        let body = serde_json::to_vec(body).map_err(|source| SyncError::Request {
            what,
            source: WireError::Json {
                message: what,
                source,
            },
        })?;
        Ok(Self {
            method: Method::POST,
            body: Some(body),
            ..Self::get(what, path, timeout)
        })
    }
}

/// What came back with a 200 or a 304.
pub(crate) enum Answer {
    /// The version already here is the current one.
    Unchanged,
    /// A body.
    Body {
        bytes: Vec<u8>,
        etag: Option<String>,
    },
}

/// The longest problem document read.
const PROBLEM_BYTES: usize = 8 * 1024;

/// What a busy centre means that does not say when to come again, in seconds.
const BUSY_DEFAULT_S: u64 = 5;

impl Inner {
    /// Does it; the form of the body is for the caller to judge.
    pub(crate) async fn exchange(&self, call: &Call) -> Result<(Answer, HeaderMap), SyncError> {
        let request = self.request(call)?;
        let network = |source: reqwest::Error| network(call.what, source);
        let mut response = request.send().await.map_err(network)?;
        let headers = response.headers().clone();
        match response.status() {
            StatusCode::NOT_MODIFIED if call.etag.is_some() => Ok((Answer::Unchanged, headers)),
            StatusCode::OK => {
                let bytes = body(&mut response, call.what, call.limit_bytes).await?;
                let etag = text(&headers, ETAG.as_str());
                Ok((Answer::Body { bytes, etag }, headers))
            }
            status => Err(refusal(call.what, status, &headers, &mut response).await),
        }
    }

    fn request(&self, call: &Call) -> Result<RequestBuilder, SyncError> {
        let url = self.base.join(&call.path).map_err(|_| SyncError::Address)?;
        let mut request = self
            .client
            .request(call.method.clone(), url)
            .timeout(call.timeout);
        if call.signed {
            let headers = signature::sign(
                &SignedRequest {
                    method: call.method.as_str(),
                    path: &call.path,
                    body: call.body.as_deref().unwrap_or_default(),
                },
                self.identity().ok_or(SyncError::NotEnrolled)?,
                self.clock.apply((self.wall)()),
                rand::random(),
                &self.device_key,
            )
            .map_err(|source| SyncError::Request {
                what: call.what,
                source,
            })?;
            request = request
                .header(signature::SIGNATURE_INPUT, headers.signature_input)
                .header(signature::SIGNATURE, headers.signature);
            if let Some(digest) = headers.content_digest {
                request = request.header(signature::CONTENT_DIGEST, digest);
            }
        }
        if let Some(etag) = &call.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(body) = &call.body {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone());
        }
        Ok(request)
    }
}

/// Reads a JSON answer of the documented shape.
pub(crate) fn json<T: DeserializeOwned>(
    what: &'static str,
    headers: &HeaderMap,
    bytes: &[u8],
) -> Result<T, SyncError> {
    if !is_type(headers, "application/json") {
        return Err(SyncError::ContentType { what });
    }
    // Only the place of the fault: the parser's own words may quote a value.
    serde_json::from_slice(bytes).map_err(|source| SyncError::Shape {
        what,
        line: source.line(),
        column: source.column(),
    })
}

async fn body(
    response: &mut Response,
    what: &'static str,
    limit_bytes: usize,
) -> Result<Vec<u8>, SyncError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|source| network(what, source))?
    {
        if bytes.len() + chunk.len() > limit_bytes {
            return Err(SyncError::TooLong { what });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

async fn refusal(
    what: &'static str,
    status: StatusCode,
    headers: &HeaderMap,
    response: &mut Response,
) -> SyncError {
    let asked_to_wait = text(headers, RETRY_AFTER.as_str()).and_then(|text| text.parse().ok());
    if matches!(
        status,
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS
    ) {
        return SyncError::Busy {
            retry_after_s: asked_to_wait.unwrap_or(BUSY_DEFAULT_S),
        };
    }
    let known = [
        code::QUARANTINED,
        code::EPOCH_ENDED,
        code::ENROLMENT_REFUSED,
        code::NOT_AUTHENTIC,
        code::MALFORMED,
        code::NOT_FOUND,
    ];
    if is_type(headers, "application/problem+json")
        && let Ok(bytes) = body(response, what, PROBLEM_BYTES).await
        && let Ok(problem) = serde_json::from_slice::<Problem>(&bytes)
        && let Some(code) = known.into_iter().find(|code| *code == problem.code)
    {
        return SyncError::Refused { what, code };
    }
    SyncError::Status {
        what,
        status: status.as_u16(),
    }
}

fn network(what: &'static str, source: reqwest::Error) -> SyncError {
    if source.is_timeout() {
        SyncError::TimedOut { what }
    } else {
        SyncError::Unreachable {
            what,
            source: source.without_url(),
        }
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn is_type(headers: &HeaderMap, expected: &str) -> bool {
    text(headers, CONTENT_TYPE.as_str()).is_some_and(|found| {
        found
            .split(';')
            .next()
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case(expected))
    })
}
