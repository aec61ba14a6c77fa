//! Every "no" of the server itself, as `application/problem+json`.

use std::any::Any;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use wire::problem::{Problem, code};

use crate::CentralError;

/// Seconds a terminal is asked to wait when the centre is busy.
const RETRY_AFTER_S: u64 = 2;

/// A request that is not served.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    field: Option<String>,
    retry_after_s: Option<u64>,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, title: &'static str) -> Self {
        Self {
            status,
            code,
            title,
            field: None,
            retry_after_s: None,
        }
    }

    pub(crate) fn malformed(field: impl Into<String>) -> Self {
        Self {
            field: Some(field.into()).filter(|field| !field.is_empty()),
            ..Self::new(
                StatusCode::BAD_REQUEST,
                code::MALFORMED,
                "The request does not have the documented shape.",
            )
        }
    }

    pub(crate) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            code::NOT_FOUND,
            "There is no such thing here.",
        )
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method-not-allowed",
            "This address does not know that method.",
        )
    }

    pub(crate) fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The request's body is too large.",
        )
    }

    pub(crate) fn not_authentic(title: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code::NOT_AUTHENTIC, title)
    }

    pub(crate) fn not_signed_in() -> Self {
        Self::not_authentic("Sign in: the session is missing or over.")
    }

    /// One "no" for an unknown number, a wrong card, a wrong password and a wrong code: none tells
    /// whether a number exists.
    pub(crate) fn sign_in_refused() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "sign-in-refused",
            "These particulars do not sign anybody in.",
        )
    }

    /// V3's one message on the web.
    pub(crate) fn not_verified_or_not_in_round() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "wrong-card-or-not-in-round",
            "The card number is wrong, or this round is not for this person.",
        )
    }

    pub(crate) fn captcha_refused() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "captcha-refused",
            "The characters are wrong, used or too old: take a new picture.",
        )
    }

    pub(crate) fn code_refused() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "code-refused",
            "The code is wrong, used or expired.",
        )
    }

    pub(crate) fn elsewhere() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "elsewhere",
            "This is not done in this channel.",
        )
    }

    pub(crate) fn too_many(retry_after_s: u64) -> Self {
        Self {
            retry_after_s: Some(retry_after_s),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many",
                "Too many tries; come again later.",
            )
        }
    }

    pub(crate) fn quarantined() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            code::QUARANTINED,
            "This terminal is shut out until an operator enrols it again.",
        )
    }

    pub(crate) fn epoch_ended() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            code::EPOCH_ENDED,
            "Another epoch of this terminal is current; enrol it again.",
        )
    }

    pub(crate) fn enrolment_refused() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            code::ENROLMENT_REFUSED,
            "The enrolment code is unknown, used or expired.",
        )
    }

    pub(crate) fn no_idempotency_key() -> Self {
        Self {
            field: Some("Idempotency-Key".to_owned()),
            ..Self::new(
                StatusCode::BAD_REQUEST,
                "idempotency-key-missing",
                "The request needs one Idempotency-Key header with a UUID.",
            )
        }
    }

    pub(crate) fn still_running() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "still-running",
            "The request with this Idempotency-Key is still being worked on.",
        )
    }

    /// What stands is in the way of what is asked.
    pub(crate) fn conflict(code: &'static str, title: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, code, title)
    }

    pub(crate) fn key_reused() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency-key-reused",
            "This Idempotency-Key was used with another request.",
        )
    }

    pub(crate) fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            code::BUSY,
            "The centre is busy; come again.",
        )
    }

    fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "The centre failed; nothing was done.",
        )
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (
            self.status,
            Json(Problem {
                kind: "about:blank".to_owned(),
                title: self.title.to_owned(),
                status: self.status.as_u16(),
                code: self.code.to_owned(),
                field: self.field,
            }),
        )
            .into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        let busy = self.status == StatusCode::SERVICE_UNAVAILABLE;
        if let Some(wait_s) = self.retry_after_s.or(busy.then_some(RETRY_AFTER_S)) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(wait_s));
        }
        response
    }
}

/// Failures are logged by what was being done and PostgreSQL's five characters: the text of a
/// cause may hold a person's data.
impl From<CentralError> for Refusal {
    fn from(error: CentralError) -> Self {
        let sql_state = error.sql_state().unwrap_or("-");
        if matches!(error, CentralError::KeyReused) {
            Self::key_reused()
        } else if error.is_unavailable() || error.is_conflict() {
            tracing::warn!(%error, sql_state, "busy");
            Self::busy()
        } else {
            tracing::error!(%error, sql_state, "failed");
            Self::internal()
        }
    }
}

/// A panic's message may hold anything, so it is not logged either.
pub(super) fn of_panic(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Refusal::internal().into_response()
}
