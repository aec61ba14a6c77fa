//! `kiosk roster`: the release on this terminal, and releases that come on a stick.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use jiff::Timestamp;
use serde::Serialize;
use store::{IfMissing, Import, RosterStatus, wait};
use sync::RosterRelease;

use super::output::show;
use super::{ConfigArgument, Verdict, clock};
use crate::config::Config;
use crate::error::KioskError;
use crate::start;

#[derive(Debug, Subcommand)]
pub(super) enum RosterCommand {
    /// Show the release on this terminal; exit 0 when there is one and it is not stale
    Status {
        /// Print one JSON document
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigArgument,
    },
    /// Check a release against the centre's key without taking it
    Verify(FilesArgument),
    /// Take a release that came by other ways than the line
    Import(FilesArgument),
}

#[derive(Debug, clap::Args)]
pub(super) struct FilesArgument {
    /// The signed manifest, as the centre answers it
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
    /// The roster file it names
    #[arg(long, value_name = "FILE")]
    roster: PathBuf,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigArgument,
}

#[derive(Serialize)]
struct ReleaseDocument {
    version: u64,
    people: u64,
    created_at: Timestamp,
    not_after: Timestamp,
    stale: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    imported_at: Option<Timestamp>,
}

pub(super) fn run(command: RosterCommand) -> Result<Verdict, KioskError> {
    match command {
        RosterCommand::Status { json, config } => status(json, &config.load()?),
        RosterCommand::Verify(files) => {
            let config = files.config.load()?;
            let release = read(&config, &files)?;
            let document = offered(&release, clock(&config).now());
            show(files.json, &document, lines)?;
            Ok(Verdict::of(!document.stale))
        }
        RosterCommand::Import(files) => import(&files),
    }
}

fn status(json: bool, config: &Config) -> Result<Verdict, KioskError> {
    let store = start::open_store(config, IfMissing::Refuse)?;
    let now = clock(config).now();
    let document = wait(store.roster_status())?.map(|status| here(&status, now));
    show(json, &document, |document| match document {
        Some(release) => lines(release),
        None => vec!["no roster yet".to_owned()],
    })?;
    Ok(Verdict::of(document.is_some_and(|release| !release.stale)))
}

fn import(files: &FilesArgument) -> Result<Verdict, KioskError> {
    let config = files.config.load()?;
    let release = read(&config, files)?;
    let now = clock(&config).now();
    let document = offered(&release, now);
    let facts = store::RosterRelease {
        version: release.version,
        created_at: release.created_at,
        not_after: release.not_after,
        people: document.people,
    };
    let store = start::open_store(&config, IfMissing::Refuse)?;
    match wait(store.import_roster(facts, release.people, now))? {
        Import::Replaced => eprintln!("imported"),
        Import::AlreadyHere => eprintln!("this version is here already"),
    }
    show(files.json, &document, lines)?;
    Ok(Verdict::of(!document.stale))
}

fn read(config: &Config, files: &FilesArgument) -> Result<RosterRelease, KioskError> {
    let read = |path: &Path| {
        std::fs::read(path).map_err(|source| KioskError::ReadFile {
            path: path.to_owned(),
            source,
        })
    };
    let (manifest, roster) = (read(&files.manifest)?, read(&files.roster)?);
    Ok(sync::roster_from_files(
        &manifest,
        &roster,
        &config.centre_key,
    )?)
}

fn offered(release: &RosterRelease, now: Timestamp) -> ReleaseDocument {
    ReleaseDocument {
        version: release.version,
        people: u64::try_from(release.people.len()).unwrap_or(u64::MAX),
        created_at: release.created_at,
        not_after: release.not_after,
        stale: now > release.not_after,
        imported_at: None,
    }
}

fn here(status: &RosterStatus, now: Timestamp) -> ReleaseDocument {
    ReleaseDocument {
        version: status.release.version,
        people: status.release.people,
        created_at: status.release.created_at,
        not_after: status.release.not_after,
        stale: status.is_stale(now),
        imported_at: Some(status.imported_at),
    }
}

fn lines(document: &ReleaseDocument) -> Vec<String> {
    let stale = if document.stale { " (stale)" } else { "" };
    let mut lines = vec![
        format!("version    {}", document.version),
        format!("people     {}", document.people),
        format!("made       {}", document.created_at),
        format!("good until {}{stale}", document.not_after),
    ];
    lines.extend(document.imported_at.map(|at| format!("imported   {at}")));
    lines
}
