//! Who the terminal is: device, epoch and store, as the centre enrolled it.
//!
//! A new epoch begins again at sequence number 1. What an older epoch recorded and the centre never
//! answered is not lost and not renumbered: it is recorded again as new operations of the new epoch,
//! in the old order, under the same key, so that the centre can tell it did them already; the old
//! rows stay in the hash chain, marked as moved.

use domain::campaign::{AreaId, LocalText, StoreId};
use domain::operation::{DeviceId, Operation, OperationId};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::values::{milliseconds, unsigned};
use crate::{Codec, Store, StoreError, record};

/// What the centre answered to an enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The terminal's number.
    pub device: DeviceId,
    /// Its epoch, from 1.
    pub epoch: u32,
    /// The store it stands in.
    pub store: StoreId,
    /// The store's township.
    pub area: AreaId,
    /// The store's name.
    pub name: LocalText,
}

/// Who the terminal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// As enrolled.
    pub enrolment: Enrolment,
    /// The sequence number the next operation gets.
    pub next_seq: u64,
}

/// What an enrolment did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enrolled {
    /// Operations of older epochs that were recorded again.
    pub recorded_again: u64,
}

impl Store {
    /// Who the terminal is; `None` before its first enrolment.
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn identity(&self) -> Result<Option<Identity>, StoreError> {
        self.run(find).await
    }

    /// Takes an enrolment. The same device and epoch again only brings the store's facts up to date.
    ///
    /// # Errors
    /// [`StoreError::EpochBehind`] for an older epoch of the same device; [`StoreError::Codec`]
    /// where an unanswered operation cannot be read back: nothing is changed then.
    pub async fn enrol(&self, enrolment: Enrolment, at: Timestamp) -> Result<Enrolled, StoreError> {
        let codec = self.codec;
        self.run(move |connection| enrol(connection, codec, &enrolment, at))
            .await
    }
}

const ACTION: &str = "read or change the terminal's identity";

pub(crate) fn current(connection: &Connection) -> Result<Identity, StoreError> {
    find(connection)?.ok_or(StoreError::NotEnrolled)
}

pub(crate) fn set_next_seq(connection: &Connection, next_seq: u64) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE identity SET next_seq = ?1")
        .and_then(|mut statement| statement.execute([crate::values::signed(next_seq)]))
        .map(drop)
        .map_err(StoreError::query(ACTION))
}

fn find(connection: &Connection) -> Result<Option<Identity>, StoreError> {
    type Row = (u32, u32, String, String, String, Option<String>, i64);
    let row: Option<Row> = connection
        .prepare_cached(
            "SELECT device, epoch, store, area, name, name_english, next_seq FROM identity",
        )
        .and_then(|mut statement| statement.query_row([], |row| row.try_into()).optional())
        .map_err(StoreError::query(ACTION))?;
    let Some((device, epoch, store, area, chinese, english, next_seq)) = row else {
        return Ok(None);
    };
    let bad = |column| StoreError::Row {
        table: "identity",
        column,
    };
    Ok(Some(Identity {
        enrolment: Enrolment {
            device: DeviceId::new(device).ok_or(bad("device"))?,
            epoch,
            store: StoreId::parse(&store).map_err(|_| bad("store"))?,
            area: AreaId::parse(&area).map_err(|_| bad("area"))?,
            name: LocalText { chinese, english },
        },
        next_seq: unsigned(next_seq),
    }))
}

fn enrol(
    connection: &Connection,
    codec: Codec,
    enrolment: &Enrolment,
    at: Timestamp,
) -> Result<Enrolled, StoreError> {
    let before = find(connection)?;
    let mut next_seq = 1;
    if let Some(before) = before
        && before.enrolment.device == enrolment.device
    {
        if enrolment.epoch < before.enrolment.epoch {
            return Err(StoreError::EpochBehind {
                current: before.enrolment.epoch,
                offered: enrolment.epoch,
            });
        }
        if enrolment.epoch == before.enrolment.epoch {
            next_seq = before.next_seq;
        }
    }
    connection
        .execute(
            "INSERT OR REPLACE INTO identity
             (only, device, epoch, store, area, name, name_english, next_seq, enrolled_at)
             VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                enrolment.device.get(),
                enrolment.epoch,
                enrolment.store.as_str(),
                enrolment.area.as_str(),
                enrolment.name.chinese,
                enrolment.name.english,
                crate::values::signed(next_seq),
                milliseconds(at),
            ],
        )
        .map_err(StoreError::query(ACTION))?;
    record_again(connection, codec, enrolment, next_seq, at)
}

/// Records what other epochs left unanswered, in the order of the journal.
fn record_again(
    connection: &Connection,
    codec: Codec,
    enrolment: &Enrolment,
    mut next_seq: u64,
    at: Timestamp,
) -> Result<Enrolled, StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    let left: Vec<(i64, String, String)> = connection
        .prepare(
            "SELECT position, payload, receipt FROM operations
             WHERE outcome IS NULL AND (device, epoch) <> (?1, ?2) ORDER BY position",
        )
        .and_then(|mut statement| {
            statement
                .query_map(params![enrolment.device.get(), enrolment.epoch], |row| {
                    row.try_into()
                })?
                .collect()
        })
        .map_err(failed)?;
    for (old, payload, receipt) in &left {
        let operation = Operation {
            id: OperationId {
                device: enrolment.device,
                epoch: enrolment.epoch,
                seq: next_seq,
            },
            ..codec.decode(payload)?
        };
        // The paper the person holds carries the old receipt: it stays theirs.
        let new = record::insert(connection, codec, &operation, receipt)?;
        for table in ["willingness", "bookings", "pickup_slips", "slips"] {
            connection
                .execute(
                    &format!("UPDATE {table} SET operation = ?2 WHERE operation = ?1"),
                    [*old, new],
                )
                .map_err(failed)?;
        }
        connection
            .execute(
                "UPDATE operations SET outcome = 'moved', answered_at = ?2, moved_to = ?3,
                 payload = NULL, person = NULL WHERE position = ?1",
                params![old, milliseconds(at), new],
            )
            .map_err(failed)?;
        next_seq += 1;
    }
    set_next_seq(connection, next_seq)?;
    Ok(Enrolled {
        recorded_again: u64::try_from(left.len()).unwrap_or(u64::MAX),
    })
}
