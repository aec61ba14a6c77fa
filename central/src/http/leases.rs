//! `POST /v1/leases` and `POST /v1/leases/{lease}/seal`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::campaign::{RoundId, SiteId, SlotId};
use uuid::Uuid;
use wire::lease::{LeaseGrant, LeaseRequest, LeaseSealed, SealRequest};
use wire::problem::Problem;

use super::authenticate::Signed;
use super::request::Segment;
use super::{Centre, Refusal, request};
use crate::apply;

/// Units a request may name.
const UNITS_MAX: u32 = 1000;

/// Grants places of a slot that the terminal may promise without the line. The same `lease` again
/// gets the same answer.
#[utoipa::path(post, path = "/v1/leases", request_body = LeaseRequest, responses(
    (status = OK, body = LeaseGrant),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
    (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
    (status = PAYLOAD_TOO_LARGE, body = Problem, content_type = "application/problem+json"),
    (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn grant(
    State(centre): State<Arc<Centre>>,
    signed: Signed,
) -> Result<Json<LeaseGrant>, Refusal> {
    let asked: LeaseRequest = request::json(&signed.body)?;
    RoundId::parse(&asked.round).map_err(|_| Refusal::malformed("round"))?;
    SiteId::parse(&asked.site).map_err(|_| Refusal::malformed("site"))?;
    SlotId::parse(&asked.slot).map_err(|_| Refusal::malformed("slot"))?;
    if !(1..=UNITS_MAX).contains(&asked.units) {
        return Err(Refusal::malformed("units"));
    }
    Ok(Json(
        apply::grant(&centre.engine(), &signed.terminal, &asked).await?,
    ))
}

/// Gives a lease back: what is unsold is free again at once. The same again changes nothing.
#[utoipa::path(post, path = "/v1/leases/{lease}/seal", params(("lease" = Uuid, Path)),
    request_body = SealRequest, responses(
    (status = OK, body = LeaseSealed),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
    (status = PAYLOAD_TOO_LARGE, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn seal(
    State(centre): State<Arc<Centre>>,
    Segment(lease): Segment,
    signed: Signed,
) -> Result<Json<LeaseSealed>, Refusal> {
    let lease = Uuid::parse_str(&lease).map_err(|_| Refusal::not_found())?;
    let asked: SealRequest = request::json(&signed.body)?;
    SiteId::parse(&asked.site).map_err(|_| Refusal::malformed("site"))?;
    apply::seal(&centre.engine(), &signed.terminal, lease, &asked)
        .await?
        .map(Json)
        .ok_or_else(Refusal::not_found)
}
