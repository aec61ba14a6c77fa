//! However the stage is ended, nothing it started lives on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use stage::wait;

const LIMIT: Duration = Duration::from_secs(120);

/// Starts all parts and a command that tells its process namespace, then waits.
fn start(folder: &Path) -> (Child, PathBuf) {
    let told = folder.join("namespace");
    let child = Command::new(env!("CARGO_BIN_EXE_stage"))
        .args(["run", "--", "sh", "-c"])
        .arg(format!(
            "readlink /proc/self/ns/pid > {0}.new && mv {0}.new {0} && sleep 1000000",
            told.display()
        ))
        .spawn()
        .unwrap();
    let namespace = wait::until("the command runs", LIMIT, || {
        Ok(std::fs::read_to_string(&told)
            .ok()
            .map(|text| PathBuf::from(text.trim())))
    })
    .unwrap();
    assert!(living_in(&namespace) > 5, "pcscd, PostgreSQL and Xvfb run");
    (child, namespace)
}

fn living_in(namespace: &Path) -> usize {
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.ok()?.path().join("ns/pid")).ok())
        .filter(|theirs| theirs == namespace)
        .count()
}

fn ends_everything_by(signal: Signal) {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, namespace) = start(folder.path());
    kill_process(Pid::from_child(&child), signal).unwrap();
    wait::until("the stage ends", LIMIT, || Ok(child.try_wait().unwrap())).unwrap();
    wait::until("all parts are gone", LIMIT, || {
        Ok((living_in(&namespace) == 0).then_some(()))
    })
    .unwrap();
}

/// Protects a person's Ctrl-C.
#[test]
fn interrupt_ends_all() {
    ends_everything_by(Signal::INT);
}

/// Protects an orderly stop by another program.
#[test]
fn terminate_ends_all() {
    ends_everything_by(Signal::TERM);
}

/// Protects the worst case: nobody is left to clean up, so the kernel must.
#[test]
fn kill_ends_all() {
    ends_everything_by(Signal::KILL);
}
