//! What anybody may see of the vaccine rounds: their windows and brands, their sites and slots.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use deadpool_postgres::GenericClient;
use domain::campaign::{AreaId, RoundId, Site, VaccineRound};
use domain::vaccine;
use serde::Deserialize;
use utoipa::IntoParams;
use wire::problem::Problem;
use wire::rounds::{RoundsMessage, SiteMessage, SlotMessage};

use super::request::Segment;
use super::sealed::tagged;
use super::{Centre, Refusal};
use crate::campaign::Published;
use crate::{CentralError, database};

/// The vaccine rounds, and every township to choose from (V2).
#[utoipa::path(get, path = "/v1/rounds", tag = "rounds", responses(
    (status = OK, body = RoundsMessage),
    (status = NOT_MODIFIED),
))]
pub(super) async fn rounds(
    State(centre): State<Arc<Centre>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let published = newest(&centre).await?;
    let campaign = &published.campaign;
    let message = RoundsMessage {
        rounds: campaign.vaccine_rounds.iter().map(Into::into).collect(),
        counties: campaign.counties.iter().map(Into::into).collect(),
    };
    json(&headers, &message)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SitesQuery {
    /// The township.
    #[param(example = "63000030", max_length = 32)]
    area: String,
}

/// The sites of a township with brand and address, and their slots that are still ahead, each full
/// or not at this moment (V6, V7).
#[utoipa::path(get, path = "/v1/rounds/{round}/sites", tag = "rounds",
    params(("round" = String, Path, example = "vaccine-2026-1"), SitesQuery),
    responses(
        (status = OK, body = Vec<SiteMessage>),
        (status = NOT_MODIFIED),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn sites(
    State(centre): State<Arc<Centre>>,
    Segment(round): Segment,
    query: Result<Query<SitesQuery>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::malformed("area"))?;
    let area = AreaId::parse(&query.area).map_err(|_| Refusal::malformed("area"))?;
    let published = newest(&centre).await?;
    let round = find(&published, &round).ok_or_else(Refusal::not_found)?;
    let sites: Vec<&Site> = round
        .sites
        .iter()
        .filter(|site| site.area == area)
        .collect();
    let client = database::connection(centre.look_ups()).await?;
    let remaining = remaining(&client, round, &sites).await?;
    let now = centre.clock.now();
    let message: Vec<SiteMessage> = sites
        .into_iter()
        .map(|site| SiteMessage {
            site: site.id.to_string(),
            name: (&site.name).into(),
            address: (&site.address).into(),
            notice: (&site.notice).into(),
            brand: site.brand.to_string(),
            slots: site
                .slots
                .iter()
                .filter(|slot| vaccine::slot_is_ahead(slot, now))
                .map(|slot| {
                    let key = (site.id.to_string(), slot.id.to_string());
                    SlotMessage::new(slot, remaining.get(&key).copied().unwrap_or(0))
                })
                .collect(),
        })
        .collect();
    json(&headers, &message)
}

/// Places left by site and slot.
async fn remaining(
    client: &impl GenericClient,
    round: &VaccineRound,
    sites: &[&Site],
) -> Result<HashMap<(String, String), u32>, CentralError> {
    let during = "reading slots of sites";
    let statement = client
        .prepare_cached(
            "SELECT site_id, slot_id, remaining FROM slots \
             WHERE site_id = ANY($1) AND round_id = $2",
        )
        .await
        .map_err(CentralError::database(during))?;
    let names: Vec<&str> = sites.iter().map(|site| site.id.as_str()).collect();
    let rows = client
        .query(&statement, &[&names, &round.id.as_str()])
        .await
        .map_err(CentralError::database(during))?;
    Ok(rows
        .iter()
        .map(|row| {
            let key = (row.get(0), row.get(1));
            (key, row.get::<_, i32>(2).unsigned_abs())
        })
        .collect())
}

/// The newest campaign; there is nothing to see before the first.
pub(super) async fn newest(centre: &Centre) -> Result<Arc<Published>, Refusal> {
    let client = database::connection(centre.look_ups()).await?;
    centre
        .campaigns
        .newest(&client)
        .await?
        .ok_or_else(Refusal::not_found)
}

/// The vaccine round with this id.
pub(super) fn find<'a>(published: &'a Published, round: &str) -> Option<&'a VaccineRound> {
    published
        .campaign
        .vaccine_round(&RoundId::parse(round).ok()?)
}

fn json(headers: &HeaderMap, message: &impl serde::Serialize) -> Result<Response, Refusal> {
    let body = serde_json::to_vec(message).map_err(|source| CentralError::Json { source })?;
    Ok(tagged(headers, "application/json", body))
}
