//! `cargo xtask soak card|printer`: random faults by seed, under an oracle; the card on real parts, the
//! printer in virtual time.

use std::process::Command;

use clap::{Args, ValueEnum};

use crate::error::Error;
use crate::packages::{self, Purpose};
use crate::step;

/// Where the figures go.
const REPORT: &str = "target/soak/card.json";

/// What can be strained.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// The card component on real pcscds with virtual readers.
    Card,
    /// The printer's decisions on a simulated printer, its paper judged.
    Printer,
}

/// How much, and which.
#[derive(Debug, Args)]
pub(crate) struct Plan {
    /// Decides everything that is done.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// How many faults.
    #[arg(long, default_value_t = 10_000)]
    pub(crate) count: u64,
    /// The first one, to repeat a few.
    #[arg(long, default_value_t = 0)]
    pub(crate) from: u64,
    /// Prints what happened in each.
    #[arg(long)]
    pub(crate) show: bool,
}

/// Builds and strains.
///
/// # Errors
/// Those of building, and a step's failure when something that must hold did not.
pub(crate) fn run(subject: Subject, plan: &Plan) -> Result<(), Error> {
    match subject {
        Subject::Card => built_card(plan),
        Subject::Printer => printer(plan).map(|_| ()),
    }
}

fn built_card(plan: &Plan) -> Result<(), Error> {
    packages::install(Purpose::Test)?;
    let build = ["build", "--package", "card", "--package", "load"];
    step::command("build", &mut step::cargo(&build))?;
    card(plan).map(|_| println!("figures in {REPORT}"))
}

/// Strains the card component with programs that are built.
///
/// # Errors
/// [`Error::Step`] when something that must hold did not.
pub(crate) fn card(plan: &Plan) -> Result<String, Error> {
    step::command(
        "card readers under random faults",
        Command::new("target/debug/load")
            .args(["soak-card", "--virtual-card", "target/debug/virtual-card"])
            .args(["--seed", &plan.seed.to_string()])
            .args(["--count", &plan.count.to_string()])
            .args(["--from", &plan.from.to_string()])
            .args(plan.show.then_some("--show"))
            .args(["--report", REPORT]),
    )
}

/// Builds and strains the printer's decisions.
///
/// # Errors
/// [`Error::Step`] when a slip was on paper twice, or said to be printed and was not.
pub(crate) fn printer(plan: &Plan) -> Result<String, Error> {
    let build = ["build", "--package", "load", "--bin", "soak-printer"];
    step::command("build", &mut step::cargo(&build))?;
    step::command(
        "slips under random faults",
        Command::new("target/debug/soak-printer")
            .args(["--seed", &plan.seed.to_string()])
            .args(["--count", &plan.count.to_string()])
            .args(["--from", &plan.from.to_string()])
            .args(plan.show.then_some("--show")),
    )
}
