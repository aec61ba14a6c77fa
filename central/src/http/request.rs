//! Bodies: read within a limit, parsed so that the field at fault is named and no value echoed.
//! And the one variable segment some paths have.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use futures::StreamExt as _;
use serde::de::DeserializeOwned;

use super::Refusal;

/// Bytes of a batch of operations at most.
pub(super) const BATCH_BYTES_MAX: usize = 1024 * 1024;

/// Bytes beyond the limit that are still taken in, and thrown away.
const OVERSIZE_DRAINED_MAX: usize = 16 * 1024 * 1024;

/// A whole body of at most `limit` bytes.
pub(super) async fn body(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Refusal> {
    let stated = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok())
        .unwrap_or(0);
    if stated > OVERSIZE_DRAINED_MAX {
        return Err(Refusal::too_large());
    }
    let mut taken = Vec::with_capacity(stated.min(limit));
    let mut length = 0;
    let mut chunks = body.into_data_stream();
    // An answer while the other side is still sending can be lost with the connection: what is
    // somewhat too large is taken in before it is refused.
    while let Some(chunk) = chunks.next().await {
        // Whoever went away hears no answer.
        let chunk = chunk.map_err(|_| Refusal::malformed("body"))?;
        length += chunk.len();
        if length > OVERSIZE_DRAINED_MAX {
            return Err(Refusal::too_large());
        }
        if length <= limit {
            taken.extend_from_slice(&chunk);
        }
    }
    if length > limit {
        return Err(Refusal::too_large());
    }
    Ok(taken.into())
}

/// The variable segment of a path; one that is no text names nothing there is.
pub(super) struct Segment(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Segment {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        Path::from_request_parts(parts, state)
            .await
            .map(|Path(text)| Self(text))
            .map_err(|_| Refusal::not_found())
    }
}

/// Parses JSON.
pub(super) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let mut parser = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut parser)
        .map_err(|error| Refusal::malformed(field(&error)))?;
    parser.end().map_err(|_| Refusal::malformed("body"))?;
    Ok(value)
}

/// The path of the field at fault. Only the field's name is taken from the parser's sentence,
/// which may quote a value.
fn field(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let path = error.path().to_string();
    let sentence = error.inner().to_string();
    let absent = sentence
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next());
    match (path.as_str(), absent) {
        (".", Some(name)) => name.to_owned(),
        // A field without a name cannot be named.
        ("." | "", None) => "body".to_owned(),
        (path, Some(name)) => format!("{path}.{name}"),
        (path, None) => path.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::response::IntoResponse as _;
    use wire::operation::BatchRequest;
    use wire::people::CheckRequest;

    async fn refusal<T: DeserializeOwned>(text: &str) -> String {
        let refusal = match json::<T>(text.as_bytes()) {
            Ok(_) => return String::new(),
            Err(refusal) => refusal.into_response(),
        };
        let bytes = axum::body::to_bytes(refusal.into_body(), 4096).await;
        String::from_utf8(bytes.unwrap().to_vec()).unwrap()
    }

    /// Protects whoever writes a client: the field is named, and privacy: the value is not.
    #[tokio::test]
    async fn the_field_at_fault_is_named_without_its_value() {
        for (text, field) in [
            (r#"{"person":"A123456789"}"#, "card"),
            (r#"{"person":"A123456789","card":123456789012}"#, "card"),
            (r#"{"person":"A123456789","card":"1","x":1}"#, "x"),
            (r#"{"":1}"#, "body"),
            ("[", "body"),
            ("", "body"),
        ] {
            let said = refusal::<CheckRequest>(text).await;
            assert!(said.contains(&format!("\"field\":\"{field}\"")), "{said}");
            assert!(!said.contains("1234"), "{said}");
        }
        let said = refusal::<BatchRequest>(
            r#"{"device":1,"epoch":1,"operations":[{"seq":1,"operation":{}}]}"#,
        )
        .await;
        assert!(said.contains("operations[0].hash"), "{said}");
        let whole =
            r#"{"device":1,"epoch":1,"operations":[{"seq":1,"hash":"","operation":{"a" : 1}}]}"#;
        let batch: BatchRequest = json(whole.as_bytes()).unwrap();
        assert_eq!(batch.operations[0].operation.get(), r#"{"a" : 1}"#);
    }
}
