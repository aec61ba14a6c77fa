//! The doctor on a real `pcscd`: what it tells of readers and cards, and that it tells of nobody.

use std::time::Duration;

use card::catalogue::Hint;
use card::decode::Warning;
use card::doctor::{self, CardReport, CardState, Finding, Places, ServiceState};
use card::{CardFault, Config};
use pcsc::{Context, Protocols, Scope, ShareMode};

use crate::stage::{Card, Service, eventually, inside};

fn config() -> Config {
    Config {
        reader: Some("00 00".to_owned()),
        ..Config::default()
    }
}

/// What is said of the card in the first reader.
fn card() -> CardReport {
    let report = doctor::examine(&config());
    assert!(report.is_fit());
    let shown = format!("{report:?}");
    for personal in ["A123456789", "000012345678", "甄", "1990", "186, 194"] {
        assert!(!shown.contains(personal), "{personal} is told");
    }
    let [reader] = report.readers.as_slice() else {
        panic!("one reader of that name: {:?}", report.readers);
    };
    reader.card.clone().expect("a card is in it")
}

/// Protects the technician on the telephone: each kind of card comes with its answer to reset, its
/// status words and its timings, and with nothing of its holder.
#[test]
fn cards_are_told_without_their_holders() {
    inside("doctor::cards_are_told_without_their_holders", || {
        let _service = Service::start();
        let national = Card::profile("national");
        national.inserted();
        let told = card();
        assert_eq!(told.state, CardState::Readable);
        assert_eq!((told.select, told.read), (Some(0x9000), Some(0x9000)));
        assert!(told.atr.starts_with("3BFF18"));
        assert_eq!(told.hint, Hint::HealthCard);
        assert_eq!(told.warnings, [Warning::SexAgainstNumber]);
        let repeated = told.repeated.expect("a quick card is read again");
        for (spread, step) in [
            (repeated.connect, "connect"),
            (repeated.select, "SELECT"),
            (repeated.read, "READ"),
        ] {
            println!("{step}: {spread:?}, first reading {:?}", told.took);
            assert!(spread.min <= spread.median && spread.median <= spread.max);
            assert!(!spread.max.is_zero());
        }
        national.pull();

        let refused = Card::insert(&["--fault", "refused:6985"]);
        refused.inserted();
        let told = card();
        assert_eq!((told.select, told.read), (Some(0x9000), Some(0x6985)));
        assert_eq!(told.state, CardState::Faulty(CardFault::UnreadableAnswer));
        assert_eq!((told.repeated, told.warnings), (None, Vec::new()));
        refused.pull();

        let bank = Card::insert(&["--kind", "bank"]);
        bank.inserted();
        let told = card();
        assert!(matches!(told.state, CardState::Wrong(_)) && matches!(told.hint, Hint::Other(_)));
        bank.pull();
    });
}

/// Protects the technician from a doctor that hangs as the kiosk does: a card in another program's
/// transaction, and one that never answers, are told and left.
#[test]
fn what_hangs_is_told_and_left() {
    inside("doctor::what_hangs_is_told_and_left", || {
        let _service = Service::start();
        let impatient = Config {
            held_timeout: Duration::from_secs(1),
            read_timeout: Duration::from_secs(1),
            ..config()
        };
        let state = || {
            let report = doctor::examine(&impatient);
            report.readers[0]
                .card
                .as_ref()
                .map(|card| card.state.clone())
        };
        let slow = Card::insert(&["--fault", "slow:600000"]);
        slow.inserted();
        assert_eq!(state(), Some(CardState::Faulty(CardFault::TimedOut)));
        drop(slow);
        let card = Card::profile("national");
        card.inserted();
        let context = Context::establish(Scope::System).unwrap();
        let mut other = None;
        eventually("the other program has the card", || {
            let reader = c"Virtual PCD 00 00";
            other = context
                .connect(reader, ShareMode::Shared, Protocols::ANY)
                .ok();
            other.is_some()
        });
        let mut other = other.unwrap();
        let transaction = other.transaction().unwrap();
        assert_eq!(state(), Some(CardState::Faulty(CardFault::HeldByOther)));
        drop(transaction);
        assert_eq!(state(), Some(CardState::Readable));
    });
}

/// Protects the technician from the wrong door: no service, one that does not answer, and a virtual
/// reader's driver are told apart.
#[test]
fn services_are_told_apart() {
    inside("doctor::services_are_told_apart", || {
        let absent = doctor::examine(&config());
        assert_eq!(absent.service, ServiceState::NotRunning);
        assert_eq!(absent.findings[0], Finding::ServiceNotRunning);
        assert!(absent.machine.pcscd.is_some() && absent.machine.libccid.is_some());
        assert!(absent.findings.contains(&Finding::VirtualReader));
        // Takes connections and says nothing, as a pcscd of another version does in effect.
        let socket = std::path::PathBuf::from("/run/pcscd/other.comm");
        let _mute = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let places = Places {
            socket,
            ..Places::default()
        };
        let mute = doctor::examine_at(&config(), &places);
        assert_eq!(mute.service, ServiceState::NotAnswering);
    });
}
