//! The visits the demonstration makes and the journeys test.
//!
//! `a` to `f` are the demonstration. `g` to `j` are the bad input of every day and masks by number:
//! they take longer than all the others, so they are made by the tests, or when asked for:
//! `--visits g,h,i,j`.

mod after_outage;
mod bad_cards;
mod by_number;
mod cast;
mod line_cut;
mod lying_centre;
mod no_printer;
mod online;
mod paper_out;
mod power_cut;
mod records;
mod steps;
mod wrong_card;

use std::path::Path;

use crate::Error;
use crate::display::Size;
use crate::invariants;
use crate::report::{Report, VisitReport};
use crate::scene::Scene;
use crate::wait::Stopwatch;
use crate::world::{Plan, World};

/// One visit.
#[derive(Debug, Clone, Copy)]
pub struct Visit {
    /// `a` to `j`.
    pub id: &'static str,
    /// What it shows.
    pub title: &'static str,
    /// Whether the demonstration makes it without being asked for it.
    pub in_demo: bool,
    make: fn(&mut Scene<'_>) -> Result<(), Error>,
}

/// All visits. Each begins and ends at the idle screen with the line open, but for `b`, which
/// leaves the line cut and its work undone for `c`.
pub const VISITS: [Visit; 10] = [
    Visit {
        id: "a",
        title: "willingness and booking online: a confirmed slip",
        in_demo: true,
        make: online::visit,
    },
    Visit {
        id: "b",
        title: "line cut: mask slip printed, booking pending",
        in_demo: true,
        make: line_cut::visit,
    },
    Visit {
        id: "c",
        title: "line back: outbox empty, each operation once, the pending one answered",
        in_demo: true,
        make: after_outage::visit,
    },
    Visit {
        id: "d",
        title: "a bank card: named, and a way out",
        in_demo: true,
        make: wrong_card::visit,
    },
    Visit {
        id: "e",
        title: "paper out during a print: the booking stands, one slip more, marked",
        in_demo: true,
        make: paper_out::visit,
    },
    Visit {
        id: "f",
        title: "killed in the middle of a commit: nothing lost, nothing twice",
        in_demo: true,
        make: power_cut::visit,
    },
    Visit {
        id: "g",
        title: "cards that cannot be served: named, nothing happened, a way out",
        in_demo: false,
        make: bad_cards::visit,
    },
    Visit {
        id: "h",
        title: "a lying centre: pending and not marked done, applied once by the true one",
        in_demo: false,
        make: lying_centre::visit,
    },
    Visit {
        id: "i",
        title: "no printer: said before and after, the booking stands, printed another day",
        in_demo: false,
        make: no_printer::visit,
    },
    Visit {
        id: "j",
        title: "masks by number and data, the line cut: one slip, a marked copy, one operation",
        in_demo: false,
        make: by_number::visit,
    },
];

/// Starts a world in `folder` and makes the visits named in `ids`, in order, until one fails.
/// Pictures, slips, logs and `report.json` are left there. Call inside
/// [`crate::namespace::enter`].
///
/// # Errors
/// Those of starting the world; [`Error::ToldToEnd`]. A failed visit is in the report.
pub fn run(folder: &Path, ids: &[&str]) -> Result<Report, Error> {
    let clock = Stopwatch::start();
    let pictures = folder.join("screens");
    std::fs::create_dir_all(&pictures).map_err(Error::file("make", &pictures))?;
    let plan = Plan {
        folder: folder.to_owned(),
        panel: Size::PORTRAIT,
        headless: true,
    };
    let mut world = World::start(&plan)?;
    let start_s = clock.passed().as_secs_f64();
    let mut report = Report {
        passed: true,
        start_s,
        visits: Vec::new(),
        invariants: Vec::new(),
    };
    for visit in VISITS.iter().filter(|visit| ids.contains(&visit.id)) {
        let made = make(visit, &mut world, &pictures)?;
        report.passed &= made.passed;
        report.visits.push(made);
        if !report.passed {
            break;
        }
    }
    if report.passed {
        match invariants::check(&world, folder) {
            Ok(held) => report.invariants = held,
            Err(error) => {
                report.passed = false;
                report.write(folder)?;
                return Err(error);
            }
        }
    }
    report.write(folder)?;
    Ok(report)
}

fn make(visit: &Visit, world: &mut World, pictures: &Path) -> Result<VisitReport, Error> {
    tracing::info!(visit = visit.id, title = visit.title, "begins");
    let clock = Stopwatch::start();
    let slips_before = world.printer.slips()?.len();
    let mut scene = Scene::new(world, pictures.to_owned(), visit.id)?;
    let outcome = (visit.make)(&mut scene);
    let failure = match outcome {
        Ok(()) => None,
        Err(Error::ToldToEnd) => return Err(Error::ToldToEnd),
        Err(error) => {
            // What the screen showed says more than any message; the failure is told anyway.
            let _ = scene.picture("failed");
            Some(error.with_causes())
        }
    };
    let (seen, checks) = scene.ends();
    let slips = world.printer.slips()?.split_off(slips_before);
    tracing::info!(visit = visit.id, passed = failure.is_none(), "ends");
    Ok(VisitReport {
        id: visit.id,
        title: visit.title,
        passed: failure.is_none(),
        duration_s: clock.passed().as_secs_f64(),
        checks,
        failure,
        pictures: seen,
        slips,
    })
}
