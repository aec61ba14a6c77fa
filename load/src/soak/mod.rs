//! Random faults on real pcscds, by seed, with an oracle that knows whose card is where. Started by
//! `cargo xtask soak card`.
//!
//! Rounds are shared among lanes, each a world of its own (namespaces, pcscd, two readers, the component):
//! most with a pcscd whose clock is hurried, so that it polls its readers every few milliseconds, and some
//! at its natural pace. `script` says what a round does (from the seed alone), `play` does it, `oracle`
//! judges what the component said.

mod lane;
pub(crate) mod leak;
mod oracle;
mod others;
mod people;
mod play;
mod script;
mod watch;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::error::LoadError;
use crate::readers::clock;

pub(crate) use lane::{LaneArguments, run as run_lane};

/// How much faster pcscd's time passes in each lane: it polls every 4 ms, or every 400 ms.
const LANES: [u32; 16] = [
    100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 1, 1, 1, 1,
];
/// Of so many rounds one goes to the lanes at natural pace.
const NATURAL_EVERY: u64 = 40;

/// Plays random faults by seed.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct SoakArguments {
    /// Decides everything that is done.
    #[arg(long)]
    seed: u64,
    /// How many faults.
    #[arg(long, default_value_t = 10_000)]
    count: u64,
    /// The first round, to repeat a few.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Prints what happened in each round.
    #[arg(long)]
    show: bool,
    /// The build of `virtual-card`.
    #[arg(long)]
    virtual_card: PathBuf,
    /// Where the figures go as JSON.
    #[arg(long)]
    report: PathBuf,
}

/// What one lane says at its end.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct LaneReport {
    pub(crate) lane: usize,
    pub(crate) rounds: u64,
    pub(crate) readings: u64,
    pub(crate) events: u64,
    /// Cards that pcscd itself did not see until they were put in once more.
    pub(crate) unseen_by_pcscd: u64,
    pub(crate) slowest_removal_ms: u64,
    pub(crate) slowest_removal_round: u64,
    pub(crate) slowest_proof_ms: u64,
    pub(crate) threads: (u64, u64),
    pub(crate) files: (u64, u64),
    pub(crate) memory_kib: (u64, u64),
    /// What must not happen, with the round's number and step.
    pub(crate) violation: Option<String>,
}

#[derive(Serialize)]
struct Report<'run> {
    seed: u64,
    count: u64,
    seconds: u64,
    lanes: &'run [LaneReport],
}

/// The lane that plays a round.
pub(crate) fn lane_of(round: u64) -> usize {
    let hurried = LANES.iter().filter(|speed| **speed > 1).count() as u64;
    let natural = LANES.len() as u64 - hurried;
    let lane = match round % NATURAL_EVERY {
        0 => hurried + round / NATURAL_EVERY % natural,
        _ => round % hurried,
    };
    usize::try_from(lane).unwrap_or_default()
}

/// Plays all rounds and tells what was found.
pub(crate) fn run(arguments: &SoakArguments) -> Result<(), LoadError> {
    let begun = clock::now_ns();
    let mut lanes = Vec::new();
    for (number, speed) in LANES.iter().enumerate() {
        lanes.push(start_lane(arguments, number, *speed)?);
    }
    let mut reports = Vec::new();
    for lane in lanes {
        reports.push(lane.join().map_err(|_| LoadError::Own {
            what: "a lane's reader panicked",
        })??);
    }
    let seconds = (clock::now_ns() - begun) / 1_000_000_000;
    tell(arguments, &reports, seconds);
    crate::json::write(
        &arguments.report,
        &Report {
            seed: arguments.seed,
            count: arguments.count,
            seconds,
            lanes: &reports,
        },
    )?;
    let violations = reports
        .iter()
        .filter(|lane| lane.violation.is_some())
        .count();
    match violations {
        0 => Ok(()),
        _ => Err(LoadError::Violated { violations }),
    }
}

type Lane = std::thread::JoinHandle<Result<LaneReport, LoadError>>;

fn start_lane(arguments: &SoakArguments, number: usize, speed: u32) -> Result<Lane, LoadError> {
    let failed = |source| LoadError::Program {
        program: "a lane",
        source,
    };
    let program = std::env::current_exe().map_err(|error| failed(Some(error)))?;
    // No lane outlives the run, however it ends.
    let mut child = Command::new("setpriv")
        .args(["--pdeathsig", "KILL", "--"])
        .arg(program)
        .arg("soak-lane")
        .args(arguments.show.then_some("--show"))
        .args(["--seed", &arguments.seed.to_string()])
        .args(["--from", &arguments.from.to_string()])
        .args(["--count", &arguments.count.to_string()])
        .args(["--lane", &number.to_string(), "--speed", &speed.to_string()])
        .arg("--virtual-card")
        .arg(&arguments.virtual_card)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(Some(error)))?;
    let output = child.stdout.take().ok_or_else(|| failed(None))?;
    Ok(std::thread::spawn(move || {
        let mut report = None;
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            match serde_json::from_str::<LaneReport>(&line) {
                Ok(found) => report = Some(found),
                Err(_) => crate::say(&line),
            }
        }
        child.wait().map_err(|source| LoadError::Program {
            program: "a lane",
            source: Some(source),
        })?;
        report.ok_or(LoadError::Program {
            program: "a lane",
            source: None,
        })
    }))
}

#[expect(clippy::print_stdout, reason = "the table is what the program is for")]
fn tell(arguments: &SoakArguments, lanes: &[LaneReport], seconds: u64) {
    println!(
        "\n{:>4} {:>6} {:>7} {:>9} {:>8} {:>7} {:>11} {:>9} {:>9} {:>9} {:>15}",
        "lane",
        "speed",
        "faults",
        "readings",
        "events",
        "unseen",
        "removal ms",
        "proof ms",
        "threads",
        "files",
        "memory KiB"
    );
    for lane in lanes {
        let pair = |(before, after): (u64, u64)| format!("{before}>{after}");
        println!(
            "{:>4} {:>6} {:>7} {:>9} {:>8} {:>7} {:>11} {:>9} {:>9} {:>9} {:>15}",
            lane.lane,
            LANES[lane.lane],
            lane.rounds,
            lane.readings,
            lane.events,
            lane.unseen_by_pcscd,
            lane.slowest_removal_ms,
            lane.slowest_proof_ms,
            pair(lane.threads),
            pair(lane.files),
            pair(lane.memory_kib)
        );
    }
    let faults: u64 = lanes.iter().map(|lane| lane.rounds).sum();
    let readings: u64 = lanes.iter().map(|lane| lane.readings).sum();
    println!(
        "\nseed {}: {faults} faults, {readings} readings in {seconds} s",
        arguments.seed
    );
    for violation in lanes.iter().filter_map(|lane| lane.violation.as_deref()) {
        println!("VIOLATED     {violation}");
    }
    if lanes.iter().all(|lane| lane.violation.is_none()) {
        println!("HELD         no wrong person, no stuck state, no result after removal, no leak");
    }
}
