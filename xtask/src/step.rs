//! Named steps: run, timed, told at the end.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::error::Error;

/// The steps done so far.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    done: Vec<(&'static str, Duration, String)>,
}

impl Steps {
    /// Runs a step; the first that fails ends the run.
    ///
    /// # Errors
    /// [`Error::Step`] with the step's name, or what `work` fails with.
    pub(crate) fn run(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<String, Error>,
    ) -> Result<(), Error> {
        println!("\n== {name}");
        let clock = now();
        let outcome = work();
        let note = match &outcome {
            Ok(note) => note.clone(),
            Err(_) => "FAILED".to_owned(),
        };
        self.done.push((name, clock.elapsed(), note));
        outcome.map(|_| ())
    }

    /// Prints one line a step.
    pub(crate) fn tell(&self) {
        println!("\nstep                                             seconds");
        for (name, duration, note) in &self.done {
            println!("  {name:46} {:7.1}  {note}", duration.as_secs_f64());
        }
    }
}

/// Runs a command as (part of) a step.
///
/// # Errors
/// [`Error::Start`], [`Error::Step`].
pub(crate) fn command(step: &'static str, command: &mut Command) -> Result<String, Error> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .map_err(|source| Error::Start { program, source })?;
    if status.success() {
        Ok("passed".to_owned())
    } else {
        Err(Error::Step { step, status })
    }
}

/// The cargo that runs this.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments);
    command
}

#[expect(
    clippy::disallowed_methods,
    reason = "the edge where steps are timed for the summary"
)]
fn now() -> Instant {
    Instant::now()
}
