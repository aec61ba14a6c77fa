//! What the doctor tells of the card in a reader: answer to reset, status words, timings.

use std::time::Duration;

use ::card::catalogue::Hint;
use ::card::decode::Warning;
use ::card::doctor::{CardReport, CardState, Repeated, Spread};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct CardDocument {
    atr: String,
    /// What the catalogue calls a card with this answer to reset.
    hint: String,
    state: String,
    /// Status words, four hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    select: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<String>,
    warnings: Vec<&'static str>,
    connect_us: u128,
    select_us: u128,
    read_us: u128,
    /// Further readings, where the first was quick.
    #[serde(skip_serializing_if = "Option::is_none")]
    repeated: Option<RepeatedDocument>,
}

#[derive(Serialize)]
struct RepeatedDocument {
    connect: SpreadDocument,
    select: SpreadDocument,
    read: SpreadDocument,
}

#[derive(Serialize)]
struct SpreadDocument {
    min_us: u128,
    median_us: u128,
    max_us: u128,
}

impl CardDocument {
    pub(super) fn of(card: CardReport) -> Self {
        let word = |status: u16| format!("{status:04X}");
        Self {
            hint: hint_text(&card.hint),
            state: state_text(&card.state),
            select: card.select.map(word),
            read: card.read.map(word),
            warnings: card.warnings.into_iter().map(Warning::name).collect(),
            connect_us: card.took.connect.as_micros(),
            select_us: card.took.select.as_micros(),
            read_us: card.took.read.as_micros(),
            repeated: card.repeated.as_ref().map(RepeatedDocument::of),
            atr: card.atr,
        }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let word = |status: &Option<String>| status.clone().unwrap_or_else(|| "none".to_owned());
        let mut lines = vec![
            format!("           {}", self.state),
            format!("           ATR {} ({})", self.atr, self.hint),
            format!(
                "           SELECT {}  READ {}",
                word(&self.select),
                word(&self.read)
            ),
            format!(
                "           first reading: connect {} µs, SELECT {} µs, READ {} µs",
                self.connect_us, self.select_us, self.read_us
            ),
        ];
        if let Some(repeated) = &self.repeated {
            for (step, spread) in [
                ("connect", &repeated.connect),
                ("SELECT", &repeated.select),
                ("READ", &repeated.read),
            ] {
                lines.push(format!(
                    "           again: {step} {} / {} / {} µs (least, middle, most)",
                    spread.min_us, spread.median_us, spread.max_us
                ));
            }
        }
        let warning = |name: &&str| format!("           warning {name}");
        lines.extend(self.warnings.iter().map(warning));
        lines
    }
}

impl RepeatedDocument {
    fn of(repeated: &Repeated) -> Self {
        Self {
            connect: SpreadDocument::of(repeated.connect),
            select: SpreadDocument::of(repeated.select),
            read: SpreadDocument::of(repeated.read),
        }
    }
}

impl SpreadDocument {
    const fn of(spread: Spread) -> Self {
        Self {
            min_us: Duration::as_micros(&spread.min),
            median_us: Duration::as_micros(&spread.median),
            max_us: Duration::as_micros(&spread.max),
        }
    }
}

fn hint_text(hint: &Hint) -> String {
    match hint {
        Hint::HealthCard => "health card".to_owned(),
        Hint::Other(card) => card.name().to_owned(),
        Hint::Unknown => "unknown".to_owned(),
    }
}

fn state_text(state: &CardState) -> String {
    match state {
        CardState::Readable => "health card, readable".to_owned(),
        CardState::Wrong(card) => card.name().to_owned(),
        CardState::Mute => "mute: wrong way round or dirty".to_owned(),
        CardState::Faulty(fault) => fault.to_string(),
        CardState::Interrupted => "stopped answering".to_owned(),
    }
}
