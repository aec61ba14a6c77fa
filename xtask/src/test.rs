//! `cargo xtask test`: everything that must hold, step by step, cheapest first.

use std::process::Command;

use crate::error::Error;
use crate::fuzz;
use crate::packages::{self, Purpose};
use crate::soak;
use crate::step::{self, Steps};
use crate::tool;

/// The fuzz targets are a workspace of their own.
const FUZZ: &str = "card/fuzz/Cargo.toml";
/// How long each target is fuzzed each time; longer by hand.
const FUZZ_S: u16 = 20;

/// Runs all steps and tells how long each took; stops at the first that fails.
///
/// # Errors
/// The failed step by name.
pub(crate) fn run() -> Result<(), Error> {
    let mut steps = Steps::default();
    let outcome = run_steps(&mut steps);
    steps.tell();
    outcome
}

fn run_steps(steps: &mut Steps) -> Result<(), Error> {
    steps.run("system packages", || {
        packages::install(Purpose::Test).map(|()| "there".to_owned())
    })?;
    let before = tree_state();
    steps.run("formatting", || {
        step::command("formatting", &mut step::cargo(&["fmt", "--all", "--check"]))?;
        let fuzz = ["fmt", "--manifest-path", FUZZ, "--check"];
        step::command("formatting", &mut step::cargo(&fuzz))
    })?;
    let mut deny = None;
    steps.run("cargo-deny", || {
        deny = Some(tool::cargo_deny()?);
        Ok("there".to_owned())
    })?;
    if let Some(deny) = deny {
        steps.run("bans, licences, sources", || {
            for manifest in ["Cargo.toml", FUZZ] {
                step::command(
                    "bans, licences, sources",
                    deny().args([
                        "--config",
                        "deny.toml",
                        "--manifest-path",
                        manifest,
                        "check",
                        "--hide-inclusion-graph",
                        "bans",
                        "licenses",
                        "sources",
                    ]),
                )?;
            }
            Ok("passed".to_owned())
        })?;
        steps.run("advisories", || advisories(&deny))?;
    }
    steps.run("clippy", || {
        let arguments = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ];
        step::command("clippy", &mut step::cargo(&arguments))
    })?;
    steps.run("Schemathesis", || {
        tool::schemathesis().map(|()| "there".to_owned())
    })?;
    // One build for programs and tests alike: the journeys start the programs it leaves.
    steps.run("build", || {
        step::command(
            "build",
            &mut step::cargo(&["build", "--workspace", "--all-targets"]),
        )
    })?;
    steps.run("unit tests and journeys", || {
        step::command(
            "unit tests and journeys",
            &mut step::cargo(&["test", "--workspace"]),
        )
    })?;
    steps.run("fuzzing", || {
        fuzz::run(FUZZ_S).map(|()| "passed".to_owned())
    })?;
    steps.run("card readers, 200 random faults", || {
        soak::card(&soak::Plan {
            seed: 1,
            count: 200,
            from: 0,
            show: false,
        })
    })?;
    steps.run("printer, 3,000 random fault scripts", || {
        soak::printer(&soak::Plan {
            seed: 1,
            count: 3000,
            from: 0,
            show: false,
        })
    })?;
    steps.run("working tree as before", || {
        let after = tree_state();
        if after == before {
            Ok("passed".to_owned())
        } else {
            Err(Error::TreeChanged {
                files: changes(&before, &after),
            })
        }
    })
}

/// Known vulnerabilities, where the public database can be had.
fn advisories(deny: impl Fn() -> Command) -> Result<String, Error> {
    let reached = deny()
        .args(["fetch", "db"])
        .status()
        .is_ok_and(|status| status.success());
    if !reached {
        println!("the advisory database cannot be reached from here: NOT CHECKED");
        return Ok("NOT CHECKED: database out of reach".to_owned());
    }
    step::command(
        "advisories",
        deny().args(["check", "--disable-fetch", "advisories"]),
    )
}

/// What git says of the working tree; nothing where this is no clone.
fn tree_state() -> String {
    Command::new("git")
        .args(["status", "--porcelain", "--untracked-files=all"])
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default()
}

fn changes(before: &str, after: &str) -> String {
    let lines: Vec<_> = after
        .lines()
        .filter(|line| !before.lines().any(|old| old == *line))
        .collect();
    lines.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects against snapshots that write themselves: only what is new is named.
    #[test]
    fn only_new_changes_are_named() {
        assert_eq!(
            changes(" M a.rs\n", " M a.rs\n?? tests/snapshot.png\n"),
            "?? tests/snapshot.png"
        );
    }
}
