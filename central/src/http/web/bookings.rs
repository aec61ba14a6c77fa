//! `/v1/my/bookings/{round}`: booked, seen, cancelled (V6–V10).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::campaign::{SiteId, SlotId};
use domain::operation::{BookingRequest, OperationBody};
use wire::my::{Done, MyBooking, SlotRequest};
use wire::problem::Problem;

use super::act::{act, owner};
use super::body::{self, Asked};
use crate::http::idempotency::Key;
use crate::http::request::Segment;
use crate::http::rounds::{find, newest};
use crate::http::session::SignedIn;
use crate::http::{Centre, Refusal};
use crate::{database, mine};

/// The booking that stands (V8, V9).
#[utoipa::path(get, path = "/v1/my/bookings/{round}", tag = "my vaccine",
    params(("round" = String, Path, example = "vaccine-2026-1")),
    responses(
        (status = OK, body = MyBooking),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn read(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
    Segment(round): Segment,
) -> Result<Json<MyBooking>, Refusal> {
    let published = newest(&centre).await?;
    let round = find(&published, &round).ok_or_else(Refusal::not_found)?;
    let owner = owner(&centre, signed_in.person).await?;
    let client = database::connection(&centre.pool).await?;
    mine::booking(&client, &published.campaign, &owner, round)
        .await?
        .map(Json)
        .ok_or_else(Refusal::not_found)
}

/// Books a slot (V6–V9, V12). Whoever has a booking already is shown it.
#[utoipa::path(post, path = "/v1/my/bookings/{round}", tag = "my vaccine",
    params(("round" = String, Path, example = "vaccine-2026-1")),
    request_body = SlotRequest,
    responses(
        (status = OK, body = Done<MyBooking>),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn book(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
    Key(key): Key,
    Segment(round): Segment,
    Asked(asked): Asked<SlotRequest>,
) -> Result<Json<Done<MyBooking>>, Refusal> {
    let site = SiteId::parse(&asked.site).map_err(|_| Refusal::malformed("site"))?;
    let slot = SlotId::parse(&asked.slot).map_err(|_| Refusal::malformed("slot"))?;
    let mobile = body::mobile(&asked.mobile)?;
    let published = newest(&centre).await?;
    let round = find(&published, &round).ok_or_else(Refusal::not_found)?;
    let owner = owner(&centre, signed_in.person).await?;
    let request = OperationBody::BookSlot(BookingRequest {
        lease: None,
        round: round.id.clone(),
        person: owner.person.record.number.clone(),
        card: owner.person.record.card.clone(),
        name: owner.name.clone(),
        mobile,
        site,
        slot,
    });
    let done = act(&centre, &signed_in, key, request).await?;
    let client = database::connection(&centre.pool).await?;
    let standing = mine::booking(&client, &published.campaign, &owner, round).await?;
    Ok(Json(Done { standing, ..done }))
}

/// Cancels the booking (V10): the place is free again at once.
#[utoipa::path(delete, path = "/v1/my/bookings/{round}", tag = "my vaccine",
    params(("round" = String, Path, example = "vaccine-2026-1")),
    responses(
        (status = OK, body = Done<MyBooking>),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn cancel(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
    Key(key): Key,
    Segment(round): Segment,
) -> Result<Json<Done<MyBooking>>, Refusal> {
    let published = newest(&centre).await?;
    let round = find(&published, &round).ok_or_else(Refusal::not_found)?;
    let owner = owner(&centre, signed_in.person).await?;
    let body = OperationBody::CancelBooking {
        round: round.id.clone(),
        person: owner.person.record.number.clone(),
        card: owner.person.record.card.clone(),
    };
    let done = act(&centre, &signed_in, key, body).await?;
    let client = database::connection(&centre.pool).await?;
    let standing = mine::booking(&client, &published.campaign, &owner, round).await?;
    Ok(Json(Done { standing, ..done }))
}
