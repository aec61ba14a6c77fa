//! Answers that change seldom: with an `ETag`, and 304 for whoever has them.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use crate::apply::hexadecimal;

/// A body with its tag, or 304 when the terminal named that tag.
pub(super) fn tagged(
    headers: &HeaderMap,
    content_type: &'static str,
    body: impl Into<axum::body::Bytes>,
) -> Response {
    let body = body.into();
    let tag = format!("\"{}\"", hexadecimal(&Sha256::digest(&body)[..16]));
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|candidate| matches!(candidate.trim(), "*") || candidate.trim() == tag);
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, content_type)], body).into_response()
    };
    if let Ok(tag) = HeaderValue::try_from(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    // Orders and rosters are personal: no cache between terminal and centre may keep them.
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    response
}
