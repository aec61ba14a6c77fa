//! `GET /v1/mask-rounds/{round}` and `GET /v1/mask-rounds/{round}/lottery`: what anyone may know of a
//! round, the lottery's commitment before it and its audit after it (M7, M8). Unsigned.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use domain::campaign::{AreaId, MaskRound, RoundId, Window};
use domain::mask::order;
use futures::stream;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire::my_masks::MaskStoreMessage;
use wire::problem::Problem;

use super::my_masks::store_message;
use super::request::Segment;
use super::sealed::tagged;
use super::{Centre, Refusal};
use crate::campaign::Published;
use crate::masks::round::{self, RoundRecord};
use crate::masks::{audit, pickup};
use crate::{CentralError, database};

/// A round's timetable and what is known of its lottery (M7, M8).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RoundView {
    round: String,
    /// `announced`, `ordering`, `drawing`, `paying`, `delivering`, `pickup` or `over`.
    phase: &'static str,
    #[schema(value_type = String, format = DateTime)]
    order_from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    order_until: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    payment_from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    payment_until: Timestamp,
    #[schema(value_type = String, format = Date)]
    pickup_first_day: Date,
    #[schema(value_type = String, format = Date)]
    pickup_last_day: Date,
    masks: u32,
    price_twd: u32,
    lottery: LotteryView,
}

/// What is known of a lottery.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LotteryView {
    /// SHA-256 of the secret, 64 hexadecimal digits.
    commitment: String,
    #[schema(value_type = String, format = DateTime)]
    committed_at: Timestamp,
    /// Orders that can be met.
    supply: u32,
    /// When the round was closed.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Timestamp>,
    /// What nobody at the centre could choose; may be empty.
    public_value: Option<String>,
    /// When the lottery was drawn; its audit can be had since.
    #[schema(value_type = Option<String>, format = DateTime)]
    drawn_at: Option<Timestamp>,
    /// Orders in the round.
    orders: Option<u32>,
    /// How many of them won; all, when supply sufficed.
    winners: Option<u32>,
    /// When unpaid orders became void (M9).
    #[schema(value_type = Option<String>, format = DateTime)]
    settled_at: Option<Timestamp>,
}

impl RoundView {
    pub(super) fn of(round: &MaskRound, record: &RoundRecord, now: Timestamp) -> Self {
        let Window { start, end } = round.order;
        let closed = record.closed.as_ref();
        Self {
            round: round.id.to_string(),
            phase: order::phase(round, now).code(),
            order_from: start,
            order_until: end,
            payment_from: round.payment.start,
            payment_until: round.payment.end,
            pickup_first_day: round.pickup_first_day,
            pickup_last_day: round.pickup_last_day,
            masks: round.masks_per_order,
            price_twd: round.order_price_twd(),
            lottery: LotteryView {
                commitment: record.commitment.to_string(),
                committed_at: record.committed_at,
                supply: closed.map_or(round.order_supply, |closed| closed.supply),
                closed_at: closed.map(|closed| closed.at),
                public_value: closed.map(|closed| closed.public_value.clone()),
                drawn_at: record.drawn.map(|drawn| drawn.at),
                orders: record.drawn.map(|drawn| drawn.orders),
                winners: record.drawn.map(|drawn| drawn.winners),
                settled_at: record.settled_at,
            },
        }
    }
}

/// The newest campaign, for a round of it.
pub(super) async fn published(centre: &Centre) -> Result<Arc<Published>, Refusal> {
    let client = database::connection(&centre.pool).await?;
    let published = centre.campaigns.newest(&client).await?;
    published.ok_or_else(Refusal::not_found)
}

/// The round a path names, of the newest campaign.
pub(super) fn named<'a>(published: &'a Published, text: &str) -> Result<&'a MaskRound, Refusal> {
    let id = RoundId::parse(text).map_err(|_| Refusal::not_found())?;
    let round = published.campaign.mask_round(&id);
    round.ok_or_else(Refusal::not_found)
}

