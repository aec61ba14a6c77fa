//! Prints slips on a simulated printer under random faults, in virtual time, and judges what is on the
//! paper against what was said. Started by `cargo xtask soak printer`.

mod judge;
mod script;
mod stand;
mod terminal;

use std::num::NonZeroUsize;
use std::ops::Range;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::Parser;

use crate::judge::Tally;
use crate::script::Script;

/// Ten thousand random fault scripts by seed; the same seed, the same scripts, the same ends.
#[derive(Debug, Parser)]
#[command(name = "soak-printer")]
struct Cli {
    /// Chooses the scripts.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many scripts.
    #[arg(long, default_value_t = 10_000)]
    count: u64,
    /// The first one, to repeat a few.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Tell what happens in each.
    #[arg(long)]
    show: bool,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let numbers = cli.from..cli.from.saturating_add(cli.count);
    let tally = if cli.show {
        shown(cli.seed, numbers)
    } else {
        all(cli.seed, numbers)
    };
    say(&tally.to_string());
    for (number, wrong) in &tally.wrong {
        let again = format!("--seed {} --from {number} --count 1 --show", cli.seed);
        say(&format!("WRONG: script {number}: {wrong} (again: {again})"));
    }
    code(tally.wrong.is_empty())
}

/// Runs the scripts one by one and tells what happens.
fn shown(seed: u64, numbers: Range<u64>) -> Tally {
    let mut tally = Tally::default();
    for number in numbers {
        let script = Script::of(seed, number);
        say(&format!("script {number}: {script}"));
        tally.add(number, stand::run(&script, &mut |line| say(line)));
    }
    tally
}

fn code(good: bool) -> ExitCode {
    if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Runs the scripts on every core.
fn all(seed: u64, numbers: Range<u64>) -> Tally {
    let next = AtomicU64::new(numbers.start);
    let work = || {
        let mut tally = Tally::default();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= numbers.end {
                return tally;
            }
            let script = Script::of(seed, number);
            tally.add(number, stand::run(&script, &mut |_| {}));
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let mut whole = Tally::default();
        for worker in workers {
            match worker.join() {
                Ok(part) => whole.join(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        whole
    })
}

#[expect(
    clippy::print_stdout,
    reason = "what was found is told to whoever waits"
)]
fn say(line: &str) {
    println!("{line}");
}
