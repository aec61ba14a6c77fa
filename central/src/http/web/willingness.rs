//! `/v1/my/willingness/{round}`: declared, changed, cancelled (V1–V5).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::campaign::{AreaId, BrandId};
use domain::operation::{OperationBody, Rejection, Willingness};
use domain::vaccine;
use wire::my::{Done, DoneOutcome, MyWillingness, WillingnessRequest};
use wire::problem::Problem;

use super::act::{act, owner};
use super::body::{self, Asked};
use crate::http::idempotency::Key;
use crate::http::request::Segment;
use crate::http::rounds::{find, newest};
use crate::http::session::SignedIn;
use crate::http::{Centre, Refusal};
use crate::{database, mine};

/// The willingness entry that stands (V4).
#[utoipa::path(get, path = "/v1/my/willingness/{round}", tag = "my vaccine",
    params(("round" = String, Path, example = "vaccine-2026-1")),
    responses(
        (status = OK, body = MyWillingness),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn read(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
    Segment(round): Segment,
) -> Result<Json<MyWillingness>, Refusal> {
    let published = newest(&centre).await?;
    let round = find(&published, &round).ok_or_else(Refusal::not_found)?;
    let owner = owner(&centre, signed_in.person).await?;
    let client = database::connection(&centre.pool).await?;
    mine::willingness(&client, &owner, round)
        .await?
        .map(Json)
        .ok_or_else(Refusal::not_found)
}

/// Declares willingness, or puts this entry in the place of the one that stands (V2, V5).
#[utoipa::path(put, path = "/v1/my/willingness/{round}", tag = "my vaccine",
    params(("round" = String, Path, example = "vaccine-2026-1")),
    request_body = WillingnessRequest,
    responses(
        (status = OK, body = Done<MyWillingness>),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn declare(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
    Key(key): Key,
    Segment(round): Segment,
    Asked(asked): Asked<WillingnessRequest>,
) -> Result<Json<Done<MyWillingness>>, Refusal> {
    let mobile = body::mobile(&asked.mobile)?;
    let area = AreaId::parse(&asked.area).map_err(|_| Refusal::malformed("area"))?;
    let brands: Vec<BrandId> = asked
        .brands
        .iter()
        .map(|brand| BrandId::parse(brand).map_err(|_| Refusal::malformed("brands")))
        .collect::<Result<_, _>>()?;
    if brands.is_empty() {
        return Err(Refusal::malformed("brands"));
    }
    let published = newest(&centre).await?;
    let round = find(&published, &round).ok_or_else(Refusal::not_found)?;
    let owner = owner(&centre, signed_in.person).await?;
    let Some(category) = vaccine::category(round, &owner.person.record) else {
        return Ok(Json(Done {
            outcome: DoneOutcome::Rejected,
            reason: Some(Rejection::NotInRound.code().to_owned()),
            receipt: String::new(),
            standing: None,
        }));
    };
    let entry = OperationBody::SetWillingness(Willingness {
        round: round.id.clone(),
        person: owner.person.record.number.clone(),
        card: owner.person.record.card.clone(),
        name: owner.name.clone(),
        category,
        mobile,
        area,
        brands,
    });
    let done = act(&centre, &signed_in, key, entry).await?;
    let client = database::connection(&centre.pool).await?;
    let standing = mine::willingness(&client, &owner, round).await?;
    Ok(Json(Done { standing, ..done }))
}

/// Cancels the willingness entry (V5); not while a booking rests on it.
#[utoipa::path(delete, path = "/v1/my/willingness/{round}", tag = "my vaccine",
    params(("round" = String, Path, example = "vaccine-2026-1")),
    responses(
        (status = OK, body = Done<MyWillingness>),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn cancel(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
    Key(key): Key,
    Segment(round): Segment,
) -> Result<Json<Done<MyWillingness>>, Refusal> {
    let published = newest(&centre).await?;
    let round = find(&published, &round).ok_or_else(Refusal::not_found)?;
    let owner = owner(&centre, signed_in.person).await?;
    let body = OperationBody::CancelWillingness {
        round: round.id.clone(),
        person: owner.person.record.number.clone(),
        card: owner.person.record.card.clone(),
    };
    let done = act(&centre, &signed_in, key, body).await?;
    let client = database::connection(&centre.pool).await?;
    let standing = mine::willingness(&client, &owner, round).await?;
    Ok(Json(Done { standing, ..done }))
}
