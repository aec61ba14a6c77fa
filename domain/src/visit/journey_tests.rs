//! Journeys through the visit, told step by step.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::fixture::{at, id, known, line, offers, order, reading, visit, wall};
use super::*;
use crate::campaign::{BrandId, SiteId, SlotId};
use crate::operation::{BookingNumber, Outcome};
use crate::pickup::PickupNumber;
use crate::slip::SlipBody;

/// A visit that goes on, and the effects of its last step.
struct Told {
    visit: Visit,
    effects: Vec<Effect>,
}

impl Told {
    fn new() -> Self {
        Self {
            visit: visit(),
            effects: Vec::new(),
        }
    }

    fn then(self, input: Input) -> Self {
        let (visit, effects) = self.visit.step(input);
        Self { visit, effects }
    }

    fn touch(self, touch: Touch) -> Self {
        self.then(Input::Touch(touch))
    }

    fn card(self, willing: bool) -> Self {
        self.then(Input::Card(CardInput::Reading))
            .then(Input::Card(CardInput::Read(Box::new(reading()))))
            .then(Input::Identified(Box::new(known(willing))))
    }

    fn fill_form(self) -> Self {
        self.touch(Touch::Menu(MenuAction::Book))
            .touch(Touch::Site(SiteId::parse("site-az").unwrap()))
            .then(Input::Slots {
                site: SiteId::parse("site-az").unwrap(),
                offers: offers(),
            })
            .touch(Touch::Slot(SlotId::parse("a").unwrap()))
            .touch(Touch::Continue)
    }

    fn done(&self) -> &Done {
        match self.visit.state() {
            State::Done(done) => done,
            other => panic!("not done: {other:?}"),
        }
    }

    fn printed(&self) -> Option<&SlipRequest> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Print(request) => Some(request.as_ref()),
            _ => None,
        })
    }
}

/// Protects V6/V8 and the promise of six touches from idle to the last yes for somebody in the
/// kiosk's own district; confirmed only with the centre's number.
#[test]
fn v6_booking_online_in_six_touches() {
    let told = Told::new()
        .touch(Touch::Begin(Purpose::Vaccine))
        .card(true)
        .fill_form()
        .touch(Touch::Yes);
    assert!(matches!(told.effects.as_slice(), [Effect::Record(_)]));
    let told = told.then(Input::Recorded {
        id: id(7),
        at: wall(),
    });
    assert_eq!(told.effects, vec![Effect::SendNow(id(7))]);
    let number = BookingNumber::parse("020000001").unwrap();
    let told = told.then(Input::Answered {
        id: id(7),
        outcome: Some(Outcome::Applied {
            number: Some(number),
        }),
    });
    assert!(matches!(told.done().result, DoneResult::Booked { .. }));
    assert!(matches!(
        told.printed().unwrap().body,
        SlipBody::BookingConfirmed { .. }
    ));
}

/// Protects "never the same paper": without the line the slip is pending and bears no booking number.
#[test]
fn booking_without_the_line_is_pending() {
    let told = Told::new()
        .then(line(false))
        .card(true)
        .fill_form()
        .touch(Touch::Yes);
    let told = told.then(Input::Recorded {
        id: id(7),
        at: wall(),
    });
    assert!(matches!(
        told.done().result,
        DoneResult::BookingPending { .. }
    ));
    assert!(matches!(
        told.printed().unwrap().body,
        SlipBody::BookingPending { .. }
    ));
}

/// Protects the three-second promise: no answer means pending, said so, never an endless wait.
#[test]
fn booking_without_an_answer_is_pending() {
    let told = Told::new().card(true).fill_form().touch(Touch::Yes);
    let told = told
        .then(Input::Recorded {
            id: id(7),
            at: wall(),
        })
        .then(Input::Tick(at(60_000)));
    assert!(matches!(
        told.done().result,
        DoneResult::BookingPending { .. }
    ));
}

