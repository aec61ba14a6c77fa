//! The centre's program.

use std::error::Error;
use std::process::ExitCode;

use central::CentralError;
use central::command::Command;
use clap::Parser as _;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    // Only this program's own events: what a driver logs may hold a statement's values.
    let filter = EnvFilter::try_from_env("CENTRAL_LOG")
        .unwrap_or_else(|_| EnvFilter::new("off,central=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
    // A panic's message may hold anything: only its place is told.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place = place.unwrap_or_default(), "panic");
    }));
    match Command::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("central: {}", sentence(&error));
            ExitCode::FAILURE
        }
    }
}

/// The failure and its causes, save those of the database's statements, whose text may quote rows.
fn sentence(error: &CentralError) -> String {
    let mut sentence = error.to_string();
    if let Some(sql_state) = error.sql_state() {
        return format!("{sentence} (SQLSTATE {sql_state})");
    }
    let mut cause = error.source();
    while let Some(inner) = cause {
        sentence = format!("{sentence}: {inner}");
        cause = inner.source();
    }
    sentence
}
