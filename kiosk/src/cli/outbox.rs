//! `kiosk outbox`: what was recorded here and what became of it; kinds and numbers only.

use clap::Subcommand;
use domain::operation::Outcome;
use jiff::Timestamp;
use serde::Serialize;
use store::{IfMissing, OperationLine, wait};

use super::output::show;
use super::{ConfigArgument, Verdict};
use crate::error::KioskError;
use crate::start;

#[derive(Debug, Subcommand)]
pub(super) enum OutboxCommand {
    /// List the newest operations, the newest first
    List {
        /// Print one JSON document
        #[arg(long)]
        json: bool,
        /// At most this many
        #[arg(long, value_name = "COUNT", default_value_t = 50)]
        limit: u32,
        #[command(flatten)]
        config: ConfigArgument,
    },
    /// Show how many operations wait, since when, and how many were refused
    Status {
        /// Print one JSON document
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigArgument,
    },
}

#[derive(Serialize)]
struct OperationDocument {
    receipt: String,
    kind: String,
    recorded_at: Timestamp,
    outcome: String,
}

#[derive(Serialize)]
struct StatusDocument {
    waiting: u64,
    oldest_waiting: Option<Timestamp>,
    refused: u64,
    last_answer: Option<Timestamp>,
}

pub(super) fn run(command: OutboxCommand) -> Result<Verdict, KioskError> {
    match command {
        OutboxCommand::List {
            json,
            limit,
            config,
        } => {
            let store = start::open_store(&config.load()?, IfMissing::Refuse)?;
            let operations = wait(store.list_operations(limit))?;
            let documents: Vec<_> = operations.iter().map(document).collect();
            show(json, &documents, |documents| {
                documents.iter().map(line).collect()
            })?;
        }
        OutboxCommand::Status { json, config } => {
            let store = start::open_store(&config.load()?, IfMissing::Refuse)?;
            let status = wait(store.outbox_status())?;
            let document = StatusDocument {
                waiting: status.depth,
                oldest_waiting: status.oldest,
                refused: status.rejected,
                last_answer: status.last_answered,
            };
            show(json, &document, status_lines)?;
        }
    }
    Ok(Verdict::Well)
}

fn document(operation: &OperationLine) -> OperationDocument {
    OperationDocument {
        receipt: operation.id.receipt(),
        kind: operation.kind.clone(),
        recorded_at: operation.recorded_at,
        outcome: match (&operation.moved_to, &operation.outcome) {
            (Some(newer), _) => format!("moved to {}", newer.receipt()),
            (None, None) => "waiting".to_owned(),
            (None, Some(Outcome::Applied { .. })) => "applied".to_owned(),
            (None, Some(Outcome::Rejected(reason))) => format!("rejected: {}", reason.code()),
            (None, Some(Outcome::Pending)) => "pending".to_owned(),
            (None, Some(Outcome::Superseded)) => "superseded".to_owned(),
        },
    }
}

fn line(document: &OperationDocument) -> String {
    format!(
        "{}  {:<20} {}  {}",
        document.receipt, document.kind, document.recorded_at, document.outcome
    )
}

fn status_lines(document: &StatusDocument) -> Vec<String> {
    let time = |time: Option<Timestamp>| time.map_or("–".to_owned(), |time| time.to_string());
    vec![
        format!("waiting         {}", document.waiting),
        format!("oldest waiting  {}", time(document.oldest_waiting)),
        format!("refused         {}", document.refused),
        format!("last answer     {}", time(document.last_answer)),
    ]
}
