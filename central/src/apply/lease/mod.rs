//! Leases: places of a slot that a terminal may promise without the line.
//!
//! Units leave `remaining` at the grant and are in `leased` until sold, given back or declared
//! lost. Whoever sells from a lease that is not theirs or no longer open is shut out.

mod end;
mod grant;

pub use end::{ended_by_operator, seal};
pub use grant::grant;

use std::collections::BTreeMap;

use deadpool_postgres::Transaction;
use domain::operation::Rejection;
use jiff::Timestamp;
use uuid::Uuid;
use wire::signature::KeyId;

use super::booking::Claim;
use super::facts::{SlotKey, slot_columns};
use super::mark;
use super::record::epoch_number;
use super::wave::Asked;
use crate::{CentralError, devices};

/// Sells units of leases for claims; gives the claims whose lease does not hold.
pub(super) async fn sell<'c>(
    transaction: &Transaction<'_>,
    asked: &[Asked<'_>],
    claims: &[&'c Claim<'c>],
    now: Timestamp,
) -> Result<Vec<(&'c Claim<'c>, Rejection)>, CentralError> {
    let mut refused = Vec::new();
    let mut sold: BTreeMap<SlotKey<'c>, i32> = BTreeMap::new();
    for &claim in claims {
        let key_id = asked[claim.index].key_id;
        let lease = claim.request.lease.map(|lease| Uuid::from_u128(lease.0));
        let (Some(key_id), Some(lease)) = (key_id, lease) else {
            refused.push((claim, Rejection::LeaseNotValid));
            continue;
        };
        if sell_unit(transaction, claim.slot, lease, key_id).await? {
            *sold.entry(claim.slot).or_default() += 1;
        } else {
            mark::quarantine(transaction, key_id, "lease-not-valid", now).await?;
            refused.push((claim, Rejection::LeaseNotValid));
        }
    }
    move_units(transaction, &sold, "selling leased places", SOLD).await?;
    Ok(refused)
}

/// One unit of an open lease of this terminal in this epoch.
async fn sell_unit(
    transaction: &Transaction<'_>,
    slot: SlotKey<'_>,
    lease: Uuid,
    key_id: KeyId,
) -> Result<bool, CentralError> {
    let during = "selling from a lease";
    let statement = transaction
        .prepare_cached(
            "UPDATE leases SET sold = sold + 1 WHERE site_id = $1 AND lease_id = $2 \
             AND round_id = $3 AND slot_id = $4 AND device_id = $5 AND epoch = $6 \
             AND ended_at IS NULL AND sold + 1 <= units",
        )
        .await
        .map_err(CentralError::database(during))?;
    transaction
        .execute(
            &statement,
            &[
                &slot.site,
                &lease,
                &slot.round,
                &slot.slot,
                &devices::number(key_id.device),
                &epoch_number(key_id.epoch),
            ],
        )
        .await
        .map(|sold| sold == 1)
        .map_err(CentralError::database(during))
}

const SOLD: &str = "UPDATE slots AS slot SET leased = slot.leased - moved.count, \
     booked = slot.booked + moved.count \
     FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[]) \
     AS moved (site_id, round_id, slot_id, count) \
     WHERE slot.site_id = moved.site_id AND slot.round_id = moved.round_id \
     AND slot.slot_id = moved.slot_id AND slot.leased >= moved.count";

const GIVEN_BACK: &str = "UPDATE slots AS slot SET leased = slot.leased - moved.count, \
     remaining = slot.remaining + moved.count \
     FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[]) \
     AS moved (site_id, round_id, slot_id, count) \
     WHERE slot.site_id = moved.site_id AND slot.round_id = moved.round_id \
     AND slot.slot_id = moved.slot_id AND slot.leased >= moved.count";

const LEASED: &str = "UPDATE slots AS slot SET remaining = slot.remaining - moved.count, \
     leased = slot.leased + moved.count \
     FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[]) \
     AS moved (site_id, round_id, slot_id, count) \
     WHERE slot.site_id = moved.site_id AND slot.round_id = moved.round_id \
     AND slot.slot_id = moved.slot_id AND slot.remaining >= moved.count";

/// Moves units of many slots; gives how many slots moved.
async fn move_units(
    transaction: &Transaction<'_>,
    units: &BTreeMap<SlotKey<'_>, i32>,
    during: &'static str,
    text: &'static str,
) -> Result<u64, CentralError> {
    if units.is_empty() {
        return Ok(0);
    }
    let statement = transaction
        .prepare_cached(text)
        .await
        .map_err(CentralError::database(during))?;
    let (sites, rounds, slots) = slot_columns(units.keys().copied());
    let counts: Vec<i32> = units.values().copied().collect();
    transaction
        .execute(&statement, &[&sites, &rounds, &slots, &counts])
        .await
        .map_err(CentralError::database(during))
}
