//! A reader unplugged and replugged while `pcscd` runs on: a made-up USB device, found and lost by
//! `pcscd`'s own hotplug code, under Debian's own driver for CCID readers.

mod bus;
mod ccid;
mod line;
mod slot;

use card::{Config, Event};

use crate::read;
use crate::stage::{Card, Service, Watch, eventually, inside};
use bus::Bus;
use line::Line;

/// As `pcscd` numbers the only reader of its kind.
const READER: &str = "Reader On A Cable 00 00";
/// READ, the second command of a reading.
const READ_INSTRUCTION: u8 = 0xCA;

/// A USB port, a reader for it, and a `pcscd` that is started once.
struct Plug {
    service: Service,
    bus: Bus,
    line: Line,
}

impl Plug {
    fn lay() -> Self {
        let line = Line::lay();
        let bus = Bus::lay();
        let service = Service::start_with(&mut bus.pcscd(line.path()));
        Self { service, bus, line }
    }

    fn plug_in(&self) {
        self.line.set_plugged(true);
        self.bus.plug_in();
    }

    /// As with a real one the bytes stop first, and then the kernel tells.
    fn pull_out(&self) {
        self.line.set_plugged(false);
        self.bus.pull_out();
    }
}

fn expect_reader(watch: &mut Watch) {
    let reader = READER.to_owned();
    watch.expect(&[Event::ReaderReady { reader }]);
}

/// Protects the day at the counter: a reader pulled out with a card in it takes the card's result
/// with it and is told as missing; plugged in again it is found and reads, also the card that stayed
/// in, and nobody restarts anything.
///
/// The cable stays out until that has been told. `pcscd` 1.9.9 gives a reader that comes back its old name
/// and its old event count; where it does both in one go, about a millisecond apart, a client that was
/// not waiting just then sees no difference, also when the card is another one. A real reader takes far
/// longer to be opened, and hands far longer to change a card.
#[test]
fn a_reader_unplugged_and_replugged_reads_again() {
    inside("plug::a_reader_unplugged_and_replugged_reads_again", || {
        let mut plug = Plug::lay();
        let mut watch = Watch::with(Config::default());
        watch.expect(&[Event::ReaderMissing]);
        for _ in 0..2 {
            plug.plug_in();
            expect_reader(&mut watch);
            // Such a one stays in where the reader goes away; others end.
            let card = Card::insert(&["--control", "/run/staying-card"]);
            assert_eq!(read(&mut watch).card_number.reveal(), "000012345678");

            plug.pull_out();
            watch.expect(&[Event::Removed, Event::ReaderMissing]);

            plug.plug_in();
            expect_reader(&mut watch);
            assert_eq!(read(&mut watch).card_number.reveal(), "000012345678");
            drop(card);
            watch.expect(&[Event::Removed]);

            let card = Card::profile("old-residence");
            read(&mut watch);
            card.pull();
            watch.expect(&[Event::Removed]);
            plug.pull_out();
            watch.expect(&[Event::ReaderMissing]);
        }
        plug.service.assert_never_ended();
    });
}

/// Protects what was read: the card's result is gone once its reader is, whoever still holds it.
#[test]
fn a_result_is_gone_with_its_reader() {
    inside("plug::a_result_is_gone_with_its_reader", || {
        let mut plug = Plug::lay();
        plug.plug_in();
        let mut watch = Watch::with(Config::default());
        expect_reader(&mut watch);
        let _card = Card::profile("national");
        watch.expect(&[Event::Reading]);
        let Some(Event::Read(held)) = watch.next() else {
            panic!("no reading");
        };
        assert!(held.get().is_some());
        plug.pull_out();
        watch.expect(&[Event::Removed, Event::ReaderMissing]);
        assert!(held.get().is_none() && held.answer().is_none());
        plug.service.assert_never_ended();
    });
}

/// Protects the next person: a reader pulled out in the middle of READ leaves neither a reading that
/// never ends nor one that is told later; replugged, the next card is read.
#[test]
fn a_reader_unplugged_in_the_middle_of_a_reading_is_not_stuck() {
    inside(
        "plug::a_reader_unplugged_in_the_middle_of_a_reading_is_not_stuck",
        || {
            let mut plug = Plug::lay();
            let mut watch = Watch::with(Config::default());
            watch.expect(&[Event::ReaderMissing]);
            for _ in 0..2 {
                plug.plug_in();
                expect_reader(&mut watch);
                let slow = Card::insert(&["--fault", "slow:600000"]);
                watch.expect(&[Event::Reading]);
                eventually("READ has gone to the card", || {
                    plug.line.pending() == Some(READ_INSTRUCTION)
                });

                plug.pull_out();
                watch.expect(&[Event::Removed, Event::ReaderMissing]);
                slow.pull();

                plug.plug_in();
                expect_reader(&mut watch);
                let card = Card::profile("old-residence");
                read(&mut watch);
                card.pull();
                watch.expect(&[Event::Removed]);
                plug.pull_out();
                watch.expect(&[Event::ReaderMissing]);
            }
            plug.service.assert_never_ended();
        },
    );
}
