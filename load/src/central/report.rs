//! The table and the JSON file.

use serde::Serialize;

use super::phases::Measured;

/// One thing measured, beside pgbench doing the same one by one.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) what: &'static str,
    pub(crate) centre_per_s: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) pgbench_per_s: f64,
    pub(crate) ratio: f64,
}

impl Line {
    pub(crate) fn new(what: &'static str, measured: Measured, pgbench_per_s: f64) -> Self {
        Self {
            what,
            centre_per_s: measured.per_s,
            p50_ms: measured.p50_ms,
            p99_ms: measured.p99_ms,
            pgbench_per_s,
            ratio: measured.per_s / pgbench_per_s,
        }
    }
}

/// A goal and what was measured against it.
#[derive(Debug, Serialize)]
pub(crate) struct Goal {
    pub(crate) goal: String,
    pub(crate) figure: String,
    pub(crate) reached: bool,
}

/// The whole run.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) lines: Vec<Line>,
    pub(crate) goals: Vec<Goal>,
}

impl Report {
    /// Judges the lines.
    pub(crate) fn judged(
        lines: Vec<Line>,
        interactive: Measured,
        batch_ratio: f64,
        events_per_s: f64,
    ) -> Self {
        let goals = vec![
            Goal {
                goal: "interactive bookings over HTTP: 1,000/s at p99 < 250 ms".to_owned(),
                figure: format!(
                    "{:.0}/s at p99 {:.1} ms",
                    interactive.per_s, interactive.p99_ms
                ),
                reached: interactive.per_s >= 1000.0 && interactive.p99_ms < 250.0,
            },
            Goal {
                goal: "hot slot in batches: 10 times pgbench one by one".to_owned(),
                figure: format!("{batch_ratio:.1} times"),
                reached: batch_ratio >= 10.0,
            },
            Goal {
                goal: "outbox events over HTTP: 13,300/s".to_owned(),
                figure: format!("{events_per_s:.0}/s"),
                reached: events_per_s >= 13_300.0,
            },
        ];
        Self { lines, goals }
    }

    /// Prints the table.
    #[expect(clippy::print_stdout, reason = "the table is what the program is for")]
    pub(crate) fn tell(&self) {
        println!(
            "\n{:54} {:>10} {:>9} {:>9} {:>12} {:>7}",
            "measured", "centre/s", "p50 ms", "p99 ms", "pgbench/s", "ratio"
        );
        for line in &self.lines {
            println!(
                "{:54} {:>10.0} {:>9.1} {:>9.1} {:>12.0} {:>7.2}",
                line.what,
                line.centre_per_s,
                line.p50_ms,
                line.p99_ms,
                line.pgbench_per_s,
                line.ratio
            );
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
