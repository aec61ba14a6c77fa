//! `cargo xtask bench central`: release builds, measured beside pgbench.

use std::process::Command;

use clap::ValueEnum;

use crate::error::Error;
use crate::packages::{self, Purpose};
use crate::step;

/// Where the figures go.
const REPORT: &str = "target/bench/central.json";

/// What can be measured.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// The centre: bookings and outbox batches over HTTP.
    Central,
}

/// Builds and measures.
///
/// # Errors
/// Those of building and of the load program. A goal that is not reached is told, no error.
pub(crate) fn run(subject: Subject) -> Result<(), Error> {
    match subject {
        Subject::Central => central(),
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
            "--central",
            "target/release/central",
            "--report",
            REPORT,
        ]),
    )
    .map(|_| println!("\nfigures in {REPORT}"))
}
