//! Tools that come from crates.io, pinned.

use std::path::Path;
use std::process::Command;

use crate::error::Error;
use crate::step;

const CARGO_DENY: &str = "0.20.2";
/// Tools installed by this program; never in place of the person's own.
const FOLDER: &str = "target/tools";

/// A command that runs the pinned cargo-deny, installed when the machine has another or none.
///
/// # Errors
/// [`Error::Step`] when it cannot be built.
pub(crate) fn cargo_deny() -> Result<impl Fn() -> Command, Error> {
    let own = Path::new(FOLDER).join("bin/cargo-deny");
    let program = if is_pinned(Path::new("cargo-deny")) {
        Path::new("cargo-deny").to_owned()
    } else {
        if !is_pinned(&own) {
            let package = format!("cargo-deny@{CARGO_DENY}");
            step::command(
                "install cargo-deny",
                &mut step::cargo(&["install", "--locked", "--root", FOLDER, &package]),
            )?;
        }
        own
    };
    Ok(move || Command::new(&program))
}

fn is_pinned(program: &Path) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| {
            String::from_utf8_lossy(&output.stdout)
                .split_whitespace()
                .any(|word| word == CARGO_DENY)
        })
}
