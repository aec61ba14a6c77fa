//! The command line: stable, other programs and the field rely on it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::enrol;
use crate::error::KioskError;
use crate::start;

/// Where the configuration lies unless said otherwise.
const CONFIG: &str = "/etc/kiosk/kiosk.toml";

/// The software of a convenience store's kiosk: health card in, slot or slip out.
#[derive(Debug, Parser)]
#[command(name = "kiosk", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the terminal.
    Run(ConfigArgument),
    /// Enrol this terminal with a one-time code from the centre.
    Enrol {
        /// The code.
        #[arg(long)]
        code: String,
        #[command(flatten)]
        config: ConfigArgument,
    },
}

#[derive(Debug, clap::Args)]
struct ConfigArgument {
    /// The configuration file.
    #[arg(long, value_name = "FILE", default_value = CONFIG)]
    config: PathBuf,
}

/// Runs the command line. Exit status: 0 done, 1 the thing asked about is not well, 2 wrong usage.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Run(config) => run(&config),
        Command::Enrol { code, config } => enrol_terminal(&config, &code),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            exit_code(&error)
        }
    }
}

fn run(config: &ConfigArgument) -> Result<(), KioskError> {
    let config = Config::load(&config.config)?;
    tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .init();
    start::run(&config)
}

fn enrol_terminal(config: &ConfigArgument, code: &str) -> Result<(), KioskError> {
    let config = Config::load(&config.config)?;
    let enrolment = enrol::enrol(&config, code)?;
    eprintln!(
        "enrolled as {} in epoch {}",
        enrolment.device, enrolment.epoch
    );
    Ok(())
}

fn exit_code(error: &KioskError) -> ExitCode {
    if error.is_usage() {
        ExitCode::from(2)
    } else {
        ExitCode::FAILURE
    }
}

/// The error and its causes, one sentence after another, on standard error.
fn report(error: &dyn std::error::Error) {
    eprint!("kiosk: {error}");
    let mut cause = error.source();
    while let Some(inner) = cause {
        eprint!(": {inner}");
        cause = inner.source();
    }
    eprintln!();
}
