//! What the scripted visits found, as one JSON file.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::Error;

/// The outcome of a run.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Whether every visit passed.
    pub passed: bool,
    /// From the first part started to the first screen, in seconds.
    pub start_s: f64,
    /// The visits in the order they were made; the first failure ends the run.
    pub visits: Vec<VisitReport>,
    /// What held over all of them together, as [`crate::invariants`] lists it.
    pub invariants: Vec<String>,
}

/// The outcome of one visit.
#[derive(Debug, Clone, Serialize)]
pub struct VisitReport {
    /// `a` to `f`.
    pub id: &'static str,
    /// What was to be shown.
    pub title: &'static str,
    /// Whether it was.
    pub passed: bool,
    /// How long it took, in seconds.
    pub duration_s: f64,
    /// What was checked and held, in order.
    pub checks: Vec<String>,
    /// Why not, in one line.
    pub failure: Option<String>,
    /// Screenshots, relative to the report.
    pub pictures: Vec<PathBuf>,
    /// Slips printed during it, relative to the report.
    pub slips: Vec<PathBuf>,
}

impl Report {
    /// Writes the report as `report.json` into a folder, all paths relative to it.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Unreadable`].
    pub fn write(&self, folder: &Path) -> Result<(), Error> {
        let mut report = self.clone();
        for visit in &mut report.visits {
            for path in visit.pictures.iter_mut().chain(&mut visit.slips) {
                if let Ok(relative) = path.strip_prefix(folder) {
                    *path = relative.to_owned();
                }
            }
        }
        let path = folder.join("report.json");
        let text = serde_json::to_vec_pretty(&report).map_err(|source| Error::Unreadable {
            part: "the report",
            source,
        })?;
        std::fs::write(&path, text).map_err(Error::file("write", &path))
    }
}
