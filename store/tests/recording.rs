//! Recording, sending, answering: what a terminal promises to keep.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use domain::operation::{BookingNumber, DeviceId, Outcome, Rejection};
use domain::slip::SlipNumber;
use domain::visit::BookingState;
use store::{OwnWillingness, Recorded, StoreError, wait};

fn device() -> DeviceId {
    DeviceId::new(1).unwrap()
}

fn number() -> BookingNumber {
    BookingNumber::parse("123456789").unwrap()
}

/// Protects "recorded before anybody is told": the operation, its bytes, its effect and its due slip
/// are all there after one call, and again after reopening.
#[test]
fn one_call_records_everything() {
    let folder = tempfile::tempdir().unwrap();
    let who = person(1);
    let store = enrolled(folder.path());
    let recorded = wait(store.record(new(1, booking(&who, "0403-0900")))).unwrap();
    let Recorded::New {
        id: recorded_id,
        receipt,
        slip: Some(slip),
        pickup: None,
    } = recorded
    else {
        panic!("{recorded:?}")
    };
    assert_eq!(recorded_id, id(1, 1));
    drop(store);

    let store = open(folder.path()).unwrap();
    let unsent = wait(store.unsent(500)).unwrap();
    assert_eq!(unsent.len(), 1);
    assert_eq!(wire::operation::hash(&unsent[0].payload), unsent[0].hash);
    assert_eq!(
        wire::operation::decode(&unsent[0].payload).unwrap().id,
        recorded_id
    );
    let standing = wait(store.standing(who, None, round())).unwrap();
    assert_eq!(
        standing.booking.unwrap().state,
        BookingState::Pending(receipt)
    );
    assert_eq!(wait(store.slip_of(recorded_id)).unwrap().unwrap().id, slip);
    assert_eq!(wait(store.check()).unwrap(), 1);
}

/// Protects C4: what a technician sees of the records names kinds, numbers and outcomes, no person.
#[test]
fn c4_the_technicians_list_tells_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let who = person(1);
    let store = enrolled(folder.path());
    record(&store, 1, willing(&who, "63000030"));
    record(&store, 2, booking(&who, "0403-0900"));
    let list = wait(store.list_operations(50)).unwrap();
    assert_eq!(list.len(), 2);
    let seen = format!("{list:?} {:?}", wait(store.outbox_status()).unwrap());
    let payloads: String = wait(store.unsent(500))
        .unwrap()
        .iter()
        .map(|operation| String::from_utf8_lossy(operation.payload.as_ref()).into_owned())
        .collect();
    let document: Vec<&str> = payloads.split('"').collect();
    for field in ["person", "card", "name", "mobile"] {
        let position = document.iter().position(|word| *word == field).unwrap();
        let secret = document[position + 2];
        assert!(secret.len() > 2 && !seen.contains(secret), "{field}");
    }
}

/// Protects against a double touch or a retry inside the program: one key is one operation.
#[test]
fn same_key_is_recorded_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = enrolled(folder.path());
    let first = wait(store.record(new(5, willing(&person(1), "63000030")))).unwrap();
    let second = wait(store.record(new(5, willing(&person(1), "63000030")))).unwrap();
    assert_eq!(first, second);
    assert_eq!(wait(store.outbox_status()).unwrap().depth, 1);
}

/// Protects the identity of operations: nothing is recorded before the terminal has one.
#[test]
fn nothing_is_recorded_before_enrolment() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    assert!(matches!(
        wait(store.record(new(1, willing(&person(1), "63000030")))),
        Err(StoreError::NotEnrolled)
    ));
}

