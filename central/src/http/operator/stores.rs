//! `POST /operator/v1/stores/{store}/moves` (M11)

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use domain::campaign::StoreId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::problem::Problem;

use crate::http::mask_rounds::published;
use crate::http::request::Segment;
use crate::http::{Centre, Refusal, request};
use crate::masks::pickup::{self, Moved};
use crate::{CentralError, database};

/// Where a closed store's orders go.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Move {
    /// The round.
    round: String,
    /// The store that takes the orders over; of the same round, and not closed itself.
    to: String,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MoveReply {
    /// Orders that are fetched elsewhere now; those handed over already stay where they are.
    orders: u64,
}

/// Moves the orders of a store that closed to another (M11). Asked again it moves what came since.
#[utoipa::path(post, path = "/operator/v1/stores/{store}/moves", tag = "masks",
    params(("store" = String, Path)), request_body = Move,
    responses((status = OK, body = MoveReply),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = CONFLICT, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn move_store(
    State(centre): State<Arc<Centre>>,
    Segment(text): Segment,
    body: Bytes,
) -> Result<Json<MoveReply>, Refusal> {
    let during = "moving a store's orders";
    let asked: Move = request::json(&body)?;
    let published = published(&centre).await?;
    let round = published
        .campaign
        .mask_rounds
        .iter()
        .find(|round| round.id.as_str() == asked.round)
        .ok_or_else(|| Refusal::malformed("round"))?;
    let known = |text: &str| {
        let id = StoreId::parse(text).ok()?;
        round.store(&id).map(|store| store.id.clone())
    };
    let from = known(&text).ok_or_else(Refusal::not_found)?;
    let to = known(&asked.to).ok_or_else(|| Refusal::malformed("to"))?;
    let mut client = database::connection(&centre.pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let now = centre.clock.now();
    let moved = pickup::move_store(&transaction, round, &from, &to, now).await?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    match moved {
        Moved::Done { orders } => Ok(Json(MoveReply { orders })),
        Moved::NotThere => Err(Refusal::conflict(
            "store-moved",
            "The other store is the same one, or is closed itself.",
        )),
    }
}
