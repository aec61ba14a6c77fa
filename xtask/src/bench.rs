//! `cargo xtask bench`: release builds, each measured in one run beside what anybody would use instead.

use std::process::Command;

use clap::ValueEnum;

use crate::error::Error;
use crate::packages::{self, Purpose};
use crate::step;
use crate::tool;

/// Where the figures go.
const CENTRAL_REPORT: &str = "target/bench/central.json";
const CARD_REPORT: &str = "target/bench/card.json";
const PRINTER_REPORT: &str = "target/bench/printer.json";

/// What can be measured.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// The centre: bookings and outbox batches over HTTP, beside pgbench.
    Central,
    /// The card component, beside bare PC/SC and pyscard.
    Card,
    /// The slips in bytes and time, beside python-escpos.
    Printer,
}

/// Builds and measures.
///
/// # Errors
/// Those of building and of the load program. A goal that is not reached is told, no error.
pub(crate) fn run(subject: Subject) -> Result<(), Error> {
    match subject {
        Subject::Central => central(),
        Subject::Card => card(),
        Subject::Printer => printer(),
    }
}

fn central() -> Result<(), Error> {
    packages::install(Purpose::Test)?;
    let build = [
        "build",
        "--release",
        "--package",
        "central",
        "--package",
        "load",
    ];
    step::command("release build", &mut step::cargo(&build))?;
    step::command(
        "measuring the centre",
        Command::new("target/release/load").args([
            "central",
            "--central",
            "target/release/central",
            "--report",
            CENTRAL_REPORT,
        ]),
    )
    .map(|_| println!("\nfigures in {CENTRAL_REPORT}"))
}

fn card() -> Result<(), Error> {
    packages::install(Purpose::Test)?;
    let build = [
        "build",
        "--release",
        "--package",
        "card",
        "--package",
        "load",
    ];
    step::command("release build", &mut step::cargo(&build))?;
    step::command(
        "measuring the card component",
        Command::new("target/release/load").args([
            "card",
            "--virtual-card",
            "target/release/virtual-card",
            "--report",
            CARD_REPORT,
        ]),
    )
    .map(|_| println!("\nfigures in {CARD_REPORT}"))
}

fn printer() -> Result<(), Error> {
    packages::install(Purpose::Test)?;
    let python = tool::python_escpos()?;
    let build = ["build", "--release", "--package", "load"];
    step::command("release build", &mut step::cargo(&build))?;
    step::command(
        "measuring the slips",
        Command::new("target/release/load")
            .args(["printer", "--report", PRINTER_REPORT, "--python"])
            .arg(python),
    )
    .map(|_| println!("\nfigures in {PRINTER_REPORT}"))
}