/// Protects V5 and V9: what stands follows the newest operation the centre did not refuse, found
/// under either number (I4).
#[test]
fn standing_follows_the_answers() {
    let folder = tempfile::tempdir().unwrap();
    let store = enrolled(folder.path());
    let (who, other) = (person(1), person(2));
    let standing = || wait(store.standing(other.clone(), Some(who.clone()), round())).unwrap();
    let answer = |seq, outcome| {
        wait(store.store_results(device(), 1, vec![(seq, outcome)], at(5))).unwrap();
    };
    assert_eq!(standing().willingness, OwnWillingness::NotKnown);

    record(&store, 1, willing(&who, "63000030"));
    record(&store, 2, willing(&other, "63000050"));
    let area = || match standing().willingness {
        OwnWillingness::Stands { entry, answered } => (entry.area.to_string(), answered),
        found => panic!("{found:?}"),
    };
    assert_eq!(area(), ("63000050".to_owned(), false));
    answer(1, Outcome::Applied { number: None });
    answer(2, Outcome::Rejected(Rejection::WindowClosed));
    assert_eq!(area(), ("63000030".to_owned(), true));
    record(&store, 3, unwilling(&who));
    assert_eq!(
        standing().willingness,
        OwnWillingness::Cancelled { answered: false }
    );

    record(&store, 4, booking(&who, "0403-0900"));
    answer(3, Outcome::Applied { number: None });
    answer(4, Outcome::Rejected(Rejection::SlotFull));
    assert_eq!(standing().booking, None);
    assert_eq!(standing().refused.unwrap().reason, Rejection::SlotFull);
    record(&store, 5, booking(&who, "0403-0930"));
    answer(
        5,
        Outcome::Applied {
            number: Some(number()),
        },
    );
    let found = standing();
    assert_eq!(
        found.booking.unwrap().state,
        BookingState::Confirmed(number())
    );
    assert_eq!(found.refused, None);
}

/// Protects M14: an order has one slip however often it is asked for, here or known to the centre;
/// copies are counted; a slip the centre refused is none.
#[test]
fn m14_one_slip_an_order() {
    let folder = tempfile::tempdir().unwrap();
    let store = enrolled(folder.path());
    let who = person(1);
    let elsewhere = SlipNumber::of(&id(9, 9));
    let mut known = order("2222222222", &who);
    known.slip = Some((elsewhere.clone(), 0));
    wait(store.replace_orders(vec![order("1111111111", &who), known.clone()])).unwrap();

    let first = record(&store, 1, pickup(&who, "1111111111"));
    let slip = SlipNumber::of(&first);
    let journal = wait(store.slip_of(first)).unwrap().unwrap();
    assert_eq!(wait(store.slip_started(journal.id, at(1))).unwrap(), 0);
    wait(store.slip_stopped(journal.id, true, at(2))).unwrap();
    assert_eq!(wait(store.slip_started(journal.id, at(3))).unwrap(), 1);

    let again = wait(store.record(new(2, pickup(&who, "1111111111")))).unwrap();
    let Recorded::SlipExists {
        number,
        slip: Some(found),
    } = again
    else {
        panic!("{again:?}")
    };
    assert_eq!(
        (number, found.id, found.starts),
        (slip.clone(), journal.id, 2)
    );
    assert_eq!(
        wait(store.record(new(3, pickup(&who, "2222222222")))).unwrap(),
        Recorded::SlipExists {
            number: elsewhere,
            slip: None
        }
    );
    assert_eq!(wait(store.outbox_status()).unwrap().depth, 1);

    // The centre's newer list does not know the slip yet: it stays.
    wait(store.replace_orders(vec![order("1111111111", &who), known])).unwrap();
    let orders = wait(store.orders_of(who.clone(), None)).unwrap();
    assert_eq!(orders[0].slip, Some((slip, 1)));

    let refused = vec![(1, Outcome::Rejected(Rejection::OrderVoid))];
    wait(store.store_results(device(), 1, refused, at(9))).unwrap();
    let found = wait(store.order_by_number(orders[0].number.clone()))
        .unwrap()
        .unwrap();
    assert_eq!(found.slip, None);
}

