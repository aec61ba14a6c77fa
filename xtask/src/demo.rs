//! `cargo xtask demo`: install, build, hand over to the stage.

use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::error::Error;
use crate::packages::{self, Purpose};
use crate::step;

/// Where the visits of `--headless` leave their pictures and the report.
const OUT: &str = "target/demo";

/// Does not come back when the demo begins: this process becomes the stage, so that Ctrl-C reaches
/// it directly and its exit status is the demo's.
///
/// # Errors
/// What keeps the demo from beginning.
pub(crate) fn run(headless: bool) -> Result<(), Error> {
    if !headless && !has_display() {
        return Err(Error::NoDisplay);
    }
    packages::install(if headless {
        Purpose::Headless
    } else {
        Purpose::Demo
    })?;
    step::command(
        "build",
        &mut step::cargo(&["build", "--workspace", "--bins"]),
    )?;
    let mut stage = Command::new("target/debug/stage");
    stage.args(["demo", "--out", OUT]);
    if headless {
        stage.arg("--headless");
    }
    Err(Error::Start {
        program: "target/debug/stage".to_owned(),
        source: stage.exec(),
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the edge: where the user's display is named"
)]
fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
