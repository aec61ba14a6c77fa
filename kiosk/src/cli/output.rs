//! Standard output: lines for people, or one JSON document.

use std::io::Write as _;

use serde::Serialize;

use crate::error::KioskError;

/// Writes one document, or what `lines` says of it.
pub(super) fn show<T: Serialize>(
    json: bool,
    document: &T,
    lines: impl FnOnce(&T) -> Vec<String>,
) -> Result<(), KioskError> {
    if json {
        line(&to_json(document, true)?)
    } else {
        lines(document).iter().try_for_each(|text| line(text))
    }
}

/// Writes a document on one line: for commands that go on and on.
pub(super) fn show_line<T: Serialize>(
    json: bool,
    document: &T,
    text: impl FnOnce(&T) -> String,
) -> Result<(), KioskError> {
    if json {
        line(&to_json(document, false)?)
    } else {
        line(&text(document))
    }
}

fn to_json<T: Serialize>(document: &T, pretty: bool) -> Result<String, KioskError> {
    if pretty {
        serde_json::to_string_pretty(document)
    } else {
        serde_json::to_string(document)
    }
    .map_err(|error| KioskError::Output(error.into()))
}

fn line(text: &str) -> Result<(), KioskError> {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{text}")
        .and_then(|()| output.flush())
        .map_err(KioskError::Output)
}
