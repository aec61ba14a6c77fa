#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use zeroize::Zeroizing;

use super::*;
use crate::WrongCard;
use crate::decode::tests::GOLDEN;
use crate::held::Answer;
use crate::readers::Readers;

const SECOND: Duration = Duration::from_secs(1);
const HALF: Duration = Duration::from_millis(500);

/// A reader as `pcscd` shows it: with a card in when there is a count of events.
fn reader(name: &str, card: Option<u32>) -> ReaderView {
    ReaderView {
        name: CString::new(name).unwrap(),
        present: card.is_some(),
        atr: vec![0x3B, 0x00],
        event_count: card.unwrap_or_default(),
    }
}

fn health_card() -> Outcome {
    Outcome::Read(Answer(Zeroizing::new(GOLDEN.to_vec())))
}

/// The acts in one word each; readings are numbered.
fn words(acts: &[Act]) -> Vec<String> {
    let word = |act: &Act| match act {
        Act::Tell(Change::NoService) => "no service".to_owned(),
        Act::Tell(Change::Readers(names)) => format!("readers {}", names.join(",")),
        Act::Tell(Change::Reader { reader, state }) => match state {
            State::Failed(fault) => format!("{reader} {fault:?}"),
            state => format!("{reader} {}", state.label()),
        },
        Act::Read { number, .. } => format!("read {number}"),
    };
    acts.iter().map(word).collect()
}

fn held(acts: &[Act]) -> Held {
    let find = |act: &Act| match act {
        Act::Tell(Change::Reader {
            state: State::Read(held),
            ..
        }) => Some(held.clone()),
        _ => None,
    };
    acts.iter().find_map(find).expect("a card was read")
}

/// One empty reader, known.
fn empty() -> Readers {
    let mut readers = Readers::new(Config::default());
    let acts = readers.look(&[reader("A", None)], Duration::ZERO);
    assert_eq!(words(&acts), ["readers A", "A empty"]);
    readers
}

/// A card put in at second 1, and its reading begun.
fn reading() -> Readers {
    let mut readers = empty();
    let acts = readers.look(&[reader("A", Some(1))], SECOND);
    assert_eq!(words(&acts), ["A powering", "read 1"]);
    assert_eq!(words(&readers.begun(1, SECOND)), ["A reading"]);
    readers
}

/// Protects the plain visit: each state once, and the result gone with the card.
#[test]
fn a_card_is_read_and_removed() {
    let mut readers = reading();
    let acts = readers.done(1, &health_card(), SECOND);
    assert_eq!(words(&acts), ["A read"]);
    let held = held(&acts);
    assert!(held.get().is_some());
    assert!(readers.look(&[reader("A", Some(1))], SECOND * 2).is_empty());
    let acts = readers.look(&[reader("A", None)], SECOND * 3);
    assert_eq!(words(&acts), ["A empty"]);
    assert!(held.get().is_none());
    assert!(readers.look(&[reader("A", None)], SECOND * 4).is_empty());
}

/// Protects a person who leaves the card in: the result is zeroed after its time, and the state says
/// that the card is to be taken out.
#[test]
fn a_result_has_its_time() {
    let mut readers = reading();
    let held = held(&readers.done(1, &health_card(), SECOND));
    assert_eq!(readers.deadline(), Some(SECOND * 61));
    assert!(readers.pass_time(SECOND * 60).is_empty() && held.get().is_some());
    let acts = readers.pass_time(SECOND * 61);
    assert_eq!(words(&acts), ["A awaiting-removal"]);
    assert!(held.get().is_none());
    assert_eq!(readers.deadline(), None);
    let acts = readers.look(&[reader("A", None)], SECOND * 70);
    assert_eq!(words(&acts), ["A empty"]);
}

/// Protects against taking the next person for the last: out and in between two looks is another
/// insertion, the earlier result is zeroed, and the earlier card's late outcome is thrown away.
#[test]
fn a_card_changed_unseen_is_another() {
    let mut readers = reading();
    let first = held(&readers.done(1, &health_card(), SECOND));
    let acts = readers.look(&[reader("A", Some(3))], SECOND);
    assert_eq!(words(&acts), ["A empty", "A powering", "read 2"]);
    assert!(first.get().is_none());
    assert!(readers.done(1, &health_card(), SECOND).is_empty());
    assert!(readers.begun(1, SECOND).is_empty());
    assert_eq!(words(&readers.done(2, &health_card(), SECOND)), ["A read"]);
}

