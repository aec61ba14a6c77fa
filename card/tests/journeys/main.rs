//! The crate on a real `pcscd` with virtual readers: every card, every fault, every loss.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod neighbours;
mod stage;

use std::time::{Duration, Instant};

use card::{CardFault, Config, Error, Event, WrongCard, doctor};
use domain::CardReading;
use domain::card_reading::Sex;
use jiff::civil::{Date, date};
use stage::{Card, Service, Watch, inside};

fn read(watch: &mut Watch) -> CardReading {
    watch.expect(&[Event::Reading]);
    match watch.next() {
        Some(Event::Read(reading)) => reading,
        other => panic!("no reading but {other:?}"),
    }
}

/// Protects the crate's whole purpose: each sort of card is read, every field, and its removal told.
#[test]
fn every_profile_is_read() {
    inside("every_profile_is_read", || {
        let _service = Service::start();
        let mut watch = Watch::start();
        watch.expect_reader();
        type Row = (
            &'static str,
            &'static str,
            &'static str,
            &'static str,
            bool,
            Option<Date>,
            Option<Sex>,
            Option<Date>,
        );
        let rows: [Row; 6] = [
            (
                "national",
                "000012345678",
                "A123456789",
                "甄健康",
                true,
                Some(date(1990, 2, 15)),
                Some(Sex::Female),
                Some(date(2019, 5, 1)),
            ),
            (
                "new-residence",
                "000023456789",
                "A800000014",
                "NGUYEN THI MINH KHAI",
                true,
                Some(date(1995, 11, 30)),
                Some(Sex::Female),
                Some(date(2021, 3, 2)),
            ),
            (
                "old-residence",
                "000034567890",
                "AC03095424",
                "SITI AMINAH",
                true,
                Some(date(1988, 7, 4)),
                Some(Sex::Female),
                Some(date(2016, 8, 17)),
            ),
            (
                "rare-name",
                "000045678901",
                "B176944193",
                "王□明",
                false,
                Some(date(1975, 1, 9)),
                Some(Sex::Male),
                Some(date(2004, 1, 1)),
            ),
            (
                "worn",
                "000056789012",
                "F131104093",
                "林□□□",
                false,
                None,
                None,
                None,
            ),
            (
                "two-step",
                "000067890123",
                "O158238845",
                "歐陽安康",
                true,
                Some(date(2009, 9, 21)),
                Some(Sex::Male),
                Some(date(2012, 2, 29)),
            ),
        ];
        for (profile, card_number, person_number, name, certain, birth, sex, issued) in rows {
            let card = Card::profile(profile);
            let reading = read(&mut watch);
            assert_eq!(reading.card_number.reveal(), card_number, "{profile}");
            assert_eq!(reading.person_number.reveal(), person_number, "{profile}");
            assert_eq!(
                (reading.name.reveal(), reading.name_certain),
                (name, certain),
                "{profile}"
            );
            assert_eq!(
                (reading.birth, reading.sex, reading.issued),
                (birth, sex, issued),
                "{profile}"
            );
            assert_eq!(card.pull(), ["inserted", "removed"]);
            watch.expect(&[Event::Removed]);
        }
        for fault in ["6cxx", "no-select", "slow:300"] {
            let card = Card::insert(&["--fault", fault]);
            assert_eq!(read(&mut watch).name.reveal(), "甄健康", "{fault}");
            card.pull();
            watch.expect(&[Event::Removed]);
        }
    });
}

/// Protects the person who put in another card: it is named, and its removal is told.
#[test]
fn wrong_cards_are_named() {
    inside("wrong_cards_are_named", || {
        let _service = Service::start();
        let mut watch = Watch::start();
        watch.expect_reader();
        for (kind, named) in [
            ("citizen", WrongCard::CitizenCertificate),
            ("health-professional", WrongCard::HealthProfessional),
            ("bank", WrongCard::Bank),
            ("easycard", WrongCard::EasyCard),
            ("icash", WrongCard::ICash),
            ("sim", WrongCard::Sim),
            ("unknown", WrongCard::Unknown),
        ] {
            let card = Card::insert(&["--kind", kind]);
            watch.expect(&[Event::Reading, Event::Wrong(named)]);
            card.pull();
            watch.expect(&[Event::Removed]);
        }
    });
}

/// Protects I2 and the way out of a broken card: each fault is told apart from a wrong card.
#[test]
fn faulty_health_cards_are_told() {
    inside("faulty_health_cards_are_told", || {
        let _service = Service::start();
        let mut watch = Watch::with(Config {
            reader: Some("00 00".to_owned()),
            read_timeout: Duration::from_secs(4),
            ..Config::default()
        });
        watch.expect_reader();
        for (fault, told) in [
            ("bad-check-digit", CardFault::InvalidPersonNumber),
            ("garbled", CardFault::UnreadableAnswer),
            ("short", CardFault::UnreadableAnswer),
            ("refused:6985", CardFault::UnreadableAnswer),
            ("slow:600000", CardFault::TimedOut),
        ] {
            let card = Card::insert(&["--fault", fault]);
            watch.expect(&[Event::Reading, Event::Fault(told)]);
            drop(card);
            watch.expect(&[Event::Removed]);
        }
    });
}

