//! Journeys around a willingness entry: declared, changed, cancelled, refused.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::fixture::{id, known, reading, wall, willing};
use super::told::Told;
use super::*;
use crate::operation::Outcome;
use crate::roster::{CategorySet, CentreVerdict};

fn refusal(told: &Told, action: MenuAction) -> Option<MenuRefusal> {
    let menu = told.visit.menu();
    menu.into_iter()
        .find(|item| item.action == action)
        .unwrap()
        .refusal
}

fn willingness_form(told: &Told) -> &WillingnessForm {
    match told.visit.state() {
        State::Willingness(form) => form,
        other => panic!("no form: {other:?}"),
    }
}

/// Protects V3: the kiosk, which read the card itself, says which of the two it is: not in this
/// round's groups, or a pair that does not verify.
#[test]
fn v3_not_in_the_round_is_told_from_a_wrong_card() {
    let mut outside = known(false);
    let mut record = outside.local.clone().unwrap();
    record.categories = CategorySet::default();
    outside.local = Some(record.clone());
    outside.centre = CentreVerdict::Current(Box::new(record));
    let read = || Told::new().then(Input::Card(CardInput::Read(Box::new(reading()))));
    let told = read().then(Input::Identified(Box::new(outside)));
    let not_in_round = Some(MenuRefusal::Vaccine(Rejection::NotInRound));
    assert_eq!(refusal(&told, MenuAction::DeclareWillingness), not_in_round);
    assert_eq!(refusal(&told, MenuAction::Book), not_in_round);

    let mut stranger = known(false);
    stranger.local = None;
    stranger.centre = CentreVerdict::Unknown;
    let told = read().then(Input::Identified(Box::new(stranger)));
    assert_eq!(
        told.visit.state(),
        &State::Refused(IdentityRefusal::Unknown)
    );
}

/// Protects V5: a change starts from what stands, and only the last yes records it.
#[test]
fn v5_a_change_starts_from_what_stands() {
    let told = Told::new()
        .card(true)
        .touch(Touch::Menu(MenuAction::ChangeWillingness));
    let form = willingness_form(&told);
    assert!(form.changes);
    assert_eq!(form.brands, willing().brands);
    assert_eq!(form.mobile.as_str(), willing().mobile.reveal());
    assert_eq!(form.area, willing().area);
    let told = told
        .touch(Touch::Continue)
        .touch(Touch::Continue)
        .touch(Touch::Continue);
    assert_eq!(willingness_form(&told).page, WillingnessPage::Summary);
    let no = Told {
        visit: told.visit.clone(),
        effects: Vec::new(),
    };
    let no = no.touch(Touch::No);
    assert!(no.effects.is_empty() && no.visit.state() == &State::Menu);
    let told = told.touch(Touch::Yes);
    assert!(matches!(told.effects.as_slice(), [Effect::Record(_)]));
}

/// Protects V5: cancelling stands behind a yes/no question, and not under a booking.
#[test]
fn v5_cancelling_is_asked_once_more() {
    let told = Told::new()
        .card(true)
        .touch(Touch::Menu(MenuAction::CancelWillingness));
    assert_eq!(willingness_form(&told).page, WillingnessPage::Cancel);
    assert!(told.effects.is_empty());
    let told = told.touch(Touch::Yes);
    let [Effect::Record(deed)] = told.effects.as_slice() else {
        panic!("not recorded: {:?}", told.effects);
    };
    assert!(matches!(**deed, Deed::CancelWillingness { .. }));
    let told = told
        .then(Input::Recorded {
            id: id(7),
            at: wall(),
        })
        .then(Input::Answered {
            id: id(7),
            outcome: Some(Outcome::Applied { number: None }),
        });
    assert_eq!(told.done().result, DoneResult::WillingnessCancelled);
}

/// Protects V13: the registration number is no rank; who is called is the campaign's word alone.
#[test]
fn v13_registering_early_gives_no_priority() {
    let told = |receipt: &str| {
        let mut known = known(true);
        known.standing.willingness.as_mut().unwrap().receipt = receipt.to_owned();
        Told::new()
            .then(Input::Card(CardInput::Read(Box::new(reading()))))
            .then(Input::Identified(Box::new(known)))
    };
    let (first, last) = (told("00001-01-0000001"), told("99999-09-9999999"));
    assert_eq!(refusal(&first, MenuAction::Book), None);
    assert_eq!(first.visit.menu(), last.visit.menu());
}