/// Protects people who put the card in slowly: mute is said after one retry half a second later, and
/// a mute card that finds its contacts is read after all.
#[test]
fn mute_is_said_after_one_retry() {
    let mut readers = empty();
    let mut mute = reader("A", Some(1));
    mute.atr.clear();
    let acts = readers.look(&[mute.clone()], SECOND);
    assert_eq!(words(&acts), ["A powering", "read 1"]);
    assert!(readers.done(1, &Outcome::Mute, SECOND).is_empty());
    assert_eq!(readers.deadline(), Some(SECOND + HALF));
    assert_eq!(words(&readers.pass_time(SECOND + HALF)), ["read 2"]);
    let acts = readers.done(2, &Outcome::Mute, SECOND * 2);
    assert_eq!(words(&acts), ["A mute"]);
    assert!(readers.look(&[mute], SECOND * 3).is_empty());
    let acts = readers.look(&[reader("A", Some(1))], SECOND * 4);
    assert_eq!(words(&acts), ["read 3"]);
    assert_eq!(words(&readers.begun(3, SECOND * 4)), ["A reading"]);
    assert_eq!(
        words(&readers.done(3, &health_card(), SECOND * 4)),
        ["A read"]
    );
}

/// Protects a card with a bad contact: two retries, not more; a wrong card or a bad number none.
#[test]
fn at_most_two_retries() {
    for broken in [Outcome::NoAnswer, Outcome::Unreadable] {
        let mut readers = reading();
        assert!(readers.done(1, &broken, SECOND).is_empty());
        assert_eq!(words(&readers.pass_time(SECOND + HALF)), ["read 2"]);
        assert!(readers.done(2, &broken, SECOND + HALF).is_empty());
        assert_eq!(words(&readers.pass_time(SECOND * 2)), ["read 3"]);
        let acts = readers.done(3, &broken, SECOND * 2);
        assert_eq!(words(&acts), ["A UnreadableAnswer"]);
        assert_eq!(readers.deadline(), None);
    }
    let mut readers = reading();
    let acts = readers.done(1, &Outcome::InvalidPersonNumber, SECOND);
    assert_eq!(words(&acts), ["A InvalidPersonNumber"]);
    let mut readers = reading();
    let acts = readers.done(1, &Outcome::Wrong(WrongCard::unknown()), SECOND);
    assert_eq!(words(&acts), ["A wrong-card"]);
}

/// Protects the counter beside another program: its exclusive hold is told, and the card is read as
/// soon as it lets go, also late.
#[test]
fn a_held_card_is_read_when_it_is_let_go() {
    let mut readers = empty();
    readers.look(&[reader("A", Some(1))], SECOND);
    assert_eq!(words(&readers.done(1, &Outcome::Held, SECOND)), ["A busy"]);
    assert_eq!(words(&readers.pass_time(SECOND + HALF)), ["read 2"]);
    let acts = readers.done(2, &Outcome::Held, SECOND * 6);
    assert_eq!(words(&acts), ["A HeldByOther"]);
    assert_eq!(readers.deadline(), Some(SECOND * 8));
    assert_eq!(words(&readers.pass_time(SECOND * 8)), ["read 3"]);
    assert_eq!(words(&readers.begun(3, SECOND * 8)), ["A reading"]);
    let acts = readers.done(3, &health_card(), SECOND * 8);
    assert_eq!(words(&acts), ["A read"]);
}

/// Protects the counter from another program's endless transaction, in which connecting blocks: busy
/// after a second, told after five, read whenever it ends.
#[test]
fn a_blocked_connection_is_told() {
    let mut readers = empty();
    readers.look(&[reader("A", Some(1))], SECOND);
    assert_eq!(readers.deadline(), Some(SECOND * 2));
    assert_eq!(words(&readers.pass_time(SECOND * 2)), ["A busy"]);
    assert_eq!(readers.deadline(), Some(SECOND * 6));
    assert_eq!(words(&readers.pass_time(SECOND * 6)), ["A HeldByOther"]);
    assert_eq!(readers.deadline(), None);
    assert_eq!(words(&readers.begun(1, SECOND * 99)), ["A reading"]);
    let acts = readers.done(1, &health_card(), SECOND * 99);
    assert_eq!(words(&acts), ["A read"]);
}

/// Protects the counter from a card that begins and never ends; what it says too late is nobody's.
#[test]
fn a_reading_without_end_is_timed_out() {
    let mut readers = reading();
    assert_eq!(readers.deadline(), Some(SECOND * 11));
    assert_eq!(words(&readers.pass_time(SECOND * 11)), ["A TimedOut"]);
    assert!(readers.done(1, &health_card(), SECOND * 12).is_empty());
}

/// Protects the moment between seeing and reading: a card that is gone for the reader only is asked
/// for again, not for ever.
#[test]
fn a_card_gone_for_the_reader_is_asked_for_again() {
    let mut readers = reading();
    assert!(readers.done(1, &Outcome::Gone, SECOND * 2).is_empty());
    assert_eq!(words(&readers.pass_time(SECOND * 3)), ["read 2"]);
    let acts = readers.done(2, &Outcome::Gone, SECOND * 7);
    assert_eq!(words(&acts), ["A UnreadableAnswer"]);
}

