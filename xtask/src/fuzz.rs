//! `cargo xtask fuzz`: random bytes against the decoders, for a bounded time, with sanitizers.

use std::path::Path;
use std::process::Command;

use crate::error::Error;
use crate::{step, tool};

/// The workspace of the fuzz targets.
const FOLDER: &str = "card/fuzz";
/// What the runs find and build; kept between runs, so that each begins where the last ended.
const FOUND: &str = "target/fuzz";
/// The longest answer a short command can have, with its status word.
const LENGTH_MAX: usize = 258;
/// Each target begins from its folder of this name under `seeds`.
const TARGETS: &[&str] = &["decode", "catalogue"];

/// Runs each target for so many seconds.
///
/// # Errors
/// [`Error::Step`] when a target fails (its input is kept under `card/fuzz/artifacts`), or does not
/// compile.
pub(crate) fn run(seconds: u16) -> Result<(), Error> {
    let fuzz = tool::cargo_fuzz()?;
    for target in TARGETS {
        let corpus = Path::new(FOUND).join("corpus").join(target);
        std::fs::create_dir_all(&corpus).map_err(|source| Error::MakeFolder {
            path: corpus.clone(),
            source,
        })?;
        step::command(
            "fuzzing",
            fuzz_command(&fuzz)
                .args(["run", "--fuzz-dir", FOLDER, "--target-dir"])
                .arg(Path::new(FOUND).join("build"))
                .arg(target)
                .arg(&corpus)
                .arg(Path::new(FOLDER).join("seeds").join(target))
                .args([
                    "--",
                    &format!("-max_total_time={seconds}"),
                    &format!("-max_len={LENGTH_MAX}"),
                    "-print_final_stats=1",
                    // One input takes microseconds; one that takes this long hangs.
                    "-timeout=10",
                    // Numbers as texts find nothing that bytes do not, and fill the log.
                    "-verbosity=0",
                ]),
        )?;
    }
    Ok(())
}

/// Sanitizers need options of the compiler's that only its own makers may use by default.
fn fuzz_command(fuzz: &impl Fn() -> Command) -> Command {
    let mut command = fuzz();
    command.arg("fuzz").env("RUSTC_BOOTSTRAP", "1");
    command
}
