//! `kiosk card`: nothing a card says of its holder is shown but masked (I8, C4).

mod doctor;
mod number;

use std::time::Duration;

use ::card::{Config, Event};
use clap::Subcommand;
use domain::{CardReading, PersonNumber, PersonNumberKind};
use serde::Serialize;

use super::Verdict;
use super::output::{show, show_line};
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
    /// Show what happens at the reader, one line an event, until ended
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
        CardCommand::Watch { json, reader } => watch(json, reader),
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

/// A reading without the person: enough to see that every field came.
#[derive(Serialize)]
struct ReadingDocument {
    person_number: String,
    kind: &'static str,
    name: String,
    name_certain: bool,
    card_number: String,
    birth_readable: bool,
    sex_readable: bool,
    issue_date_readable: bool,
}

impl ReadingDocument {
    fn of(reading: &CardReading) -> Self {
        let card = reading.card_number.reveal();
        Self {
            person_number: reading.person_number.masked(),
            kind: kind(&reading.person_number),
            name: reading.name.masked(),
            name_certain: reading.name_certain,
            card_number: format!("********{}", card.get(8..).unwrap_or_default()),
            birth_readable: reading.birth.is_some(),
            sex_readable: reading.sex.is_some(),
            issue_date_readable: reading.issued.is_some(),
        }
    }

    fn lines(&self) -> Vec<String> {
        let readable = |yes: bool| if yes { "readable" } else { "not readable" };
        let name = if self.name_certain {
            ""
        } else {
            " (uncertain)"
        };
        vec![
            format!("person number  {} ({})", self.person_number, self.kind),
            format!("name           {}{name}", self.name),
            format!("card number    {}", self.card_number),
            format!("birth          {}", readable(self.birth_readable)),
            format!("sex            {}", readable(self.sex_readable)),
            format!("issue date     {}", readable(self.issue_date_readable)),
        ]
    }
}

fn read(json: bool, wait_s: u16, reader: Option<String>) -> Result<Verdict, KioskError> {
    let reading = ::card::read(config(reader), Duration::from_secs(wait_s.into()))?;
    show(
        json,
        &ReadingDocument::of(&reading.reading()),
        ReadingDocument::lines,
    )?;
    Ok(Verdict::Well)
}

#[derive(Serialize)]
struct EventDocument {
    event: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reader: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<ReadingDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

impl EventDocument {
    fn of(event: Event) -> Self {
        let plain = |event| Self {
            event,
            reader: None,
            card: None,
            detail: None,
        };
        match event {
            Event::ReaderReady { reader } => Self {
                reader: Some(reader),
                ..plain("reader-ready")
            },
            Event::ReaderMissing => plain("reader-missing"),
            Event::ServiceDown => plain("service-down"),
            Event::Reading => plain("reading"),
            Event::Read(reading) => Self {
                card: reading
                    .take()
                    .map(|decoded| ReadingDocument::of(&decoded.reading())),
                ..plain("read")
            },
            Event::Wrong(kind) => Self {
                detail: Some(kind.name().to_owned()),
                ..plain("wrong-card")
            },
            Event::Mute => plain("mute"),
            Event::Fault(fault) => Self {
                detail: Some(fault.to_string()),
                ..plain("fault")
            },
            Event::Removed => plain("removed"),
        }
    }

    fn text(&self) -> String {
        let card = self
            .card
            .as_ref()
            .map(|card| format!("{} {}", card.person_number, card.name));
        [
            Some(self.event.to_owned()),
            self.reader.clone(),
            card,
            self.detail.clone(),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("  ")
    }
}

fn watch(json: bool, reader: Option<String>) -> Result<Verdict, KioskError> {
    let (_handle, mut events) = ::card::spawn(config(reader))?;
    while let Some(event) = events.blocking_recv() {
        show_line(json, &EventDocument::of(event), EventDocument::text)?;
    }
    Ok(Verdict::Well)
}

fn kind(number: &PersonNumber) -> &'static str {
    match number.kind() {
        PersonNumberKind::National => "national",
        PersonNumberKind::OldResidence => "old-residence",
        PersonNumberKind::NewResidence => "new-residence",
    }
}
