//! The centre over HTTP beside pgbench, on one PostgreSQL, with the load on the same machine.
//! Started by `cargo xtask bench central`.

mod cluster;
mod pgbench;
mod phases;
mod report;
mod terminal;
mod world;

use std::path::PathBuf;

use self::pgbench::Script;
use self::phases::{Phase, Sent};
use self::report::{Line, Report};
use self::world::{SLOTS, World};
use crate::error::LoadError;
use crate::say;

/// Measures the centre beside pgbench.
#[derive(Debug, clap::Args)]
pub(crate) struct CentralArguments {
    /// The release build of `central`.
    #[arg(long)]
    central: PathBuf,
    /// Where the figures go as JSON.
    #[arg(long)]
    report: PathBuf,
}

/// People of one phase, none of whom acts in another.
struct People {
    next: u32,
}

impl People {
    fn take(&mut self, count: u32) -> (u32, u32) {
        let first = self.next;
        self.next += count;
        (first, count)
    }
}

/// Measures and tells.
pub(crate) async fn run(cli: CentralArguments) -> Result<(), LoadError> {
    const PEOPLE: u32 = 370_000;
    const TERMINALS: u32 = 64;
    let [by_pgbench, interactive, batch] = SLOTS;
    say("seeding 12,000 sites and 370,000 people …");
    let world = World::start(&cli.central, PEOPLE).await?;
    let mut people = People { next: 0 };
    let mut pgbench = |site: &str, clients: u32, count: u32| {
        let (first, count) = people.take(count);
        Script::booking(site, by_pgbench, clients, first, count).run(&world.cluster)
    };

    say("pgbench: bookings one by one …");
    let hot = pgbench("'site-00000'", 8, 60_000)?;
    let hot_alone = pgbench("'site-00000'", 1, 20_000)?;
    let any_site = "'site-' || lpad(((:n)::integer % 12000)::text, 5, '0')";
    let spread = pgbench(any_site, 8, 80_000)?;
    let events = Script::event(8, 0, 80_000).run(&world.cluster)?;

    say("the centre: bookings one at a time …");
    let (first, count) = people.take(10_000);
    let slot = Sent::Hot { slot: interactive };
    let alone = Phase::interactive(slot, 1, first, count)
        .run(&world)
        .await?;
    say("the centre: bookings of many terminals on one hot slot …");
    let (first, count) = people.take(50_000);
    let gathered = Phase::interactive(slot, TERMINALS, first, count)
        .run(&world)
        .await?;
    say("the centre: bookings of many terminals over 12,000 sites …");
    let (first, count) = people.take(50_000);
    let slot = Sent::Spread { slot: interactive };
    let over_sites = Phase::interactive(slot, TERMINALS, first, count)
        .run(&world)
        .await?;
    say("the centre: bookings in batches on one hot slot …");
    let (first, count) = people.take(100_000);
    let batches = Phase::backlog(Sent::Hot { slot: batch }, first, count)
        .run(&world)
        .await?;
    say("the centre: outbox events in batches …");
    let outbox = Phase::backlog(Sent::Willingness, 0, 80_000)
        .run(&world)
        .await?;
    drop(world);

    let lines = vec![
        Line::new(
            "bookings, hot slot, one terminal, one at a time",
            alone,
            hot_alone,
        ),
        Line::new("bookings, hot slot, 64 terminals, gathered", gathered, hot),
        Line::new(
            "bookings, 12,000 sites, 64 terminals, gathered",
            over_sites,
            spread,
        ),
        Line::new("bookings, hot slot, batches of 500", batches, hot),
        Line::new("outbox events, batches of 500", outbox, events),
    ];
    let slower = if gathered.per_s < over_sites.per_s {
        gathered
    } else {
        over_sites
    };
    let report = Report::judged(lines, slower, batches.per_s / hot, outbox.per_s);
    report.tell();
    crate::json::write(&cli.report, &report)
}
