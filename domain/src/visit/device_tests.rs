//! Journeys with a card pulled or left, paper gone, and mask slips.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::fixture::{at, id, known, line, order, reading, wall};
use super::told::Told;
use super::*;
use crate::pickup::PickupNumber;

/// Protects I10: pulled before the last yes nothing happened; pulled after it the deed is done once.
#[test]
fn i10_card_pulled_before_and_after_yes() {
    let before = Told::new()
        .card(true)
        .fill_form()
        .then(Input::Card(CardInput::Removed));
    assert_eq!(before.visit.state(), &State::Notice(Notice::CardPulled));
    assert!(before.visit.person().is_none());
    let after = Told::new()
        .then(line(false))
        .card(true)
        .fill_form()
        .touch(Touch::Yes)
        .then(Input::Card(CardInput::Removed))
        .then(Input::Recorded {
            id: id(7),
            at: wall(),
        });
    assert!(matches!(
        after.done().result,
        DoneResult::BookingPending { .. }
    ));
    assert!(after.printed().is_some());
}

/// Protects M14: an order's first slip is recorded before it is printed; asked for again it is a
/// copy with the same number and no second record.
#[test]
fn m14_pickup_slip_once_then_copies() {
    let pick = || Touch::Order(PickupNumber::parse("0123456789").unwrap());
    let told = Told::new()
        .touch(Touch::Begin(Purpose::Masks))
        .card(true)
        .touch(pick());
    assert!(matches!(told.effects.as_slice(), [Effect::Record(_)]));
    let told = told.then(Input::Recorded {
        id: id(3),
        at: wall(),
    });
    let DoneResult::PickupSlip { slip } = told.done().result.clone() else {
        panic!("no slip")
    };

    let mut identification = known(true);
    identification.orders = vec![crate::pickup::MaskOrder {
        slip: Some((slip.clone(), 0)),
        ..order()
    }];
    let again = Told::new()
        .touch(Touch::Begin(Purpose::Masks))
        .then(Input::Card(CardInput::Read(Box::new(reading()))))
        .then(Input::Identified(Box::new(identification)))
        .touch(pick());
    assert!(
        !again
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Record(_)))
    );
    assert_eq!(again.done().result, DoneResult::PickupSlip { slip });
}

/// Protects printer faults: paper out during a print leaves the deed standing and prints again, once,
/// when the paper is back and the printer proved that it forgot the rest.
#[test]
fn paper_out_prints_again_once() {
    let told = Told::new()
        .then(line(false))
        .card(true)
        .fill_form()
        .touch(Touch::Yes);
    let told = told
        .then(Input::Recorded {
            id: id(7),
            at: wall(),
        })
        .then(Input::Print(PrintInput::Started { reprint: 0 }))
        .then(Input::Print(PrintInput::Stopped {
            cause: PrintTrouble::PaperEnd,
            cleared: true,
        }));
    assert!(matches!(
        told.done().print,
        PrintStand::Stopped { again: true, .. }
    ));
    let told = told.then(Input::Surroundings(Change::Printer(PrinterState::Ready)));
    assert!(told.printed().is_some());
    let told = told
        .then(Input::Print(PrintInput::Started { reprint: 1 }))
        .then(Input::Print(PrintInput::Finished(PrintGrade::Printed)));
    assert_eq!(
        told.done().print,
        PrintStand::Out {
            grade: PrintGrade::Printed,
            reprint: 1
        }
    );
    let told = told.then(Input::Surroundings(Change::Printer(PrinterState::Ready)));
    assert!(told.printed().is_none());
}

/// Protects against two slips: without the printer's proof nothing is printed again by itself.
#[test]
fn unproven_stop_is_never_printed_again_by_itself() {
    let told = Told::new()
        .then(line(false))
        .card(true)
        .fill_form()
        .touch(Touch::Yes);
    let told = told
        .then(Input::Recorded {
            id: id(7),
            at: wall(),
        })
        .then(Input::Print(PrintInput::Stopped {
            cause: PrintTrouble::PaperEnd,
            cleared: false,
        }))
        .then(Input::Surroundings(Change::Printer(PrinterState::Ready)));
    assert!(told.printed().is_none());
}

/// Protects M12: number and data must fit; after five misses the visit ends.
#[test]
fn m12_number_and_data_cannot_be_guessed() {
    let mut told = Told::new().touch(Touch::PickupByNumber);
    for digit in "0123456789".chars() {
        told = told.touch(Touch::Key(Key::Character(digit)));
    }
    told = told.touch(Touch::Continue);
    for _ in 0..5 {
        for character in "A123456789".chars() {
            told = told.touch(Touch::Key(Key::Character(character)));
        }
        told = told.touch(Touch::Continue);
        assert!(matches!(
            told.effects.as_slice(),
            [Effect::FindOrder { .. }]
        ));
        told = told.then(Input::OrderFound(None));
    }
    assert_eq!(told.visit.state(), &State::Notice(Notice::TooManyTries));
}

/// Protects I10: a card left in is asked for, louder, then staff is called; no new session before.
#[test]
fn i10_card_left_in() {
    let told = Told::new().card(true).touch(Touch::End);
    assert_eq!(told.visit.state(), &State::TakeCard);
    assert!(told.visit.person().is_none());
    let told = told.then(Input::Tick(at(5_000)));
    assert_eq!(told.effects, vec![Effect::Sound(Sound::TakeCard)]);
    let told = told.then(Input::Tick(at(12_000)));
    assert_eq!(told.effects, vec![Effect::Sound(Sound::TakeCardLoud)]);
    let told = told.then(Input::Tick(at(62_000)));
    assert_eq!(told.effects, vec![Effect::Sound(Sound::StaffAlert)]);
    let told = told
        .touch(Touch::Begin(Purpose::Vaccine))
        .then(Input::Card(CardInput::Removed));
    assert_eq!(told.visit.state(), &State::Idle);
}

/// Protects I2/§2 of a visit: a wrong card is named, counted, and a good one afterwards served.
#[test]
fn wrong_card_then_the_right_one() {
    let told = Told::new()
        .touch(Touch::Begin(Purpose::Vaccine))
        .then(Input::Card(CardInput::Problem(CardProblem::Wrong(
            WrongCard("card-wrong-bank".into()),
        ))));
    assert!(matches!(
        told.visit.state(),
        State::InsertCard {
            problem: Some(CardProblem::Wrong(WrongCard(wording))),
            failures: 1,
            ..
        } if &**wording == "card-wrong-bank"
    ));
    let told = told.then(Input::Card(CardInput::Removed)).card(true);
    assert_eq!(told.visit.state(), &State::Menu);
}

/// Protects the idle screen: a card that only touched the reader leaves no page behind.
#[test]
fn a_card_that_only_touched_the_reader() {
    let told = Told::new()
        .then(Input::Card(CardInput::Reading))
        .then(Input::Card(CardInput::Removed))
        .then(Input::Tick(at(12_000)));
    assert_eq!(told.visit.state(), &State::Idle);
}
