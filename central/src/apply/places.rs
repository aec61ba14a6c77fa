//! Places of slots, taken and given back (V12): guarded updates under the tables' checks.

use std::collections::{BTreeMap, HashMap};

use deadpool_postgres::Transaction;

use super::facts::{SlotKey, slot_columns};
use crate::CentralError;

/// How often fewer places than wanted are tried for before the rest is told that it is full.
const TRIES: usize = 4;

/// Takes places of many slots; gives how many were had of each. Where fewer remain than are
/// wanted, those are taken.
pub(super) async fn take<'a>(
    transaction: &Transaction<'_>,
    wanted: &BTreeMap<SlotKey<'a>, i32>,
) -> Result<HashMap<SlotKey<'a>, i32>, CentralError> {
    let mut open = wanted.clone();
    let mut had: HashMap<SlotKey<'a>, i32> = HashMap::new();
    for _ in 0..TRIES {
        take_all_or_none(transaction, &open, &mut had).await?;
        open.retain(|slot, _| !had.contains_key(slot));
        if open.is_empty() {
            break;
        }
        let remaining = remaining(transaction, open.keys().copied()).await?;
        open.retain(|slot, count| {
            let left = remaining
                .iter()
                .find(|(site, round, name, _)| {
                    (site.as_str(), round.as_str(), name.as_str())
                        == (slot.site, slot.round, slot.slot)
                })
                .map_or(0, |(.., left)| *left);
            *count = left.min(*count);
            *count > 0
        });
        if open.is_empty() {
            break;
        }
    }
    Ok(had)
}

/// The sorted order in which rows are taken is the same for everybody, so that groups wait for
/// one another instead of standing in each other's way.
async fn take_all_or_none<'a>(
    transaction: &Transaction<'_>,
    wanted: &BTreeMap<SlotKey<'a>, i32>,
    had: &mut HashMap<SlotKey<'a>, i32>,
) -> Result<(), CentralError> {
    let during = "taking places";
    let statement = transaction
        .prepare_cached(
            "UPDATE slots AS slot SET remaining = slot.remaining - wanted.count, \
             booked = slot.booked + wanted.count \
             FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[]) \
             AS wanted (site_id, round_id, slot_id, count) \
             WHERE slot.site_id = wanted.site_id AND slot.round_id = wanted.round_id \
             AND slot.slot_id = wanted.slot_id AND slot.remaining >= wanted.count \
             RETURNING slot.site_id, slot.round_id, slot.slot_id",
        )
        .await
        .map_err(CentralError::database(during))?;
    let (sites, rounds, slots) = slot_columns(wanted.keys().copied());
    let counts: Vec<i32> = wanted.values().copied().collect();
    let rows = transaction
        .query(&statement, &[&sites, &rounds, &slots, &counts])
        .await
        .map_err(CentralError::database(during))?;
    let by_name: HashMap<(&str, &str, &str), (SlotKey<'a>, i32)> = wanted
        .iter()
        .map(|(slot, count)| ((slot.site, slot.round, slot.slot), (*slot, *count)))
        .collect();
    had.extend(
        rows.iter()
            .filter_map(|row| by_name.get(&(row.get(0), row.get(1), row.get(2))).copied()),
    );
    Ok(())
}

/// How many places these slots have left, as site, round, slot and count.
pub(super) async fn remaining<'a>(
    transaction: &Transaction<'_>,
    slots: impl Iterator<Item = SlotKey<'a>>,
) -> Result<Vec<(String, String, String, i32)>, CentralError> {
    let during = "reading places";
    let statement = transaction
        .prepare_cached(
            "SELECT slot.site_id, slot.round_id, slot.slot_id, slot.remaining FROM slots AS slot \
             JOIN unnest($1::text[], $2::text[], $3::text[]) AS wanted (site_id, round_id, slot_id) \
             ON slot.site_id = wanted.site_id AND slot.round_id = wanted.round_id \
             AND slot.slot_id = wanted.slot_id",
        )
        .await
        .map_err(CentralError::database(during))?;
    let (sites, rounds, names) = slot_columns(slots);
    let rows = transaction
        .query(&statement, &[&sites, &rounds, &names])
        .await
        .map_err(CentralError::database(during))?;
    Ok(rows
        .iter()
        .map(|row| (row.get(0), row.get(1), row.get(2), row.get(3)))
        .collect())
}

/// Gives one booked place back: it is free again at once (V10). `false` where none is booked.
///
/// # Errors
/// [`CentralError::Database`].
pub(crate) async fn give_back(
    transaction: &Transaction<'_>,
    site: &str,
    round: &str,
    slot: &str,
) -> Result<bool, CentralError> {
    let during = "giving a place back";
    let statement = transaction
        .prepare_cached(
            "UPDATE slots SET remaining = remaining + 1, booked = booked - 1 \
             WHERE site_id = $1 AND round_id = $2 AND slot_id = $3 AND booked >= 1",
        )
        .await
        .map_err(CentralError::database(during))?;
    transaction
        .execute(&statement, &[&site, &round, &slot])
        .await
        .map(|moved| moved == 1)
        .map_err(CentralError::database(during))
}
