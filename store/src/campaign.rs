//! The campaign's text, as it came with a valid signature.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::values::milliseconds;
use crate::{Store, StoreError};

/// A campaign file as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCampaign {
    /// Its version.
    pub version: u32,
    /// Its text.
    pub text: String,
}

impl Store {
    /// Keeps a campaign whose signature was verified and whose text was read without fault.
    ///
    /// # Errors
    /// [`StoreError::VersionBehind`]: versions never go back; [`StoreError::DiskFull`] or
    /// [`StoreError::Query`].
    pub async fn save_campaign(
        &self,
        campaign: StoredCampaign,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(move |connection| save(connection, &campaign, at))
            .await
    }

    /// The campaign of this disk; `None` before the first.
    ///
    /// # Errors
    /// [`StoreError::Query`].
    pub async fn load_campaign(&self) -> Result<Option<StoredCampaign>, StoreError> {
        self.run(load).await
    }
}

const ACTION: &str = "keep the campaign";

fn save(
    connection: &Connection,
    campaign: &StoredCampaign,
    at: Timestamp,
) -> Result<(), StoreError> {
    if let Some(here) = load(connection)?
        && campaign.version < here.version
    {
        return Err(StoreError::VersionBehind {
            what: "campaign",
            current: here.version.into(),
            offered: campaign.version.into(),
        });
    }
    connection
        .execute(
            "INSERT OR REPLACE INTO campaign (only, version, text, stored_at) VALUES (1, ?1, ?2, ?3)",
            params![campaign.version, campaign.text, milliseconds(at)],
        )
        .map(drop)
        .map_err(StoreError::query(ACTION))
}

fn load(connection: &Connection) -> Result<Option<StoredCampaign>, StoreError> {
    connection
        .query_row("SELECT version, text FROM campaign", [], |row| {
            Ok(StoredCampaign {
                version: row.get(0)?,
                text: row.get(1)?,
            })
        })
        .optional()
        .map_err(StoreError::query(ACTION))
}