/// A round's timetable, and the commitment to its lottery.
#[utoipa::path(get, path = "/v1/mask-rounds/{round}", tag = "masks",
    params(("round" = String, Path)),
    responses((status = OK, body = RoundView),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn show(
    State(centre): State<Arc<Centre>>,
    Segment(text): Segment,
) -> Result<Json<RoundView>, Refusal> {
    let during = "committing to a lottery";
    let published = published(&centre).await?;
    let (round, now) = (named(&published, &text)?, centre.clock.now());
    let mut client = database::connection(&centre.pool).await?;
    let known = round::find(&client, &round.id).await?;
    let record = match known {
        Some(record) => record,
        None => {
            let transaction = client
                .transaction()
                .await
                .map_err(CentralError::database(during))?;
            let record = round::ensure(&transaction, &round.id, now).await?;
            transaction
                .commit()
                .await
                .map_err(CentralError::database(during))?;
            record
        }
    };
    Ok(Json(RoundView::of(round, &record, now)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct StoresQuery {
    /// The township.
    #[param(example = "63000030", max_length = 32)]
    area: String,
}

/// The stores of a township that hand masks out and are not closed (M11).
#[utoipa::path(get, path = "/v1/mask-rounds/{round}/stores", tag = "masks",
    params(("round" = String, Path), StoresQuery),
    responses((status = OK, body = Vec<MaskStoreMessage>), (status = NOT_MODIFIED),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn stores(
    State(centre): State<Arc<Centre>>,
    Segment(text): Segment,
    query: Result<Query<StoresQuery>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::malformed("area"))?;
    let published = published(&centre).await?;
    let area = AreaId::parse(&query.area).map_err(|_| Refusal::malformed("area"))?;
    let round = named(&published, &text)?;
    let client = database::connection(&centre.pool).await?;
    let mut stores = Vec::new();
    for store in round.stores.iter().filter(|store| store.area == area) {
        if pickup::moved_to(&client, &round.id, &store.id)
            .await?
            .is_none()
        {
            stores.push(store_message(store));
        }
    }
    let body = serde_json::to_vec(&stores).map_err(|source| CentralError::Json { source })?;
    Ok(tagged(&headers, "application/json", body))
}

/// The lottery's audit: every order's opaque id, rank and result, and what they are computed from.
#[utoipa::path(get, path = "/v1/mask-rounds/{round}/lottery", tag = "masks",
    params(("round" = String, Path)),
    responses((status = OK, body = String, content_type = "text/csv"),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn lottery(
    State(centre): State<Arc<Centre>>,
    Segment(text): Segment,
) -> Result<Response, Refusal> {
    let published = published(&centre).await?;
    let round = named(&published, &text)?.id.clone();
    let record = {
        let client = database::connection(&centre.pool).await?;
        round::find(&client, &round).await?
    };
    let record = record.ok_or_else(Refusal::not_found)?;
    let header = audit::header(&round, &record).ok_or_else(Refusal::not_found)?;
    let piece = Piece::Header(header);
    let state = (centre, round, record, piece);
    let body = stream::try_unfold(state, |(centre, round, record, piece)| async move {
        let after = match piece {
            Piece::Header(text) => {
                let rest = (centre, round, record, Piece::After(0));
                return Ok::<_, CentralError>(Some((Bytes::from(text), rest)));
            }
            Piece::After(after) => after,
        };
        let client = database::connection(&centre.pool).await?;
        let lines = audit::lines(&client, &round, &record, after).await?;
        drop(client);
        Ok(lines.map(|(text, last)| {
            let rest = (centre, round, record, Piece::After(last));
            (Bytes::from(text), rest)
        }))
    });
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
    Ok((headers, Body::from_stream(body)).into_response())
}

/// What of the audit comes next.
enum Piece {
    Header(String),
    After(i32),
}
