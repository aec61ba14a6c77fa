//! `GET /v1/sites/{site}/slots`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::campaign::SiteId;
use wire::problem::Problem;
use wire::slots::{SiteSlots, SlotRemaining};

use super::authenticate::Signed;
use super::request::Segment;
use super::{Centre, Refusal};
use crate::{CentralError, database};

/// How many places each slot of a site has left at this moment (V7).
#[utoipa::path(get, path = "/v1/sites/{site}/slots", params(("site" = String, Path)), responses(
    (status = OK, body = SiteSlots),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn slots(
    State(centre): State<Arc<Centre>>,
    Segment(site): Segment,
    _signed: Signed,
) -> Result<Json<SiteSlots>, Refusal> {
    let client = database::connection(centre.look_ups()).await?;
    let published = centre.campaigns.newest(&client).await?;
    let known = published
        .as_ref()
        .and_then(|published| published.campaign.site(&SiteId::parse(&site).ok()?));
    let (round, site) = known.ok_or_else(Refusal::not_found)?;
    let during = "reading a site's slots";
    let statement = client
        .prepare_cached("SELECT slot_id, remaining FROM slots WHERE site_id = $1 AND round_id = $2")
        .await
        .map_err(CentralError::database(during))?;
    let remaining: std::collections::HashMap<String, i32> = client
        .query(&statement, &[&site.id.as_str(), &round.id.as_str()])
        .await
        .map_err(CentralError::database(during))?
        .iter()
        .map(|row| (row.get(0), row.get(1)))
        .collect();
    Ok(Json(SiteSlots {
        site: site.id.to_string(),
        slots: site
            .slots
            .iter()
            .map(|slot| SlotRemaining {
                slot: slot.id.to_string(),
                remaining: remaining
                    .get(slot.id.as_str())
                    .map_or(0, |left| left.unsigned_abs()),
            })
            .collect(),
    }))
}
