//! The dependency rule, read from `cargo metadata`: who may use whom, and what never enters where.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// A crate, the workspace's crates it may use, and libraries that must never enter it.
struct Rule {
    name: &'static str,
    may_use: &'static [&'static str],
    never: &'static [&'static str],
}

const INPUT_OUTPUT: &[&str] = &[
    "tokio",
    "iced",
    "rusqlite",
    "reqwest",
    "pcsc",
    "serialport",
    "escpos",
    "axum",
    "tokio-postgres",
];

const RULES: &[Rule] = &[
    Rule {
        name: "domain",
        may_use: &[],
        never: INPUT_OUTPUT,
    },
    Rule {
        name: "wording",
        may_use: &[],
        never: INPUT_OUTPUT,
    },
    Rule {
        name: "wire",
        may_use: &["domain"],
        never: INPUT_OUTPUT,
    },
    Rule {
        name: "card",
        may_use: &["domain"],
        never: &["iced", "rusqlite", "reqwest", "escpos", "serialport"],
    },
    Rule {
        name: "printer",
        may_use: &["domain", "wording"],
        never: &["iced", "rusqlite", "reqwest", "pcsc"],
    },
    Rule {
        name: "store",
        may_use: &["domain"],
        never: &["iced", "reqwest", "pcsc", "axum", "serde"],
    },
    Rule {
        name: "sync",
        may_use: &["domain", "wire"],
        never: &["iced", "rusqlite", "pcsc", "axum"],
    },
    Rule {
        name: "central",
        // The words of texts and e-mails are assets like all others.
        may_use: &["domain", "wire", "wording"],
        never: &["iced", "rusqlite", "pcsc", "reqwest"],
    },
    Rule {
        name: "kiosk",
        may_use: &[
            "card", "domain", "printer", "store", "sync", "wire", "wording",
        ],
        never: &[
            "rusqlite",
            "pcsc",
            "escpos",
            "serialport",
            "reqwest",
            "axum",
            "tokio-postgres",
        ],
    },
    Rule {
        name: "stage",
        may_use: &[],
        never: &["iced", "rusqlite", "pcsc", "axum"],
    },
    Rule {
        name: "load",
        // It strains the card component on worlds of its own, beside bare PC/SC, and measures slips.
        may_use: &["card", "domain", "printer", "stage", "wire", "wording"],
        never: &["iced", "rusqlite", "axum"],
    },
    Rule {
        name: "workbench",
        may_use: &["stage"],
        never: &["rusqlite", "pcsc", "axum"],
    },
    Rule {
        name: "xtask",
        may_use: &[],
        never: INPUT_OUTPUT,
    },
    Rule {
        name: "tests",
        may_use: &[],
        never: &[],
    },
];

/// `domain` decides and nothing else: these are all the libraries it may know.
const DOMAIN_LIBRARIES: &[&str] = &["jiff", "thiserror", "zeroize"];

fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new()
        .no_deps()
        .exec()
        .expect("cargo metadata");
    metadata
        .workspace_packages()
        .into_iter()
        .map(|package| {
            let normal = package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind == DependencyKind::Normal);
            (
                package.name.to_string(),
                normal.map(|dependency| dependency.name.clone()).collect(),
            )
        })
        .collect()
}

/// Protects the architecture: each crate uses only what its duty allows, and a new crate must be
/// given a rule.
#[test]
fn every_crate_keeps_its_place() {
    let found = dependencies();
    let crates: BTreeSet<&str> = found.keys().map(String::as_str).collect();
    let ruled: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(
        crates, ruled,
        "every crate of the workspace has a rule, and every rule a crate"
    );
    for rule in RULES {
        let used = &found[rule.name];
        for other in &crates {
            assert!(
                !used.contains(*other) || rule.may_use.contains(other),
                "{} must not use {other}",
                rule.name
            );
        }
        for library in rule.never {
            assert!(
                !used.contains(*library),
                "{library} must not enter {}",
                rule.name
            );
        }
    }
}

/// Protects the pure core: no clock, I/O, randomness or serialisation can slip into `domain`.
#[test]
fn domain_knows_three_libraries() {
    let found = dependencies();
    let allowed: BTreeSet<String> = DOMAIN_LIBRARIES.iter().map(ToString::to_string).collect();
    assert_eq!(found["domain"], allowed);
}

/// Protects the screen's one home: a window belongs to the kiosk and the workbench only.
#[test]
fn only_two_crates_open_windows() {
    let windows: Vec<String> = dependencies()
        .into_iter()
        .filter(|(_, used)| used.contains("iced"))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(windows, ["kiosk", "workbench"]);
}
