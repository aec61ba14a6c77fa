//! Journeys to a willingness entry and a booking.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::fixture::{at, id, known, line, offers, reading, wall};
use super::told::Told;
use super::*;
use crate::campaign::{BrandId, SiteId, SlotId};
use crate::operation::{BookingNumber, Outcome};
use crate::slip::SlipBody;

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
