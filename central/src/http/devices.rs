//! `POST /v1/devices/enrol`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use wire::enrolment::{Enrolment, EnrolmentRequest};
use wire::keys;
use wire::problem::Problem;

use super::{Centre, Refusal, request};
use crate::devices;

/// Bytes of an enrolment at most.
const BYTES_MAX: usize = 4096;

/// Enrols a terminal with the one-time code its technician was given. Unsigned.
#[utoipa::path(post, path = "/v1/devices/enrol", request_body = EnrolmentRequest, responses(
    (status = OK, body = Enrolment),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn enrol(
    State(centre): State<Arc<Centre>>,
    http: Request,
) -> Result<Json<Enrolment>, Refusal> {
    let (parts, body) = http.into_parts();
    let body = request::body(&parts.headers, body, BYTES_MAX).await?;
    let asked: EnrolmentRequest = request::json(&body)?;
    let key = keys::public_key_from_text(&asked.public_key, "device key")
        .map_err(|_| Refusal::malformed("public_key"))?;
    devices::enrol(&centre.pool, &asked.code, &key, centre.clock.now())
        .await?
        .map(Json)
        .ok_or_else(Refusal::enrolment_refused)
}
