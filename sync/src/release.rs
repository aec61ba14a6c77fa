//! Whether a roster or a campaign is what the centre's release key signed, and newer than ours.

use std::sync::Arc;

use domain::campaign::Campaign;
use domain::roster::RosterRecord;
use ed25519_dalek::VerifyingKey;
use sha2::{Digest as _, Sha256};
use wire::WireError;
use wire::campaign_file;
use wire::envelope::{self, SignedEnvelope};
use wire::roster::{RosterLine, RosterManifest};

use crate::answer::hexadecimal;
use crate::{RosterRelease, SyncError};

const ROSTER: &str = "roster";
const CAMPAIGN: &str = "campaign";

/// A campaign and its text.
pub(crate) struct NewCampaign {
    pub(crate) campaign: Arc<Campaign>,
    pub(crate) text: String,
}

/// The manifest of a release that is newer than `current`; `None` where it is the same.
///
/// # Errors
/// [`SyncError::Message`] where it is not signed or not readable, [`SyncError::Older`].
pub(crate) fn manifest(
    envelope: &SignedEnvelope,
    key: &VerifyingKey,
    current: Option<u64>,
) -> Result<Option<RosterManifest>, SyncError> {
    let failed = |source| SyncError::Message {
        what: ROSTER,
        source,
    };
    let bytes = envelope
        .open(envelope::ROSTER_MANIFEST, key)
        .map_err(failed)?;
    let manifest: RosterManifest = serde_json::from_slice(&bytes).map_err(|source| {
        failed(WireError::Json {
            message: "roster manifest",
            source,
        })
    })?;
    newer(ROSTER, current, manifest.version).map(|newer| newer.then_some(manifest))
}

/// The release, from the file its manifest names: length, hash and number of people fit.
///
/// # Errors
/// [`SyncError::RosterFile`] or [`SyncError::Message`].
pub(crate) fn roster(manifest: &RosterManifest, file: &[u8]) -> Result<RosterRelease, SyncError> {
    let same_length = u64::try_from(file.len()).is_ok_and(|found| found == manifest.length_bytes);
    let hash = hexadecimal(&Sha256::digest(file).into());
    if !same_length || !hash.eq_ignore_ascii_case(&manifest.sha256) {
        return Err(SyncError::RosterFile);
    }
    let failed = |source| SyncError::Message {
        what: ROSTER,
        source,
    };
    let people: Result<Vec<RosterRecord>, SyncError> = file
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| {
            serde_json::from_slice::<RosterLine>(line)
                .map_err(|_| WireError::Field {
                    // The parser's own error could quote a person's line.
                    message: "roster line",
                    field: "line",
                })
                .and_then(RosterRecord::try_from)
                .map_err(failed)
        })
        .collect();
    let people = people?;
    if !u64::try_from(people.len()).is_ok_and(|found| found == manifest.people) {
        return Err(SyncError::RosterFile);
    }
    Ok(RosterRelease {
        version: manifest.version,
        created_at: manifest.created_at,
        not_after: manifest.not_after,
        people,
    })
}

/// A release from its two files, for a terminal that gets them on a stick: the signed manifest as
/// `GET /v1/roster` answers it, and the file it names.
///
/// # Errors
/// [`SyncError::Message`] where the manifest is not signed by this key or not readable,
/// [`SyncError::RosterFile`] where the file is another.
pub fn roster_from_files(
    manifest_file: &[u8],
    roster_file: &[u8],
    key: &VerifyingKey,
) -> Result<RosterRelease, SyncError> {
    let envelope: SignedEnvelope =
        serde_json::from_slice(manifest_file).map_err(|source| SyncError::Message {
            what: ROSTER,
            source: WireError::Json {
                message: "roster manifest",
                source,
            },
        })?;
    let manifest = manifest(&envelope, key, None)?.ok_or(SyncError::RosterFile)?;
    roster(&manifest, roster_file)
}

/// The campaign of an envelope if it is newer than `current`; `None` where it is the same.
///
/// # Errors
/// [`SyncError::Message`] where it is not signed, [`SyncError::Campaign`] where the file is refused,
/// [`SyncError::Older`].
pub(crate) fn campaign(
    envelope: &SignedEnvelope,
    key: &VerifyingKey,
    current: Option<u32>,
) -> Result<Option<NewCampaign>, SyncError> {
    let failed = |source| SyncError::Message {
        what: CAMPAIGN,
        source,
    };
    let bytes = envelope.open(envelope::CAMPAIGN, key).map_err(failed)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        failed(WireError::Field {
            message: CAMPAIGN,
            field: "text",
        })
    })?;
    let campaign = campaign_file::load(&text, "of the centre")
        .map_err(|source| SyncError::Campaign { source })?;
    let newer = newer(
        CAMPAIGN,
        current.map(u64::from),
        u64::from(campaign.version),
    )?;
    Ok(newer.then(|| NewCampaign {
        campaign: Arc::new(campaign),
        text,
    }))
}

fn newer(what: &'static str, current: Option<u64>, offered: u64) -> Result<bool, SyncError> {
    match current {
        Some(current) if offered < current => Err(SyncError::Older {
            what,
            current,
            offered,
        }),
        Some(current) => Ok(offered > current),
        None => Ok(true),
    }
}
