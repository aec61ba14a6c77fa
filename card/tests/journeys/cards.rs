//! Each sort of card: read, named, or told faulty.

use std::time::Duration;

use card::{CardFault, Config, Event};
use domain::card_reading::Sex;
use jiff::civil::{Date, date};

use crate::read;
use crate::stage::{Card, Service, Watch, inside};

/// Protects the crate's whole purpose: each sort of card is read, every field, and its removal told.
#[test]
fn every_profile_is_read() {
    inside("cards::every_profile_is_read", || {
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
    inside("cards::wrong_cards_are_named", || {
        let _service = Service::start();
        let mut watch = Watch::start();
        watch.expect_reader();
        for (kind, named) in [
            ("citizen", "citizen certificate"),
            ("health-professional", "health professional card"),
            ("bank", "bank card"),
            ("easycard", "EasyCard"),
            ("icash", "icash"),
            ("sim", "SIM"),
            ("unknown", "unknown card"),
        ] {
            let card = Card::insert(&["--kind", kind]);
            watch.expect(&[Event::Reading]);
            watch.expect_wrong(named);
            card.pull();
            watch.expect(&[Event::Removed]);
        }
    });
}

/// Protects I2 and the way out of a broken card: each fault is told apart from a wrong card.
#[test]
fn faulty_health_cards_are_told() {
    inside("cards::faulty_health_cards_are_told", || {
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

/// Protects the person who put the card in the wrong way: said after one retry, not at once.
#[test]
fn a_mute_card_is_said_after_a_retry() {
    inside("cards::a_mute_card_is_said_after_a_retry", || {
        let _service = Service::start();
        let mut watch = Watch::start();
        watch.expect_reader();
        let card = Card::profile("wrong-way");
        card.inserted();
        watch.expect(&[Event::Reading]);
        watch.expect(&[Event::Mute]);
        card.pull();
        watch.expect(&[Event::Removed]);
    });
}
