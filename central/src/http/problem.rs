//! Every "no" of the server itself, as `application/problem+json`.

use std::any::Any;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use wire::problem::{Problem, code};

use crate::CentralError;

/// Seconds a terminal is asked to wait when the centre is busy.
const RETRY_AFTER_S: u64 = 2;

const NOT_SIGNED_IN: &str = "not-signed-in";

/// A request that is not served.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    field: Option<String>,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, title: &'static str) -> Self {
        Self {
            status,
            code,
            title,
            field: None,
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

    pub(crate) fn not_signed_in() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            NOT_SIGNED_IN,
            "Nobody is signed in with this token, or the ten minutes are over.",
        )
    }

    pub(crate) fn sign_in_refused() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "sign-in-refused",
            "What was entered does not belong together.",
        )
    }

    pub(crate) fn captcha_wrong() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "captcha-wrong",
            "The captcha was not answered, or not in time; ask for a new one.",
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
        if self.code == NOT_SIGNED_IN {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_S));
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
