//! Tools that come from crates.io and PyPI, pinned.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::step;

const CARGO_DENY: &str = "0.20.2";
const CARGO_FUZZ: &str = "0.13.1";
const SCHEMATHESIS: &str = "4.32.5";
const SCHEMATHESIS_PACKAGES: &str = "xtask/schemathesis.txt";
const PYTHON_ESCPOS: &str = "3.1";
const PYTHON_ESCPOS_PACKAGES: &str = "xtask/python-escpos.txt";
/// Tools installed by this program; never in place of the person's own.
const FOLDER: &str = "target/tools";

/// A command that runs the pinned cargo-deny, installed when the machine has another or none.
///
/// # Errors
/// [`Error::Step`] when it cannot be built.
pub(crate) fn cargo_deny() -> Result<impl Fn() -> Command, Error> {
    from_crates_io("cargo-deny", CARGO_DENY, "install cargo-deny")
}

/// The same for cargo-fuzz.
///
/// # Errors
/// [`Error::Step`] when it cannot be built.
pub(crate) fn cargo_fuzz() -> Result<impl Fn() -> Command, Error> {
    from_crates_io("cargo-fuzz", CARGO_FUZZ, "install cargo-fuzz")
}

fn from_crates_io(
    name: &str,
    version: &str,
    step: &'static str,
) -> Result<impl Fn() -> Command + use<>, Error> {
    let own = Path::new(FOLDER).join("bin").join(name);
    let program = if is_version(Path::new(name), version) {
        Path::new(name).to_owned()
    } else {
        if !is_version(&own, version) {
            let package = format!("{name}@{version}");
            let arguments = ["install", "--locked", "--root", FOLDER, &package];
            step::command(step, &mut step::cargo(&arguments))?;
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
    environment("install Schemathesis", &folder, SCHEMATHESIS_PACKAGES)
}

/// The Python of an environment that has the pinned python-escpos.
///
/// # Errors
/// [`Error::Step`] when Python or a package cannot be had.
pub(crate) fn python_escpos() -> Result<PathBuf, Error> {
    let folder = Path::new(FOLDER).join("python-escpos");
    let python = folder.join("bin/python3");
    let asked = Command::new(&python)
        .args([
            "-c",
            "import importlib.metadata as m; print(m.version('python-escpos'))",
        ])
        .output();
    if !asked.is_ok_and(|output| output.stdout.trim_ascii() == PYTHON_ESCPOS.as_bytes()) {
        let step = "install python-escpos";
        environment(step, &folder, PYTHON_ESCPOS_PACKAGES)?;
    }
    Ok(python)
}

/// A Python environment of its own with the packages of a list.
fn environment(step: &'static str, folder: &Path, packages: &str) -> Result<(), Error> {
    let mut environment = Command::new("python3");
    step::command(
        step,
        environment.args(["-m", "venv", "--clear"]).arg(folder),
    )?;
    let mut install = Command::new(folder.join("bin/pip"));
    install.args(["install", "--quiet", "--disable-pip-version-check"]);
    step::command(step, install.args(["--requirement", packages])).map(|_| ())
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
