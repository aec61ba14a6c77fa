//! `Idempotency-Key` as draft-ietf-httpapi-idempotency-key-header asks: missing or no UUID 400, still
//! being worked on 409, used with another body 422, answered before: the same answer again.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Centre, Refusal, request};
use crate::database;
use crate::requests::{self, Answer, Known, RequestId};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The key of a request that went through [`once`]: also the identity of what it asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key(pub(super) Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        parts
            .extensions
            .get::<Self>()
            .copied()
            .ok_or_else(Refusal::no_idempotency_key)
    }
}

/// Around every route by which a person or an operator changes something: does each request once.
pub(super) async fn once(
    State(centre): State<Arc<Centre>>,
    http: Request,
    next: Next,
) -> Result<Response, Refusal> {
    if http.method().is_safe() {
        return Ok(next.run(http).await);
    }
    let (mut parts, body) = http.into_parts();
    let key = read_key(&parts.headers).ok_or_else(Refusal::no_idempotency_key)?;
    let body = request::body(&parts.headers, body, request::BATCH_BYTES_MAX).await?;
    let id = RequestId {
        scope: scope(&parts),
        key,
        fingerprint: Sha256::digest(&body).into(),
    };
    let now = centre.clock.now();
    let known = {
        let client = database::connection(&centre.pool).await?;
        requests::begin(&client, &id, now).await?
    };
    match known {
        Known::New => {}
        Known::Running => return Err(Refusal::still_running()),
        Known::OtherBody => return Err(Refusal::key_reused()),
        Known::Answered(answer) => return Ok(again(answer)),
    }
    parts.extensions.insert(Key(key));
    // Spawned, so that whoever goes away early still finds the answer under the key.
    let work = tokio::spawn(async move {
        let response = next.run(Request::from_parts(parts, Body::from(body))).await;
        conclude(&centre, &id, response).await
    });
    work.await.unwrap_or_else(|_| Err(Refusal::busy()))
}

/// Keeps a final answer; one that asks to come again is forgotten, for nothing was done.
async fn conclude(
    centre: &Centre,
    id: &RequestId,
    response: Response,
) -> Result<Response, Refusal> {
    let client = database::connection(&centre.pool).await?;
    let status = response.status();
    let come_again = status.is_server_error()
        || status == StatusCode::UNAUTHORIZED
        || status == StatusCode::TOO_MANY_REQUESTS;
    if come_again {
        requests::forget(&client, id).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    // Answers are made in memory, so reading one back cannot fail for its length.
    let body = axum::body::to_bytes(body, usize::MAX)
        .await
        .map_err(|_| Refusal::busy())?;
    let media_type = parts.headers.get(header::CONTENT_TYPE);
    let answer = Answer {
        status: status.as_u16(),
        media_type: media_type.and_then(|value| value.to_str().ok().map(str::to_owned)),
        body: body.to_vec(),
    };
    requests::keep(&client, id, &answer).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn again(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, answer.body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    if let Some(Ok(media_type)) = answer.media_type.map(HeaderValue::try_from) {
        headers.insert(header::CONTENT_TYPE, media_type);
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    response
}

/// The draft's structured string `"…"`, or the bare UUID most clients send.
fn read_key(headers: &HeaderMap) -> Option<Uuid> {
    let mut values = headers.get_all(KEY).iter();
    let text = values.next()?.to_str().ok()?.trim();
    if values.next().is_some() {
        return None;
    }
    let bare = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(text);
    Uuid::try_parse(bare).ok()
}

/// Keys of one asker never meet those of another, nor those of another address.
fn scope(parts: &Parts) -> [u8; 32] {
    let asker = parts.headers.get(header::AUTHORIZATION);
    let mut hash = Sha256::new();
    for part in [
        asker.map_or(&b""[..], HeaderValue::as_bytes),
        parts.method.as_str().as_bytes(),
        parts.uri.path().as_bytes(),
    ] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn key(values: &[&str]) -> Option<Uuid> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(KEY, HeaderValue::from_str(value).unwrap());
        }
        read_key(&headers)
    }

    /// Protects clients of either kind: the draft's quoted key and the bare one are the same key;
    /// none, two or no UUID is no key.
    #[test]
    fn a_key_is_quoted_or_bare() {
        let bare = "018f5a3e-7c1b-7a2d-9d3e-0123456789ab";
        let quoted = format!("\"{bare}\"");
        assert_eq!(key(&[bare]), key(&[&quoted]));
        assert!(key(&[bare]).is_some());
        for wrong in [&[][..], &["seven"], &[bare, bare], &["\"\""]] {
            assert_eq!(key(wrong), None);
        }
    }
}