/// Protects the end of a session: without `pcscd` or the reader nobody knows whether the card is
/// still in, so its result is zeroed; afterwards it is a new insertion.
#[test]
fn a_lost_service_or_reader_ends_the_card() {
    let mut readers = reading();
    let first = held(&readers.done(1, &health_card(), SECOND));
    assert_eq!(words(&readers.service_lost()), ["no service"]);
    assert!(readers.service_lost().is_empty() && first.get().is_none());
    let acts = readers.look(&[reader("A", Some(1))], SECOND * 2);
    assert_eq!(words(&acts), ["readers A", "A powering", "read 2"]);
    let second = held(&readers.done(2, &health_card(), SECOND * 2));
    assert_eq!(words(&readers.look(&[], SECOND * 3)), ["readers "]);
    assert!(second.get().is_none());
    assert!(readers.done(2, &health_card(), SECOND * 3).is_empty());
}

/// Protects the second reader: a card that hangs in the first does not keep one in the second from
/// being read.
#[test]
fn readers_do_not_wait_for_each_other() {
    let mut readers = Readers::new(Config::default());
    readers.look(&[reader("A", None), reader("B", None)], Duration::ZERO);
    let both = [reader("A", Some(1)), reader("B", Some(1))];
    let acts = readers.look(&both, SECOND);
    assert_eq!(
        words(&acts),
        ["A powering", "read 1", "B powering", "read 2"]
    );
    assert_eq!(words(&readers.begun(2, SECOND)), ["B reading"]);
    let acts = readers.done(2, &health_card(), SECOND);
    assert_eq!(words(&acts), ["B read"]);
}

/// One thing that can happen.
#[derive(Debug, Clone)]
enum Happening {
    Look(Option<u32>),
    NoReader,
    Lost,
    Begun,
    /// The outcome of the reading asked for last, or of an earlier one.
    Done(Outcome, u64),
    Time,
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let outcome = prop_oneof![
        Just(health_card()),
        Just(Outcome::Wrong(WrongCard::unknown())),
        Just(Outcome::InvalidPersonNumber),
        Just(Outcome::Unreadable),
        Just(Outcome::Mute),
        Just(Outcome::NoAnswer),
        Just(Outcome::Held),
        Just(Outcome::Gone),
    ];
    let happening = prop_oneof![
        5 => proptest::option::of(0..3_u32).prop_map(Happening::Look),
        1 => Just(Happening::NoReader),
        1 => Just(Happening::Lost),
        3 => Just(Happening::Begun),
        5 => (outcome, 0..2_u64).prop_map(|(outcome, late)| Happening::Done(outcome, late)),
        3 => Just(Happening::Time),
    ];
    proptest::collection::vec(happening, 0..80)
}

proptest! {
    /// Protects people from each other, whatever happens: at most one result is readable, only while
    /// its card is in and told as read; nothing is told twice in a row; and what is due is always
    /// in the future once time has passed.
    #[test]
    fn results_live_only_with_their_card(happenings in happenings(), step_ms in 50..4_000_u64) {
        let mut readers = Readers::new(Config::default());
        let mut now = Duration::ZERO;
        let mut asked = 0;
        let mut told: Option<State> = None;
        let mut results: Vec<Held> = Vec::new();
        for happening in happenings {
            now += Duration::from_millis(step_ms);
            let acts = match happening {
                Happening::Look(card) => readers.look(&[reader("A", card)], now),
                Happening::NoReader => readers.look(&[], now),
                Happening::Lost => readers.service_lost(),
                Happening::Begun => readers.begun(asked, now),
                Happening::Done(outcome, late) => {
                    readers.done(asked.saturating_sub(late), &outcome, now)
                }
                Happening::Time => readers.pass_time(now),
            };
            for act in acts {
                match act {
                    Act::Read { number, .. } => {
                        prop_assert_eq!(number, asked + 1);
                        asked = number;
                    }
                    Act::Tell(Change::Reader { state, .. }) => {
                        prop_assert_ne!(told.as_ref(), Some(&state));
                        if let State::Read(held) = &state {
                            results.push(held.clone());
                        }
                        told = Some(state);
                    }
                    Act::Tell(_) => told = None,
                }
            }
            let shown = match &told {
                Some(State::Read(held)) => Some(held.clone()),
                _ => None,
            };
            for held in &results {
                prop_assert_eq!(held.get().is_some(), Some(held) == shown.as_ref());
            }
        }
        now += SECOND * 600;
        readers.pass_time(now);
        let due = readers.deadline();
        prop_assert!(due.is_none_or(|due| due > now) || !readers.pass_time(now).is_empty());
    }
}