/// Protects V7/V12: a slot filled meanwhile sends the person back to the slots, nothing printed.
#[test]
fn v12_slot_filled_meanwhile() {
    let told = Told::new().card(true).fill_form().touch(Touch::Yes);
    let told = told
        .then(Input::Recorded {
            id: id(7),
            at: wall(),
        })
        .then(Input::Answered {
            id: id(7),
            outcome: Some(Outcome::Rejected(Rejection::SlotFull)),
        });
    let State::Booking(form) = told.visit.state() else {
        panic!("not at the slots")
    };
    assert_eq!(
        (form.page, form.refused),
        (BookingPage::Slots, Some(Rejection::SlotFull))
    );
    assert!(told.printed().is_none());
}

/// Protects V7: 額滿 cannot be chosen.
#[test]
fn v7_full_slot_cannot_be_chosen() {
    let told = Told::new()
        .card(true)
        .touch(Touch::Menu(MenuAction::Book))
        .touch(Touch::Site(SiteId::parse("site-az").unwrap()))
        .then(Input::Slots {
            site: SiteId::parse("site-az").unwrap(),
            offers: offers(),
        })
        .touch(Touch::Slot(SlotId::parse("full").unwrap()));
    assert!(matches!(told.visit.state(), State::Booking(form) if form.page == BookingPage::Slots));
}

/// Protects V6: a site whose brand was not accepted cannot be chosen.
#[test]
fn v6_only_accepted_brands() {
    let told = Told::new()
        .card(true)
        .touch(Touch::Menu(MenuAction::Book))
        .touch(Touch::Site(SiteId::parse("site-moderna").unwrap()));
    assert!(matches!(told.visit.state(), State::Booking(form) if form.page == BookingPage::Sites));
}

/// Protects V2: all brands start ticked, the last cannot be unticked away.
#[test]
fn v2_at_least_one_brand() {
    let brand = |name| Touch::Brand(BrandId::parse(name).unwrap());
    let told = Told::new()
        .card(false)
        .touch(Touch::Menu(MenuAction::DeclareWillingness))
        .touch(Touch::Continue);
    let State::Willingness(form) = told.visit.state() else {
        panic!("no form")
    };
    assert_eq!(form.brands.len(), 2);
    let told = told
        .touch(brand("az"))
        .touch(brand("moderna"))
        .touch(Touch::Continue);
    let State::Willingness(form) = told.visit.state() else {
        panic!("no form")
    };
    assert_eq!(
        (form.page, form.mistake),
        (WillingnessPage::Brands, Some(Mistake::NoBrand))
    );
}

/// Protects V1: booking is refused, with its reason, before willingness stands.
#[test]
fn v1_no_booking_without_willingness() {
    let told = Told::new().card(false);
    let book = told
        .visit
        .menu()
        .into_iter()
        .find(|item| item.action == MenuAction::Book)
        .unwrap();
    assert_eq!(
        book.refusal,
        Some(MenuRefusal::Vaccine(Rejection::NoWillingness))
    );
    let told = told.touch(Touch::Menu(MenuAction::Book));
    assert_eq!(told.visit.state(), &State::Menu);
}

/// Protects V9: who holds a booking is shown it and is not offered another.
#[test]
fn v9_a_second_attempt_shows_the_first() {
    let mut identification = known(true);
    identification.standing.booking = Some(StandingBooking {
        state: BookingState::Confirmed(BookingNumber::parse("020000001").unwrap()),
        completed_at: wall(),
        site: SiteId::parse("site-az").unwrap(),
        slot: SlotId::parse("a").unwrap(),
        mobile: crate::MobileNumber::parse("0912345678").unwrap(),
    });
    let told = Told::new()
        .then(Input::Card(CardInput::Read(Box::new(reading()))))
        .then(Input::Identified(Box::new(identification)))
        .touch(Touch::Menu(MenuAction::Book));
    assert_eq!(told.visit.state(), &State::Menu);
    let told = told.touch(Touch::Menu(MenuAction::ShowBooking));
    assert!(matches!(
        told.done().result,
        DoneResult::BookingShown { .. }
    ));
}

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
            WrongCard::Bank,
        ))));
    assert!(matches!(
        told.visit.state(),
        State::InsertCard {
            problem: Some(CardProblem::Wrong(WrongCard::Bank)),
            failures: 1,
            ..
        }
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
