use proptest::prelude::*;

use super::*;
use crate::WrongCard;
use crate::decode::{
    self,
    tests::{GOLDEN, TODAY},
};

const SECOND: Duration = Duration::from_secs(1);

fn reader(name: &str, card: Option<u32>) -> ReaderView {
    ReaderView {
        name: CString::new(name).unwrap_or_default(),
        present: card.is_some(),
        atr: Vec::new(),
        event_count: card.unwrap_or_default(),
    }
}

/// The acts in one word each.
fn words(acts: &[Act]) -> Vec<String> {
    acts.iter()
        .map(|act| match act {
            Act::Tell(Event::ReaderReady { reader }) => format!("ready {reader}"),
            Act::Tell(Event::Read(_)) => "read".to_owned(),
            Act::Tell(event) => format!("{event:?}"),
            Act::Read { number, insertion } => {
                format!("begin {number} {}", insertion.reader.to_string_lossy())
            }
        })
        .collect()
}

fn health_card() -> Outcome {
    decode::decode(GOLDEN, TODAY).map_or(Outcome::Mute, |decoded| Outcome::Read(decoded.reading()))
}

fn ready(readers: &[ReaderView]) -> Watch {
    let mut watch = Watch::new(Config::default());
    watch.look(readers, Duration::ZERO);
    watch
}

/// Protects the plain visit: progress at once, the reading, the removal, once each.
#[test]
fn a_card_is_read_and_removed() {
    let mut watch = Watch::new(Config::default());
    assert_eq!(
        words(&watch.look(&[reader("A", None)], Duration::ZERO)),
        ["ready A"]
    );
    assert_eq!(
        words(&watch.look(&[reader("A", Some(1))], SECOND)),
        ["Reading", "begin 1 A"]
    );
    assert!(words(&watch.look(&[reader("A", Some(1))], SECOND)).is_empty());
    assert_eq!(words(&watch.done(1, health_card(), SECOND)), ["read"]);
    assert!(words(&watch.look(&[reader("A", Some(1))], SECOND)).is_empty());
    assert_eq!(
        words(&watch.look(&[reader("A", None)], SECOND)),
        ["Removed"]
    );
    assert!(words(&watch.look(&[reader("A", None)], SECOND)).is_empty());
}

/// Protects against taking the next person for the last: out and in between two looks is a removal,
/// and the late outcome of the earlier card is thrown away.
#[test]
fn a_card_changed_unseen_is_another_visit() {
    let mut watch = ready(&[reader("A", None)]);
    watch.look(&[reader("A", Some(1))], SECOND);
    assert_eq!(
        words(&watch.look(&[reader("A", Some(3))], SECOND)),
        ["Removed", "Reading", "begin 2 A"]
    );
    assert!(words(&watch.done(1, health_card(), SECOND)).is_empty());
    assert_eq!(words(&watch.done(2, health_card(), SECOND)), ["read"]);
}

/// Protects people who put the card in slowly: mute is said after one retry half a second later.
#[test]
fn mute_is_said_after_one_retry() {
    let mut watch = ready(&[reader("A", None)]);
    let card = [reader("A", Some(1))];
    watch.look(&card, SECOND);
    assert!(words(&watch.done(1, Outcome::Mute, SECOND)).is_empty());
    assert_eq!(watch.wait_at_most(SECOND), Some(RETRY_AFTER));
    assert!(words(&watch.look(&card, SECOND)).is_empty());
    let later = SECOND + RETRY_AFTER;
    assert_eq!(words(&watch.look(&card, later)), ["begin 2 A"]);
    assert_eq!(words(&watch.done(2, Outcome::Mute, later)), ["Mute"]);
    assert!(words(&watch.look(&card, later + SECOND)).is_empty());
    assert_eq!(
        words(&watch.look(&[reader("A", None)], later + SECOND)),
        ["Removed"]
    );
}

