//! Tools that come from crates.io and PyPI, pinned.

use std::path::Path;
use std::process::Command;

use crate::error::Error;
use crate::step;

const CARGO_DENY: &str = "0.20.2";
const SCHEMATHESIS: &str = "4.32.5";
const SCHEMATHESIS_PACKAGES: &str = "xtask/schemathesis.txt";
/// Tools installed by this program; never in place of the person's own.
const FOLDER: &str = "target/tools";

/// A command that runs the pinned cargo-deny, installed when the machine has another or none.
///
/// # Errors
/// [`Error::Step`] when it cannot be built.
pub(crate) fn cargo_deny() -> Result<impl Fn() -> Command, Error> {
    let own = Path::new(FOLDER).join("bin/cargo-deny");
    let program = if is_version(Path::new("cargo-deny"), CARGO_DENY) {
        Path::new("cargo-deny").to_owned()
    } else {
        if !is_version(&own, CARGO_DENY) {
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

/// Installs the pinned Schemathesis into an environment of its own, where it is not there yet; the
/// centre's tests start it from there.
///
/// # Errors
/// [`Error::Step`] when Python or a package cannot be had.
pub(crate) fn schemathesis() -> Result<(), Error> {
    let folder = Path::new(FOLDER).join("schemathesis");
    if is_version(&folder.join("bin/st"), SCHEMATHESIS) {
        return Ok(());
    }
    let step = "install Schemathesis";
    let mut environment = Command::new("python3");
    step::command(
        step,
        environment.args(["-m", "venv", "--clear"]).arg(&folder),
    )?;
    let mut packages = Command::new(folder.join("bin/pip"));
    packages.args(["install", "--quiet", "--disable-pip-version-check"]);
    step::command(
        step,
        packages.args(["--requirement", SCHEMATHESIS_PACKAGES]),
    )?;
    Ok(())
}

fn is_version(program: &Path, version: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| {
            String::from_utf8_lossy(&output.stdout)
                .split_whitespace()
                .any(|word| word.trim_start_matches('v') == version)
        })
}
