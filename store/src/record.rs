//! Recording what a person did: the operation, its local effect and its due slip in one transaction,
//! on disk before anybody is told.

use domain::PersonNumber;
use domain::operation::{Operation, OperationId};
use domain::slip::SlipNumber;
use domain::visit::Deed;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::journal::{JournalSlip, SlipId};
use crate::values::{milliseconds, operation_id, signed};
use crate::{Codec, Store, StoreError, chain, effect, identity, journal_rows};

/// Something to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOperation {
    /// A `UUIDv7`. Recording the same key again gives back the first record.
    pub key: u128,
    /// When, by the terminal's clock.
    pub recorded_at: Timestamp,
    /// What.
    pub body: Deed,
}

/// What recording gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// It is on disk.
    New {
        /// Its identity.
        id: OperationId,
        /// What the person can quote.
        receipt: String,
        /// The slip now due; `None` for what gives none (a cancellation).
        slip: Option<SlipId>,
        /// The pickup slip's number, for [`Deed::IssuePickupSlip`].
        pickup: Option<SlipNumber>,
    },
    /// The order has its slip already (M14): nothing was recorded; print that one again, marked.
    SlipExists {
        /// Its number, the same on every reprint.
        number: SlipNumber,
        /// Its place in the print journal; `None` where the slip was given out elsewhere.
        slip: Option<JournalSlip>,
    },
}

impl Store {
    /// Records an operation. When this returns, it is on disk and survives a power cut.
    ///
    /// # Errors
    /// [`StoreError::NotEnrolled`], [`StoreError::DiskFull`], [`StoreError::Codec`] or
    /// [`StoreError::Query`]; nothing is recorded then and no sequence number is used up.
    pub async fn record(&self, new: NewOperation) -> Result<Recorded, StoreError> {
        let codec = self.codec;
        self.run(move |connection| record(connection, codec, new))
            .await
    }
}

const ACTION: &str = "record an operation";

fn record(
    connection: &Connection,
    codec: Codec,
    new: NewOperation,
) -> Result<Recorded, StoreError> {
    let identity = identity::current(connection)?;
    if let Some(position) = position_of_key(connection, &identity, new.key)? {
        return recorded(connection, position);
    }
    if let Deed::IssuePickupSlip(order) = &new.body
        && let Some(number) = effect::pickup_slip(connection, &order.number)?
    {
        let slip = journal_rows::of_pickup(connection, &order.number)?;
        return Ok(Recorded::SlipExists { number, slip });
    }
    let id = OperationId {
        device: identity.enrolment.device,
        epoch: identity.enrolment.epoch,
        seq: identity.next_seq,
    };
    let operation = Operation {
        id,
        key: new.key,
        recorded_at: new.recorded_at,
        body: new.body.body(&id),
    };
    let position = insert(connection, codec, &operation, &id.receipt())?;
    effect::apply(connection, position, &operation.body)?;
    journal_rows::add_due(connection, position, &operation)?;
    identity::set_next_seq(connection, id.seq + 1)?;
    recorded(connection, position)
}

/// Writes the operation's row: its bytes, made here and never again, and its link of the chain.
pub(crate) fn insert(
    connection: &Connection,
    codec: Codec,
    operation: &Operation,
    receipt: &str,
) -> Result<i64, StoreError> {
    let encoded = codec.encode(operation)?;
    let link = chain::next(&chain::head(connection)?, &encoded.hash);
    let (kind, round, person) = effect::facts(&operation.body);
    connection
        .prepare_cached(
            "INSERT INTO operations (device, epoch, seq, key, kind, round, person, recorded_at,
             payload, hash, chain, receipt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )
        .and_then(|mut statement| {
            statement.insert(params![
                operation.id.device.get(),
                operation.id.epoch,
                signed(operation.id.seq),
                operation.key.to_be_bytes(),
                kind,
                round,
                person.map(PersonNumber::reveal),
                milliseconds(operation.recorded_at),
                encoded.payload,
                encoded.hash,
                link,
                receipt,
            ])
        })
        .map_err(StoreError::query(ACTION))
}

fn position_of_key(
    connection: &Connection,
    identity: &identity::Identity,
    key: u128,
) -> Result<Option<i64>, StoreError> {
    connection
        .prepare_cached(
            "SELECT position FROM operations WHERE device = ?1 AND epoch = ?2 AND key = ?3",
        )
        .and_then(|mut statement| {
            statement
                .query_row(
                    params![
                        identity.enrolment.device.get(),
                        identity.enrolment.epoch,
                        key.to_be_bytes()
                    ],
                    |row| row.get(0),
                )
                .optional()
        })
        .map_err(StoreError::query(ACTION))
}

fn recorded(connection: &Connection, position: i64) -> Result<Recorded, StoreError> {
    type Row = (u32, u32, i64, String, Option<i64>, Option<String>);
    let (device, epoch, seq, receipt, slip, pickup): Row = connection
        .prepare_cached(
            "SELECT o.device, o.epoch, o.seq, o.receipt, s.id, p.number FROM operations o
             LEFT JOIN slips s ON s.operation = o.position
             LEFT JOIN pickup_slips p ON p.operation = o.position WHERE o.position = ?1",
        )
        .and_then(|mut statement| statement.query_row([position], |row| row.try_into()))
        .map_err(StoreError::query(ACTION))?;
    Ok(Recorded::New {
        id: operation_id(device, epoch, seq)?,
        receipt,
        slip: slip.map(SlipId),
        pickup: pickup.as_deref().and_then(SlipNumber::parse),
    })
}
