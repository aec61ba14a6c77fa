//! A lease granted: judged by the campaign, its units taken out of what remains.

use std::collections::BTreeMap;

use deadpool_postgres::Transaction;
use domain::campaign::{LeaseHolder, RoundId, SiteId, SlotId, VaccineRound};
use domain::channel::Channel;
use domain::operation::Rejection;
use domain::vaccine;
use jiff::{SignedDuration, Timestamp};
use wire::lease::{LeaseGrant, LeaseRequest};

use super::super::Engine;
use super::super::facts::SlotKey;
use super::super::record::epoch_number;
use super::{LEASED, move_units};
use crate::campaign::Published;
use crate::devices::{self, Terminal};
use crate::{CentralError, database};

/// Grants a terminal units of a slot. The lease's id is the terminal's: the same request again
/// gets the same answer. A business "no" is a grant of nothing with its reason.
///
/// # Errors
/// [`CentralError::KeyReused`] for an id that names another lease; those of the database.
pub async fn grant(
    engine: &Engine,
    terminal: &Terminal,
    request: &LeaseRequest,
) -> Result<LeaseGrant, CentralError> {
    database::with_retry(|| grant_once(engine, terminal, request)).await
}

async fn grant_once(
    engine: &Engine,
    terminal: &Terminal,
    request: &LeaseRequest,
) -> Result<LeaseGrant, CentralError> {
    let during = "granting a lease";
    let now = engine.clock.now();
    let mut client = database::connection(&engine.pool).await?;
    let published = engine.campaigns.newest(&client).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    if let Some(known) = known_grant(&transaction, terminal, request).await? {
        return Ok(known);
    }
    let refused = |reason: Rejection| LeaseGrant {
        lease: request.lease,
        units: 0,
        time_to_live_s: 0,
        reason: Some(reason.code().to_owned()),
    };
    let round = match may_hold(&transaction, published.as_deref(), terminal, request, now).await? {
        Ok(round) => round,
        Err(reason) => return Ok(refused(reason)),
    };
    let slot = SlotKey {
        site: &request.site,
        round: &request.round,
        slot: &request.slot,
    };
    let held = held_units(&transaction, terminal, slot).await?;
    let may_have = round.lease.units_max.saturating_sub(held);
    let units = i32::try_from(request.units.min(may_have)).unwrap_or(i32::MAX);
    if units == 0 {
        return Ok(refused(Rejection::LeaseNotAllowed));
    }
    let wanted = BTreeMap::from([(slot, units)]);
    if move_units(&transaction, &wanted, during, LEASED).await? == 0 {
        return Ok(refused(Rejection::SlotFull));
    }
    let time_to_live_s = round.lease.time_to_live_s;
    let expires_at = now
        .saturating_add(SignedDuration::from_secs(time_to_live_s.into()))
        .unwrap_or(now);
    let made = transaction
        .execute(
            "INSERT INTO leases (site_id, lease_id, round_id, slot_id, device_id, epoch, units, \
             granted_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT (site_id, lease_id) DO NOTHING",
            &[
                &request.site,
                &request.lease,
                &request.round,
                &request.slot,
                &devices::number(terminal.key_id.device),
                &epoch_number(terminal.key_id.epoch),
                &units,
                &now,
                &expires_at,
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    if made == 0 {
        return Err(CentralError::Raced);
    }
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(LeaseGrant {
        lease: request.lease,
        units: units.unsigned_abs(),
        time_to_live_s,
        reason: None,
    })
}

/// The answer to a lease that was granted under this id before.
async fn known_grant(
    transaction: &Transaction<'_>,
    terminal: &Terminal,
    request: &LeaseRequest,
) -> Result<Option<LeaseGrant>, CentralError> {
    let row = transaction
        .query_opt(
            "SELECT round_id, slot_id, device_id, epoch, units, granted_at, expires_at \
             FROM leases WHERE site_id = $1 AND lease_id = $2",
            &[&request.site, &request.lease],
        )
        .await
        .map_err(CentralError::database("reading a lease"))?;
    let Some(row) = row else {
        return Ok(None);
    };
    let is_same = row.get::<_, &str>(0) == request.round
        && row.get::<_, &str>(1) == request.slot
        && row.get::<_, i32>(2) == devices::number(terminal.key_id.device)
        && row.get::<_, i32>(3) == epoch_number(terminal.key_id.epoch);
    if !is_same {
        return Err(CentralError::KeyReused);
    }
    let lived: SignedDuration = row
        .get::<_, Timestamp>(6)
        .duration_since(row.get::<_, Timestamp>(5));
    Ok(Some(LeaseGrant {
        lease: request.lease,
        units: row.get::<_, i32>(4).unsigned_abs(),
        time_to_live_s: u32::try_from(lived.as_secs()).unwrap_or(0),
        reason: None,
    }))
}

/// Whether the campaign lets this terminal hold places of this slot.
async fn may_hold<'p>(
    transaction: &Transaction<'_>,
    published: Option<&'p Published>,
    terminal: &Terminal,
    request: &LeaseRequest,
    now: Timestamp,
) -> Result<Result<&'p VaccineRound, Rejection>, CentralError> {
    let target = (|| {
        let round_id = RoundId::parse(&request.round).ok()?;
        let round = published?.campaign.vaccine_round(&round_id)?;
        let site = published?.site(&round_id, &SiteId::parse(&request.site).ok()?)?;
        Some((round, site, site.slot(&SlotId::parse(&request.slot).ok()?)?))
    })();
    let Some((round, site, slot)) = target else {
        return Ok(Err(Rejection::UnknownTarget));
    };
    if !round.booking.contains(now) || !vaccine::slot_is_ahead(slot, now) {
        return Ok(Err(Rejection::WindowClosed));
    }
    let sort = match terminal.channel {
        Channel::Pharmacy | Channel::HealthCentre => LeaseHolder::SiteCounters,
        _ => LeaseHolder::TownshipStores,
    };
    let at_place = match sort {
        LeaseHolder::SiteCounters => terminal.store == request.site,
        LeaseHolder::TownshipStores => {
            let area = transaction
                .query_opt(
                    "SELECT area FROM stores WHERE store_id = $1",
                    &[&terminal.store],
                )
                .await
                .map_err(CentralError::database("reading a store"))?;
            area.is_some_and(|row| row.get::<_, &str>(0) == site.area.as_str())
        }
    };
    Ok(if round.lease.holders.contains(&sort) && at_place {
        Ok(round)
    } else {
        Err(Rejection::LeaseNotAllowed)
    })
}

/// Units of a slot this terminal holds unsold.
async fn held_units(
    transaction: &Transaction<'_>,
    terminal: &Terminal,
    slot: SlotKey<'_>,
) -> Result<u32, CentralError> {
    let row = transaction
        .query_one(
            "SELECT coalesce(sum(units - sold), 0)::bigint FROM leases WHERE site_id = $1 \
             AND device_id = $2 AND round_id = $3 AND slot_id = $4 AND ended_at IS NULL",
            &[
                &slot.site,
                &devices::number(terminal.key_id.device),
                &slot.round,
                &slot.slot,
            ],
        )
        .await
        .map_err(CentralError::database("counting leased units"))?;
    Ok(u32::try_from(row.get::<_, i64>(0)).unwrap_or(u32::MAX))
}