/// Protects the person whose card answered nothing once, and whose card answers nothing twice.
#[test]
fn an_empty_answer_is_tried_again_once() {
    let mut watch = ready(&[reader("A", None)]);
    let card = [reader("A", Some(1))];
    watch.look(&card, SECOND);
    watch.done(1, Outcome::NoAnswer, SECOND);
    watch.look(&card, SECOND * 2);
    assert_eq!(
        words(&watch.done(2, Outcome::NoAnswer, SECOND * 2)),
        ["Fault(UnreadableAnswer)"]
    );
}

/// Protects the counter from a reader that shows a card nobody can connect: it is not tried for ever.
#[test]
fn a_card_gone_and_still_shown_is_told() {
    let mut watch = ready(&[reader("A", None)]);
    let card = [reader("A", Some(1))];
    watch.look(&card, SECOND);
    assert!(words(&watch.done(1, Outcome::Gone, SECOND)).is_empty());
    assert_eq!(words(&watch.look(&card, SECOND * 7)), ["begin 2 A"]);
    assert_eq!(
        words(&watch.done(2, Outcome::Gone, SECOND * 7)),
        ["Fault(UnreadableAnswer)"]
    );
}

/// Protects the counter from waiting forever: another program's hold and a reading that never ends
/// are both told.
#[test]
fn holds_and_hanging_readings_end() {
    let mut watch = ready(&[reader("A", None)]);
    let card = [reader("A", Some(1))];
    watch.look(&card, SECOND);
    assert!(words(&watch.done(1, Outcome::Held, SECOND)).is_empty());
    assert_eq!(words(&watch.look(&card, SECOND * 5)), ["begin 2 A"]);
    assert_eq!(
        words(&watch.done(2, Outcome::Held, SECOND * 7)),
        ["Fault(HeldByOther)"]
    );

    let mut watch = ready(&[reader("A", None)]);
    watch.look(&card, SECOND);
    assert!(words(&watch.look(&card, SECOND * 10)).is_empty());
    assert_eq!(words(&watch.look(&card, SECOND * 11)), ["Fault(TimedOut)"]);
    assert!(words(&watch.done(1, health_card(), SECOND * 12)).is_empty());
}

/// Protects the end of a session: without `pcscd` or the reader nobody knows whether the card is
/// still in, so it counts as out; afterwards it is a new insertion.
#[test]
fn a_lost_service_or_reader_removes_the_card() {
    let mut watch = ready(&[reader("A", None)]);
    watch.look(&[reader("A", Some(1))], SECOND);
    watch.done(1, health_card(), SECOND);
    assert_eq!(words(&watch.service_lost()), ["Removed", "ServiceDown"]);
    assert!(words(&watch.service_lost()).is_empty());
    assert_eq!(
        words(&watch.look(&[reader("A", Some(1))], SECOND)),
        ["ready A", "Reading", "begin 2 A"]
    );
    assert_eq!(
        words(&watch.look(&[], SECOND)),
        ["Removed", "ReaderMissing"]
    );
    assert_eq!(
        words(&watch.look(&[reader("B", None)], SECOND)),
        ["ready B"]
    );
}

/// Protects kiosks with a card always in another reader (a SAM, a professional's card): it is
/// looked at once, told to nobody, and does not keep the customer's card from being read.
#[test]
fn a_resident_card_is_dismissed_in_silence() {
    let mut watch = Watch::new(Config::default());
    let alone = [reader("A", None), reader("SAM", Some(1))];
    assert_eq!(
        words(&watch.look(&alone, Duration::ZERO)),
        ["ready A", "begin 1 SAM"]
    );
    assert!(
        words(&watch.done(1, Outcome::Wrong(WrongCard::HealthProfessional), SECOND)).is_empty()
    );
    assert!(words(&watch.look(&alone, SECOND)).is_empty());
    let both = [reader("A", Some(2)), reader("SAM", Some(1))];
    assert_eq!(words(&watch.look(&both, SECOND)), ["Reading", "begin 2 A"]);
    assert_eq!(words(&watch.done(2, health_card(), SECOND)), ["read"]);
    assert_eq!(words(&watch.look(&alone, SECOND)), ["Removed"]);
}

