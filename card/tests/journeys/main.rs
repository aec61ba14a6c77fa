//! The crate on a real `pcscd` with virtual readers: every card, every fault, every loss.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "journeys take real time, and say how much"
)]

mod cards;
mod command_line;
mod doctor;
mod healing;
mod neighbours;
mod plug;
mod slot;
mod stage;
mod strangers;

use std::time::Duration;

use card::{Config, Event, State};
use domain::CardReading;
use stage::{Card, Readers, Service, Watch, inside};

fn read(watch: &mut Watch) -> CardReading {
    watch.expect(&[Event::Reading]);
    match watch.next() {
        Some(Event::Read(held)) => held.take().expect("the card is still in").reading(),
        other => panic!("no reading but {other:?}"),
    }
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
        drop(watch);
        // From the reading to the end of the result's time nothing happens.
        let mut idle = Readers::watch(Config {
            reader: Some("00 00".to_owned()),
            kept: Duration::from_secs(5),
            ..Config::default()
        });
        let _card = Card::profile("national");
        idle.until(|state| matches!(state, State::Read(_)));
        let before = processor_ticks();
        idle.until(|state| *state == State::AwaitingRemoval);
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
