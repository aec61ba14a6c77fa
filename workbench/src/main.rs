//! The workbench: a window beside the kiosk that plays card, line, printer and power for people
//! who show or develop it. It asks the running stage to do everything.

mod app;
mod error;
mod look;
mod panel;
mod slip;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::error::Error;

/// Cards, line, printer and slips of a running stage.
#[derive(Debug, Parser)]
#[command(name = "workbench", version)]
struct Cli {
    /// Control socket of the stage.
    #[arg(long, value_name = "SOCKET")]
    control: PathBuf,
    /// Where the window shall open, in pixels from the left edge of the screen: beside the kiosk.
    #[arg(long, value_name = "PIXELS", default_value_t = 0)]
    left: u16,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match app::run(cli.control, cli.left).map_err(Error::Window) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("workbench: {}", error.with_causes());
            ExitCode::FAILURE
        }
    }
}