/// Protects the next person: a card pulled in the middle gives a removal and nothing else, and the
/// card put in after it is read.
#[test]
fn a_card_pulled_while_read_is_removed() {
    inside("a_card_pulled_while_read_is_removed", || {
        let _service = Service::start();
        let mut watch = Watch::start();
        watch.expect_reader();
        for fault in ["pulled-during-select", "pulled-during-read"] {
            let card = Card::insert(&["--fault", fault]);
            watch.expect(&[Event::Reading, Event::Removed]);
            card.pull();
            let card = Card::profile("national");
            assert_eq!(read(&mut watch).card_number.reveal(), "000012345678");
            card.pull();
            watch.expect(&[Event::Removed]);
        }
    });
}

/// Protects the person who put the card in the wrong way: said after one retry, not at once.
#[test]
fn a_mute_card_is_said_after_a_retry() {
    inside("a_mute_card_is_said_after_a_retry", || {
        let _service = Service::start();
        let mut watch = Watch::start();
        watch.expect_reader();
        let card = Card::profile("wrong-way");
        watch.expect(&[Event::Reading]);
        let begun = Instant::now();
        watch.expect(&[Event::Mute]);
        assert!(begun.elapsed() >= Duration::from_millis(500));
        card.pull();
        watch.expect(&[Event::Removed]);
    });
}

/// Protects the terminal's day: `pcscd` killed under a card in use is told, and the worker reads
/// again after its restart without being restarted itself.
#[test]
fn a_restarted_service_is_found_again() {
    inside("a_restarted_service_is_found_again", || {
        let mut watch = Watch::start();
        watch.expect(&[Event::ServiceDown]);
        for _ in 0..2 {
            let service = Service::start();
            watch.expect_reader();
            let card = Card::profile("national");
            read(&mut watch);
            service.kill();
            watch.expect(&[Event::Removed, Event::ServiceDown]);
            drop(card);
        }
        let _service = Service::start();
        watch.expect_reader();
        watch.handle = None;
        assert_eq!(watch.next(), None);
    });
}

/// Protects the promise of "at once": the card is noticed soon after the reader switched it on, and
/// a card left alone costs no processor time.
#[test]
fn cards_are_noticed_soon_and_idling_is_free() {
    inside("cards_are_noticed_soon_and_idling_is_free", || {
        let _service = Service::start();
        let mut watch = Watch::start();
        watch.expect_reader();
        let mut slowest = Duration::ZERO;
        for _ in 0..5 {
            let card = Card::profile("national");
            let inserted = card.inserted();
            read(&mut watch);
            slowest = slowest.max(inserted.elapsed());
            card.pull();
            watch.expect(&[Event::Removed]);
        }
        println!(
            "from switched on to read: {} ms at most",
            slowest.as_millis()
        );
        assert!(slowest < Duration::from_secs(5));
        let _card = Card::profile("national");
        read(&mut watch);
        let before = processor_ticks();
        std::thread::sleep(Duration::from_secs(5));
        let used = processor_ticks() - before;
        println!("5 s with a card in: {used} ticks of 10 ms");
        assert!(used <= 10, "{used} ticks of 10 ms in 5 s");
    });
}

fn processor_ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

/// Protects the command line: one reading, and the doctor's report, with nothing, no card, each card.
#[test]
fn one_reading_and_the_doctor() {
    inside("one_reading_and_the_doctor", || {
        let config = Config {
            reader: Some("00 00".to_owned()),
            ..Config::default()
        };
        let nothing = Duration::ZERO;
        assert!(matches!(
            card::read(config.clone(), nothing),
            Err(Error::ServiceDown)
        ));
        assert_eq!(
            doctor::examine(&config).service,
            doctor::ServiceState::NotRunning
        );
        let _service = Service::start();
        let missing = Config {
            reader: Some("absent".to_owned()),
            ..Config::default()
        };
        assert!(matches!(
            card::read(missing, nothing),
            Err(Error::ReaderMissing)
        ));
        assert!(matches!(
            card::read(config.clone(), nothing),
            Err(Error::NoCard { .. })
        ));
        let empty = doctor::examine(&config);
        assert!(empty.is_fit() && empty.readers.len() == 1 && empty.readers[0].card.is_none());

        let card = Card::profile("national");
        let reading = card::read(config.clone(), stage::PATIENCE).unwrap();
        assert_eq!(reading.person_number.reveal(), "A123456789");
        let report = doctor::examine(&config);
        let found = report.readers[0].card.as_ref().unwrap();
        assert_eq!(found.state, doctor::CardState::Readable);
        assert!(found.atr.starts_with("3BFF18"));
        println!("doctor's reading: {} ms", found.reading_took.as_millis());
        let shown = format!("{report:?}");
        assert!(!shown.contains("A123456789") && !shown.contains("000012345678"));
        card.pull();

        let card = Card::profile("bank");
        card.inserted();
        assert!(matches!(
            card::read(config, stage::PATIENCE),
            Err(Error::WrongCard(WrongCard::Bank))
        ));
        card.pull();
    });
}
