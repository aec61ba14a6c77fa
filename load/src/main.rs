//! Measures and strains: the centre beside pgbench (`cargo xtask bench central`), the slips beside
//! python-escpos (`cargo xtask bench printer`), the card component
//! beside bare PC/SC (`cargo xtask bench card`) and under random faults (`cargo xtask soak card`).

mod card_bench;
mod central;
mod error;
mod goal;
mod json;
mod printer_bench;
mod readers;
mod soak;

use std::process::ExitCode;

use clap::Parser;

use crate::card_bench::CardArguments;
use crate::central::CentralArguments;
use crate::error::LoadError;
use crate::printer_bench::PrinterArguments;
use crate::soak::{LaneArguments, SoakArguments};

#[derive(Debug, Parser)]
#[command(name = "load")]
enum Cli {
    /// Measures the centre beside pgbench.
    Central(CentralArguments),
    /// Measures the card component beside bare PC/SC and pyscard.
    Card(CardArguments),
    /// Measures the slips beside python-escpos.
    Printer(PrinterArguments),
    /// Plays random faults at card readers.
    SoakCard(SoakArguments),
    /// One lane of that; started by it.
    #[command(hide = true)]
    SoakLane(LaneArguments),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse() {
        Cli::Central(arguments) => central(arguments),
        Cli::Card(arguments) => card_bench::run(&arguments),
        Cli::Printer(arguments) => printer_bench::run(&arguments),
        Cli::SoakCard(arguments) => soak::run(&arguments),
        Cli::SoakLane(arguments) => soak::run_lane(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {}", error.with_causes());
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn central(arguments: CentralArguments) -> Result<(), LoadError> {
    central::run(arguments).await
}

/// A line for whoever waits.
#[expect(
    clippy::print_stdout,
    reason = "what is measured now is told to whoever waits"
)]
pub(crate) fn say(line: &str) {
    println!("{line}");
}
