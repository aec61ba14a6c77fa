//! Other programs at the same reader: they reset, hold, and must not be disturbed.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use card::{CardFault, Config, Event};
use pcsc::{Context, Disposition, Protocols, Scope, ShareMode};

use crate::read;
use crate::stage::{Card, PATIENCE, Service, Watch, eventually, inside};

const READER: &std::ffi::CStr = c"Virtual PCD 00 00";

fn connect(context: &Context, mode: ShareMode) -> pcsc::Card {
    let mut card = None;
    eventually("the card can be connected", || {
        card = context.connect(READER, mode, Protocols::ANY).ok();
        card.is_some()
    });
    card.unwrap()
}

/// Protects a reading against a program that keeps resetting the card: it begins again until it
/// holds the card for one whole transaction.
///
/// The other program pauses while the card is pulled: where a reset fails because the card is just
/// going, `pcscd` 1.9.9 calls the reader empty before its poll (every 0.4 s) has seen that, and a card
/// put in before the next poll stays invisible until it is taken out again. No client can see it.
#[test]
fn a_card_reset_by_another_program_is_read() {
    inside(
        "neighbours::a_card_reset_by_another_program_is_read",
        || {
            let _service = Service::start();
            let mut watch = Watch::start();
            watch.expect_reader();
            let stop = Arc::new(AtomicBool::new(false));
            let resets = Arc::new(AtomicU32::new(0));
            let pause = Arc::new(Mutex::new(()));
            let (asked, counted, paused) =
                (Arc::clone(&stop), Arc::clone(&resets), Arc::clone(&pause));
            let other = std::thread::spawn(move || {
                let context = Context::establish(Scope::System).unwrap();
                while !asked.load(Ordering::Acquire) {
                    let turn = paused.lock().unwrap();
                    if let Ok(card) = context.connect(READER, ShareMode::Shared, Protocols::ANY)
                        && card.disconnect(Disposition::ResetCard).is_ok()
                    {
                        counted.fetch_add(1, Ordering::AcqRel);
                    }
                    drop(turn);
                    std::thread::sleep(Duration::from_millis(20));
                }
            });
            for _ in 0..5 {
                let before = resets.load(Ordering::Acquire);
                let card = Card::insert(&["--fault", "slow:30"]);
                assert_eq!(read(&mut watch).card_number.reveal(), "000012345678");
                eventually("the other program resets too", || {
                    resets.load(Ordering::Acquire) > before
                });
                let _quiet = pause.lock().unwrap();
                card.pull();
                watch.expect(&[Event::Removed]);
            }
            stop.store(true, Ordering::Release);
            other.join().unwrap();
        },
    );
}

/// Protects other programs: a reading leaves the card as it was, so their connection goes on.
#[test]
fn a_reading_leaves_the_card_to_others() {
    inside("neighbours::a_reading_leaves_the_card_to_others", || {
        let _service = Service::start();
        let _card = Card::profile("national");
        let context = Context::establish(Scope::System).unwrap();
        let other = connect(&context, ShareMode::Shared);
        let config = Config {
            reader: Some("00 00".to_owned()),
            ..Config::default()
        };
        card::read(config, PATIENCE).unwrap();
        let mut buffer = [0; 64];
        let answer = other
            .transmit(&[0x00, 0xCA, 0x11, 0x00, 0x02, 0x00, 0x00], &mut buffer)
            .unwrap();
        assert!(answer.ends_with(&[0x90, 0x00]));
    });
}

/// Protects the counter while another program holds the card: a short hold is waited for, a long one
/// is told, and the watch notices the removal all the while.
#[test]
fn a_card_held_by_another_program() {
    inside("neighbours::a_card_held_by_another_program", || {
        let _service = Service::start();
        let context = Context::establish(Scope::System).unwrap();
        let config = Config {
            reader: Some("00 00".to_owned()),
            held_timeout: Duration::from_secs(2),
            ..Config::default()
        };

        // Exclusively, and then given free.
        let card = Card::profile("national");
        let exclusive = connect(&context, ShareMode::Exclusive);
        let mut watch = Watch::with(Config {
            held_timeout: PATIENCE,
            ..config.clone()
        });
        watch.expect_reader();
        watch.expect(&[Event::Reading]);
        exclusive
            .disconnect(Disposition::LeaveCard)
            .map_err(|(_, error)| error)
            .unwrap();
        assert!(matches!(watch.next(), Some(Event::Read(_))));
        card.pull();
        watch.expect(&[Event::Removed]);
        drop(watch);

        // Exclusively for good; then in a transaction, which blocks whoever connects.
        let card = Card::profile("national");
        let exclusive = connect(&context, ShareMode::Exclusive);
        let mut watch = Watch::with(config);
        watch.expect_reader();
        watch.expect(&[Event::Reading, Event::Fault(CardFault::HeldByOther)]);
        exclusive
            .disconnect(Disposition::LeaveCard)
            .map_err(|(_, error)| error)
            .unwrap();
        card.pull();
        watch.expect(&[Event::Removed]);
    });
}

/// Protects the counter from another program's endless transaction: told in time, removal noticed.
#[test]
fn a_card_in_another_programs_transaction() {
    inside("neighbours::a_card_in_another_programs_transaction", || {
        let _service = Service::start();
        let context = Context::establish(Scope::System).unwrap();
        let card = Card::profile("national");
        let mut other = connect(&context, ShareMode::Shared);
        let transaction = other.transaction().unwrap();
        let mut watch = Watch::with(Config {
            reader: Some("00 00".to_owned()),
            held_timeout: Duration::from_secs(2),
            ..Config::default()
        });
        watch.expect_reader();
        watch.expect(&[Event::Reading, Event::Fault(CardFault::HeldByOther)]);
        card.pull();
        watch.expect(&[Event::Removed]);
        drop(transaction);
    });
}

/// Protects pharmacies: the professional's card that stays in the second reader is told to nobody,
/// and the customer's card in the first is read each time.
#[test]
fn a_card_that_stays_in_another_reader_is_let_be() {
    inside(
        "neighbours::a_card_that_stays_in_another_reader_is_let_be",
        || {
            let _service = Service::start();
            let resident = Card::insert(&["--kind", "health-professional", "--port", "35964"]);
            resident.inserted();
            let mut watch = Watch::with(Config::default());
            watch.expect_reader();
            for _ in 0..2 {
                let card = Card::profile("national");
                assert_eq!(read(&mut watch).card_number.reveal(), "000012345678");
                card.pull();
                watch.expect(&[Event::Removed]);
            }
            // Put in again, it is somebody's mistake.
            resident.pull();
            let _card = Card::insert(&["--kind", "health-professional", "--port", "35964"]);
            watch.expect(&[Event::Reading]);
            watch.expect_wrong("health professional card");
        },
    );
}