/// Protects the records against a lying centre: an answer to nothing, or a booking without a number,
/// changes nothing, not even what came beside it.
#[test]
fn answers_are_all_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let store = enrolled(folder.path());
    record(&store, 1, booking(&person(1), "0403-0900"));
    let applied = Outcome::Applied { number: None };
    for (results, expected) in [
        (
            vec![(1, Outcome::Pending), (2, Outcome::Pending)],
            "unknown",
        ),
        (vec![(1, applied)], "number"),
    ] {
        let error = wait(store.store_results(device(), 1, results, at(5))).unwrap_err();
        match expected {
            "unknown" => assert!(matches!(error, StoreError::UnknownOperation { seq: 2 })),
            _ => assert!(matches!(error, StoreError::BookingWithoutNumber { seq: 1 })),
        }
        assert_eq!(wait(store.outcome(id(1, 1))).unwrap(), None);
        assert_eq!(wait(store.unsent(10)).unwrap().len(), 1);
    }
}

/// Protects privacy: a day after the answer the personal fields are gone, hash, identity and outcome
/// stay, and the hash chain still holds; what is unanswered stays whole.
#[test]
fn personal_fields_are_erased_after_a_day() {
    const DAY_S: i64 = 86_400;
    let folder = tempfile::tempdir().unwrap();
    let store = enrolled(folder.path());
    let who = person(1);
    record(&store, 1, booking(&who, "0403-0900"));
    record(&store, 2, willing(&who, "63000030"));
    let done = Outcome::Applied {
        number: Some(number()),
    };
    wait(store.store_results(device(), 1, vec![(1, done.clone())], at(0))).unwrap();
    assert_eq!(wait(store.erase_answered(at(DAY_S - 1))).unwrap(), 0);
    assert_eq!(wait(store.erase_answered(at(DAY_S))).unwrap(), 1);
    assert_eq!(wait(store.erase_answered(at(DAY_S))).unwrap(), 0);

    let standing = wait(store.standing(who, None, round())).unwrap();
    assert_eq!(standing.booking, None);
    assert!(matches!(
        standing.willingness,
        OwnWillingness::Stands { .. }
    ));
    assert_eq!(wait(store.outcome(id(1, 1))).unwrap(), Some(done));
    assert_eq!(wait(store.check()).unwrap(), 2);
    assert!(matches!(
        wait(store.operations_from(1, 10)),
        Err(StoreError::Erased { seq: 1 })
    ));
    assert_eq!(wait(store.operations_from(2, 10)).unwrap().len(), 1);
}

