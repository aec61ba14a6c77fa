//! One lane: a world of its own, in which its share of the rounds is played one after the other.

use std::path::PathBuf;

use crate::error::LoadError;
use crate::readers::clock::{self, until};
use crate::readers::service::{PATIENCE, Service};
use crate::readers::slot::Slot;
use crate::soak::leak::Held;
use crate::soak::oracle::{self, Violation};
use crate::soak::play::Stage;
use crate::soak::script::Round;
use crate::soak::watch::Watch;
use crate::soak::{LaneReport, lane_of, people};

/// So many rounds of a lane are played before what it holds is taken as the measure.
const WARM_ROUNDS: u64 = 20;

/// A lane's share.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct LaneArguments {
    #[arg(long)]
    seed: u64,
    #[arg(long)]
    from: u64,
    #[arg(long)]
    count: u64,
    #[arg(long)]
    lane: usize,
    #[arg(long)]
    speed: u32,
    #[arg(long)]
    show: bool,
    #[arg(long)]
    virtual_card: PathBuf,
}

/// Plays the lane inside namespaces of its own and writes its report as one line of JSON.
pub(crate) fn run(arguments: &LaneArguments) -> Result<(), LoadError> {
    let own = std::env::args_os().skip(1);
    match stage::namespace::enter(own).map_err(|source| LoadError::World { source })? {
        stage::namespace::Side::Outside(0) => Ok(()),
        stage::namespace::Side::Outside(_) => Err(LoadError::Program {
            program: "a lane",
            source: None,
        }),
        stage::namespace::Side::Inside => {
            let report = play(arguments)?;
            let line =
                serde_json::to_string(&report).map_err(|source| LoadError::Json { source })?;
            crate::say(&line);
            Ok(())
        }
    }
}

fn play(arguments: &LaneArguments) -> Result<LaneReport, LoadError> {
    let folder = tempfile::tempdir().map_err(|source| LoadError::File {
        action: "made",
        source,
    })?;
    people::write(folder.path())?;
    let mut service = Service::new(arguments.speed, folder.path())?;
    service.start()?;
    let slot = |number| Slot::start(&arguments.virtual_card, number, folder.path());
    let mut stage = Stage {
        service,
        slots: [slot(0)?, slot(1)?],
        watches: [Watch::start(0)?, Watch::start(1)?],
        folder: folder.path().to_owned(),
        unseen: 0,
    };
    let mut report = LaneReport {
        lane: arguments.lane,
        ..LaneReport::default()
    };
    let mut warm = Held::now();
    for number in arguments.from..arguments.from + arguments.count {
        if lane_of(number) != arguments.lane || stage::wait::told_to_end() {
            continue;
        }
        let round = Round::draw(arguments.seed, number);
        let outcome = round_trip(&mut stage, &round, &mut report)?;
        if arguments.show {
            crate::say(&format!("{round:?}{}", protocol(&stage)));
        }
        if let Err(violation) = outcome {
            report.violation = Some(tell(arguments, &round, violation, &stage));
            return Ok(report);
        }
        stage.forget();
        if report.rounds <= WARM_ROUNDS {
            // A reader's lane is closed while pcscd is away and opened by the next card, so that a round may
            // end with one thread less than there can be.
            warm = warm.or_more(Held::now());
        }
    }
    // A thread whose card was pulled needs a moment to end.
    until(PATIENCE, || Held::now().check_since(warm).is_ok());
    let held = Held::now();
    report.threads = (warm.threads, held.threads);
    report.files = (warm.files, held.files);
    report.memory_kib = (warm.memory_kib, held.memory_kib);
    report.unseen_by_pcscd = stage.unseen;
    if report.rounds > WARM_ROUNDS
        && let Err(violation) = held.check_since(warm)
    {
        report.violation = Some(format!("lane {}: {violation}", arguments.lane));
    }
    Ok(report)
}

fn round_trip(
    stage: &mut Stage,
    round: &Round,
    report: &mut LaneReport,
) -> Result<Result<(), Violation>, LoadError> {
    stage.play(round)?;
    let proof_begun = clock::now_ns();
    let proof = stage.prove(round)?;
    let proof_ms = (clock::now_ns() - proof_begun) / 1_000_000;
    report.rounds += 1;
    report.slowest_proof_ms = report.slowest_proof_ms.max(proof_ms);
    for (slot, watch) in stage.slots.iter().zip(&stage.watches) {
        let said = watch.said();
        report.events += said.len() as u64;
        match oracle::judge(&slot.told(), &said) {
            Ok(found) => {
                report.readings += found.readings;
                if found.slowest_removal_ms > report.slowest_removal_ms {
                    report.slowest_removal_ms = found.slowest_removal_ms;
                    report.slowest_removal_round = round.number;
                }
            }
            Err(violation) => return Ok(Err(violation)),
        }
    }
    Ok(proof)
}

/// The violation with all that is needed to see it again, and what led to it.
fn tell(arguments: &LaneArguments, round: &Round, violation: Violation, stage: &Stage) -> String {
    let LaneArguments {
        seed, lane, speed, ..
    } = arguments;
    format!(
        "{violation}: lane {lane} (speed {speed}), {round:?}; again with \
         `cargo xtask soak card --seed {seed} --from {} --count 1`{}",
        round.number,
        protocol(stage)
    )
}

/// What happened in each slot and what the component said of it, in order, in seconds.
fn protocol(stage: &Stage) -> String {
    let mut text = String::new();
    for (slot, watch) in stage.slots.iter().zip(&stage.watches) {
        let told = slot.told().into_iter();
        let mut lines: Vec<(u64, String)> = told.map(|told| (told.at_ns, told.words)).collect();
        let said = watch.said().into_iter();
        lines.extend(said.map(|(at_ns, said)| (at_ns, format!("    said {said:?}"))));
        lines.sort();
        for (at_ns, words) in lines {
            let (seconds, rest_ns) = (at_ns / 1_000_000_000, at_ns % 1_000_000_000);
            text.push_str(&format!(
                "\n  {seconds:>8}.{:03} {words}",
                rest_ns / 1_000_000
            ));
        }
        text.push_str("\n  --");
    }
    text
}
