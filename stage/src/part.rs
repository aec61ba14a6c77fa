//! One real program as a guarded part: its own process group, its words in a log file, ended and
//! reaped when the guard drops.

use std::fs::{File, OpenOptions};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::{Error, wait};

/// How long a part may take to end in order before it is killed.
const ENDING_LIMIT: Duration = Duration::from_secs(10);

/// A running program.
#[derive(Debug)]
pub struct Part {
    name: &'static str,
    child: Child,
    log: PathBuf,
    end_signal: Signal,
    ended: Option<ExitStatus>,
}

impl Part {
    /// Starts `command` with nothing on standard input and its output appended to
    /// `FOLDER/NAME.log`; it is asked to end by SIGTERM.
    ///
    /// # Errors
    /// [`Error::File`] for the log, [`Error::Start`].
    pub fn start(
        name: &'static str,
        mut command: Command,
        log_folder: &Path,
    ) -> Result<Self, Error> {
        let log = log_folder.join(format!("{name}.log"));
        let child = command
            .stdin(Stdio::null())
            .stdout(open_log(&log)?)
            .stderr(open_log(&log)?)
            .process_group(0)
            .spawn()
            .map_err(|source| Error::Start { part: name, source })?;
        tracing::info!(part = name, process = child.id(), "started");
        Ok(Self {
            name,
            child,
            log,
            end_signal: Signal::TERM,
            ended: None,
        })
    }

    /// The signal that asks this part to end in order, where it is not SIGTERM.
    #[must_use]
    pub fn ended_by(mut self, signal: Signal) -> Self {
        self.end_signal = signal;
        self
    }

    /// Process number, as seen inside the namespace.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// File its output goes to.
    #[must_use]
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Fails when the part has ended, which no part does unasked.
    ///
    /// # Errors
    /// [`Error::Ended`].
    pub fn must_run(&mut self) -> Result<(), Error> {
        match self.exit_status() {
            None => Ok(()),
            Some(status) => Err(Error::Ended {
                part: self.name,
                status,
                log: self.log.clone(),
            }),
        }
    }

    /// Its exit status once it has ended.
    pub fn exit_status(&mut self) -> Option<ExitStatus> {
        if self.ended.is_none() {
            self.ended = self.child.try_wait().ok().flatten();
        }
        self.ended
    }

    /// Waits until `ready` says so.
    ///
    /// # Errors
    /// [`Error::Ended`] as soon as the part ends, and those of [`wait::until`].
    pub fn ready_when(
        &mut self,
        what: &str,
        limit: Duration,
        mut ready: impl FnMut() -> Result<bool, Error>,
    ) -> Result<(), Error> {
        wait::until(what, limit, || {
            self.must_run()?;
            Ok(ready()?.then_some(()))
        })
    }

    /// Sends a signal to the program (not to its group).
    ///
    /// # Errors
    /// [`Error::System`].
    pub fn signal(&self, signal: Signal) -> Result<(), Error> {
        kill_process(self.process(), signal).map_err(|source| Error::System {
            act: "signal a process",
            source,
        })
    }

    /// SIGKILL to the whole group, now; reaped before this returns.
    pub fn kill(mut self) {
        self.kill_group();
    }

    /// Asks the part to end and waits; kills what does not. The guard's drop does the same.
    pub fn end(self) {
        drop(self);
    }

    fn process(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    fn kill_group(&mut self) {
        // ESRCH: already gone, which is what is wanted.
        let _ = kill_process_group(self.process(), Signal::KILL);
        if self.ended.is_none() {
            self.ended = self.child.wait().ok();
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if self.exit_status().is_none() {
            let _ = kill_process(self.process(), self.end_signal);
            if !wait::patiently(ENDING_LIMIT, || self.exit_status().is_some()) {
                tracing::warn!(part = self.name, "did not end when asked; killed");
            }
        }
        self.kill_group();
        tracing::info!(part = self.name, "ended");
    }
}

/// Runs a command to its end, its output appended to `FOLDER/NAME.log`.
///
/// # Errors
/// [`Error::Ended`] when its exit status is not 0; those of starting and waiting.
pub fn run(
    name: &'static str,
    command: Command,
    log_folder: &Path,
    limit: Duration,
) -> Result<(), Error> {
    let mut part = Part::start(name, command, log_folder)?;
    let status = wait::until(name, limit, || Ok(part.exit_status()))?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::Ended {
            part: name,
            status,
            log: part.log.clone(),
        })
    }
}

/// Runs a command to its end and gives its standard output; the rest goes to `FOLDER/NAME.log`.
///
/// # Errors
/// [`Error::Start`]; [`Error::Ended`] when its exit status is not 0.
pub fn answer(
    name: &'static str,
    mut command: Command,
    log_folder: &Path,
) -> Result<String, Error> {
    let log = log_folder.join(format!("{name}.log"));
    let output = command
        .stdin(Stdio::null())
        .stderr(open_log(&log)?)
        .output()
        .map_err(|source| Error::Start { part: name, source })?;
    if !output.status.success() {
        return Err(Error::Ended {
            part: name,
            status: output.status,
            log,
        });
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn open_log(path: &Path) -> Result<File, Error> {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map_err(Error::file("open", path))
}
