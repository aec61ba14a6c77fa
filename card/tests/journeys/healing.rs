//! Everything that happens to readers and cards in the field: the component heals by itself.

use std::time::{Duration, Instant};

use card::{CardFault, Config, Event};

use crate::read;
use crate::slot::Slot;
use crate::stage::{Card, PATIENCE, Service, Watch, eventually, inside};

const FIRST: u16 = 35963;
const SECOND: u16 = 35964;

/// A card of this profile in the folder of samples.
fn sample(name: &str) -> String {
    format!("{}/../assets/cards/{name}.toml", env!("CARGO_MANIFEST_DIR"))
}

/// Waits until this card, and no other, was read; whatever is told before it.
fn until_read(watch: &mut Watch, card_number: &str) {
    loop {
        match watch.next() {
            Some(Event::Read(held)) => {
                if let Some(decoded) = held.take() {
                    return assert_eq!(decoded.card_number.reveal(), card_number);
                }
            }
            Some(_) => {}
            None => panic!("the worker ended"),
        }
    }
}

/// Waits until the card is told to be out.
fn until_removed(watch: &mut Watch) {
    while watch.next() != Some(Event::Removed) {}
}

/// Protects the next person at every moment of a reading: a card pulled at power-on, at each command,
/// or in the middle of an answer gives nobody's data, and the card put in after it is read.
#[test]
fn a_card_pulled_at_any_moment() {
    inside("healing::a_card_pulled_at_any_moment", || {
        let _service = Service::start();
        let slot = Slot::start(FIRST);
        let mut watch = Watch::start();
        watch.expect_reader();
        for fault in [
            "pulled-at-power-on",
            "pulled-during-select",
            "pulled-within-select",
            "pulled-during-read",
            "pulled-within-read",
            "61xx fault=pulled-during-get-response",
            "61xx fault=pulled-within-get-response",
        ] {
            slot.say(&format!("insert {} fault={fault}", sample("worn")));
            watch.expect(&[Event::Reading]);
            match watch.next() {
                Some(Event::Removed) => {}
                other => panic!("{fault}: {other:?} instead of a removal"),
            }
            slot.say(&format!("insert {}", sample("national")));
            until_read(&mut watch, "000012345678");
            slot.say("pull");
            until_removed(&mut watch);
        }
    });
}

/// Protects one person from another: a card swapped for another in the middle of its reading is never
/// told; the one that is in at the end is, also where the reader did not see the change.
#[test]
fn a_card_swapped_during_a_reading() {
    inside("healing::a_card_swapped_during_a_reading", || {
        let _service = Service::start();
        let slot = Slot::start(FIRST);
        let mut watch = Watch::start();
        watch.expect_reader();
        for fault in [
            "swapped-during-select",
            "swapped-during-read",
            "swapped-unseen-during-select",
            "swapped-unseen-during-read",
        ] {
            slot.say(&format!(
                "insert {} fault={fault}:{}",
                sample("national"),
                sample("two-step")
            ));
            until_read(&mut watch, "000067890123");
            slot.say("pull");
            until_removed(&mut watch);
        }
    });
}

/// Protects the impatient: out and in again within 300 ms, at rest and in the middle of a reading.
/// Where `pcscd`, which looks every 400 ms, saw nothing of it, nobody can; where it did, the card is
/// read again. Afterwards everything is as ever.
#[test]
fn a_card_put_in_again_at_once() {
    inside("healing::a_card_put_in_again_at_once", || {
        let _service = Service::start();
        let slot = Slot::start(FIRST);
        let mut watch = Watch::start();
        watch.expect_reader();
        for (fault, away_ms) in [("", 0), ("", 100), ("", 300), ("fault=slow:700", 300)] {
            slot.say(&format!("insert {} {fault}", sample("national")));
            if fault.is_empty() {
                until_read(&mut watch, "000012345678");
            } else {
                watch.expect(&[Event::Reading]);
            }
            slot.say(&format!("reinsert {away_ms}"));
            slot.wait_for("removed");
            eventually("it is in again", || slot.ask("status").contains("in="));
            slot.say(&format!("swap {}", sample("two-step")));
            until_read(&mut watch, "000067890123");
            slot.say("pull");
            until_removed(&mut watch);
        }
    });
}

/// Protects the customer with a slow or a strange card: five seconds are waited for; noise, endless
/// detours and empty answers end in a fault that is told, or in a named card, and never in a person.
#[test]
fn slow_and_garbage_cards() {
    inside("healing::slow_and_garbage_cards", || {
        let _service = Service::start();
        let mut watch = Watch::with(Config {
            reader: Some("00 00".to_owned()),
            read_timeout: Duration::from_secs(8),
            ..Config::default()
        });
        watch.expect_reader();
        let card = Card::insert(&["--fault", "slow:5000"]);
        assert_eq!(read(&mut watch).card_number.reveal(), "000012345678");
        card.pull();
        watch.expect(&[Event::Removed]);
        let garbage: Vec<String> = (0..6).map(|seed| format!("garbage:{seed}")).collect();
        let mut faults = vec!["empty-answer", "endless-61xx", "endless-6cxx"];
        faults.extend(garbage.iter().map(String::as_str));
        for fault in faults {
            let card = Card::insert(&["--fault", fault]);
            watch.expect(&[Event::Reading]);
            match watch.next() {
                Some(
                    Event::Fault(CardFault::UnreadableAnswer | CardFault::TimedOut)
                    | Event::Wrong(_),
                ) => {}
                other => panic!("{fault}: {other:?}"),
            }
            drop(card);
            watch.expect(&[Event::Removed]);
        }
        // A card that has no answer to reset at first, and is of a kind that no list knows.
        for fault in ["mute-resets:1", "unknown-atr"] {
            let card = Card::insert(&["--fault", fault]);
            until_read(&mut watch, "000012345678");
            drop(card);
            watch.expect(&[Event::Removed]);
        }
    });
}

