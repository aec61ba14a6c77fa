//! Command line of the stage.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use stage::display::Size;
use stage::{Error, bench, namespace};

/// Starts the real parts a terminal stands among, in a world of their own.
#[derive(Debug, Parser)]
#[command(name = "stage", version)]
struct Cli {
    #[command(subcommand)]
    command: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Runs one command beside a running pcscd, PostgreSQL and display; its exit status is passed on.
    Run {
        /// Folder for logs and the database [default: a temporary one].
        #[arg(long)]
        folder: Option<PathBuf>,
        /// Do not start a display; the command finds the user's own, if any.
        #[arg(long)]
        no_display: bool,
        /// The command. It finds DATABASE_URL, DISPLAY and STAGE_FOLDER in its environment.
        #[arg(last = true, required = true)]
        command: Vec<std::ffi::OsString>,
    },
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_target(false)
        .init();
    let cli = Cli::parse();
    match act(cli.command) {
        Ok(code) => code,
        Err(Error::ToldToEnd) => ExitCode::from(130),
        Err(error) => {
            tracing::error!("{}", error.with_causes());
            ExitCode::FAILURE
        }
    }
}

fn act(command: Act) -> Result<ExitCode, Error> {
    if let namespace::Side::Outside(status) = namespace::enter(std::env::args_os().skip(1))? {
        return Ok(ExitCode::from(status));
    }
    match command {
        Act::Run {
            folder,
            no_display,
            command,
        } => {
            let size = (!no_display).then_some(Size::PORTRAIT);
            bench::run(folder, size, &command).map(ExitCode::from)
        }
    }
}
