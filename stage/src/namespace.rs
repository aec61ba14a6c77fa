//! A world of its own: the whole stage runs inside one set of Linux namespaces.
//!
//! | namespace | what it gives |
//! | --- | --- |
//! | mount | a private `/run/pcscd`, so that several pcscd stand side by side |
//! | network | a private loopback: nothing is bound to an outside address, ports are always free |
//! | process | the kernel kills every part, however deep, when the stage itself ends |
//! | IPC | shared memory of a killed PostgreSQL goes with it |
//!
//! Sockets that are files (the user's X or Wayland display) stay reachable.

use std::ffi::OsStr;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use rustix::mount::MountFlags;
use rustix::process::{Pid, Signal, kill_process_group};

use crate::{Error, wait};

/// Set for the inner process only.
const INSIDE: &str = "STAGE_INSIDE";

/// Exit status of an inner test that ran to its end.
const PASSED: u8 = 64;

/// Time the inner process has to end all parts in order once it is told to.
const ENDING_LIMIT: Duration = Duration::from_secs(30);

/// Longest life of an inner process, in practice for ever.
const NO_LIMIT: Duration = Duration::from_secs(365 * 24 * 3600);

/// On which side of the border the caller finds itself after [`enter`].
#[derive(Debug)]
pub enum Side {
    /// Inside: go on and start the parts.
    Inside,
    /// Outside: the inner process has done everything and ended with this exit status.
    Outside(u8),
}

/// Runs this same program once more inside new namespaces, with the given arguments.
///
/// Call it first thing in a program (or a test) with the arguments that lead to the same place
/// again. Needs root, or a kernel that lets users make namespaces (Debian does).
///
/// # Errors
/// [`Error::Start`] when `unshare` cannot be started, [`Error::System`] when the inside cannot be
/// set up, [`Error::Signals`].
pub fn enter<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Result<Side, Error> {
    if is_inside() {
        wait::end_on_signals()?;
        set_up_inside()?;
        return Ok(Side::Inside);
    }
    let program = std::env::current_exe().map_err(Error::file("find", "this program"))?;
    let mut command = Command::new("setpriv");
    // The kernel kills the inside when this process dies in whatever way.
    command.args(["--pdeathsig", "KILL", "--", "unshare"]);
    if !rustix::process::geteuid().is_root() {
        // Not --map-root-user: PostgreSQL refuses to run as root.
        command.args(["--user", "--map-current-user", "--keep-caps"]);
    }
    command
        .args([
            "--mount",
            "--net",
            "--ipc",
            "--pid",
            "--fork",
            "--kill-child",
            "--",
        ])
        .arg(program)
        .args(arguments)
        .env(INSIDE, "1")
        .process_group(0);
    wait::end_on_signals()?;
    let mut inner = command.spawn().map_err(|source| Error::Start {
        part: "unshare",
        source,
    })?;
    let status = stay_outside(&mut inner)?;
    Ok(Side::Outside(exit_byte(status)))
}

/// Runs a test's body inside a world of its own; `name` is the test's full name.
///
/// ```no_run
/// # fn main() -> Result<(), stage::Error> {
/// stage::namespace::test("printer_is_ready", || Ok(()))
/// # }
/// ```
///
/// # Errors
/// What the body fails with (told by the inner process on standard error) as
/// [`Error::InnerTest`]; those of [`enter`].
pub fn test(name: &str, body: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
    match enter(["--exact", name, "--nocapture"])? {
        Side::Outside(PASSED) => Ok(()),
        Side::Outside(status) => Err(Error::InnerTest { status }),
        Side::Inside => {
            body()?;
            // Told apart from "0 tests run", which is what a wrong name would give.
            std::process::exit(i32::from(PASSED));
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one sign by which the inner process knows itself"
)]
fn is_inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

fn set_up_inside() -> Result<(), Error> {
    mount_private(Path::new("/run/pcscd"))?;
    let status = Command::new("ip")
        .args(["link", "set", "lo", "up"])
        .status()
        .map_err(|source| Error::Start {
            part: "ip (package iproute2)",
            source,
        })?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::NotThere("the private loopback cannot be brought up"))
    }
}

/// Covers a folder with an empty one in memory, for this namespace only.
fn mount_private(folder: &Path) -> Result<(), Error> {
    if !folder.is_dir() {
        std::fs::create_dir(folder).map_err(Error::file("make", folder))?;
    }
    rustix::mount::mount(
        "stage",
        folder,
        "tmpfs",
        MountFlags::NOSUID | MountFlags::NODEV,
        Some(c"mode=0755,size=4m"),
    )
    .map_err(|source| Error::System {
        act: "mount a private folder",
        source,
    })
}

/// Shows `folder` at `place`, for this namespace only.
pub(crate) fn bind(folder: &Path, place: &Path) -> Result<(), Error> {
    rustix::mount::mount_bind(folder, place).map_err(|source| Error::System {
        act: "bind a folder",
        source,
    })
}

/// Waits for the inner process and passes on the wish to end.
fn stay_outside(inner: &mut Child) -> Result<ExitStatus, Error> {
    let group = Pid::from_child(inner);
    let waited = wait::until("the inner process", NO_LIMIT, || {
        inner.try_wait().map_err(|source| Error::Talk {
            part: "the inner process",
            source,
        })
    });
    if !matches!(waited, Err(Error::ToldToEnd)) {
        return waited;
    }
    // `unshare` itself blocks the signal; the inner process, in the same group, gets it.
    let _ = kill_process_group(group, Signal::TERM);
    wait::patiently(ENDING_LIMIT, || matches!(inner.try_wait(), Ok(Some(_))));
    let _ = kill_process_group(group, Signal::KILL);
    inner.wait().map_err(|source| Error::Talk {
        part: "the inner process",
        source,
    })
}

/// Exit status as a shell tells it: signals are 128 and their number.
fn exit_byte(status: ExitStatus) -> u8 {
    let code = status
        .code()
        .or_else(|| status.signal().map(|signal| 128 + signal))
        .unwrap_or(1);
    u8::try_from(code).unwrap_or(1)
}
