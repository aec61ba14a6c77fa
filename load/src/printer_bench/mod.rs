//! Every slip in bytes and line time, beside the same slip by `python-escpos` as one image and beside
//! the least it could be; the time to compose it; the time to the first dot. Started by
//! `cargo xtask bench printer`.

mod first_dot;
mod image;
mod least;
mod report;

use std::path::PathBuf;

use printer::slip::{Kind, compose, sample};
use printer::text::Typesetter;
use printer::{Profile, emit, preview, raster, set};
use rustix::time::{ClockId, clock_gettime};
use wording::{Language, Wording};

use self::report::{Line, Report};
use crate::error::LoadError;
use crate::goal::Goal;
use crate::say;

/// How often each slip is composed.
const COMPOSED: usize = 300;

/// Measures the slips.
#[derive(Debug, clap::Args)]
pub(crate) struct PrinterArguments {
    /// A Python that has python-escpos.
    #[arg(long)]
    python: PathBuf,
    /// How often the time to the first dot is taken.
    #[arg(long, default_value_t = 40)]
    first_dots: usize,
    /// Where the figures go as JSON.
    #[arg(long)]
    report: PathBuf,
}

/// Measures, and tells.
pub(crate) fn run(arguments: &PrinterArguments) -> Result<(), LoadError> {
    let profile = Profile::default();
    let mut typesetter = Typesetter::load().map_err(printer)?;
    let mut lines = Vec::new();
    for language in Language::ALL {
        say(&format!("slips in {} …", language.own_name()));
        for kind in Kind::ALL {
            lines.push(measured(
                kind,
                language,
                &profile,
                &mut typesetter,
                &arguments.python,
            )?);
        }
    }
    say("from \"yes\" to the first dot …");
    let first_dot = first_dot::measure(&profile, arguments.first_dots)?;
    let goals = goals(&lines, first_dot.p99_ms);
    let report = Report {
        lines,
        first_dot,
        goals,
    };
    report.tell();
    crate::json::write(&arguments.report, &report)
}

fn measured(
    kind: Kind,
    language: Language,
    profile: &Profile,
    typesetter: &mut Typesetter,
    python: &std::path::Path,
) -> Result<Line, LoadError> {
    let own = LoadError::Own {
        what: "a sample slip",
    };
    let slip = sample(kind, 0).ok_or(own)?;
    let words = Wording::load(language).map_err(|_| LoadError::Own { what: "the words" })?;
    let mut bytes = 0;
    let mut times_ns = Vec::with_capacity(COMPOSED);
    for _ in 0..COMPOSED {
        let start_ns = processor_ns();
        let page = compose(&slip, &words, profile.width());
        let pieces = emit::pieces(&page, profile, typesetter).map_err(printer)?;
        times_ns.push(processor_ns() - start_ns);
        bytes = pieces.iter().map(Vec::len).sum();
    }
    let page = compose(&slip, &words, profile.width());
    let sheet = set::set(&page, profile, typesetter).map_err(printer)?;
    let picture = raster::picture(&sheet, typesetter).map_err(printer)?;
    let folder = tempfile::tempdir().map_err(|source| LoadError::File {
        action: "made",
        source,
    })?;
    let path = folder.path().join("slip.png");
    preview::write_png(&picture, &path).map_err(|source| LoadError::File {
        action: "written",
        source,
    })?;
    times_ns.sort_unstable();
    let at = |percent: usize| {
        let time_ns = times_ns.get(times_ns.len() * percent / 100).copied();
        report::milliseconds(time_ns.unwrap_or_default())
    };
    Ok(Line {
        slip: kind.name(),
        language: language.tag(),
        bytes,
        least: least::bytes(&page),
        image: image::bytes(python, &path)?,
        compose_p50_ms: at(50),
        compose_p99_ms: at(99),
    })
}

fn goals(lines: &[Line], first_dot_ms: f64) -> Vec<Goal> {
    let pickup = lines
        .iter()
        .find(|line| line.slip == Kind::Pickup.name() && line.language == "zh-TW");
    let (bytes, image) = pickup.map_or((usize::MAX, 0), |line| (line.bytes, line.image));
    let slowest = |language: fn(&str) -> bool| {
        let lines = lines.iter().filter(|line| language(line.language));
        lines.map(|line| line.compose_p99_ms).fold(0.0, f64::max)
    };
    let (chinese, all) = (slowest(|tag| tag == "zh-TW"), slowest(|_| true));
    vec![
        Goal {
            goal: "pickup slip in at most 2,000 bytes",
            figure: format!("{bytes} bytes"),
            reached: bytes <= 2000,
        },
        Goal {
            goal: "pickup slip in at most 1/20 of the image",
            figure: format!("1/{}", image / bytes.max(1)),
            reached: bytes.saturating_mul(20) <= image,
        },
        Goal {
            goal: "composing in at most 5 ms of processor time, in Chinese (p99 of the slowest slip)",
            figure: format!("{chinese:.2} ms"),
            reached: chinese <= 5.0,
        },
        Goal {
            goal: "composing in at most 5 ms of processor time, in any language (p99 of the slowest slip)",
            figure: format!("{all:.2} ms"),
            reached: all <= 5.0,
        },
        Goal {
            goal: "first dot at most 100 ms after \"yes\" (p99)",
            figure: format!("{first_dot_ms:.1} ms"),
            reached: first_dot_ms <= 100.0,
        },
    ]
}

/// The processor time of this thread: what else this machine does is not the slip's.
fn processor_ns() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let time = std::time::Duration::try_from(time).unwrap_or_default();
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

fn printer(source: printer::Error) -> LoadError {
    LoadError::Printer { source }
}
