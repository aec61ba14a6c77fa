//! The kiosk's configuration: wrong, or not to be read.

use std::path::Path;

use super::{set_up, told};

/// Protects technicians: a mistake in the configuration is wrong usage, told with its line and key,
/// whichever command meets it.
#[test]
fn a_mistake_is_told_with_line_and_key() {
    let folder = tempfile::tempdir().unwrap();
    let config = set_up::kiosk_alone(folder.path(), "http://127.0.0.1:1");
    let good = std::fs::read_to_string(&config).unwrap();
    let key_line = good
        .lines()
        .find(|line| line.starts_with("public_key"))
        .unwrap();
    for (from, to, key) in [
        ("width_mm = ", "width_mn = ", "`width_mn`"),
        ("role = \"store\"", "role = \"shop\"", "`shop`"),
        ("width_px = 1080", "width_px = \"wide\"", "\"wide\""),
        ("width_px = 1080", "width_px = 0", "panel"),
        ("role = \"store\"", "role = ", "quoted"),
        (key_line, "public_key = \"AAAA\"", "centre.public_key"),
        ("serial:///nonexistent", "serial:nowhere", "printer.url"),
    ] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from} is there to be broken");
        let file = folder.path().join("broken.toml");
        std::fs::write(&file, &text).unwrap();
        // A value that cannot be is told at its table where it takes several keys.
        let broken = if key == "panel" { "[panel]" } else { to };
        let line = format!("line {}", told::line_of(&text, broken));
        for command in [["outbox", "status"], ["roster", "status"]] {
            let path = file.to_str().unwrap();
            let output = told::run("kiosk", &[command[0], command[1], "--config", path]);
            told::refused(&output, 2, &["broken.toml", &line, key]);
        }
        let path = file.to_str().unwrap();
        let output = told::run("kiosk", &["enrol", "--code", "A-CODE", "--config", path]);
        told::refused(&output, 2, &["broken.toml", &line, key]);
    }
}

/// Protects technicians: a configuration that is not there or no text is wrong usage, named.
#[test]
fn one_that_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let binary = folder.path().join("binary.toml");
    std::fs::write(&binary, [0xFF, 0x00, 0xFE]).unwrap();
    let absent = folder.path().join("absent.toml");
    for path in [&absent, &binary, folder.path()] as [&Path; 3] {
        let name = path.to_str().unwrap();
        let output = told::run("kiosk", &["outbox", "status", "--config", name]);
        told::refused(&output, 2, &["cannot read the configuration", name]);
    }
}

/// Protects the database's password: the centre's configuration is not quoted.
#[test]
fn the_centres_is_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("central.toml");
    std::fs::write(
        &file,
        "\ndatabse = \"postgres://central:hush@127.0.0.1/x\"\n",
    )
    .unwrap();
    let output = told::run("central", &["serve", "--config", file.to_str().unwrap()]);
    let said = told::refused(&output, 1, &["central.toml", "line 2", "`databse`"]);
    assert!(!said.contains("hush"), "{said}");
}
