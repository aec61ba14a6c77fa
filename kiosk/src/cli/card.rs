//! `kiosk card`: nothing a card says of its holder is shown but masked (I8, C4).

use std::time::Duration;

use ::card::doctor::{CardState, ServiceState, examine};
use ::card::{Config, Event};
use clap::Subcommand;
use domain::{CardReading, PersonNumber, PersonNumberKind};
use serde::Serialize;

use super::Verdict;
use super::output::{show, show_line};
use crate::error::{KioskError, sentence};

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
        CardCommand::Number { numbers, json } => number(json, &numbers),
        CardCommand::Doctor { json, reader } => doctor(json, reader),
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
    show(json, &ReadingDocument::of(&reading), ReadingDocument::lines)?;
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
                card: Some(ReadingDocument::of(&reading)),
                ..plain("read")
            },
            Event::Wrong(kind) => Self {
                detail: Some(kind.label().to_owned()),
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

#[derive(Serialize)]
struct NumberDocument {
    /// The place on the command line, from 1: the number itself is not repeated.
    position: usize,
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    masked: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

fn number(json: bool, numbers: &[String]) -> Result<Verdict, KioskError> {
    let documents: Vec<NumberDocument> = numbers
        .iter()
        .enumerate()
        .map(|(index, text)| number_document(index + 1, text))
        .collect();
    show(json, &documents, |documents| {
        documents.iter().map(number_line).collect()
    })?;
    Ok(Verdict::of(documents.iter().all(|document| document.valid)))
}

fn number_document(position: usize, text: &str) -> NumberDocument {
    let parsed = PersonNumber::parse(text);
    NumberDocument {
        position,
        valid: parsed.is_ok(),
        masked: parsed.as_ref().ok().map(PersonNumber::masked),
        kind: parsed.as_ref().ok().map(kind),
        reason: parsed.err().map(|error| sentence(&error)),
    }
}

fn number_line(document: &NumberDocument) -> String {
    match (&document.masked, document.kind, &document.reason) {
        (Some(masked), Some(kind), _) => format!("{}: {masked} {kind}", document.position),
        (_, _, Some(reason)) => format!("{}: no person number: {reason}", document.position),
        _ => document.position.to_string(),
    }
}

fn kind(number: &PersonNumber) -> &'static str {
    match number.kind() {
        PersonNumberKind::National => "national",
        PersonNumberKind::OldResidence => "old-residence",
        PersonNumberKind::NewResidence => "new-residence",
    }
}

#[derive(Serialize)]
struct DoctorDocument {
    fit: bool,
    service: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<&'static str>,
    readers: Vec<ReaderDocument>,
}

#[derive(Serialize)]
struct ReaderDocument {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<CardDocument>,
}

#[derive(Serialize)]
struct CardDocument {
    atr: String,
    state: String,
    reading_ms: u128,
}

fn doctor(json: bool, reader: Option<String>) -> Result<Verdict, KioskError> {
    let report = examine(&config(reader));
    let document = DoctorDocument {
        fit: report.is_fit(),
        service: match report.service {
            ServiceState::Running => "running",
            ServiceState::NotRunning => "not-running",
            ServiceState::NotPermitted => "not-permitted",
            ServiceState::Failing(_) => "failing",
        },
        advice: report.service.advice(),
        readers: report
            .readers
            .into_iter()
            .map(|reader| ReaderDocument {
                name: reader.name,
                card: reader.card.map(|card| CardDocument {
                    atr: card.atr,
                    state: state_text(card.state),
                    reading_ms: card.reading_took.as_millis(),
                }),
            })
            .collect(),
    };
    show(json, &document, doctor_lines)?;
    Ok(Verdict::of(document.fit))
}

fn state_text(state: CardState) -> String {
    match state {
        CardState::Readable => "health card, readable".to_owned(),
        CardState::Wrong(kind) => kind.label().to_owned(),
        CardState::Mute => "mute: wrong way round or dirty".to_owned(),
        CardState::Faulty(fault) => fault.to_string(),
        CardState::Interrupted => "stopped answering".to_owned(),
    }
}

fn doctor_lines(document: &DoctorDocument) -> Vec<String> {
    let mut lines = vec![format!("pcscd: {}", document.service)];
    lines.extend(document.advice.map(|advice| format!("  {advice}")));
    if document.readers.is_empty() {
        lines.push("no reader is attached".to_owned());
    }
    for reader in &document.readers {
        lines.push(format!("reader: {}", reader.name));
        match &reader.card {
            Some(card) => lines.push(format!(
                "  {} ({} ms, ATR {})",
                card.state, card.reading_ms, card.atr
            )),
            None => lines.push("  no card".to_owned()),
        }
    }
    lines
}
