//! The card: put in, read, identified, pulled.

use super::{
    CardInput, CardProblem, Effect, Identification, MenuAction, Notice, Person, Purpose, State,
    Visit,
};
use crate::CardReading;
use crate::roster::{CentreVerdict, IdentityRefusal, Verification, verify};

impl Visit {
    pub(super) fn card(&mut self, input: CardInput, effects: &mut Vec<Effect>) {
        match input {
            CardInput::Removed => self.removed(effects),
            CardInput::Reading => {
                self.card_in = true;
                if let Some((purpose, failures)) = self.open_to_a_card(effects) {
                    self.enter(State::Reading { purpose, failures });
                }
            }
            CardInput::Read(reading) => {
                self.card_in = true;
                if let Some((purpose, _)) = self.open_to_a_card(effects) {
                    self.identify(purpose, reading, effects);
                }
            }
            CardInput::Problem(problem) => {
                self.card_in = true;
                if let Some((purpose, failures)) = self.open_to_a_card(effects) {
                    self.card_problem(purpose, problem, failures);
                }
            }
        }
    }

    /// Whether a card may begin a session now, and for what; ends what is left of the one before.
    fn open_to_a_card(&mut self, effects: &mut Vec<Effect>) -> Option<(Purpose, u8)> {
        match &self.state {
            State::Idle | State::Help => {
                self.clock.touched_ms = self.now.monotonic_ms;
                Some((Purpose::Anything, 0))
            }
            State::InsertCard {
                purpose, failures, ..
            }
            | State::Reading { purpose, failures } => Some((*purpose, *failures)),
            State::ByNumber(_) => Some((Purpose::Masks, 0)),
            State::Notice(_) | State::Refused(_) | State::Done(_) if self.person_gone() => {
                self.forget(effects);
                Some((Purpose::Anything, 0))
            }
            _ => None,
        }
    }

    /// Whether what is shown belongs to somebody whose card is out already.
    fn person_gone(&self) -> bool {
        match &self.state {
            State::Done(done) => done.card_out_ms.is_some() && !done.print.is_under_way(),
            _ => self.person.is_none(),
        }
    }

    fn identify(&mut self, purpose: Purpose, reading: Box<CardReading>, effects: &mut Vec<Effect>) {
        self.clock.touched_ms = self.now.monotonic_ms;
        effects.push(Effect::Identify {
            person: reading.person_number.clone(),
            card: reading.card_number.clone(),
        });
        self.enter(State::Identifying { purpose, reading });
    }

    pub(super) fn card_problem(&mut self, purpose: Purpose, problem: CardProblem, failures: u8) {
        self.clock.touched_ms = self.now.monotonic_ms;
        self.enter(State::InsertCard {
            purpose,
            problem: Some(problem),
            failures: failures.saturating_add(1),
        });
    }

    fn removed(&mut self, effects: &mut Vec<Effect>) {
        let was_in = std::mem::replace(&mut self.card_in, false);
        match &mut self.state {
            State::Reading { purpose, failures } => {
                let (purpose, failures) = (*purpose, *failures);
                self.card_problem(purpose, CardProblem::PulledTooEarly, failures);
            }
            State::Identifying { .. }
            | State::Menu
            | State::Willingness(_)
            | State::Booking(_)
            | State::Orders(_)
                if was_in =>
            {
                self.forget(effects);
                self.enter(State::Notice(Notice::CardPulled));
            }
            State::Refused(_) | State::TakeCard => {
                self.forget(effects);
                self.enter(State::Idle);
            }
            State::Notice(_) if was_in && self.person.is_some() => self.forget(effects),
            State::Done(done) => {
                done.card_out_ms.get_or_insert(self.now.monotonic_ms);
            }
            _ => {}
        }
    }

    pub(super) fn identified(&mut self, known: Identification, effects: &mut Vec<Effect>) {
        let State::Identifying { purpose, reading } = &self.state else {
            return;
        };
        let (purpose, reading) = (*purpose, (**reading).clone());
        let verdict = verify(
            &reading.person_number,
            &reading.card_number,
            known.local.as_ref(),
            Some(known.centre.clone()),
        );
        match verdict {
            Verification::Verified(record) => {
                let round = self
                    .campaign()
                    .and_then(|campaign| campaign.vaccine_round_now(Some(&record), self.now.wall))
                    .map(|round| round.id.clone());
                self.person = Some(Person {
                    reading,
                    record: *record,
                    round,
                    standing: known.standing,
                    orders: known.orders,
                });
                self.clock
                    .identified_ms
                    .get_or_insert(self.now.monotonic_ms);
                self.clock.touched_ms = self.now.monotonic_ms;
                self.enter(State::Menu);
                let orders = self
                    .person
                    .as_ref()
                    .is_some_and(|person| !person.orders.is_empty());
                if purpose == Purpose::Masks && orders {
                    self.menu_action(MenuAction::FetchMasks, effects);
                }
            }
            Verification::Refused(refusal) => self.enter(State::Refused(refusal)),
            Verification::AskCentre => self.enter(State::Refused(IdentityRefusal::UnknownOffline)),
        }
    }

    /// Asks everything about the person again: after the centre refused what the screen offered.
    pub(super) fn identify_again(&mut self, effects: &mut Vec<Effect>) {
        match self.person.take() {
            Some(person) if self.card_in => {
                self.identify(Purpose::Anything, Box::new(person.reading), effects);
            }
            _ => self.end(effects),
        }
    }

    pub(super) fn identification_timed_out(&mut self, effects: &mut Vec<Effect>) {
        self.identified(
            Identification {
                local: None,
                centre: CentreVerdict::NoAnswer,
                standing: super::Standing::default(),
                orders: Vec::new(),
            },
            effects,
        );
    }
}