/// Protects the counter beside a reader in which a card hangs for ever: the other reader serves one
/// person after the other meanwhile.
#[test]
fn a_card_that_hangs_for_ever_in_another_reader() {
    inside(
        "healing::a_card_that_hangs_for_ever_in_another_reader",
        || {
            let _service = Service::start();
            let hanging = Slot::start(SECOND);
            hanging.say(&format!("insert {} fault=slow:86400000", sample("bank")));
            hanging.wait_for("inserted");
            let mut watch = Watch::with(Config {
                read_timeout: Duration::from_secs(2),
                ..Config::default()
            });
            watch.expect_reader();
            for _ in 0..3 {
                let card = Card::profile("national");
                assert_eq!(read(&mut watch).card_number.reveal(), "000012345678");
                card.pull();
                watch.expect(&[Event::Removed]);
            }
        },
    );
}

/// Protects the day after a crash: `pcscd` killed in the middle of a reading, gone for a while, and
/// back; the card is read again. Tells how soon after its return the service was found: within a
/// second is promised.
#[test]
fn a_service_killed_during_a_reading() {
    inside("healing::a_service_killed_during_a_reading", || {
        let slot = Slot::start(FIRST);
        let mut watch = Watch::start();
        watch.expect(&[Event::ServiceDown]);
        for _ in 0..3 {
            let service = Service::start();
            let back = Instant::now();
            watch.expect_reader();
            println!("found {} ms after its return", back.elapsed().as_millis());
            slot.say(&format!("insert {} fault=slow:3000", sample("national")));
            watch.expect(&[Event::Reading]);
            slot.wait_for("read");
            service.kill();
            watch.expect(&[Event::Removed, Event::ServiceDown]);
            slot.say("pull");
        }
        let _service = Service::start();
        watch.expect_reader();
        slot.say(&format!("insert {}", sample("national")));
        until_read(&mut watch, "000012345678");
    });
}

/// Protects against a `pcscd` that hangs: told as down although its socket is open, and used again
/// when it goes on.
#[test]
fn a_service_that_hangs() {
    inside("healing::a_service_that_hangs", || {
        let service = Service::start();
        let mut watch = Watch::start();
        watch.expect_reader();
        let card = Card::profile("national");
        read(&mut watch);
        service.pause();
        watch.expect(&[Event::Removed, Event::ServiceDown]);
        service.go_on();
        watch.expect_reader();
        until_read(&mut watch, "000012345678");
        card.pull();
        until_removed(&mut watch);
    });
}

/// Protects the customer at a kiosk with two readers: both cards are seen, one is served at a time,
/// the preferred reader's first.
#[test]
fn two_cards_in_two_readers() {
    inside("healing::two_cards_in_two_readers", || {
        let _service = Service::start();
        let (first, second) = (Slot::start(FIRST), Slot::start(SECOND));
        let mut watch = Watch::with(Config {
            preferred: Some("00 01".to_owned()),
            ..Config::default()
        });
        assert!(matches!(
            watch.next(),
            Some(Event::ReaderReady { reader }) if reader.ends_with("00 01")
        ));
        first.say(&format!("insert {}", sample("national")));
        assert_eq!(read(&mut watch).card_number.reveal(), "000012345678");
        second.say(&format!("insert {}", sample("two-step")));
        second.wait_for("get-response");
        first.say("pull");
        watch.expect(&[Event::Removed]);
        assert_eq!(read(&mut watch).card_number.reveal(), "000067890123");
        second.say("pull");
        watch.expect(&[Event::Removed]);
    });
}

/// Protects a person who walks away: the result is zeroed after its time although the card is still
/// in, and the next insertion is read.
#[test]
fn a_result_that_nobody_takes() {
    inside("healing::a_result_that_nobody_takes", || {
        let _service = Service::start();
        let mut watch = Watch::with(Config {
            reader: Some("00 00".to_owned()),
            kept: Duration::from_millis(500),
            ..Config::default()
        });
        watch.expect_reader();
        let card = Card::profile("national");
        watch.expect(&[Event::Reading]);
        let Some(Event::Read(held)) = watch.next() else {
            panic!("no reading");
        };
        let begun = Instant::now();
        while held.get().is_some() {
            assert!(begun.elapsed() < PATIENCE, "never zeroed");
            std::thread::yield_now();
        }
        card.pull();
        watch.expect(&[Event::Removed]);
        let _card = Card::profile("national");
        until_read(&mut watch, "000012345678");
    });
}
