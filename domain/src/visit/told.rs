//! A visit told step by step, for its tests.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::fixture::{known, offers, reading, visit};
use super::*;
use crate::campaign::{SiteId, SlotId};

/// A visit that goes on, and the effects of its last step.
pub(super) struct Told {
    pub(super) visit: Visit,
    pub(super) effects: Vec<Effect>,
}

impl Told {
    pub(super) fn new() -> Self {
        Self {
            visit: visit(),
            effects: Vec::new(),
        }
    }

    pub(super) fn then(self, input: Input) -> Self {
        let (visit, effects) = self.visit.step(input);
        Self { visit, effects }
    }

    pub(super) fn touch(self, touch: Touch) -> Self {
        self.then(Input::Touch(touch))
    }

    pub(super) fn card(self, willing: bool) -> Self {
        self.then(Input::Card(CardInput::Reading))
            .then(Input::Card(CardInput::Read(Box::new(reading()))))
            .then(Input::Identified(Box::new(known(willing))))
    }

    pub(super) fn fill_form(self) -> Self {
        self.touch(Touch::Menu(MenuAction::Book))
            .touch(Touch::Site(SiteId::parse("site-az").unwrap()))
            .then(Input::Slots {
                site: SiteId::parse("site-az").unwrap(),
                offers: offers(),
            })
            .touch(Touch::Slot(SlotId::parse("a").unwrap()))
            .touch(Touch::Continue)
    }

    pub(super) fn done(&self) -> &Done {
        match self.visit.state() {
            State::Done(done) => done,
            other => panic!("not done: {other:?}"),
        }
    }

    pub(super) fn printed(&self) -> Option<&SlipRequest> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Print(request) => Some(request.as_ref()),
            _ => None,
        })
    }
}
