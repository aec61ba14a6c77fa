//! The table and the figures.

use std::time::Duration;

use serde::Serialize;

use crate::goal::{self, Goal};

/// One slip.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) slip: &'static str,
    pub(crate) language: &'static str,
    pub(crate) bytes: usize,
    /// Its characters and codes alone.
    pub(crate) least: usize,
    /// By `python-escpos` as one image.
    pub(crate) image: usize,
    /// Processor time to compose it, fonts loaded and glyphs drawn before.
    pub(crate) compose_p50_ms: f64,
    pub(crate) compose_p99_ms: f64,
}

/// From "yes" to the first byte that makes a dot.
#[derive(Debug, Serialize)]
pub(crate) struct FirstDot {
    pub(crate) samples: usize,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    /// Bytes of the slip that go over the line before it.
    pub(crate) bytes_before: usize,
}

/// The whole run.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) lines: Vec<Line>,
    pub(crate) first_dot: FirstDot,
    pub(crate) goals: Vec<Goal>,
}

/// Nanoseconds for people.
pub(crate) fn milliseconds(time_ns: u64) -> f64 {
    Duration::from_nanos(time_ns).as_secs_f64() * 1e3
}

/// Seconds on a line with a start and a stop bit.
fn line_s(bytes: usize, baud: u32) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) * 10.0 / f64::from(baud)
}

fn ratio(one: usize, other: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(one) / number(other.max(1))
}

impl Report {
    /// Prints the table.
    #[expect(clippy::print_stdout, reason = "the table is what the program is for")]
    pub(crate) fn tell(&self) {
        println!(
            "\n{:12} {:6} {:>7} {:>7} {:>8} {:>8} {:>7} {:>9} {:>9} {:>9} {:>9} {:>8} {:>8}",
            "slip",
            "lang.",
            "bytes",
            "least",
            "by least",
            "image",
            "1/image",
            "s@19200",
            "s@115200",
            "im@19200",
            "im@115200",
            "p50 cpu",
            "p99 cpu"
        );
        for line in &self.lines {
            println!(
                "{:12} {:6} {:>7} {:>7} {:>8.2} {:>8} {:>7.0} {:>9.2} {:>9.2} {:>9.1} {:>9.1} {:>8.2} {:>8.2}",
                line.slip,
                line.language,
                line.bytes,
                line.least,
                ratio(line.bytes, line.least),
                line.image,
                ratio(line.image, line.bytes),
                line_s(line.bytes, 19_200),
                line_s(line.bytes, 115_200),
                line_s(line.image, 19_200),
                line_s(line.image, 115_200),
                line.compose_p50_ms,
                line.compose_p99_ms,
            );
        }
        let dot = &self.first_dot;
        println!(
            "\nfrom \"yes\" to the first dot on the line, pickup slip, {} times: p50 {:.1} ms, p99 {:.1} ms; \
             {} bytes go before it ({:.1} ms at 19,200 baud)",
            dot.samples,
            dot.p50_ms,
            dot.p99_ms,
            dot.bytes_before,
            line_s(dot.bytes_before, 19_200) * 1e3
        );
        println!();
        goal::tell(&self.goals);
    }
}
