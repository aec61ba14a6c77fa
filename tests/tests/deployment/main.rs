//! A terminal's set-up on real parts: the files in `deploy/` with polkitd, pcscd started by its socket and
//! systemd's own check; a technician's commands.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(
    clippy::disallowed_methods,
    reason = "tests of a machine's set-up wait for its parts"
)]

mod commands;
mod polkit;
mod readers;
mod units;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

/// The machine is shared and slow at times; nothing that works takes this long.
const PATIENCE: Duration = Duration::from_secs(60);

const INSIDE: &str = "DEPLOYMENT_TEST_INSIDE";

/// Exit status of an inner test that ran to its end.
const PASSED: i32 = 64;

/// The terminal's user as `adduser --system --group` makes it, and one who has no business here.
const KIOSK: u32 = 64_990;
const OTHER: u32 = 64_991;
const ROOT: u32 = 0;

/// Gives this namespace both users, and an empty `/run`.
const PREPARE: &str = r#"set -e
mount -t tmpfs tmpfs /run
mkdir -m 755 /run/pcscd /run/dbus /run/kept
ip link set lo up
for file in passwd group; do cp /etc/$file /run/kept/$file; done
for user in kiosk:64990 other:64991; do
    name=${user%:*} number=${user#*:}
    echo "$name:x:$number:$number::/nonexistent:/usr/sbin/nologin" >> /run/kept/passwd
    echo "$name:x:$number:" >> /run/kept/group
done
for file in passwd group; do mount --bind /run/kept/$file /etc/$file; done
exec "$0" "$@""#;

/// Runs the body of the test of this name as root in mount, network and process namespaces of its
/// own, by running this very test once more in there. Whatever it started ends with it.
fn inside(test: &str, body: impl FnOnce()) {
    if std::env::var_os(INSIDE).is_some() {
        body();
        // Told apart from "0 tests run", which is what a wrong name would give.
        std::process::exit(PASSED);
    }
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    // Several users are needed, which only root can be.
    let mut command = Command::new(if is_root { "env" } else { "sudo" });
    command
        .arg(format!("{INSIDE}=1"))
        .args(["unshare", "--mount", "--net", "--pid", "--fork"])
        .args(["--kill-child", "--mount-proc", "sh", "-c", PREPARE])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads=1"]);
    let status = command.status().expect("unshare (util-linux) runs");
    assert_eq!(
        status.code(),
        Some(PASSED),
        "{test} failed inside: see above"
    );
}

/// A file of `deploy/`.
fn deployed(name: &str) -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    workspace.join("deploy").join(name)
}

fn bind(what: &Path, place: &str) {
    run(Command::new("mount").arg("--bind").arg(what).arg(place));
}

fn run(command: &mut Command) {
    let status: ExitStatus = command.status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
}

/// The command as this user, of its own group alone.
fn as_user(user: u32, program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command
        .arg(format!("--reuid={user}"))
        .arg(format!("--regid={user}"))
        .args(["--clear-groups", program]);
    command
}

/// A part that ends with the test.
struct Part(Child);

impl Part {
    fn start(command: &mut Command) -> Self {
        Self(
            command
                .spawn()
                .unwrap_or_else(|error| panic!("{command:?}: {error}")),
        )
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
