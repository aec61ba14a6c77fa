//! A pcscd of the run's own, at its own pace or hurried.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::error::LoadError;
use crate::readers::clock;

const SOCKET: &str = "/run/pcscd/pcscd.comm";
const PID_FILE: &str = "/run/pcscd/pcscd.pid";
const PROGRAM: &str = "/usr/sbin/pcscd";
/// TCP ports of the two slots.
pub(crate) const PORTS: [u16; 2] = [35963, 35964];
/// Nothing that works takes so long on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// pcscd with two virtual readers; killed when dropped.
pub(crate) struct Service {
    child: Option<Child>,
    /// How many times as fast its clock and its sleeps pass (Debian's libfaketime): it polls each reader
    /// every 400 ms of its own time.
    speed: u32,
    /// A folder without readers.
    bare: PathBuf,
}

impl Service {
    pub(crate) fn new(speed: u32, folder: &Path) -> Result<Self, LoadError> {
        let bare = folder.join("no-readers");
        std::fs::create_dir_all(&bare).map_err(|source| LoadError::File {
            action: "made",
            source,
        })?;
        Ok(Self {
            child: None,
            speed,
            bare,
        })
    }

    /// Starts it with its readers; back when clients and cards can connect.
    pub(crate) fn start(&mut self) -> Result<(), LoadError> {
        self.start_with(true)
    }

    /// Starts it as if no reader were plugged in.
    pub(crate) fn start_without_readers(&mut self) -> Result<(), LoadError> {
        self.start_with(false)
    }

    fn start_with(&mut self, has_readers: bool) -> Result<(), LoadError> {
        self.kill();
        // What a killed one left behind would look like a running one.
        let _ = std::fs::remove_file(SOCKET);
        let _ = std::fs::remove_file(PID_FILE);
        let mut command = Command::new(PROGRAM);
        command
            .args(["--foreground", "--critical"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if !has_readers {
            command.arg("--config").arg(&self.bare);
        }
        if self.speed > 1 {
            command
                .env("LD_PRELOAD", faketime()?)
                .env("FAKETIME", format!("+0 x{}", self.speed));
        }
        let child = command.spawn().map_err(|source| LoadError::Program {
            program: "pcscd",
            source: Some(source),
        })?;
        self.child = Some(child);
        let listens = |port| stage::network::listens_at(port).unwrap_or_default();
        let is_ready = clock::until(PATIENCE, || {
            std::os::unix::net::UnixStream::connect(SOCKET).is_ok()
                && (!has_readers || PORTS.into_iter().all(listens))
        });
        is_ready.then_some(()).ok_or(LoadError::Program {
            program: "pcscd",
            source: None,
        })
    }

    /// Killed without a word.
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Ended in order.
    pub(crate) fn stop(&mut self) {
        self.signal(Signal::TERM);
        if let Some(child) = &mut self.child {
            clock::until(PATIENCE, || matches!(child.try_wait(), Ok(Some(_))));
        }
        self.kill();
    }

    /// Stands still, or goes on.
    pub(crate) fn hang(&self, is_hanging: bool) {
        self.signal(if is_hanging {
            Signal::STOP
        } else {
            Signal::CONT
        });
    }

    fn signal(&self, signal: Signal) {
        if let Some(child) = &self.child {
            // Gone already is what kill and stop find next.
            let _ = kill_process(Pid::from_child(child), signal);
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Debian's package puts the library into a folder of the machine's architecture.
fn faketime() -> Result<PathBuf, LoadError> {
    let folders = std::fs::read_dir("/usr/lib").map_err(|source| LoadError::File {
        action: "listed",
        source,
    })?;
    folders
        .filter_map(|entry| Some(entry.ok()?.path().join("faketime/libfaketime.so.1")))
        .find(|path| path.is_file())
        .ok_or(LoadError::Program {
            program: "libfaketime (package libfaketime)",
            source: None,
        })
}
