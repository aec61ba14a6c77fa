//! The table and the figures.

use serde::Serialize;

use super::idle::Idle;
use super::insertions::Insertions;
use crate::goal::{self, Goal};

/// What the component's lines are called.
pub(crate) const COMPONENT: &str = "the component's read";
/// Memory that grows by less over all insertions is flat.
const FLAT_KIB: u64 = 256;

/// One thing measured.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) card: &'static str,
    pub(crate) what: &'static str,
    pub(crate) samples: usize,
    pub(crate) p50_us: f64,
    pub(crate) p99_us: f64,
    /// Its median by that of the bare exchange on an open connection.
    pub(crate) by_open: f64,
    /// Its median by that of the bare exchange with a connection of its own.
    pub(crate) by_connected: f64,
}

/// Median and 99th percentile in microseconds.
pub(crate) fn percentiles_us(mut times_ns: Vec<u64>) -> (f64, f64) {
    times_ns.sort_unstable();
    let at = |percent: usize| {
        let place = (times_ns.len() * percent / 100).min(times_ns.len().saturating_sub(1));
        let time_ns = times_ns.get(place).copied().unwrap_or_default();
        std::time::Duration::from_nanos(time_ns).as_secs_f64() * 1e6
    };
    (at(50), at(99))
}

/// The whole run.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) lines: Vec<Line>,
    /// From the reader's having switched the card on to the event with the parsed record, milliseconds.
    pub(crate) switched_on_to_event_ms: (f64, f64),
    /// One command and its answer through pcscd, microseconds.
    pub(crate) round_trip_us: (f64, f64),
    /// The part of it that the virtual card takes, its line included.
    pub(crate) alone_us: (f64, f64),
    pub(crate) idle_with_card: Idle,
    pub(crate) idle_without: Idle,
    pub(crate) insertions: Insertions,
    pub(crate) goals: Vec<Goal>,
}

impl Report {
    /// Prints the table.
    #[expect(clippy::print_stdout, reason = "the table is what the program is for")]
    pub(crate) fn tell(&self) {
        println!(
            "\n{:14} {:52} {:>8} {:>10} {:>10} {:>8} {:>11}",
            "card", "SELECT and READ by", "samples", "p50 us", "p99 us", "by open", "by connect."
        );
        for line in &self.lines {
            println!(
                "{:14} {:52} {:>8} {:>10.0} {:>10.0} {:>8.2} {:>11.2}",
                line.card,
                line.what,
                line.samples,
                line.p50_us,
                line.p99_us,
                line.by_open,
                line.by_connected
            );
        }
        let (p50, p99) = self.round_trip_us;
        let (alone, _) = self.alone_us;
        println!(
            "\none APDU through pcscd and back: p50 {p50:.0} us, p99 {p99:.0} us; virtual-card's part {alone:.0} us"
        );
        let (p50, p99) = self.switched_on_to_event_ms;
        println!(
            "switched on by pcscd to the parsed record in an event: p50 {p50:.1} ms, p99 {p99:.1} ms"
        );
        for (what, idle) in [
            ("with a card in", &self.idle_with_card),
            ("without", &self.idle_without),
        ] {
            let by_thread = idle.switches_per_s.iter();
            let by_thread: Vec<String> = by_thread
                .map(|(name, count)| format!("{name} {count:.2}"))
                .collect();
            println!(
                "nothing happens, {what}: {:.2} wake-ups a second; sleeps a second, for answers too: {}",
                idle.wake_ups_per_s,
                by_thread.join(", ")
            );
        }
        let Insertions {
            count,
            speed,
            per_s,
            memory_kib,
            threads,
            files,
        } = &self.insertions;
        println!(
            "{count} insertions on a pcscd {speed} times as fast: {per_s:.0} a second, each read and removed"
        );
        println!(
            "threads {} > {}, files {} > {}",
            threads.0, threads.1, files.0, files.1
        );
        for (after, memory_kib) in memory_kib {
            println!("  after {after:>7} insertions {memory_kib:>7} KiB resident");
        }
        println!();
        goal::tell(&self.goals);
    }
}

/// What was to be reached.
pub(crate) fn goals(
    lines: &[Line],
    with_card: &Idle,
    without: &Idle,
    insertions: &Insertions,
) -> Vec<Goal> {
    let mut goals: Vec<Goal> = lines
        .iter()
        .filter(|line| line.what == COMPONENT)
        .map(|line| Goal {
            goal: "component's read at most 1.10 times the bare exchange on an open connection",
            figure: format!(
                "{:.2} times, a card that answers {}",
                line.by_open, line.card
            ),
            reached: line.by_open <= 1.10,
        })
        .collect();
    let (with_card, without) = (with_card.wake_ups_per_s, without.wake_ups_per_s);
    goals.push(Goal {
        goal: "one wake-up each two seconds while nothing happens",
        figure: format!("{with_card:.2}/s with a card in, {without:.2}/s without"),
        // The clocks of the sleeper and of the measure are not the same.
        reached: with_card <= 0.52 && without <= 0.52,
    });
    let memory: Vec<u64> = insertions.memory_kib.iter().map(|(_, kib)| *kib).collect();
    let first = memory.first().copied().unwrap_or_default();
    let last = memory.last().copied().unwrap_or_default();
    goals.push(Goal {
        goal: "memory flat over 100,000 insertions",
        figure: format!("{first} KiB > {last} KiB over {}", insertions.count),
        reached: insertions.count >= 100_000 && last <= first + FLAT_KIB,
    });
    goals
}
