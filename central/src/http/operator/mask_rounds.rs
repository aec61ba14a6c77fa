//! `POST /operator/v1/mask-rounds/{round}/closing`, `…/payment-end`, `…/pickup-texts`, `GET …/orders`.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use domain::mask::order::OrderState;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wire::problem::Problem;

use crate::database;
use crate::http::mask_rounds::{RoundView, named, published};
use crate::http::page::{Page, PageOf, PageQuery};
use crate::http::request::Segment;
use crate::http::{Centre, Refusal, request};
use crate::masks::{closing, listing, settlement, telling};

/// Characters of a public value at most.
const PUBLIC_VALUE_MAX: usize = 200;

/// What the lottery is drawn with besides the secret.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Closing {
    /// A text nobody at the centre could choose, announced after the window closed, for example the
    /// numbers of a public draw. May be empty.
    #[serde(default)]
    #[schema(max_length = 200)]
    public_value: String,
}

/// Closes a round and draws its lottery, once: asked again it answers with what was drawn (M8).
#[utoipa::path(post, path = "/operator/v1/mask-rounds/{round}/closing", tag = "masks",
    params(("round" = String, Path)), request_body = Closing,
    responses((status = OK, body = RoundView),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = CONFLICT, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn close(
    State(centre): State<Arc<Centre>>,
    Segment(text): Segment,
    body: Bytes,
) -> Result<Json<RoundView>, Refusal> {
    let asked: Closing = request::json(&body)?;
    let value = &asked.public_value;
    if value.chars().count() > PUBLIC_VALUE_MAX || value.chars().any(char::is_control) {
        return Err(Refusal::malformed("public_value"));
    }
    let published = published(&centre).await?;
    let (round, now) = (named(&published, &text)?, centre.clock.now());
    if now < round.order.end {
        return Err(Refusal::conflict(
            "ordering-open",
            "The round can still be ordered; it is closed after its window.",
        ));
    }
    let record = closing::close(&centre.pool, round, value, now).await?;
    tracing::info!(round = %round.id, "round closed");
    Ok(Json(RoundView::of(round, &record, now)))
}

/// Makes void what won and was not paid (M9). Asked again it changes nothing.
#[utoipa::path(post, path = "/operator/v1/mask-rounds/{round}/payment-end", tag = "masks",
    params(("round" = String, Path)),
    responses((status = OK, body = RoundView),
    (status = CONFLICT, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn end_payment(
    State(centre): State<Arc<Centre>>,
    Segment(text): Segment,
) -> Result<Json<RoundView>, Refusal> {
    let published = published(&centre).await?;
    let (round, now) = (named(&published, &text)?, centre.clock.now());
    if now < round.payment.end {
        return Err(Refusal::conflict(
            "payment-open",
            "Orders can still be paid; they are void after the payment window.",
        ));
    }
    let record = settlement::settle(&centre.pool, round, now).await?;
    let record = record
        .filter(|record| record.drawn.is_some())
        .ok_or_else(|| {
            Refusal::conflict("not-drawn", "The round has not been closed and drawn yet.")
        })?;
    Ok(Json(RoundView::of(round, &record, now)))
}

/// What was texted.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TextsReply {
    /// Pickup numbers on their way to their owners.
    texts: usize,
}

/// Texts the pickup number of every paid order that was not texted yet, in the round's window for it
/// (M19).
#[utoipa::path(post, path = "/operator/v1/mask-rounds/{round}/pickup-texts", tag = "masks",
    params(("round" = String, Path)),
    responses((status = OK, body = TextsReply),
    (status = CONFLICT, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn text_pickup_numbers(
    State(centre): State<Arc<Centre>>,
    Segment(text): Segment,
) -> Result<Json<TextsReply>, Refusal> {
    let published = published(&centre).await?;
    let (round, now) = (named(&published, &text)?, centre.clock.now());
    if !round.pickup_notice.contains(now) {
        return Err(Refusal::conflict(
            "outside-notice-window",
            "Pickup numbers are texted in the round's window for it.",
        ));
    }
    let texts = telling::pickup_numbers(&centre.pool, round, now).await?;
    Ok(Json(TextsReply { texts }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OrdersQuery {
    /// Only those of this store.
    store: Option<String>,
    /// Only those in this state: `ordered`, `lost`, `won`, `paid` or `void`.
    state: Option<String>,
}

/// An order as an operator sees it: nothing personal.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OrderLine {
    /// Its opaque id, as in the lottery's audit.
    order: Uuid,
    state: String,
    store: String,
    channel: String,
    price_twd: i32,
    #[schema(value_type = String, format = DateTime)]
    ordered_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    paid_at: Option<Timestamp>,
    /// Whether a pickup slip was given out (M12).
    slip: bool,
    /// Whether the masks were handed over (M14).
    redeemed: bool,
}

/// The orders of a round by id, also as the pickup list of a store (M11).
#[utoipa::path(get, path = "/operator/v1/mask-rounds/{round}/orders", tag = "masks",
    params(("round" = String, Path), OrdersQuery, PageQuery),
    responses((status = OK, body = Page<OrderLine>),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn orders(
    State(centre): State<Arc<Centre>>,
    Segment(text): Segment,
    query: Result<Query<OrdersQuery>, axum::extract::rejection::QueryRejection>,
    page: PageOf<Uuid>,
) -> Result<Json<Page<OrderLine>>, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::malformed("state"))?;
    let state = query
        .state
        .map(|code| OrderState::from_code(&code).ok_or_else(|| Refusal::malformed("state")))
        .transpose()?;
    let published = published(&centre).await?;
    let round = named(&published, &text)?;
    let client = database::connection(&centre.pool).await?;
    let wanted = listing::Wanted {
        round: &round.id,
        store: query.store.as_deref(),
        state,
        after: page.after.unwrap_or(Uuid::nil()),
        limit: page.limit + 1,
    };
    let found = listing::orders(&client, &wanted).await?;
    let lines = found
        .iter()
        .map(|row| OrderLine {
            order: row.get(0),
            state: row.get(1),
            store: row.get(2),
            channel: row.get(3),
            price_twd: row.get(4),
            ordered_at: row.get(5),
            paid_at: row.get(6),
            slip: row.get(7),
            redeemed: row.get(8),
        })
        .collect();
    let cursor = |line: &OrderLine| line.order;
    Ok(Json(Page::of(lines, page.limit, cursor)))
}
