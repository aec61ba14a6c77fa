//! The command line: stable, other programs and the field rely on it.
//!
//! Exit status: 0 done, 1 the thing asked about is not well, 2 wrong usage. With `--json` one
//! document goes to standard output and nothing else; diagnostics go to standard error.

mod card;
mod diagnose;
mod health;
mod outbox;
mod output;
mod roster;
mod slip;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

pub use self::slip::FieldMistake;
use crate::clock::Clock;
use crate::config::{Config, DEFAULT_PATH};
use crate::error::{KioskError, sentence};
use crate::{enrol, out_of_service, start};

/// The software of a convenience store's kiosk: health card in, slot or slip out.
#[derive(Debug, Parser)]
#[command(name = "kiosk", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the terminal
    Run(ConfigArgument),
    /// Enrol this terminal with a one-time code from the centre
    Enrol {
        /// The code
        #[arg(long)]
        code: String,
        #[command(flatten)]
        config: ConfigArgument,
    },
    /// Run all tests that need no human; exit 0 when fit for service
    Diagnose(diagnose::DiagnoseArguments),
    /// Read health cards, look at person numbers, find out why nothing can be read
    #[command(subcommand)]
    Card(card::CardCommand),
    /// Preview and print slips, of invented data or a file's
    #[command(subcommand)]
    Slip(slip::SlipCommand),
    /// What this terminal recorded and what the centre made of it; nothing personal
    #[command(subcommand)]
    Outbox(outbox::OutboxCommand),
    /// The roster on this terminal
    #[command(subcommand)]
    Roster(roster::RosterCommand),
}

/// Where the configuration is.
#[derive(Debug, clap::Args)]
struct ConfigArgument {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = DEFAULT_PATH)]
    config: PathBuf,
}

impl ConfigArgument {
    fn load(&self) -> Result<Config, KioskError> {
        Config::load(&self.config)
    }
}

/// How the thing asked about is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Well,
    NotWell,
}

impl Verdict {
    const fn of(well: bool) -> Self {
        if well { Self::Well } else { Self::NotWell }
    }
}

/// Runs the command line.
#[must_use]
pub fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(Verdict::Well) => ExitCode::SUCCESS,
        Ok(Verdict::NotWell) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("kiosk: {}", sentence(&error));
            if error.is_usage() {
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

fn run(command: Command) -> Result<Verdict, KioskError> {
    match command {
        Command::Run(config) => run_terminal(&config),
        Command::Enrol { code, config } => enrol_terminal(&config, &code),
        Command::Diagnose(arguments) => diagnose::run(&arguments),
        Command::Card(command) => card::run(command),
        Command::Slip(command) => slip::run(command),
        Command::Outbox(command) => outbox::run(command),
        Command::Roster(command) => roster::run(command),
    }
}

fn run_terminal(config: &ConfigArgument) -> Result<Verdict, KioskError> {
    let config = config.load()?;
    if !has_display() {
        return Err(KioskError::NoDisplay);
    }
    // `RUST_LOG` may ask for more; the journal keeps what goes to standard error.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    if let Err(error) = start::run(&config) {
        let reason = sentence(&error);
        tracing::error!(%reason, "this terminal cannot serve");
        // Where no window can be opened either, the first error is the one to tell.
        if let Err(window) = out_of_service::show(config.panel, config.fullscreen, &reason) {
            tracing::error!(%window, "nor can it say so on the screen");
        }
        return Err(error);
    }
    Ok(Verdict::Well)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the display is told to every program this way"
)]
fn has_display() -> bool {
    let names = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"];
    names
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn enrol_terminal(config: &ConfigArgument, code: &str) -> Result<Verdict, KioskError> {
    let enrolment = enrol::enrol(&config.load()?, code)?;
    eprintln!(
        "enrolled as {} in epoch {}",
        enrolment.device, enrolment.epoch
    );
    Ok(Verdict::Well)
}

/// The clock of a configured terminal.
fn clock(config: &Config) -> Clock {
    Clock::start(config.development.clock_offset_seconds)
}
