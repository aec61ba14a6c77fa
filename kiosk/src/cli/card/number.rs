//! `kiosk card number`: what person numbers are, or why they are none.

use domain::{PersonNumber, ResidenceClass};
use serde::Serialize;

use super::kind;
use crate::cli::Verdict;
use crate::cli::output::show;
use crate::error::{KioskError, sentence};

#[derive(Serialize)]
struct NumberDocument {
    /// The place on the command line, from 1: the number itself is not repeated.
    position: usize,
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    masked: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// Who holds a new residence number.
    #[serde(skip_serializing_if = "Option::is_none")]
    residence: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

pub(super) fn run(json: bool, numbers: &[String]) -> Result<Verdict, KioskError> {
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
        residence: parsed.as_ref().ok().and_then(residence),
        reason: parsed.err().map(|error| sentence(&error)),
    }
}

fn number_line(document: &NumberDocument) -> String {
    match (&document.masked, document.kind, &document.reason) {
        (Some(masked), Some(kind), _) => {
            let residence = document.residence.map(|who| format!(" ({who})"));
            let residence = residence.unwrap_or_default();
            format!("{}: {masked} {kind}{residence}", document.position)
        }
        (_, _, Some(reason)) => format!("{}: no person number: {reason}", document.position),
        _ => document.position.to_string(),
    }
}

fn residence(number: &PersonNumber) -> Option<&'static str> {
    number.new_residence_class().map(|class| match class {
        ResidenceClass::Foreign => "foreign",
        ResidenceClass::UnregisteredNational => "national without household registration",
        ResidenceClass::HongKongMacao => "Hong Kong or Macao",
        ResidenceClass::Mainland => "mainland",
    })
}
