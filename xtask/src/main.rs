//! One way to run anything: `cargo xtask demo`, `cargo xtask test`, `cargo xtask bench`,
//! `cargo xtask fuzz`, `cargo xtask soak`, `cargo xtask setup`.
#![expect(
    clippy::print_stdout,
    reason = "what it does and found is told to the person who called it"
)]

mod bench;
mod bless;
mod demo;
mod error;
mod fuzz;
mod packages;
mod soak;
mod step;
mod test;
mod tool;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::packages::Purpose;

/// Builds, tests and shows this workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// The whole system on this machine: kiosk and workbench windows on real parts.
    Demo(DemoArguments),
    /// Everything that must hold: format, lints, licences, unit tests, journeys.
    Test,
    /// Measures, side by side with what anybody would use instead; nothing here fails for being slow.
    Bench {
        /// What to measure.
        #[arg(value_enum)]
        what: bench::Subject,
    },
    /// Random bytes against what a card can answer; ends at the first that breaks a rule.
    Fuzz {
        /// How long each target runs.
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..))]
        seconds: u16,
    },
    /// Strains by random faults, each run repeatable by its seed; fails when what must hold does not.
    Soak {
        /// What to strain.
        #[arg(value_enum)]
        what: soak::Subject,
        #[command(flatten)]
        plan: soak::Plan,
    },
    /// Writes the golden slips anew; each that changed is then to be looked at.
    Bless,
    /// Only installs the Debian packages and tools that demo and test need.
    Setup,
}

/// How to show the system.
#[derive(Debug, Args)]
struct DemoArguments {
    /// Under Xvfb with a scripted customer; leaves screenshots, slips and report.json.
    #[arg(long)]
    headless: bool,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Act::Demo(arguments) => demo::run(arguments.headless),
        Act::Test => test::run(),
        Act::Bench { what } => bench::run(what),
        Act::Fuzz { seconds } => fuzz::run(seconds),
        Act::Soak { what, plan } => soak::run(what, &plan),
        Act::Bless => bless::run(),
        Act::Setup => packages::install(Purpose::Test)
            .and_then(|()| tool::cargo_deny().map(|_| ()))
            .and_then(|()| tool::cargo_fuzz().map(|_| ()))
            .and_then(|()| tool::schemathesis()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo xtask: {}", error.with_causes());
            ExitCode::FAILURE
        }
    }
}
