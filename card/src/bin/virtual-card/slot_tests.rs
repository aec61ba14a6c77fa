//! The slot and the commands, without a reader.

use std::time::Duration;

use proptest::prelude::*;

use crate::card::Card;
use crate::command::{self, Command, Source};
use crate::fault::Fault;
use crate::happening::Happening;
use crate::link;
use crate::slot::{Act, Slot};

const SELECT: &[u8] =
    b"\x00\xA4\x04\x00\x10\xD1\x58\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x11\x00";
const READ: &[u8] = b"\x00\xCA\x11\x00\x02\x00\x00";
const NOW: Duration = Duration::ZERO;

fn card(changes: &[(&str, &str)]) -> Card {
    let owned = |(key, value): &(&str, &str)| (String::from(*key), String::from(*value));
    Card::load(&Source {
        file: None,
        changes: changes.iter().map(owned).collect(),
    })
    .unwrap()
}

/// A slot with a card in it that the reader has switched on.
fn switched_on(changes: &[(&str, &str)]) -> Slot {
    let mut slot = Slot::default();
    slot.insert(card(changes), NOW).unwrap();
    slot.connected();
    slot.frame(&[1], NOW);
    slot.frame(&[4], NOW);
    slot
}

fn national() -> String {
    format!(
        "{}/../assets/cards/national.toml",
        env!("CARGO_MANIFEST_DIR")
    )
}

