#![allow(clippy::unwrap_used)]

use super::*;

fn bytes(hexadecimal: &str) -> Vec<u8> {
    Pattern::parse(hexadecimal).unwrap().literal().unwrap()
}

fn named(catalogue: &Catalogue, atr: &str) -> String {
    match catalogue.hint(&bytes(atr)) {
        Hint::HealthCard => "health card".to_owned(),
        Hint::Other(card) => card.name().to_owned(),
        Hint::Unknown => "unknown".to_owned(),
    }
}

/// Protects the bundled file against slips of the pen: each whole value is an answer to reset whose
/// length and check byte are right.
#[test]
fn the_bundled_file_holds_whole_answers() {
    let catalogue = Catalogue::bundled().unwrap();
    let others = catalogue.others.iter().flat_map(|other| &other.atr);
    for known in catalogue.health_cards.iter().chain(others) {
        let atr = known.literal().unwrap();
        let historical = atr::historical_bytes(&atr).unwrap();
        let end = historical.as_ptr() as usize - atr.as_ptr() as usize + historical.len();
        match atr.len() - end {
            0 => assert!(atr[1] & 0x80 == 0, "{known:?}: only T=0 has no check byte"),
            1 => assert_eq!(
                atr[1..].iter().fold(0, |sum, byte| sum ^ byte),
                0,
                "{known:?}"
            ),
            _ => assert!(atr.len() - end < 2, "{known:?}: too long"),
        }
    }
}

/// Protects the names a person is told for cards put in by mistake.
#[test]
fn wrong_cards_are_named() {
    let catalogue = Catalogue::bundled().unwrap();
    for (atr, name) in [
        ("3BB813008131FA524348544D4F494341A5", "citizen certificate"),
        (
            "3BD8960081B1FE451F0743485447504B494ADD",
            "citizen certificate",
        ),
        (
            "3BF91800008131FE4550565F4A3244303831B6",
            "health professional card",
        ),
        ("3BF71100008171FE420000639531059000F8", "bank card"),
        ("3BF711000081718042000063950A019000B9", "bank card"),
        ("3BF718000081718042000063950A019000B0", "icash"),
        ("3BF81100008171FE4200544E051900000002A1", "EasyCard"),
        ("3B9F96801FC78031E073FE2111634082918307900099", "SIM"),
        ("3B00", "unknown"),
        (
            "3BEE00008131FE4580318066409093060F17830F9000F3",
            "health card",
        ),
    ] {
        assert_eq!(named(&catalogue, atr), name, "{atr}");
    }
    assert_eq!(catalogue.hint(&[]), Hint::Unknown);
}

/// Protects the technician who adds a card: each mistake is refused with its line and what is wrong.
#[test]
fn mistakes_are_named_with_their_line() {
    for (text, line, what) in [
        ("[health-card]\natr = [\"3B0\"]\n", 2, "hexadecimal"),
        (
            "[health-card]\natr = []\n[[other]]\nname = \"x\"\nwordings = \"y\"\n",
            5,
            "wordings",
        ),
        (
            "[health-card]\natr = []\n[[other]]\nname = \"x\"\nwording = \"y\"\nhistorical = [\"^\"]\n",
            6,
            "hexadecimal",
        ),
        ("", 1, "health-card"),
    ] {
        let Err(Error::ParseCatalogue { source, .. }) = Catalogue::parse(text, Path::new("x"))
        else {
            unreachable!("refused: {text}");
        };
        let told = source.to_string();
        assert!(
            told.contains(&format!("line {line}")) && told.contains(what),
            "{told}"
        );
    }
}

/// Protects "refreshed without a release": a changed file is taken up by the running program, a file
/// with a mistake is not.
#[test]
fn a_changed_file_is_taken_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cards.toml");
    let refreshed = Refreshed::new(Some(path.clone())).unwrap();
    assert_eq!(named(&refreshed.current(), "3B01AA"), "unknown");
    let mut day = std::time::UNIX_EPOCH;
    let mut write = |text: &str| {
        std::fs::write(&path, text).unwrap();
        day += std::time::Duration::from_secs(86_400);
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(day).unwrap();
    };
    write(
        "[health-card]\natr = []\n[[other]]\nname = \"new card\"\nwording = \"w\"\natr = [\"3B01..\"]\n",
    );
    assert_eq!(named(&refreshed.current(), "3B01AA"), "new card");
    write("[health-card]\n");
    assert_eq!(named(&refreshed.current(), "3B01AA"), "new card");
    write("[health-card]\natr = [\"3B01AA\"]\n");
    assert_eq!(named(&refreshed.current(), "3B01AA"), "health card");
}
