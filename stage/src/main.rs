//! Command line of the stage.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use stage::display::Size;
use stage::report::Report;
use stage::visits::{self, VISITS, Visit};
use stage::{Error, bench, demo, namespace, out_folder};

/// Starts the real parts a terminal stands among, in a world of their own.
#[derive(Debug, Parser)]
#[command(name = "stage", version)]
struct Cli {
    #[command(subcommand)]
    command: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// The whole system: kiosk and workbench windows, until either is closed.
    Demo {
        /// No windows on the user's display: a scripted customer makes the visits in one of its own,
        /// leaving screens, slips, logs and report.json.
        #[arg(long)]
        headless: bool,
        /// Folder for everything that is written; emptied first if an earlier demo made it.
        #[arg(long, value_name = "DIR", default_value = "target/demo")]
        out: PathBuf,
        /// Only these visits, for example `b,c`; `g` to `j` are made only when named.
        #[arg(long, value_delimiter = ',', requires = "headless")]
        visits: Vec<String>,
    },
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
        Act::Demo {
            headless,
            out,
            visits,
        } => {
            let folder = out_folder::prepare(&out)?;
            if headless {
                visit(&folder, &visits)
            } else {
                demo::show(&folder).map(|()| ExitCode::SUCCESS)
            }
        }
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

fn visit(folder: &Path, wanted: &[String]) -> Result<ExitCode, Error> {
    let known = |id: &String| VISITS.iter().any(|visit| visit.id == id);
    if !wanted.iter().all(known) {
        return Err(Error::NotThere("no such visit"));
    }
    let is_wanted = |visit: &&Visit| {
        if wanted.is_empty() {
            visit.in_demo
        } else {
            wanted.iter().any(|wanted| wanted == visit.id)
        }
    };
    let ids: Vec<_> = VISITS
        .iter()
        .filter(is_wanted)
        .map(|visit| visit.id)
        .collect();
    let report = visits::run(folder, &ids)?;
    tell(&report, folder);
    Ok(if report.passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

#[expect(
    clippy::print_stdout,
    reason = "the outcome is told to the person who asked for it"
)]
fn tell(report: &Report, folder: &Path) {
    println!("first screen after {:.1} s", report.start_s);
    for visit in &report.visits {
        let outcome = if visit.passed { "passed" } else { "FAILED" };
        println!(
            "  {} {outcome} {:6.1} s  {}",
            visit.id, visit.duration_s, visit.title
        );
        if let Some(failure) = &visit.failure {
            println!("      {failure}");
        }
    }
    println!("report, screens, slips and logs: {}", folder.display());
}
