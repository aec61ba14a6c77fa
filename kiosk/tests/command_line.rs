//! The command line as the field uses it: the real program, its exit status and what it prints.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;
use std::process::{Command, Output};

fn kiosk(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kiosk"))
        .args(arguments)
        .env_remove("CREDENTIALS_DIRECTORY")
        .output()
        .expect("the program starts")
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the program prints UTF-8")
}

/// Protects scripts: `--json` gives one document and nothing else, the status says whether all are
/// valid, and no number is repeated in full (I8).
#[test]
fn person_numbers_are_told_apart() {
    let mixed = kiosk(&["card", "number", "--json", "A123456789", "A123456788"]);
    assert_eq!(mixed.status.code(), Some(1));
    let document: serde_json::Value = serde_json::from_slice(&mixed.stdout).unwrap();
    assert_eq!(document[0]["kind"], "national");
    assert_eq!(document[0]["masked"], "A********9");
    assert_eq!(document[1]["valid"], false);
    assert!(mixed.stderr.is_empty());
    assert!(!text(&mixed.stdout).contains("A12345678"));
    let good = kiosk(&["card", "number", "AA00000009", "A800000014"]);
    assert_eq!(good.status.code(), Some(0));
    assert!(text(&good.stdout).contains("new-residence (foreign)"));
}

/// Protects the field from guessing: wrong usage is status 2 with one sentence, on standard error.
#[test]
fn wrong_usage_is_said_in_one_sentence() {
    let folder = folder("wrong-usage");
    let config = folder.join("kiosk.toml");
    let sample = include_str!("../../deploy/kiosk.example.toml");
    std::fs::write(&config, sample.replacen("[printer]", "[printr]", 1)).unwrap();
    let config = config.to_str().unwrap();
    for (arguments, named) in [
        (vec!["no-such-command"], "no-such-command"),
        (
            vec!["diagnose", "--config", "/no/such/kiosk.toml"],
            "/no/such/kiosk.toml",
        ),
        (vec!["diagnose", "--config", config], "printr"),
        (vec!["slip", "preview", "test", "--out", "slip.gif"], ".png"),
        (vec!["slip", "print", "test", "--printer", "lpt1"], "lpt1"),
        (vec!["card", "number"], "NUMBER"),
    ] {
        let output = kiosk(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let said = text(&output.stderr);
        assert!(said.contains(named), "{said}");
    }
}

/// Protects the technician's first look: every kind of slip can be seen without a printer.
#[test]
fn slips_can_be_previewed() {
    let folder = folder("previews");
    for kind in printer::slip::Kind::ALL.map(printer::slip::Kind::name) {
        for ending in ["png", "escpos", "txt"] {
            let file = folder.join(format!("{kind}.{ending}"));
            let output = kiosk(&["slip", "preview", kind, "--out", file.to_str().unwrap()]);
            assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
            assert!(
                std::fs::metadata(&file).unwrap().len() > 300,
                "{kind}.{ending}"
            );
        }
    }
}

/// Protects fleet monitoring: a terminal that is not set up is reported part by part, with status 1
/// and one JSON document, and asking makes no database.
#[test]
fn an_unfit_terminal_says_which_parts() {
    let folder = folder("unfit");
    let config = folder.join("kiosk.toml");
    let sample = include_str!("../../deploy/kiosk.example.toml")
        .replace("/var/lib/kiosk/", "./")
        .replace("\"database.key\"", "\"./database.key\"")
        .replace("serial:///dev/kiosk-printer", "serial:///no/such/printer");
    std::fs::write(&config, sample).unwrap();
    let arguments = [
        "diagnose",
        "--json",
        "--only",
        "printer,store,outbox",
        "--config",
    ];
    let output = kiosk(&[&arguments[..], &[config.to_str().unwrap()]].concat());
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["fit"], false);
    let parts = report["tests"].as_array().unwrap();
    assert_eq!(parts.len(), 3);
    for part in parts {
        assert_eq!(part["result"], "fail", "{part}");
    }
    assert!(!folder.join("kiosk.database").exists());
}

/// Protects who prints from other programs: the documented examples are read, and say what the samples
/// say; a field that is missing or unknown is named, and what stands in it is not.
#[test]
fn slips_are_read_from_files() {
    let folder = folder("slip-data");
    let examples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/slips/data");
    let kinds: Vec<PathBuf> = std::fs::read_dir(&examples)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(kinds.len(), printer::slip::Kind::ALL.len());
    let out = folder.join("slip.escpos");
    let out = out.to_str().unwrap();
    for example in kinds {
        let kind = example.file_stem().unwrap().to_str().unwrap();
        let preview = ["slip", "preview", kind, "--out", out, "--language", "en"];
        assert_eq!(kiosk(&preview).status.code(), Some(0), "{kind}");
        let sample = std::fs::read(out).unwrap();
        let data = ["--data", example.to_str().unwrap()];
        let read = kiosk(&[&preview[..], &data[..]].concat());
        assert_eq!(read.status.code(), Some(0), "{}", text(&read.stderr));
        assert!(std::fs::read(out).unwrap() == sample, "{kind} differs");
    }
    let good = std::fs::read_to_string(examples.join("sale.json")).unwrap();
    let file = folder.join("wrong.json");
    for (right, wrong, named) in [
        ("\"mobile\"", "\"telephone\"", "slip.person.telephone"),
        ("\"2026-04-10\"", "\"tomorrow\"", "slip.next_allowed"),
        (
            "\"child_masks\": 5",
            "\"child_masks\": \"five\"",
            "slip.child_masks",
        ),
        ("\"terminal\"", "\"t\"", "terminal"),
        ("}", "", "not JSON"),
    ] {
        let text_of_file = good.replacen(right, wrong, 1);
        assert_ne!(text_of_file, good);
        std::fs::write(&file, text_of_file).unwrap();
        let data = file.to_str().unwrap();
        let refused = kiosk(&["slip", "preview", "sale", "--out", out, "--data", data]);
        let said = text(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(named), "{said} lacks {named}");
        for personal in ["A********9", "甄〇康", "0912", "林藥師", "five", "tomorrow"] {
            assert!(!said.contains(personal), "{said}");
        }
    }
}
