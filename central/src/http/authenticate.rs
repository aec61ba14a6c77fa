//! The gate: only requests signed by an enrolled terminal of the current epoch go through.
//!
//! Nonces are not remembered: a replayed operation is answered from the record, a replayed question
//! answers only whoever can read the channel. Without TLS around it they would have to be kept for
//! twice the clock tolerance.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use wire::WireError;
use wire::signature::{self, SignatureHeaders, SignedRequest};

use super::{Centre, Refusal, request};
use crate::database;
use crate::devices::{self, Terminal};

/// A request whose signature holds: who sent it, and its body.
pub(super) struct Signed {
    pub(super) terminal: Terminal,
    pub(super) body: Bytes,
}

impl FromRequest<Arc<Centre>> for Signed {
    type Rejection = Refusal;

    async fn from_request(http: Request, centre: &Arc<Centre>) -> Result<Self, Refusal> {
        let (parts, body) = http.into_parts();
        if parts.uri.query().is_some() {
            return Err(Refusal::not_authentic(
                "A query is not covered by the signature.",
            ));
        }
        let headers = signature_headers(&parts.headers)?;
        let key_id = signature::claimed_signer(&headers).map_err(refuse)?;
        let body = request::body(&parts.headers, body, request::BATCH_BYTES_MAX).await?;
        let client = database::connection(&centre.pool).await?;
        let terminal = devices::find(&client, key_id)
            .await?
            .ok_or_else(|| Refusal::not_authentic(NOT_SIGNED))?;
        let signed = SignedRequest {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            body: &body,
        };
        signature::verify(&signed, &headers, &terminal.public_key, centre.clock.now())
            .map_err(refuse)?;
        if terminal.current_epoch != key_id.epoch {
            return Err(Refusal::epoch_ended());
        }
        if terminal.quarantined {
            return Err(Refusal::quarantined());
        }
        Ok(Self { terminal, body })
    }
}

const NOT_SIGNED: &str = "The request is not signed by an enrolled terminal.";

fn signature_headers(headers: &HeaderMap) -> Result<SignatureHeaders, Refusal> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let missing = || Refusal::not_authentic(NOT_SIGNED);
    Ok(SignatureHeaders {
        content_digest: text(signature::CONTENT_DIGEST),
        signature_input: text(signature::SIGNATURE_INPUT).ok_or_else(missing)?,
        signature: text(signature::SIGNATURE).ok_or_else(missing)?,
    })
}

fn refuse(error: WireError) -> Refusal {
    Refusal::not_authentic(match error {
        WireError::Stale { .. } => "The request was signed at another time; see the Date header.",
        WireError::Hash { .. } => "The body does not have the stated digest.",
        _ => NOT_SIGNED,
    })
}
