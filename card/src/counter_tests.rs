#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use zeroize::Zeroizing;

use super::*;
use crate::WrongCard;
use crate::decode::tests::GOLDEN;
use crate::held::{Answer, Held};

fn read() -> State {
    State::Read(Held::new(Answer(Zeroizing::new(GOLDEN.to_vec()))))
}

fn wrong() -> State {
    State::Wrong(WrongCard::unknown())
}

/// The events in one word each.
fn words(events: &[Event]) -> Vec<String> {
    let word = |event: &Event| match event {
        Event::ReaderReady { reader } => format!("ready {reader}"),
        Event::Read(_) => "Read".to_owned(),
        Event::Wrong(_) => "Wrong".to_owned(),
        event => format!("{event:?}"),
    };
    events.iter().map(word).collect()
}

/// A counter at these readers, each in the state it is first told in.
fn counter(preferred: Option<&str>, readers: &[(&str, State)]) -> Counter {
    let mut counter = Counter::new(preferred.map(str::to_owned));
    let names = readers.iter().map(|(name, _)| (*name).to_owned()).collect();
    counter.hear(Change::Readers(names));
    for (name, state) in readers {
        hear(&mut counter, name, state.clone());
    }
    counter
}

fn hear(counter: &mut Counter, reader: &str, state: State) -> Vec<String> {
    words(&counter.hear(Change::Reader {
        reader: reader.to_owned(),
        state,
    }))
}

/// Protects the plain visit: progress at once, the reading, the removal, once each.
#[test]
fn a_card_is_told_from_beginning_to_end() {
    let mut counter = Counter::new(None);
    let events = counter.hear(Change::Readers(vec!["A".to_owned()]));
    assert_eq!(words(&events), ["ready A"]);
    assert!(hear(&mut counter, "A", State::Empty).is_empty());
    assert_eq!(hear(&mut counter, "A", State::Powering), ["Reading"]);
    assert!(hear(&mut counter, "A", State::Busy).is_empty());
    assert!(hear(&mut counter, "A", State::Reading).is_empty());
    assert_eq!(hear(&mut counter, "A", read()), ["Read"]);
    assert!(hear(&mut counter, "A", State::AwaitingRemoval).is_empty());
    assert_eq!(hear(&mut counter, "A", State::Empty), ["Removed"]);
}

/// Protects the person whose card another program held for long: told, and told again when it can be
/// read after all.
#[test]
fn a_card_held_for_long_is_read_after_all() {
    let mut counter = counter(None, &[("A", State::Empty)]);
    hear(&mut counter, "A", State::Powering);
    let held = State::Failed(CardFault::HeldByOther);
    assert_eq!(hear(&mut counter, "A", held), ["Fault(HeldByOther)"]);
    assert_eq!(hear(&mut counter, "A", State::Reading), ["Reading"]);
    assert_eq!(hear(&mut counter, "A", read()), ["Read"]);
}

/// Protects the end of a session: without `pcscd` or the reader the card counts as out.
#[test]
fn a_lost_service_or_reader_removes_the_card() {
    let mut counter = counter(None, &[("A", State::Empty)]);
    hear(&mut counter, "A", State::Powering);
    let events = counter.hear(Change::NoService);
    assert_eq!(words(&events), ["Removed", "ServiceDown"]);
    let events = counter.hear(Change::Readers(vec!["A".to_owned()]));
    assert_eq!(words(&events), ["ready A"]);
    assert_eq!(hear(&mut counter, "A", State::Powering), ["Reading"]);
    let events = counter.hear(Change::Readers(vec!["B".to_owned()]));
    assert_eq!(words(&events), ["Removed", "ready B"]);
    let events = counter.hear(Change::Readers(Vec::new()));
    assert_eq!(words(&events), ["ReaderMissing"]);
}

