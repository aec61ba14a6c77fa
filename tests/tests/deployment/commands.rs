//! `kiosk card …` as a technician calls it, on a real pcscd with a card in its virtual reader.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::{Part, eventually, inside};

const READER: &str = "Virtual PCD 00 00";

/// Protects technicians and their scripts: each command says what it is for, in fields that stay,
/// and none shows whose card it is.
#[test]
fn card_commands_tell_states_and_certainties() {
    inside(
        "commands::card_commands_tell_states_and_certainties",
        || {
            let _pcscd = Part::start(Command::new("pcscd").arg("--foreground"));
            eventually("pcscd listens", || {
                Path::new("/run/pcscd/pcscd.comm").exists()
            });
            let (_watch, lines) = watch();
            eventually("the reader is empty", || states(&lines) == ["empty"]);
            let profile = stage::program::workspace().join("assets/cards/rare-name.toml");
            let mut card = Command::new(stage::program::find("virtual-card").unwrap());
            card.arg("--profile")
                .arg(profile)
                .stdin(Stdio::piped())
                .stdout(Stdio::null());
            let card = Part::start(&mut card);

            let read = asked(&["read", "--wait", "60", "--reader", READER]);
            assert_eq!(read["certainty"]["name"], "doubtful");
            assert_eq!(read["certainty"]["birth"], "certain");
            assert_eq!(read["warnings"][0], "name-character-unknown");
            let doctor = asked(&["doctor", "--reader", READER]);
            assert_eq!(doctor["service"], "running");
            let told = &doctor["readers"][0]["card"];
            assert_eq!(
                (&told["select"], &told["read"]),
                (&"9000".into(), &"9000".into())
            );
            assert!(told["repeated"]["read"]["median_us"].as_u64().unwrap() > 0);
            eventually("the watch tells the reading", || {
                states(&lines).last().is_some_and(|last| last == "read")
            });
            drop(card);
            let all = ["empty", "powering", "reading", "read", "empty"];
            eventually("the watch tells the removal", || states(&lines) == all);

            let shown = format!("{read}{doctor}{}", lines.lock().unwrap().join("\n"));
            // Number, card number, name, birth.
            for personal in ["B176944193", "000045678901", "王□明", "1975"] {
                assert!(!shown.contains(personal), "{personal} is shown");
            }
        },
    );
}

fn kiosk(arguments: &[&str]) -> Command {
    let mut command = Command::new(stage::program::find("kiosk").unwrap());
    command.arg("card").args(arguments).arg("--json");
    command
}

/// A command's document; it must go well.
fn asked(arguments: &[&str]) -> Value {
    let output = kiosk(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

type Lines = Arc<Mutex<Vec<String>>>;

fn watch() -> (Part, Lines) {
    let mut part = Part::start(kiosk(&["watch"]).stdout(Stdio::piped()));
    let output = BufReader::new(part.0.stdout.take().unwrap());
    let lines = Lines::default();
    let kept = Arc::clone(&lines);
    std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            kept.lock().unwrap().push(line);
        }
    });
    (part, lines)
}

/// What the watch said of the first reader, one document a line.
fn states(lines: &Lines) -> Vec<String> {
    let lines = lines.lock().unwrap();
    let documents = lines
        .iter()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    documents
        .filter(|document| document["reader"] == READER)
        .map(|document| document["state"].as_str().unwrap().to_owned())
        .collect()
}