/// Protects a re-imaged or re-enrolled terminal: what the centre never answered is recorded again
/// under the new epoch, in order, under the same key and receipt; the old epoch never comes back.
#[test]
fn new_epoch_records_unanswered_operations_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = enrolled(folder.path());
    let who = person(1);
    wait(store.replace_orders(vec![order("1111111111", &who)])).unwrap();
    record(&store, 1, willing(&who, "63000030"));
    record(&store, 2, booking(&who, "0403-0900"));
    let old_pickup = record(&store, 3, pickup(&who, "1111111111"));
    let slip = SlipNumber::of(&old_pickup);
    let done = Outcome::Applied { number: None };
    wait(store.store_results(device(), 1, vec![(1, done)], at(5))).unwrap();

    let enrolled = wait(store.enrol(enrolment(2), at(10))).unwrap();
    assert_eq!(enrolled.recorded_again, 2);
    let unsent = wait(store.unsent(10)).unwrap();
    assert_eq!(
        unsent.iter().map(|op| op.id).collect::<Vec<_>>(),
        [id(2, 1), id(2, 2)]
    );
    let again = wire::operation::decode(&unsent[0].payload).unwrap();
    assert_eq!((again.id, again.key), (id(2, 1), 2));

    // The person's paper stays true: old receipt, old slip number, counted copies.
    let standing = wait(store.standing(who.clone(), None, round())).unwrap();
    let receipt = id(1, 2).receipt();
    assert_eq!(
        standing.booking.unwrap().state,
        BookingState::Pending(receipt)
    );
    let orders = wait(store.orders_of(who, None)).unwrap();
    assert_eq!(orders[0].slip, Some((slip, 0)));
    let journal = wait(store.slip_of(old_pickup)).unwrap().unwrap();
    assert_eq!(journal.operation, Some(id(2, 2)));

    // The answer is found under the identity a session may still hold.
    let results = vec![
        (1, Outcome::Pending),
        (2, Outcome::Applied { number: None }),
    ];
    wait(store.store_results(device(), 2, results, at(20))).unwrap();
    assert_eq!(
        wait(store.outcome(id(1, 2))).unwrap(),
        Some(Outcome::Pending)
    );
    assert_eq!(wait(store.check()).unwrap(), 5);
    assert_eq!(record(&store, 9, willing(&person(2), "63000030")), id(2, 3));
    assert!(matches!(
        wait(store.enrol(enrolment(1), at(30))),
        Err(StoreError::EpochBehind {
            current: 2,
            offered: 1
        })
    ));
    // The same epoch again renumbers nothing.
    assert_eq!(
        wait(store.enrol(enrolment(2), at(30)))
            .unwrap()
            .recorded_again,
        0
    );
    assert_eq!(wait(store.identity()).unwrap().unwrap().next_seq, 4);
}

/// Protects the next insertion after a fault: a print under way when the terminal stopped is
/// uncertain, offered again, and its copy is marked.
#[test]
fn half_printed_slips_are_uncertain_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let who = person(1);
    let store = enrolled(folder.path());
    let printing = record(&store, 1, booking(&who, "0403-0900"));
    let printed = record(&store, 2, willing(&who, "63000030"));
    let slip = |operation| wait(store.slip_of(operation)).unwrap().unwrap().id;
    wait(store.slip_started(slip(printing), at(1))).unwrap();
    assert!(matches!(
        wait(store.slip_started(slip(printing), at(1))),
        Err(StoreError::SlipState { .. })
    ));
    wait(store.slip_started(slip(printed), at(1))).unwrap();
    wait(store.slip_finished(slip(printed), domain::visit::PrintGrade::Answered, at(2))).unwrap();
    let test = wait(store.add_test_slip(at(3))).unwrap();
    assert_eq!(wait(store.reprint_due(test)).unwrap(), 0);
    drop(store);

    let store = open(folder.path()).unwrap();
    let recovery = wait(store.begin_run(at(9))).unwrap();
    assert_eq!((recovery.uncertain_slips, recovery.unanswered), (1, 2));
    let offered = wait(store.slips_of_person(person(3), Some(who))).unwrap();
    assert_eq!(offered.len(), 1);
    assert_eq!(offered[0].state, store::SlipState::Uncertain);
    assert_eq!(offered[0].operation, Some(printing));
    assert_eq!(wait(store.slip_started(offered[0].id, at(10))).unwrap(), 1);
}

/// Protects the technician's list: newest first, outcome and successor shown, and no field in which
/// a person could be named.
#[test]
fn the_list_shows_no_person() {
    let folder = tempfile::tempdir().unwrap();
    let store = enrolled(folder.path());
    record(&store, 1, booking(&person(1), "0403-0900"));
    wait(store.enrol(enrolment(2), at(10))).unwrap();
    let lines = wait(store.list_operations(10)).unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1].moved_to, Some(lines[0].id));
    let shown = format!("{lines:?}");
    for personal in [person(1).reveal(), MOBILE, CARD, NAME] {
        assert!(!shown.contains(personal));
    }
    let status = wait(store.outbox_status()).unwrap();
    assert_eq!(
        (status.depth, status.rejected, status.last_answered),
        (1, 0, None)
    );
}
