//! A lease ended: sealed by its holder, declared lost by an operator, or past its slot.

use std::collections::{BTreeMap, HashMap};

use deadpool_postgres::Transaction;
use domain::campaign::{RoundId, SiteId, SlotId};
use domain::taipei;
use uuid::Uuid;
use wire::lease::{LeaseSealed, SealRequest};

use super::super::Engine;
use super::super::facts::SlotKey;
use super::super::record::{epoch_number, seq_number};
use super::{GIVEN_BACK, move_units};
use crate::devices::{self, Terminal};
use crate::{CentralError, database};

/// Ends a lease of this terminal: what is unsold is free again at once. The same again changes
/// nothing. `None` where there is no such lease of this terminal in this epoch.
///
/// # Errors
/// Those of the database.
pub async fn seal(
    engine: &Engine,
    terminal: &Terminal,
    lease: Uuid,
    request: &SealRequest,
) -> Result<Option<LeaseSealed>, CentralError> {
    database::with_retry(|| seal_once(engine, terminal, lease, request)).await
}

async fn seal_once(
    engine: &Engine,
    terminal: &Terminal,
    lease: Uuid,
    request: &SealRequest,
) -> Result<Option<LeaseSealed>, CentralError> {
    let during = "sealing a lease";
    let now = engine.clock.now();
    let mut client = database::connection(&engine.pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    // A batch may hold sales of it that were recorded before: the terminal sends those first.
    let ended = transaction
        .query(
            "UPDATE leases SET ended_at = $5, ended_as = 'sealed' WHERE site_id = $1 \
             AND lease_id = $2 AND device_id = $3 AND epoch = $4 AND ended_at IS NULL \
             AND EXISTS (SELECT 1 FROM devices AS device WHERE device.device_id = $3 \
             AND device.epoch = $4 AND device.next_seq >= $6) \
             RETURNING round_id, slot_id, units - sold",
            &[
                &request.site,
                &lease,
                &devices::number(terminal.key_id.device),
                &epoch_number(terminal.key_id.epoch),
                &now,
                &seq_number(request.next_seq),
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    let mut returned: HashMap<(String, String), i32> = HashMap::new();
    for row in &ended {
        *returned.entry((row.get(0), row.get(1))).or_default() += row.get::<_, i32>(2);
    }
    return_units(&transaction, &request.site, &returned).await?;
    let row = transaction
        .query_opt(
            "SELECT units, sold, ended_at IS NOT NULL FROM leases WHERE site_id = $1 \
             AND lease_id = $2 AND device_id = $3 AND epoch = $4",
            &[
                &request.site,
                &lease,
                &devices::number(terminal.key_id.device),
                &epoch_number(terminal.key_id.epoch),
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(row.map(|row| LeaseSealed {
        lease,
        units: row.get::<_, i32>(0).unsigned_abs(),
        sold: row.get::<_, i32>(1).unsigned_abs(),
        sealed: row.get(2),
    }))
}

async fn return_units(
    transaction: &Transaction<'_>,
    site: &str,
    returned: &HashMap<(String, String), i32>,
) -> Result<(), CentralError> {
    let units = returned
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|((round, slot), count)| (SlotKey { site, round, slot }, *count))
        .collect();
    move_units(transaction, &units, "giving leased places back", GIVEN_BACK)
        .await
        .map(|_| ())
}

/// Ends the open leases of a silent terminal that an operator declares lost; without a terminal,
/// those of slots that have begun. Gives how many ended.
///
/// # Errors
/// Those of the database.
pub async fn ended_by_operator(
    engine: &Engine,
    device: Option<i32>,
) -> Result<usize, CentralError> {
    database::with_retry(|| end_once(engine, device)).await
}

async fn end_once(engine: &Engine, device: Option<i32>) -> Result<usize, CentralError> {
    let during = "ending leases";
    let now = engine.clock.now();
    let mut client = database::connection(&engine.pool).await?;
    let published = engine.campaigns.newest(&client).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let open = transaction
        .query(
            "SELECT site_id, lease_id, round_id, slot_id FROM leases WHERE ended_at IS NULL \
             AND ($1::integer IS NULL OR device_id = $1) ORDER BY site_id, lease_id",
            &[&device],
        )
        .await
        .map_err(CentralError::database(during))?;
    let begun = |site: &str, round: &str, slot: &str| {
        let found = (|| {
            let round = RoundId::parse(round).ok()?;
            let site = published
                .as_ref()?
                .site(&round, &SiteId::parse(site).ok()?)?;
            site.slot(&SlotId::parse(slot).ok()?)
        })();
        found.is_none_or(|slot| slot.date.to_datetime(slot.start) <= taipei::civil(now))
    };
    let reason = if device.is_some() { "lost" } else { "cut-off" };
    let mut ended = 0;
    let mut sites: BTreeMap<String, HashMap<(String, String), i32>> = BTreeMap::new();
    for row in &open {
        let (site, round, slot): (String, String, String) = (row.get(0), row.get(2), row.get(3));
        if device.is_none() && !begun(&site, &round, &slot) {
            continue;
        }
        let closed = transaction
            .query_opt(
                "UPDATE leases SET ended_at = $3, ended_as = $4 WHERE site_id = $1 \
                 AND lease_id = $2 AND ended_at IS NULL RETURNING units - sold",
                &[&site, &row.get::<_, Uuid>(1), &now, &reason],
            )
            .await
            .map_err(CentralError::database(during))?;
        if let Some(closed) = closed {
            ended += 1;
            *sites
                .entry(site)
                .or_default()
                .entry((round, slot))
                .or_default() += closed.get::<_, i32>(0);
        }
    }
    for (site, returned) in &sites {
        return_units(&transaction, site, returned).await?;
    }
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(ended)
}
