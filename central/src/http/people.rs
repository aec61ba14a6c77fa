//! `POST /v1/people/check`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::{CardNumber, PersonNumber};
use wire::people::{CheckReply, CheckRequest};
use wire::problem::Problem;

use super::authenticate::Signed;
use super::{Centre, Refusal, request};
use crate::{database, people};

/// Whether a pair read from a card is current, and what stands for that person (I5, I6, V9).
#[utoipa::path(post, path = "/v1/people/check", request_body = CheckRequest, responses(
    (status = OK, body = CheckReply),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn check(
    State(centre): State<Arc<Centre>>,
    signed: Signed,
) -> Result<Json<CheckReply>, Refusal> {
    let asked: CheckRequest = request::json(&signed.body)?;
    let person = PersonNumber::parse(&asked.person).map_err(|_| Refusal::malformed("person"))?;
    let card = CardNumber::parse(&asked.card).map_err(|_| Refusal::malformed("card"))?;
    let client = database::connection(&centre.pool).await?;
    let published = centre.campaigns.newest(&client).await?;
    let campaign = published.as_ref().map(|published| &published.campaign);
    Ok(Json(
        people::check(&client, campaign, &person, &card, centre.clock.now()).await?,
    ))
}
