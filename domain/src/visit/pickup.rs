//! Fetching masks: by card, or by pickup number and person number (M11–M14).

use super::form::{Mistake, PERSON_NUMBER_LENGTH};
use super::{
    Deed, Done, DoneResult, Effect, Entry, Notice, OrderLine, PrintStand, SlipRequest, State,
    Touch, Visit, slips,
};
use crate::PersonNumber;
use crate::pickup::{MaskOrder, PickupNumber, check};
use crate::slip::SlipNumber;

/// After so many misses the visit ends: the pair must not be guessed (M12).
const TRIES: u8 = 5;

impl Visit {
    pub(super) fn list_orders(&mut self, effects: &mut Vec<Effect>) {
        let Some(person) = &self.person else {
            return self.end(effects);
        };
        let lines = person
            .orders
            .iter()
            .map(|order| self.order_line(order))
            .collect();
        self.enter(State::Orders(lines));
    }

    fn order_line(&self, order: &MaskOrder) -> OrderLine {
        OrderLine {
            refusal: check(order, &self.surroundings.store, self.today()).err(),
            order: order.clone(),
        }
    }

    /// Gives out the slip of an order; one given out before is printed again, marked, with the same
    /// number (M14).
    pub(super) fn fetch_order(&mut self, number: &PickupNumber, effects: &mut Vec<Effect>) {
        let State::Orders(lines) = &self.state else {
            return;
        };
        let Some(line) = lines.iter().find(|line| line.order.number == *number) else {
            return;
        };
        // Judged again: midnight may have passed since the list was made.
        if check(&line.order, &self.surroundings.store, self.today()).is_err() {
            return;
        }
        let order = line.order.clone();
        match &order.slip {
            None => self.record(Deed::IssuePickupSlip(Box::new(order)), effects),
            Some((slip, _)) => {
                let slip = slip.clone();
                self.show_pickup_slip(&order, &slip, slip.operation(), effects);
            }
        }
    }

    pub(super) fn show_pickup_slip(
        &mut self,
        order: &MaskOrder,
        slip: &SlipNumber,
        operation: Option<crate::operation::OperationId>,
        effects: &mut Vec<Effect>,
    ) {
        let body = slips::pickup(order, slip, self.person.as_ref());
        self.finish(
            Done {
                result: DoneResult::PickupSlip { slip: slip.clone() },
                slip: Some(Box::new(SlipRequest { body, operation })),
                print: PrintStand::None,
                card_out_ms: None,
            },
            true,
            effects,
        );
    }

    pub(super) fn by_number(&mut self, touch: Touch, effects: &mut Vec<Effect>) {
        let State::ByNumber(form) = &mut self.state else {
            return;
        };
        if form.looking {
            return;
        }
        form.mistake = None;
        match touch {
            Touch::Key(key) if form.second => form.person.press(key),
            Touch::Key(key) => form.number.press(key),
            Touch::Continue if !form.second => {
                if form.number.is_full() && PickupNumber::parse(form.number.as_str()).is_ok() {
                    form.second = true;
                } else {
                    form.mistake = Some(Mistake::PickupNumber);
                }
            }
            Touch::Continue => {
                let number = PickupNumber::parse(form.number.as_str());
                match (number, PersonNumber::parse(form.person.as_str())) {
                    (Ok(number), Ok(person)) => {
                        form.looking = true;
                        effects.push(Effect::FindOrder { number, person });
                    }
                    _ => form.mistake = Some(Mistake::PersonNumber),
                }
            }
            _ => {}
        }
    }

    pub(super) fn order_found(&mut self, order: Option<MaskOrder>, effects: &mut Vec<Effect>) {
        let State::ByNumber(form) = &mut self.state else {
            return;
        };
        if !form.looking {
            return;
        }
        form.looking = false;
        match order {
            Some(order) => {
                let line = self.order_line(&order);
                self.enter(State::Orders(vec![line]));
            }
            None => {
                form.failures += 1;
                form.mistake = Some(Mistake::NoMatch);
                form.person = Entry::new(PERSON_NUMBER_LENGTH);
                if form.failures >= TRIES {
                    self.forget(effects);
                    self.enter(State::Notice(Notice::TooManyTries));
                }
            }
        }
    }
}
