#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::error::sentence;

const SAMPLE: &str = include_str!("../../../deploy/kiosk.example.toml");

fn parse(text: &str, debug_build: bool) -> Result<Config, KioskError> {
    let path = Path::new("/etc/kiosk/kiosk.toml");
    Config::parse(
        text,
        path,
        Some(Path::new("/run/credentials/kiosk")),
        debug_build,
    )
}

fn said(text: &str) -> String {
    sentence(&parse(text, true).expect_err("this configuration is wrong"))
}

/// Protects the field: the sample in `deploy/` is one this program starts with, also as released.
#[test]
fn the_sample_loads() {
    let config = parse(SAMPLE, false).unwrap();
    assert_eq!(config.role, Role::Store);
    assert_eq!(config.language, Language::TraditionalChinese);
    assert_eq!(
        config.database_key,
        Path::new("/run/credentials/kiosk/database.key")
    );
    assert_eq!(config.development, Development::default());
}

/// Protects whoever writes a configuration: the sentence names the key and its line.
#[test]
fn mistakes_are_named_with_their_line() {
    let line = |needle: &str, text: &str| {
        let at = text.find(needle).expect("the sample has this text");
        format!("line {}", line_of(text, at))
    };
    for (right, wrong, named) in [
        ("role =", "rolle =", "rolle"),
        (
            "profile = \"epson-tm-80\"",
            "profile = \"teletype\"",
            "no printer profile is named teletype",
        ),
        ("url = \"serial:///", "url = \"serial:/", "printer.url"),
        ("width_px = 1080", "width_px = \"wide\"", "expected u16"),
        ("language = \"zh-TW\"", "language = \"xx\"", "xx"),
    ] {
        let text = SAMPLE.replacen(right, wrong, 1);
        assert_ne!(text, SAMPLE, "{right}");
        let said = said(&text);
        assert!(said.contains(named), "{said}");
        assert!(said.contains(&line(wrong, &text)), "{said}");
        assert!(!said.contains('\n'), "{said}");
    }
    let lying = SAMPLE
        .replace(
            "width_px = 1080\nheight_px = 1920",
            "width_px = 1920\nheight_px = 1080",
        )
        .replace(
            "width_mm = 268\nheight_mm = 476",
            "width_mm = 476\nheight_mm = 268",
        );
    assert!(said(&lying).contains("upright"));
    let missing = SAMPLE.replacen("role = \"store\"", "", 1);
    assert!(said(&missing).contains("role"));
}

/// Protects terminals in service: a release build takes no development settings but in a demo.
#[test]
fn development_settings_stay_out_of_service() {
    let text = format!("{SAMPLE}\n[development]\nclock_offset_seconds = 60\n");
    assert!(parse(&text, true).is_ok());
    assert!(matches!(
        parse(&text, false),
        Err(KioskError::ConfigValue {
            key: "development",
            ..
        })
    ));
    let demo = text.replacen("role = \"store\"", "role = \"demo\"", 1);
    assert_eq!(
        parse(&demo, false)
            .unwrap()
            .development
            .clock_offset_seconds,
        60
    );
}

/// Protects the database's key: a bare name is a credential, and without credentials that is said.
#[test]
fn a_bare_key_name_is_a_credential() {
    let without = Config::parse(SAMPLE, Path::new("kiosk.toml"), None, true);
    assert!(matches!(without, Err(KioskError::NoCredentials { .. })));
    let text = SAMPLE.replace("key_file = \"", "key_file = \"./");
    let config = Config::parse(&text, Path::new("/tmp/x/kiosk.toml"), None, true).unwrap();
    assert_eq!(config.database_key, Path::new("/tmp/x/./database.key"));
}