fn rare_name() -> String {
    format!(
        "{}/../assets/cards/rare-name.toml",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// What goes to the reader.
fn written(acts: &[Act]) -> Vec<Vec<u8>> {
    let bytes = |act: &Act| match act {
        Act::Write(bytes) => Some(bytes.clone()),
        _ => None,
    };
    acts.iter().filter_map(bytes).collect()
}

/// Protects every fault's name: what is written out is what is read in, in profiles and on the line.
#[test]
fn faults_are_written_as_they_are_read() {
    let points = ["select", "read", "get-response"];
    let mut names: Vec<String> = "mute mute-resets:2 mute-insertions:3 unknown-atr flicker:3/200 \
        pulled-at-power-on slow:5000 empty-answer garbage:7 endless-61xx endless-6cxx no-select \
        refused:6985 61xx 6cxx garbled short bad-check-digit worn"
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    for point in points {
        names.push(format!("pulled-during-{point}"));
        names.push(format!("pulled-within-{point}"));
        names.push(format!("swapped-during-{point}:other.toml"));
        names.push(format!("swapped-unseen-during-{point}:other.toml"));
    }
    for name in names {
        assert_eq!(name.parse::<Fault>().unwrap().to_string(), name);
    }
    for name in [
        "",
        "slow",
        "slow:",
        "pulled-during-",
        "flicker:9999/1",
        "refused:XYZ",
        "mute:1",
    ] {
        assert!(name.parse::<Fault>().is_err(), "{name}");
    }
}

/// Protects the player: a sound card's answers byte for byte, and at once.
#[test]
fn a_sound_card_answers() {
    let mut slot = switched_on(&[]);
    assert_eq!(
        written(&slot.frame(SELECT, NOW)),
        [link::frame(b"\x90\x00")]
    );
    let read = written(&slot.frame(READ, NOW)).remove(0);
    assert_eq!(
        (read.len(), &read[..14]),
        (61, b"\x00\x3B000012345678".as_slice())
    );
    assert!(read.ends_with(b"F1080501\x90\x00"));
    assert_eq!(
        written(&slot.frame(b"\x00\xB0\x00\x00", NOW)),
        [link::frame(b"\x6D\x00")]
    );
}

/// Protects the pace: latency and line time add up, and the answer comes then and not before.
#[test]
fn a_real_cards_pace_is_kept() {
    let mut slot = switched_on(&[("latency_ms", "5"), ("line_bytes_per_s", "1000")]);
    assert!(written(&slot.frame(READ, NOW)).is_empty());
    // 7 bytes there, 59 back, 4 around each: 74 bytes.
    assert_eq!(slot.next_due(), Some(Duration::from_millis(79)));
    assert!(slot.pass(Duration::from_millis(78)).is_empty());
    assert_eq!(written(&slot.pass(Duration::from_millis(79))).len(), 1);
}

/// Protects the truth of what is played: a slow card's answer goes with it, to nobody else's reader.
#[test]
fn an_answer_under_way_goes_with_its_card() {
    let mut slot = switched_on(&[("fault", "slow:100")]);
    slot.frame(READ, NOW);
    slot.swap(card(&[]), NOW).unwrap();
    slot.connected();
    assert!(written(&slot.pass(Duration::from_secs(1))).is_empty());
}

/// Protects the tests that pull cards: half an answer, then nothing and the card out.
#[test]
fn a_card_pulled_within_an_answer_leaves_half_of_it() {
    let mut slot = switched_on(&[("fault", "pulled-within-read")]);
    slot.frame(READ, NOW);
    let acts = slot.pass(NOW);
    let [
        Act::Write(half),
        Act::Disconnect,
        Act::Tell(Happening::Removed),
    ] = acts.as_slice()
    else {
        panic!("{acts:?}");
    };
    assert_eq!((half.len(), half[1]), (31, 59));
    assert!(slot.is_over());
}

/// Protects the tests of swapped cards: the other card answers, seen as another or not.
#[test]
fn a_swapped_card_is_another() {
    let mut slot = switched_on(&[(
        "fault",
        &format!("swapped-unseen-during-read:{}", rare_name()),
    )]);
    let acts = slot.frame(READ, NOW);
    assert!(acts.contains(&Act::Tell(Happening::Swapped("rare-name".to_owned()))));
    assert!(!acts.contains(&Act::Disconnect));
    assert!(written(&acts)[0].starts_with(b"\x00\x3B000045678901"));

    let mut slot = switched_on(&[("fault", &format!("swapped-during-select:{}", rare_name()))]);
    let acts = slot.frame(SELECT, NOW);
    assert!(written(&acts).is_empty() && acts.ends_with(&[Act::Connect]));
    assert!(acts.contains(&Act::Disconnect));
    slot.connected();
    assert!(written(&slot.frame(READ, NOW))[0].starts_with(b"\x00\x3B000045678901"));
}

/// Protects the order of a card that is mute at first: good after so many resets, or insertions.
#[test]
fn a_mute_card_comes_round() {
    let mut slot = Slot::default();
    slot.insert(card(&[("fault", "mute-resets:2")]), NOW)
        .unwrap();
    slot.connected();
    let mut lengths = Vec::new();
    for _ in 0..3 {
        slot.frame(&[1], NOW);
        lengths.push(written(&slot.frame(&[4], NOW))[0].len());
    }
    assert_eq!(lengths, [36, 36, 27]);

    let mut slot = Slot::default();
    slot.insert(card(&[("fault", "mute-insertions:1")]), NOW)
        .unwrap();
    for expected in [36, 27] {
        slot.connected();
        slot.frame(&[1], NOW);
        assert_eq!(written(&slot.frame(&[4], NOW))[0].len(), expected);
        slot.reinsert(NOW, NOW).unwrap();
        slot.pass(NOW);
    }
}

/// Protects whoever repeats a failed run: one seed, one series of faults.
#[test]
fn the_nasty_card_is_the_same_for_the_same_seed() {
    let played = |seed| {
        let mut slot = Slot::default();
        slot.be_nasty(seed);
        let mut told = Vec::new();
        for _ in 0..100 {
            told.extend(slot.insert(card(&[]), NOW).unwrap());
            slot.connected();
            for frame in [&[1], &[4], SELECT, READ] {
                told.extend(slot.frame(frame, NOW));
            }
            told.extend(slot.pass(Duration::from_secs(60)));
            let _ = slot.pull();
        }
        told
    };
    let drawn = |acts: &[Act]| {
        let is_drawn = |act: &&Act| matches!(act, Act::Tell(Happening::Drawn(_)));
        acts.iter().filter(is_drawn).count()
    };
    let first = played(1);
    assert!(drawn(&first) > 50);
    assert_eq!(first, played(1));
    assert_ne!(first, played(2));
}

/// Protects those who mistype: a profile's unknown key is named with its line.
#[test]
fn unknown_keys_are_refused_with_their_line() {
    let folder = std::env::temp_dir().join(format!("virtual-card-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("mistyped.toml");
    std::fs::write(&file, "kind = \"nhi\"\nlatncy_ms = 5\n").unwrap();
    let line = format!("insert {}", file.display());
    let Ok(Command::Insert(source)) = command::parse(&line) else {
        panic!("no insertion");
    };
    let error = crate::with_causes(&Card::load(&source).err().unwrap());
    assert!(
        error.contains("line 2") && error.contains("latncy_ms"),
        "{error}"
    );
    std::fs::remove_dir_all(&folder).unwrap();
    for line in [
        "insert colour=red",
        "insert birth=yesterday",
        "insert card_number=1",
    ] {
        let Ok(Command::Insert(source)) = command::parse(line) else {
            panic!("{line}");
        };
        assert!(Card::load(&source).is_err(), "{line}");
    }
}

/// A line that is nearly a command.
fn line() -> impl Strategy<Value = String> {
    let words = "insert pull swap reinsert fault clear nasty status events quit timed 0 5 18446744073709551616 \
        mute garbage:5 61xx pulled-within-read flicker:2/10 flicker:1000/0 slow:3 latency_ms=1 \
        line_bytes_per_s=0 line_bytes_per_s=1 sex=? name='王 明' kind=bank \" = fault=short fault=worn";
    let words: Vec<&'static str> = words.split_whitespace().collect();
    prop_oneof![
        proptest::collection::vec(proptest::sample::select(words), 0..4)
            .prop_map(|words| words.join(" ")),
        any::<String>(),
    ]
}

proptest! {
    /// Protects a long run: no line of commands and no frame of a reader ends the program, and the slot
    /// never speaks on a connection that it has closed.
    #[test]
    fn nothing_said_to_it_ends_it(
        steps in proptest::collection::vec(
            (line(), proptest::sample::select(vec![&[][..], &[0], &[1], &[2], &[4], SELECT, READ, b"\x00\xC0\x00\x00\x05"])),
            0..60,
        ),
        frame in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let mut slot = Slot::default();
        let mut is_open = false;
        for (at, (line, known)) in steps.into_iter().enumerate() {
            let now = Duration::from_millis(at as u64);
            let mut acts = match command::parse(&line) {
                Ok(Command::Insert(source)) => Card::load(&source)
                    .ok()
                    .and_then(|card| slot.insert(card, now).ok()),
                Ok(Command::Swap(source)) => Card::load(&source)
                    .ok()
                    .and_then(|card| slot.swap(card, now).ok()),
                Ok(Command::Pull) => slot.pull().ok(),
                Ok(Command::Reinsert(after)) => slot.reinsert(after, now).ok(),
                Ok(Command::Fault(fault)) => {
                    slot.add_fault(fault, crate::card::Others::default());
                    None
                }
                Ok(Command::Nasty(seed)) => {
                    slot.be_nasty(seed);
                    None
                }
                Ok(Command::Clear) => {
                    slot.clear_faults();
                    None
                }
                _ => None,
            }
            .unwrap_or_default();
            for frame in [known, &frame] {
                check(&mut slot, &mut is_open, std::mem::take(&mut acts))?;
                acts = slot.frame(frame, now);
            }
            check(&mut slot, &mut is_open, acts)?;
            let acts = slot.pass(now);
            check(&mut slot, &mut is_open, acts)?;
            let _ = slot.status().to_string();
        }
    }
}

fn check(slot: &mut Slot, is_open: &mut bool, acts: Vec<Act>) -> Result<(), TestCaseError> {
    for act in acts {
        match act {
            Act::Connect => {
                prop_assert!(!*is_open, "connects while connected");
                *is_open = true;
                slot.connected();
            }
            Act::Disconnect => *is_open = false,
            Act::Write(bytes) => {
                prop_assert!(*is_open, "writes on a closed connection");
                prop_assert!(bytes.len() >= 2);
            }
            Act::Tell(_) => {}
        }
    }
    Ok(())
}

/// Protects the documented cards: each profile of the repository can be put in.
#[test]
fn the_profiles_can_be_played() {
    for file in [national(), rare_name()] {
        let Ok(Command::Insert(source)) = command::parse(&format!("insert '{file}' fault=slow:1"))
        else {
            panic!("{file}");
        };
        assert!(Card::load(&source).is_ok(), "{file}");
    }
}
