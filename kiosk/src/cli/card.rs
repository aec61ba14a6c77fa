//! `kiosk card`: nothing a card says of its holder is shown but masked (I8, C4).

mod doctor;
mod inserted;
mod number;
mod reading;
mod watch;

use std::time::Duration;

use ::card::Config;
use clap::Subcommand;
use domain::{PersonNumber, PersonNumberKind};

use self::reading::ReadingDocument;
use super::Verdict;
use super::output::show;
use crate::error::KioskError;

#[derive(Debug, Subcommand)]
pub(super) enum CardCommand {
    /// Read the card in the reader; names and numbers are masked
    Read {
        /// Print one JSON document
        #[arg(long)]
        json: bool,
        /// Wait this long for a card
        #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u16).range(..=3600))]
        wait: u16,
        /// Only the reader whose name contains this
        #[arg(long, value_name = "NAME")]
        reader: Option<String>,
    },
    /// Show every change at every reader, one line each, until ended
    Watch {
        /// One JSON document a line
        #[arg(long)]
        json: bool,
        /// Only the reader whose name contains this
        #[arg(long, value_name = "NAME")]
        reader: Option<String>,
    },
    /// Say the kind of each person number, or why it is none; exit 0 when all are valid
    Number {
        /// The numbers
        #[arg(required = true, value_name = "NUMBER")]
        numbers: Vec<String>,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Look at pcscd, permissions, readers, cards and timings; nothing personal
    Doctor {
        /// Print one JSON document
        #[arg(long)]
        json: bool,
        /// Only the reader whose name contains this
        #[arg(long, value_name = "NAME")]
        reader: Option<String>,
    },
}

pub(super) fn run(command: CardCommand) -> Result<Verdict, KioskError> {
    match command {
        CardCommand::Read { json, wait, reader } => read(json, wait, reader),
        CardCommand::Watch { json, reader } => watch::run(json, reader),
        CardCommand::Number { numbers, json } => number::run(json, &numbers),
        CardCommand::Doctor { json, reader } => doctor::run(json, reader),
    }
}

fn config(reader: Option<String>) -> Config {
    Config {
        reader,
        ..Config::default()
    }
}

fn read(json: bool, wait_s: u16, reader: Option<String>) -> Result<Verdict, KioskError> {
    let decoded = ::card::read(config(reader), Duration::from_secs(wait_s.into()))?;
    show(json, &ReadingDocument::of(&decoded), ReadingDocument::lines)?;
    Ok(Verdict::Well)
}

fn kind(number: &PersonNumber) -> &'static str {
    match number.kind() {
        PersonNumberKind::National => "national",
        PersonNumberKind::OldResidence => "old-residence",
        PersonNumberKind::NewResidence => "new-residence",
    }
}
