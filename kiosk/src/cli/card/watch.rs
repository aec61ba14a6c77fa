//! `kiosk card watch`: every change at every reader, one line each.

use ::card::{Change, State, watch_readers};
use serde::Serialize;

use super::config;
use super::reading::ReadingDocument;
use crate::cli::Verdict;
use crate::cli::output::show_line;
use crate::error::KioskError;

#[derive(Serialize)]
struct ChangeDocument {
    /// `no-service`, `readers` or `reader`.
    change: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    readers: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reader: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<ReadingDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

pub(super) fn run(json: bool, reader: Option<String>) -> Result<Verdict, KioskError> {
    let (_handle, mut changes) = watch_readers(config(reader))?;
    while let Some(change) = changes.blocking_recv() {
        show_line(json, &ChangeDocument::of(change), ChangeDocument::text)?;
    }
    Ok(Verdict::Well)
}

impl ChangeDocument {
    fn of(change: Change) -> Self {
        let plain = |change| Self {
            change,
            readers: None,
            reader: None,
            state: None,
            card: None,
            detail: None,
        };
        match change {
            Change::NoService => plain("no-service"),
            Change::Readers(readers) => Self {
                readers: Some(readers),
                ..plain("readers")
            },
            Change::Reader { reader, state } => Self {
                reader: Some(reader),
                state: Some(state.label()),
                card: card(&state),
                detail: detail(&state),
                ..plain("reader")
            },
        }
    }

    fn text(&self) -> String {
        let readers = self
            .readers
            .as_ref()
            .map(|readers| match readers.as_slice() {
                [] => "none".to_owned(),
                some => some.join(", "),
            });
        let state = self.state.map(str::to_owned);
        let card = self.card.as_ref().map(ReadingDocument::short);
        let told = [
            readers,
            self.reader.clone(),
            state,
            card,
            self.detail.clone(),
        ];
        let mut text = self.change.to_owned();
        for part in told.into_iter().flatten() {
            text.push_str("  ");
            text.push_str(&part);
        }
        text
    }
}

fn card(state: &State) -> Option<ReadingDocument> {
    match state {
        State::Read(held) => held.take().as_ref().map(ReadingDocument::of),
        _ => None,
    }
}

fn detail(state: &State) -> Option<String> {
    match state {
        State::Wrong(card) => Some(card.name().to_owned()),
        State::Failed(fault) => Some(fault.to_string()),
        _ => None,
    }
}
