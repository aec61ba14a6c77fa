//! The terminal's encrypted database: operations, outbox, roster, campaign, orders, print journal.
//!
//! | subject | file | methods of [`Store`] |
//! | --- | --- | --- |
//! | opening, moving a damaged file aside | `open.rs` | [`Store::open`], [`move_aside`], [`Store::begin_run`], [`Store::check`] |
//! | who the terminal is | `identity.rs` | [`Store::identity`], [`Store::enrol`] |
//! | recording what a person did | `record.rs`, `effect.rs` | [`Store::record`] |
//! | sending it and keeping the answers | `outbox.rs`, `answer.rs` | [`Store::unsent`], [`Store::operations_from`], [`Store::store_results`], [`Store::outcome`], [`Store::outbox_status`], [`Store::list_operations`], [`Store::erase_answered`] |
//! | what stands for a person by own records | `standing.rs` | [`Store::standing`] |
//! | places left as last heard | `slots.rs` | [`Store::save_slots`], [`Store::slots`] |
//! | the print journal | `journal.rs`, `journal_rows.rs` | [`Store::slip_of`], [`Store::slips_of_person`], [`Store::slips_printing`], [`Store::slip_started`], [`Store::slip_finished`], [`Store::slip_stopped`], [`Store::reprint_due`], [`Store::add_test_slip`] |
//! | who is who | `roster.rs` | [`Store::import_roster`], [`Store::find_person`], [`Store::roster_status`] |
//! | the campaign's text | `campaign.rs` | [`Store::save_campaign`], [`Store::load_campaign`] |
//! | mask orders of this store | `orders.rs` | [`Store::replace_orders`], [`Store::orders_of`], [`Store::order_by_number`] |
//!
//! One thread owns the connection. Requests queue up (bounded), whatever waits together is committed
//! together, and a request is answered only after the commit is on disk. No method needs a runtime:
//! a command line calls [`wait`] around any of them.

mod answer;
mod campaign;
mod chain;
mod codec;
mod effect;
mod error;
mod identity;
mod journal;
mod journal_rows;
mod key;
mod open;
mod orders;
mod outbox;
mod record;
mod roster;
mod schema;
mod slots;
mod standing;
mod values;
mod wait;
mod writer;

pub use campaign::StoredCampaign;
pub use codec::{Codec, Encoded};
pub use error::{CodecError, StoreError};
pub use identity::{Enrolled, Enrolment, Identity};
pub use journal::{JournalSlip, SlipId, SlipKind, SlipState};
pub use key::DatabaseKey;
pub use open::{IfMissing, move_aside};
pub use outbox::{OperationLine, OutboxStatus, Unsent};
pub use record::{NewOperation, Recorded};
pub use roster::{Import, RosterRelease, RosterStatus};
pub use slots::{CachedSlots, SlotPlaces};
pub use standing::{OwnStanding, OwnWillingness, RefusedBooking};
pub use wait::wait;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::Connection;

/// A handle to the database; clones share it. The thread ends, and the file is closed, when the
/// last handle is dropped.
#[derive(Clone)]
pub struct Store {
    writer: writer::Writer,
    codec: Codec,
    path: Arc<PathBuf>,
}

/// What starting a run found to put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recovery {
    /// Slips that were being printed when the last run ended: nobody knows whether they came out.
    pub uncertain_slips: u64,
    /// Operations waiting for the centre's answer.
    pub unanswered: u64,
}

impl Store {
    /// Opens the database: key, settings read back, `quick_check`, migrations. Blocks; a healthy
    /// file takes milliseconds.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Unreachable`], [`StoreError::WrongKey`],
    /// [`StoreError::Damaged`], [`StoreError::NewerSchema`], [`StoreError::Setting`],
    /// [`StoreError::Migrate`], [`StoreError::DiskFull`] or [`StoreError::Open`]. The file is left
    /// as it is.
    pub fn open(
        path: &Path,
        key: &DatabaseKey,
        if_missing: IfMissing,
        codec: Codec,
    ) -> Result<Self, StoreError> {
        let connection = open::open(path, key, if_missing)?;
        Ok(Self {
            writer: writer::Writer::spawn(connection, path)?,
            codec,
            path: Arc::new(path.to_owned()),
        })
    }

    /// Start-up is a recovery: slips found half printed become uncertain. Called once by the program
    /// that prints, never by a command line beside it.
    ///
    /// # Errors
    /// [`StoreError::Query`] and its kin.
    pub async fn begin_run(&self, at: Timestamp) -> Result<Recovery, StoreError> {
        self.run(move |connection| {
            Ok(Recovery {
                uncertain_slips: journal_rows::recover(connection, at)?,
                unanswered: outbox::unanswered(connection)?,
            })
        })
        .await
    }

    /// `quick_check` and the whole hash chain; gives the number of operations in it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::ChainBroken`].
    pub async fn check(&self) -> Result<u64, StoreError> {
        let path = Arc::clone(&self.path);
        self.run(move |connection| {
            open::quick_check(connection, &path)?;
            chain::check(connection)
        })
        .await
    }

    async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.writer.run(work).await
    }
}
