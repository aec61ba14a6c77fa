//! The tests of `kiosk diagnose`, one a part of the terminal. None needs a human, none shows
//! anything personal.

use std::time::Duration;

use clap::ValueEnum;
use jiff::SignedDuration;
use serde::Serialize;
use store::{IfMissing, wait};

use super::clock;
use crate::config::Config;
use crate::error::{KioskError, sentence};
use crate::start;

/// A printer that says nothing for this long does not answer.
const PRINTER_LIMIT: Duration = Duration::from_secs(10);
/// The centre's clock and ours may differ by this much before signatures are refused.
const CLOCK_LIMIT_MS: u64 = 240_000;
/// An operation that waits longer says that the line or the centre is not well.
const OUTBOX_LIMIT: SignedDuration = SignedDuration::from_hours(24);

/// A part of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Part {
    Reader,
    Printer,
    Store,
    Roster,
    Outbox,
    Clock,
    Centre,
}

/// What a test says: whether the part is fit for service, and in which words.
pub(super) struct Finding {
    pub(super) fit: bool,
    pub(super) detail: String,
}

fn finding(fit: bool, detail: impl Into<String>) -> Finding {
    Finding {
        fit,
        detail: detail.into(),
    }
}

/// Tests one part; a part that cannot be tested is not fit.
pub(super) fn test(part: Part, config: &Config) -> Finding {
    let found = match part {
        Part::Reader => Ok(reader(config)),
        Part::Printer => printer(config),
        Part::Store => store(config),
        Part::Roster => roster(config),
        Part::Outbox => outbox(config),
        Part::Clock => clocks(config),
        Part::Centre => centre(config),
    };
    found.unwrap_or_else(|error| finding(false, sentence(&error)))
}

fn reader(config: &Config) -> Finding {
    let report = card::doctor::examine(&card::Config {
        reader: config.card.reader.clone(),
        ..card::Config::default()
    });
    match (
        report.is_fit(),
        report.findings.first(),
        report.readers.first(),
    ) {
        (true, _, Some(reader)) => finding(true, reader.name.clone()),
        (_, Some(cause), _) => finding(false, format!("{}: {}", cause.name(), cause.advice())),
        _ => finding(false, "no reader is attached"),
    }
}

fn printer(config: &Config) -> Result<Finding, KioskError> {
    let worker = printer::Config {
        address: config.printer.clone(),
        profile: config.printer_profile.clone(),
    };
    let status = printer::once::status(worker, PRINTER_LIMIT)?;
    let detail = format!("{} at {}", status_text(status), config.printer);
    Ok(finding(status.can_print(), detail))
}

const fn status_text(status: printer::PrinterStatus) -> &'static str {
    use printer::PrinterStatus as Status;
    match status {
        Status::Ready => "ready",
        Status::PaperNearEnd => "ready, paper near its end",
        Status::PaperEnd => "no paper",
        Status::CoverOpen => "cover open",
        Status::CutterFault => "cutter jammed",
        Status::Overheated => "head too hot",
        Status::Unrecoverable => "fault",
        Status::Offline => "off line",
        Status::NotAnswering => "does not answer",
        Status::Absent => "cannot be opened",
    }
}

fn store(config: &Config) -> Result<Finding, KioskError> {
    let store = start::open_store(config, IfMissing::Refuse)?;
    let operations = wait(store.check())?;
    let Some(identity) = wait(store.identity())? else {
        return Err(KioskError::NotEnrolled);
    };
    let enrolment = identity.enrolment;
    let detail = format!(
        "{} epoch {}, {operations} operations, chain unbroken",
        enrolment.device, enrolment.epoch
    );
    Ok(finding(true, detail))
}

fn roster(config: &Config) -> Result<Finding, KioskError> {
    let store = start::open_store(config, IfMissing::Refuse)?;
    Ok(match wait(store.roster_status())? {
        None => finding(false, "no roster yet"),
        Some(status) => {
            let stale = status.is_stale(clock(config).now());
            let release = &status.release;
            let stale_text = if stale { ", stale" } else { "" };
            let detail = format!(
                "version {}, {} people, good until {}{stale_text}",
                release.version, release.people, release.not_after
            );
            finding(!stale, detail)
        }
    })
}

fn outbox(config: &Config) -> Result<Finding, KioskError> {
    let store = start::open_store(config, IfMissing::Refuse)?;
    let status = wait(store.outbox_status())?;
    let age = status
        .oldest
        .map(|oldest| clock(config).now().duration_since(oldest));
    let late = age.is_some_and(|age| age > OUTBOX_LIMIT);
    let waits = age.map_or(String::new(), |age| {
        format!(", the oldest for {} s", age.as_secs())
    });
    let detail = format!(
        "{} waiting{waits}, {} refused",
        status.depth, status.rejected
    );
    Ok(finding(!late, detail))
}

fn clocks(config: &Config) -> Result<Finding, KioskError> {
    let centre = asked(config)?;
    let ahead_ms = centre.clock_ahead_ms();
    let fit = ahead_ms.unsigned_abs() <= CLOCK_LIMIT_MS;
    Ok(finding(
        fit,
        format!("the centre's clock is {ahead_ms} ms ahead of this one"),
    ))
}

fn centre(config: &Config) -> Result<Finding, KioskError> {
    asked(config)?;
    Ok(finding(true, format!("{} answers", config.centre_url)))
}

fn asked(config: &Config) -> Result<sync::Centre, KioskError> {
    let centre = start::centre(config, clock(config))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(KioskError::Runtime)?;
    runtime.block_on(centre.health())?;
    Ok(centre)
}
