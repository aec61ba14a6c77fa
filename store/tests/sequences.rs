//! Sequence numbers stay contiguous whatever happens.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use domain::operation::{DeviceId, Outcome, Rejection};
use proptest::prelude::*;
use store::{Recorded, StoreError, wait};

#[derive(Debug, Clone)]
enum Act {
    Record { key: u8, kind: u8 },
    Answer { count: u8, rejected: bool },
    AnswerUnknown,
    NewEpoch,
    Erase,
    Reopen,
    Together(u8),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (any::<u8>(), 0..4_u8).prop_map(|(key, kind)| Act::Record { key, kind }),
        3 => (1..5_u8, any::<bool>()).prop_map(|(count, rejected)| Act::Answer { count, rejected }),
        1 => Just(Act::AnswerUnknown),
        1 => Just(Act::NewEpoch),
        1 => Just(Act::Erase),
        1 => Just(Act::Reopen),
        2 => (2..9_u8).prop_map(Act::Together),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Protects the identity of operations: in every epoch the numbers run from 1 without a gap, none
    /// is used twice, failed requests use none up, and the hash chain holds. Also when many record at
    /// once and are committed together.
    #[test]
    fn numbers_are_contiguous(acts in proptest::collection::vec(act(), 1..40)) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = enrolled(folder.path());
        let (mut epoch, mut seconds, mut key) = (1, 0, 1_000_000_u128);
        let device = DeviceId::new(1).unwrap();
        for act in acts {
            seconds += 40_000;
            match act {
                Act::Record { key, kind } => {
                    let who = person(u32::from(key % 5));
                    let body = match kind {
                        0 => willing(&who, "63000030"),
                        1 => unwilling(&who),
                        2 => booking(&who, "0403-0900"),
                        _ => pickup(&who, &format!("{:010}", key % 3)),
                    };
                    wait(store.record(new(u128::from(key), body))).unwrap();
                }
                Act::Answer { count, rejected } => {
                    let outcome = if rejected {
                        Outcome::Rejected(Rejection::WindowClosed)
                    } else {
                        Outcome::Pending
                    };
                    let results = wait(store.unsent(count.into())).unwrap();
                    let results = results.iter().map(|op| (op.id.seq, outcome.clone())).collect();
                    wait(store.store_results(device, epoch, results, at(seconds))).unwrap();
                }
                Act::AnswerUnknown => {
                    let unknown = vec![(999, Outcome::Pending)];
                    let refused = wait(store.store_results(device, epoch, unknown, at(seconds)));
                    let unknown = matches!(refused, Err(StoreError::UnknownOperation { .. }));
                    prop_assert!(unknown);
                }
                Act::NewEpoch => {
                    epoch += 1;
                    wait(store.enrol(enrolment(epoch), at(seconds))).unwrap();
                }
                Act::Erase => {
                    wait(store.erase_answered(at(seconds))).unwrap();
                }
                Act::Reopen => {
                    drop(store);
                    store = open(folder.path()).unwrap();
                }
                Act::Together(count) => std::thread::scope(|scope| {
                    for _ in 0..count {
                        key += 1;
                        let (store, body) = (store.clone(), willing(&person(9), "63000030"));
                        let operation = new(key, body);
                        scope.spawn(move || {
                            let recorded = wait(store.record(operation)).unwrap();
                            assert!(matches!(recorded, Recorded::New { .. }));
                        });
                    }
                }),
            }
        }
        let lines = wait(store.list_operations(u32::MAX)).unwrap();
        for of_epoch in 1..=epoch {
            let mut seqs: Vec<u64> = lines
                .iter()
                .filter(|line| line.id.epoch == of_epoch)
                .map(|line| line.id.seq)
                .collect();
            seqs.sort_unstable();
            let count = u64::try_from(seqs.len()).unwrap();
            prop_assert_eq!(seqs, (1..=count).collect::<Vec<_>>());
            if of_epoch == epoch {
                prop_assert_eq!(wait(store.identity()).unwrap().unwrap().next_seq, count + 1);
            } else {
                let left = lines.iter().filter(|line| {
                    line.id.epoch == of_epoch && line.outcome.is_none() && line.moved_to.is_none()
                });
                prop_assert_eq!(left.count(), 0, "nothing unanswered stays in an old epoch");
            }
        }
        let unsent = wait(store.unsent(u32::MAX)).unwrap();
        prop_assert!(unsent.windows(2).all(|pair| pair[0].id.seq + 1 == pair[1].id.seq));
        let count = u64::try_from(lines.len()).unwrap();
        prop_assert_eq!(wait(store.check()).unwrap(), count);
    }
}
