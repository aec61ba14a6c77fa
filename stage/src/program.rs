//! Where this workspace's programs and data lie.

use std::path::{Path, PathBuf};

use crate::Error;

/// Path of one of the workspace's programs: beside this one (`target/debug`), or one folder up when
/// this is a test (`target/debug/deps`).
///
/// # Errors
/// [`Error::ProgramMissing`] when it has not been built.
pub fn find(name: &'static str) -> Result<PathBuf, Error> {
    let myself = std::env::current_exe().map_err(Error::file("find", "this program"))?;
    myself
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
        .ok_or(Error::ProgramMissing { name })
}

/// Root of the workspace, where `assets` lies. The stage is a development tool: it runs where it
/// was built.
#[must_use]
pub fn workspace() -> &'static Path {
    let stage = Path::new(env!("CARGO_MANIFEST_DIR"));
    stage.parent().unwrap_or(stage)
}
