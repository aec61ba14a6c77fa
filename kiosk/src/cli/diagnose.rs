//! `kiosk diagnose`: all tests that need no human, and whether the terminal is fit for service.

use clap::ValueEnum as _;
use serde::Serialize;

use super::health::{Part, test};
use super::output::show;
use super::{ConfigArgument, Verdict, clock};
use crate::error::KioskError;

#[derive(Debug, clap::Args)]
pub(super) struct DiagnoseArguments {
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Only these parts
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PART,…")]
    only: Vec<Part>,
    #[command(flatten)]
    config: ConfigArgument,
}

#[derive(Serialize)]
struct Report {
    fit: bool,
    version: &'static str,
    at: jiff::Timestamp,
    tests: Vec<TestDocument>,
}

#[derive(Serialize)]
struct TestDocument {
    part: Part,
    result: &'static str,
    detail: String,
    took_ms: u64,
}

pub(super) fn run(arguments: &DiagnoseArguments) -> Result<Verdict, KioskError> {
    let config = arguments.config.load()?;
    let clock = clock(&config);
    let parts = if arguments.only.is_empty() {
        Part::value_variants()
    } else {
        &arguments.only
    };
    let mut tests = Vec::with_capacity(parts.len());
    for &part in parts {
        let began = clock.moment().monotonic_ms;
        let finding = test(part, &config);
        tests.push(TestDocument {
            part,
            result: if finding.fit { "pass" } else { "fail" },
            detail: finding.detail,
            took_ms: clock.moment().monotonic_ms.saturating_sub(began),
        });
    }
    let report = Report {
        fit: tests.iter().all(|test| test.result == "pass"),
        version: env!("CARGO_PKG_VERSION"),
        at: clock.now(),
        tests,
    };
    show(arguments.json, &report, |report| {
        report.tests.iter().map(line).collect()
    })?;
    Ok(Verdict::of(report.fit))
}

fn line(test: &TestDocument) -> String {
    let name = test
        .part
        .to_possible_value()
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default();
    format!(
        "{:<8} {:<4} {} ({} ms)",
        name, test.result, test.detail, test.took_ms
    )
}
