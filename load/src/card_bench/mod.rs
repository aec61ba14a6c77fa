//! The component beside the bare exchange and pyscard, interleaved on one pcscd with one virtual card.
//! Started by `cargo xtask bench card`.

mod alone;
mod bare;
mod component;
mod idle;
mod insertions;
mod python;
mod report;

use std::path::PathBuf;
use std::time::Duration;

use self::bare::Bare;
use self::component::Watching;
use self::idle::Idle;
use self::python::Python;
use self::report::{COMPONENT, Line, Report, goals, percentiles_us};
use crate::error::LoadError;
use crate::readers::clock;
use crate::readers::service::{PATIENCE, Service};
use crate::readers::slot::Slot;
use crate::readers::witness::{self, Sight};
use crate::say;

/// Samples taken of each in turn.
const BLOCK: usize = 10;
/// A T=1 card at 115,200 baud that thinks for 2 ms.
const REAL_PACE: &str = "insert latency_ms=2 line_bytes_per_s=11520";
const IDLE_FOR: Duration = Duration::from_secs(60);
const NOTICED: usize = 40;

/// Measures the card component.
#[derive(Debug, clap::Args)]
pub(crate) struct CardArguments {
    /// The release build of `virtual-card`.
    #[arg(long)]
    virtual_card: PathBuf,
    /// How often a card is put in for the memory's sake.
    #[arg(long, default_value_t = 100_000)]
    insertions: u32,
    /// How much faster pcscd's time passes meanwhile: it polls its readers every 400 ms of its own time.
    #[arg(long, default_value_t = 1000)]
    speed: u32,
    /// Where the figures go as JSON.
    #[arg(long)]
    report: PathBuf,
}

/// Measures inside namespaces of its own, and tells.
pub(crate) fn run(arguments: &CardArguments) -> Result<(), LoadError> {
    let own = std::env::args_os().skip(1);
    match stage::namespace::enter(own).map_err(|source| LoadError::World { source })? {
        stage::namespace::Side::Outside(0) => Ok(()),
        stage::namespace::Side::Outside(_) => Err(LoadError::Program {
            program: "the measuring",
            source: None,
        }),
        stage::namespace::Side::Inside => {
            let report = measure(arguments)?;
            report.tell();
            crate::json::write(&arguments.report, &report)
        }
    }
}

fn measure(arguments: &CardArguments) -> Result<Report, LoadError> {
    let folder = tempfile::tempdir().map_err(|source| LoadError::File {
        action: "made",
        source,
    })?;
    let program = arguments.virtual_card.as_path();
    let mut service = Service::new(1, folder.path())?;
    service.start()?;
    let mut slot = Slot::start(program, 0, folder.path())?;

    say("SELECT and READ, a card that answers at once …");
    let (mut lines, round_trips_ns) = exchanges(&mut slot, "insert", "at once", 60)?;
    say("SELECT and READ, a card at a real pace …");
    lines.extend(exchanges(&mut slot, REAL_PACE, "at a real pace", 30)?.0);
    let alone_ns = alone::round_trips_ns(program, 1000)?;
    say("from switched on to the event …");
    let noticed_ns = noticed(&mut slot)?;
    say("a minute with a card in, and one without …");
    let (with_card, without) = idle(&mut slot)?;
    drop((slot, service));
    say("many insertions …");
    let insertions = insertions::measure(
        program,
        folder.path(),
        arguments.insertions,
        arguments.speed,
    )?;

    let (p50, p99) = percentiles_us(noticed_ns);
    let goals = goals(&lines, &with_card, &without, &insertions);
    Ok(Report {
        lines,
        switched_on_to_event_ms: (p50 / 1e3, p99 / 1e3),
        round_trip_us: percentiles_us(round_trips_ns),
        alone_us: percentiles_us(alone_ns),
        idle_with_card: with_card,
        idle_without: without,
        insertions,
        goals,
    })
}

/// All five ways in turn, so many blocks of each; and single commands.
fn exchanges(
    slot: &mut Slot,
    insert: &str,
    card: &'static str,
    blocks: usize,
) -> Result<(Vec<Line>, Vec<u64>), LoadError> {
    slot.forget();
    slot.order(insert)?;
    wait_for(slot, "inserted")?;
    let mut bare = Bare::connect()?;
    let mut python = Python::start()?;
    let mut lane = component::lane()?;
    let mut times: [Vec<u64>; 6] = Default::default();
    for _ in 0..blocks {
        for _ in 0..BLOCK {
            times[0].push(bare.exchange_ns()?);
        }
        for _ in 0..BLOCK {
            times[1].push(bare.connected_ns()?);
        }
        for _ in 0..BLOCK {
            times[2].push(component::reading_ns(&mut lane)?);
        }
        times[3].extend(python.exchanges_ns(BLOCK)?);
        times[4].extend(python.connected_ns(BLOCK)?);
        for _ in 0..BLOCK {
            times[5].push(bare.round_trip_ns()?);
        }
    }
    drop((bare, python, lane));
    slot.order("pull")?;
    clock::until(PATIENCE, || witness::look(0) == Sight::Empty);
    let [
        open,
        connected,
        component,
        python_open,
        python_connected,
        single,
    ] = times;
    let samples = blocks * BLOCK;
    let (limit, _) = percentiles_us(open.clone());
    let (connected_limit, _) = percentiles_us(connected.clone());
    let line = |what, times_ns| {
        let (p50_us, p99_us) = percentiles_us(times_ns);
        Line {
            card,
            what,
            samples,
            p50_us,
            p99_us,
            by_open: p50_us / limit,
            by_connected: p50_us / connected_limit,
        }
    };
    let lines = vec![
        line("bare, on an open connection (the limit)", open),
        line("bare, connect, transaction, disconnect", connected),
        line(COMPONENT, component),
        line("pyscard, on an open connection", python_open),
        line(
            "pyscard, connect, transaction, disconnect",
            python_connected,
        ),
    ];
    Ok((lines, single))
}

fn noticed(slot: &mut Slot) -> Result<Vec<u64>, LoadError> {
    let mut watching = Watching::start()?;
    let mut times_ns = Vec::new();
    for _ in 0..NOTICED {
        slot.forget();
        slot.order("insert")?;
        let read_ns = watching.read_ns()?;
        let on_ns = wait_for(slot, "inserted")?;
        times_ns.push(read_ns.saturating_sub(on_ns));
        slot.order("pull")?;
        watching.removed()?;
    }
    Ok(times_ns)
}

fn idle(slot: &mut Slot) -> Result<(Idle, Idle), LoadError> {
    let mut watching = Watching::start()?;
    slot.order("insert")?;
    watching.read_ns()?;
    let with = Idle::watch(IDLE_FOR);
    slot.order("pull")?;
    watching.removed()?;
    Ok((with, Idle::watch(IDLE_FOR)))
}

/// When the slot last told this.
fn wait_for(slot: &Slot, words: &str) -> Result<u64, LoadError> {
    let mut at_ns = None;
    clock::until(PATIENCE, || {
        let told = slot.told();
        at_ns = told
            .iter()
            .rev()
            .find(|told| told.words == words)
            .map(|told| told.at_ns);
        at_ns.is_some()
    });
    at_ns.ok_or(LoadError::Own {
        what: "the virtual card was not switched on",
    })
}
