//! Places left as the centre last said, less what this terminal recorded since.

use domain::campaign::{SiteId, SlotId};
use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::values::{milliseconds, moment};
use crate::{Store, StoreError};

/// What was last heard of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachedSlots {
    /// When the centre said it.
    pub heard_at: Timestamp,
    /// The slots, in no order.
    pub slots: Vec<SlotPlaces>,
}

/// Places of a slot. A hint, never a promise (V12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotPlaces {
    /// The slot.
    pub slot: SlotId,
    /// Places left, less own bookings the centre did not count then.
    pub remaining: u32,
}

impl Store {
    /// Keeps what the centre said of a site; takes the place of what it said before.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] or [`StoreError::Query`].
    pub async fn save_slots(
        &self,
        site: SiteId,
        slots: Vec<(SlotId, u32)>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(move |connection| save(connection, &site, &slots, at))
            .await
    }

    /// What was last heard of a site; `None` where nothing was.
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn slots(&self, site: SiteId) -> Result<Option<CachedSlots>, StoreError> {
        self.run(move |connection| load(connection, &site)).await
    }
}

const ACTION: &str = "keep the places left";

fn save(
    connection: &Connection,
    site: &SiteId,
    slots: &[(SlotId, u32)],
    at: Timestamp,
) -> Result<(), StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    connection
        .execute(
            "DELETE FROM slot_remainders WHERE site = ?1",
            [site.as_str()],
        )
        .map_err(failed)?;
    let mut statement = connection
        .prepare_cached(
            "INSERT OR REPLACE INTO slot_remainders (site, slot, remaining, heard_at)
             VALUES (?1, ?2, ?3, ?4)",
        )
        .map_err(failed)?;
    for (slot, remaining) in slots {
        statement
            .execute(params![
                site.as_str(),
                slot.as_str(),
                remaining,
                milliseconds(at)
            ])
            .map_err(failed)?;
    }
    Ok(())
}

fn load(connection: &Connection, site: &SiteId) -> Result<Option<CachedSlots>, StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    let mut statement = connection
        .prepare_cached(
            // Not counted then: recorded here and unanswered, or applied after it was heard.
            "SELECT r.slot, r.heard_at, max(0, r.remaining -
               (SELECT count(*) FROM bookings b JOIN operations o ON o.position = b.operation
                WHERE b.site = r.site AND b.slot = r.slot
                AND (o.outcome IS NULL OR (o.outcome = 'applied' AND o.answered_at >= r.heard_at))))
             FROM slot_remainders r WHERE r.site = ?1",
        )
        .map_err(failed)?;
    let mut rows = statement.query([site.as_str()]).map_err(failed)?;
    let (mut heard_at, mut slots) = (None, Vec::new());
    while let Some(row) = rows.next().map_err(failed)? {
        let slot: String = row.get(0).map_err(failed)?;
        heard_at = Some(moment(
            row.get(1).map_err(failed)?,
            "slot_remainders",
            "heard_at",
        )?);
        slots.push(SlotPlaces {
            slot: SlotId::parse(&slot).map_err(|_| StoreError::Row {
                table: "slot_remainders",
                column: "slot",
            })?,
            remaining: row.get(2).map_err(failed)?,
        });
    }
    Ok(heard_at.map(|heard_at| CachedSlots { heard_at, slots }))
}
