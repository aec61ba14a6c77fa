//! The table and the figures.

use serde::Serialize;

use super::insertions::Insertions;

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

/// A goal and what was measured against it.
#[derive(Debug, Serialize)]
pub(crate) struct Goal {
    pub(crate) goal: &'static str,
    pub(crate) figure: String,
    pub(crate) reached: bool,
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
    /// Wake-ups of the component a second, with a card in and without.
    pub(crate) wake_ups_per_s: (f64, f64),
    pub(crate) insertions: Insertions,
    pub(crate) goals: Vec<Goal>,
}

impl Report {
    /// Prints the table.
    #[expect(clippy::print_stdout, reason = "the table is what the program is for")]
    pub(crate) fn tell(&self) {
        println!(
            "\n{:10} {:52} {:>8} {:>10} {:>10} {:>8} {:>11}",
            "card", "SELECT and READ by", "samples", "p50 us", "p99 us", "by open", "by connect."
        );
        for line in &self.lines {
            println!(
                "{:10} {:52} {:>8} {:>10.0} {:>10.0} {:>8.2} {:>11.2}",
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
        let (with, without) = self.wake_ups_per_s;
        println!(
            "wake-ups a second while nothing happens: {with:.2} with a card in, {without:.2} without"
        );
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
        for goal in &self.goals {
            let word = if goal.reached {
                "REACHED"
            } else {
                "NOT REACHED"
            };
            println!("{word:12} {}: {}", goal.goal, goal.figure);
        }
    }
}
