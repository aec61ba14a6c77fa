//! Random walks: any inputs in any order, however wrong.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::fixture::{at, id, known, offers, order, reading, visit, wall};
use super::*;
use crate::campaign::{AreaId, BrandId, SiteId, SlotId};
use crate::operation::Outcome;
use crate::pickup::PickupNumber;
use crate::roster::CentreVerdict;

fn touches() -> impl Strategy<Value = Touch> {
    let action = prop::sample::select(vec![
        MenuAction::DeclareWillingness,
        MenuAction::ChangeWillingness,
        MenuAction::CancelWillingness,
        MenuAction::Book,
        MenuAction::ShowBooking,
        MenuAction::FetchMasks,
    ]);
    prop_oneof![
        prop::sample::select(vec![
            Touch::Begin(Purpose::Vaccine),
            Touch::Begin(Purpose::Masks),
            Touch::Help,
            Touch::Back,
            Touch::End,
            Touch::MoreTime,
            Touch::OtherArea,
            Touch::County(0),
            Touch::County(7),
            Touch::Area(AreaId::parse("63000030").unwrap()),
            Touch::Brand(BrandId::parse("az").unwrap()),
            Touch::Site(SiteId::parse("site-az").unwrap()),
            Touch::Site(SiteId::parse("site-moderna").unwrap()),
            Touch::Slot(SlotId::parse("a").unwrap()),
            Touch::Slot(SlotId::parse("full").unwrap()),
            Touch::Key(Key::Character('9')),
            Touch::Key(Key::Erase),
            Touch::Yes,
            Touch::No,
            Touch::Order(PickupNumber::parse("0123456789").unwrap()),
            Touch::PickupByNumber,
            Touch::PrintAgain,
        ]),
        Just(Touch::Continue),
        Just(Touch::Yes),
        action.prop_map(Touch::Menu),
    ]
}

/// What the walk may do next; answers to effects are given truly, late or not at all.
fn inputs() -> impl Strategy<Value = Input> {
    prop_oneof![
        6 => touches().prop_map(Input::Touch),
        1 => Just(Input::Card(CardInput::Reading)),
        2 => Just(Input::Card(CardInput::Read(Box::new(reading())))),
        1 => Just(Input::Card(CardInput::Problem(CardProblem::Mute))),
        1 => Just(Input::Card(CardInput::Removed)),
        2 => any::<bool>().prop_map(|willing| Input::Identified(Box::new(known(willing)))),
        1 => Just(Input::Identified(Box::new(Identification { local: None, centre: CentreVerdict::Unknown, ..known(false) }))),
        1 => Just(Input::Slots { site: SiteId::parse("site-az").unwrap(), offers: offers() }),
        1 => any::<bool>().prop_map(|found| Input::OrderFound(found.then(|| Box::new(order())))),
        2 => (1_u64..4).prop_map(|seq| Input::Recorded { id: id(seq), at: wall() }),
        1 => Just(Input::RecordFailed),
        1 => (1_u64..4).prop_map(|seq| Input::Answered { id: id(seq), outcome: None }),
        1 => (1_u64..4).prop_map(|seq| Input::Answered { id: id(seq), outcome: Some(Outcome::Rejected(Rejection::SlotFull)) }),
        1 => Just(Input::Print(PrintInput::Started { reprint: 0 })),
        1 => Just(Input::Print(PrintInput::Finished(PrintGrade::Printed))),
        1 => Just(Input::Print(PrintInput::Held(PrintTrouble::PaperEnd))),
        1 => Just(Input::SlipExists(crate::slip::SlipNumber::of(&id(1)))),
        1 => any::<bool>().prop_map(|cleared| Input::Print(PrintInput::Stopped { cause: PrintTrouble::PaperEnd, cleared })),
        1 => any::<bool>().prop_map(|up| Input::Surroundings(Change::Line(up))),
        1 => Just(Input::Surroundings(Change::Printer(PrinterState::Ready))),
        1 => Just(Input::Surroundings(Change::Printer(PrinterState::Trouble(PrintTrouble::CoverOpen)))),
        1 => Just(Input::Surroundings(Change::Reader(ReaderState::Missing))),
        1 => Just(Input::Surroundings(Change::Campaign(None))),
        3 => (0_u64..70_000).prop_map(|ms| Input::Tick(at(ms))),
    ]
}

/// Whether the visit shows nothing of a person: these screens hold no personal data.
fn is_clean(visit: &Visit) -> bool {
    visit.person().is_none()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Protects: every input is legal in every state; nothing is printed for the first time before
    /// it is recorded; at most one record a yes; every state reaches idle by itself once the card
    /// is out; no person outlives the session.
    #[test]
    fn any_walk_comes_home(steps in prop::collection::vec(inputs(), 1..120)) {
        let mut now_ms = 1_000;
        let mut visit = visit();
        let mut asked = 0_usize;
        let mut recorded = 0_usize;
        for input in steps {
            let input = match input {
                Input::Tick(moment) => {
                    now_ms += moment.monotonic_ms;
                    Input::Tick(at(now_ms))
                }
                other => other,
            };
            if matches!(input, Input::Recorded { .. })
                && matches!(visit.state(), State::Working(working) if working.stage == Stage::Recording)
            {
                recorded += 1;
            }
            let (next, effects) = visit.step(input);
            visit = next;
            for effect in &effects {
                match effect {
                    Effect::Record(_) => asked += 1,
                    Effect::Print(request) if request.operation.is_some() => {
                        prop_assert!(recorded > 0, "printed before anything was recorded");
                    }
                    Effect::SendNow(_) => prop_assert!(recorded > 0),
                    _ => {}
                }
            }
            prop_assert!(recorded <= asked);
            if matches!(visit.state(), State::Idle | State::TakeCard | State::Notice(Notice::CardPulled)) {
                prop_assert!(is_clean(&visit));
            }
        }
        // No limit is longer than a stopped print's; an hour of ticks ends everything, and a card
        // left in is all that is waited for.
        for _ in 0..720 {
            now_ms += 5_000;
            let (next, _) = visit.step(Input::Tick(at(now_ms)));
            visit = next;
        }
        prop_assert!(matches!(visit.state(), State::Idle | State::TakeCard));
        let (next, _) = visit.step(Input::Card(CardInput::Removed));
        visit = next;
        prop_assert_eq!(visit.state(), &State::Idle);
        prop_assert!(is_clean(&visit));
    }
}