/// Protects the customer with two readers before them: a health card in the second is read although
/// a wrong one is left in the first, and the wrong one is not told again.
#[test]
fn a_wrong_card_gives_way() {
    let mut watch = ready(&[reader("A", None), reader("B", None)]);
    let wrong = [reader("A", Some(1)), reader("B", None)];
    watch.look(&wrong, SECOND);
    assert_eq!(
        words(&watch.done(1, Outcome::Wrong(WrongCard::Bank), SECOND)),
        ["Wrong(Bank)"]
    );
    let both = [reader("A", Some(1)), reader("B", Some(1))];
    assert_eq!(
        words(&watch.look(&both, SECOND)),
        ["Removed", "Reading", "begin 2 B"]
    );
    watch.done(2, health_card(), SECOND);
    assert_eq!(words(&watch.look(&wrong, SECOND)), ["Removed"]);
}

/// One thing that can happen to the watch.
#[derive(Debug, Clone)]
enum Happening {
    Look {
        first: Option<u32>,
        second: Option<u32>,
    },
    NoReader,
    Lost,
    /// The outcome of the reading begun last, or of the one before it.
    Done {
        outcome: Outcome,
        late: bool,
    },
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let card = || proptest::option::of(0..3_u32);
    let outcome = prop_oneof![
        Just(health_card()),
        Just(Outcome::Wrong(WrongCard::Bank)),
        Just(Outcome::Fault(CardFault::InvalidPersonNumber)),
        Just(Outcome::Mute),
        Just(Outcome::NoAnswer),
        Just(Outcome::Held),
        Just(Outcome::Gone),
    ];
    let happening = prop_oneof![
        6 => (card(), card()).prop_map(|(first, second)| Happening::Look { first, second }),
        1 => Just(Happening::NoReader),
        1 => Just(Happening::Lost),
        4 => (outcome, proptest::bool::weighted(0.2))
            .prop_map(|(outcome, late)| Happening::Done { outcome, late }),
    ];
    proptest::collection::vec(happening, 0..60)
}

proptest! {
    /// Protects the contract of the events, whatever happens: each card is begun, judged at most
    /// once, and removed before the next; with nothing in any reader nothing stays told.
    #[test]
    fn every_card_is_begun_judged_once_and_removed(
        happenings in happenings(),
        step_ms in 50..4_000_u64,
    ) {
        let mut watch = Watch::new(Config::default());
        let mut now = Duration::ZERO;
        let (mut last, mut is_in, mut is_judged) = (0, false, false);
        let end = [Happening::Look { first: None, second: None }];
        for happening in happenings.iter().chain(&end) {
            now += Duration::from_millis(step_ms);
            let acts = match happening.clone() {
                Happening::Look { first, second } => {
                    watch.look(&[reader("A", first), reader("B", second)], now)
                }
                Happening::NoReader => watch.look(&[], now),
                Happening::Lost => watch.service_lost(),
                Happening::Done { outcome, late } => watch.done(last - u64::from(late && last > 0), outcome, now),
            };
            for act in acts {
                match act {
                    Act::Read { number, .. } => {
                        prop_assert!(number > last && !is_judged);
                        last = number;
                    }
                    Act::Tell(Event::Reading) => {
                        prop_assert!(!is_in);
                        is_in = true;
                    }
                    Act::Tell(Event::Read(_) | Event::Wrong(_) | Event::Mute | Event::Fault(_)) => {
                        prop_assert!(is_in && !is_judged);
                        is_judged = true;
                    }
                    Act::Tell(Event::Removed) => {
                        prop_assert!(is_in);
                        (is_in, is_judged) = (false, false);
                    }
                    Act::Tell(Event::ServiceDown | Event::ReaderMissing) => prop_assert!(!is_in),
                    Act::Tell(Event::ReaderReady { .. }) => {}
                }
            }
        }
        prop_assert!(!is_in);
    }
}