/// Protects kiosks with a card always in another reader (a SAM, a professional's card): told to
/// nobody, also while a customer's card comes and goes; put in again, it is somebody's mistake.
#[test]
fn a_resident_card_is_let_be() {
    let mut counter = counter(None, &[("A", State::Empty), ("SAM", State::Powering)]);
    assert!(hear(&mut counter, "SAM", wrong()).is_empty());
    for _ in 0..2 {
        assert_eq!(hear(&mut counter, "A", State::Powering), ["Reading"]);
        assert_eq!(hear(&mut counter, "A", read()), ["Read"]);
        assert_eq!(hear(&mut counter, "A", State::Empty), ["Removed"]);
    }
    assert!(hear(&mut counter, "SAM", State::Empty).is_empty());
    assert_eq!(hear(&mut counter, "SAM", State::Powering), ["Reading"]);
    assert_eq!(hear(&mut counter, "SAM", wrong()), ["Wrong"]);
}

/// Protects the customer who put the card in before the terminal was up: a health card is told, in
/// whatever reader.
#[test]
fn a_resident_health_card_is_told() {
    let mut counter = counter(None, &[("A", State::Empty), ("B", State::Powering)]);
    assert_eq!(hear(&mut counter, "B", read()), ["Reading", "Read"]);
}

/// Protects the customer with two readers before them: a health card in the second is told although
/// a wrong one is left in the first, and the wrong one is not told again.
#[test]
fn a_wrong_card_gives_way() {
    let mut counter = counter(None, &[("A", State::Empty), ("B", State::Empty)]);
    hear(&mut counter, "A", State::Powering);
    assert_eq!(hear(&mut counter, "A", wrong()), ["Wrong"]);
    assert_eq!(
        hear(&mut counter, "B", State::Powering),
        ["Removed", "Reading"]
    );
    assert_eq!(hear(&mut counter, "B", read()), ["Read"]);
    assert_eq!(hear(&mut counter, "B", State::Empty), ["Removed"]);
    assert!(hear(&mut counter, "A", State::Empty).is_empty());
}

/// Protects one visit from another: a second health card waits until the first is out; where both
/// wait, the preferred reader's is told.
#[test]
fn a_second_health_card_waits() {
    let empty = [
        ("A", State::Empty),
        ("B", State::Empty),
        ("C", State::Empty),
    ];
    let mut counter = counter(Some("C"), &empty);
    hear(&mut counter, "A", State::Powering);
    hear(&mut counter, "A", read());
    for waiting in ["B", "C"] {
        assert!(hear(&mut counter, waiting, State::Powering).is_empty());
        assert!(hear(&mut counter, waiting, read()).is_empty());
    }
    assert_eq!(
        hear(&mut counter, "A", State::Empty),
        ["Removed", "Reading", "Read"]
    );
    assert_eq!(counter.current.as_deref(), Some("C"));
}

fn states() -> impl Strategy<Value = State> {
    prop_oneof![
        3 => Just(State::Empty),
        2 => Just(State::Powering),
        2 => Just(State::Reading),
        2 => Just(()).prop_map(|()| read()),
        1 => Just(wrong()),
        1 => Just(State::Mute),
        1 => Just(State::Busy),
        1 => Just(State::Failed(CardFault::TimedOut)),
        1 => Just(State::Failed(CardFault::HeldByOther)),
        1 => Just(State::AwaitingRemoval),
    ]
}

proptest! {
    /// Protects the contract of the events, whatever the readers do: each card is begun before
    /// anything is said of it and removed before the next; with nothing in any reader nothing stays
    /// told; a result is told of the current card only.
    #[test]
    fn one_card_at_a_time(steps in proptest::collection::vec((0..2_usize, states()), 0..80)) {
        let names = ["A", "B"];
        let mut counter = counter(None, &[("A", State::Empty), ("B", State::Empty)]);
        let mut is_in = false;
        let end = names.map(|name| (name, State::Empty));
        let steps = steps.into_iter().map(|(at, state)| (names[at], state));
        for (reader, state) in steps.chain(end) {
            for event in counter.hear(Change::Reader { reader: reader.to_owned(), state }) {
                match event {
                    Event::Reading => is_in = true,
                    Event::Removed => {
                        prop_assert!(is_in);
                        is_in = false;
                    }
                    _ => prop_assert!(is_in),
                }
            }
        }
        prop_assert!(!is_in);
    }
}
