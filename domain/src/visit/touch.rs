//! Touches: each goes to the form that is open; one that no longer fits the screen is passed over.

use super::form::{MOBILE_LENGTH, PERSON_NUMBER_LENGTH, PICKUP_NUMBER_LENGTH};
use super::{
    BookingForm, BookingPage, BookingState, Done, DoneResult, Effect, Entry, MenuAction,
    NumberForm, PrintStand, Purpose, SlipRequest, State, Touch, Visit, WillingnessForm,
    WillingnessPage, slips,
};
use crate::operation::OperationId;
use crate::vaccine;

impl Visit {
    pub(super) fn touch(&mut self, touch: Touch, effects: &mut Vec<Effect>) {
        self.clock.touched_ms = self.now.monotonic_ms;
        match (&mut self.state, touch) {
            (_, Touch::MoreTime) => self.more_time(),
            (State::Working(_) | State::TakeCard, _) => {}
            (State::Done(done), _) if done.print.is_under_way() => {}
            (State::Idle, Touch::End) => {}
            (_, Touch::End) => self.end(effects),
            (State::Idle, Touch::Begin(purpose)) => self.begin(purpose),
            (State::Idle, Touch::Help) => self.enter(State::Help),
            (
                State::Idle
                | State::InsertCard {
                    purpose: Purpose::Masks,
                    ..
                },
                Touch::PickupByNumber,
            ) => {
                self.begin_by_number();
            }
            (
                State::Help | State::InsertCard { .. } | State::Refused(_) | State::ByNumber(_),
                Touch::Back,
            ) => self.back_before_person(effects),
            (State::Menu, Touch::Back) => self.end(effects),
            (State::Menu, Touch::Menu(action)) => self.menu_action(action, effects),
            (State::Orders(_), Touch::Back) if self.person.is_some() => self.enter(State::Menu),
            (State::Orders(_), Touch::Back) => self.end(effects),
            (State::Orders(_), Touch::Order(number)) => self.fetch_order(&number, effects),
            (State::Notice(_), Touch::Back | Touch::Continue) => self.identify_again(effects),
            (State::Done(_), Touch::PrintAgain) => self.print_again(effects),
            (State::Done(_), Touch::Back | Touch::Continue) => self.identify_again(effects),
            (State::Willingness(_), touch) => self.willingness(touch, effects),
            (State::Booking(_), touch) => self.booking(touch, effects),
            (State::ByNumber(_), touch) => self.by_number(touch, effects),
            _ => {}
        }
    }

    fn begin(&mut self, purpose: Purpose) {
        let closed = match purpose {
            Purpose::Vaccine | Purpose::Anything => self.surroundings.vaccine_closed(),
            Purpose::Masks => self.surroundings.masks_closed(),
        };
        if closed.is_none() {
            self.enter(State::InsertCard {
                purpose,
                problem: None,
                failures: 0,
            });
        }
    }

    fn begin_by_number(&mut self) {
        if self.surroundings.masks_closed().is_none() && !self.card_in {
            self.enter(State::ByNumber(Box::new(NumberForm {
                second: false,
                number: Entry::new(PICKUP_NUMBER_LENGTH),
                person: Entry::new(PERSON_NUMBER_LENGTH),
                mistake: None,
                failures: 0,
                looking: false,
            })));
        }
    }

    fn back_before_person(&mut self, effects: &mut Vec<Effect>) {
        if let State::ByNumber(form) = &mut self.state
            && form.second
        {
            form.second = false;
            form.mistake = None;
        } else {
            self.end(effects);
        }
    }

    pub(super) fn menu_action(&mut self, action: MenuAction, effects: &mut Vec<Effect>) {
        let offered = self
            .menu()
            .iter()
            .any(|item| item.action == action && item.refusal.is_none());
        if !offered {
            return;
        }
        match action {
            MenuAction::DeclareWillingness | MenuAction::ChangeWillingness => {
                self.open_willingness(WillingnessPage::Area);
            }
            MenuAction::CancelWillingness => self.open_willingness(WillingnessPage::Cancel),
            MenuAction::Book => self.open_booking(),
            MenuAction::ShowBooking => self.show_booking(),
            MenuAction::FetchMasks => self.list_orders(effects),
        }
    }

    fn open_willingness(&mut self, page: WillingnessPage) {
        let (Some(person), Some(round)) = (&self.person, self.vaccine_round()) else {
            return;
        };
        let Some(category) = vaccine::category(round, &person.record) else {
            return;
        };
        let standing = person.standing.willingness.as_ref();
        let offered = || round.brands.iter().map(|brand| brand.id.clone());
        let form = WillingnessForm {
            page,
            round: round.id.clone(),
            category,
            area: standing.map_or_else(
                || self.surroundings.area.clone(),
                |entry| entry.area.clone(),
            ),
            // V2: all brands on offer start ticked; a change starts from what stands.
            brands: standing.map_or_else(
                || offered().collect(),
                |entry| {
                    offered()
                        .filter(|brand| entry.brands.contains(brand))
                        .collect()
                },
            ),
            mobile: standing.map_or_else(
                || Entry::new(MOBILE_LENGTH),
                |entry| Entry::with(MOBILE_LENGTH, entry.mobile.reveal()),
            ),
            mistake: None,
            changes: standing.is_some(),
        };
        self.enter(State::Willingness(Box::new(form)));
    }

    fn open_booking(&mut self) {
        let (Some(person), Some(round)) = (&self.person, self.vaccine_round()) else {
            return;
        };
        let standing = person.standing.willingness.as_ref();
        let form = BookingForm {
            page: BookingPage::Sites,
            round: round.id.clone(),
            brands: person.accepted_brands(round),
            area: standing.map_or_else(
                || self.surroundings.area.clone(),
                |entry| entry.area.clone(),
            ),
            site: None,
            offers: None,
            slot: None,
            mobile: standing.map_or_else(
                || Entry::new(MOBILE_LENGTH),
                |entry| Entry::with(MOBILE_LENGTH, entry.mobile.reveal()),
            ),
            mistake: None,
            refused: None,
        };
        self.enter(State::Booking(Box::new(form)));
    }

    fn show_booking(&mut self) {
        let (Some(person), Some(campaign)) = (&self.person, self.campaign()) else {
            return;
        };
        let Some(booking) = person.standing.booking.clone() else {
            return;
        };
        let operation = match &booking.state {
            BookingState::Pending(receipt) => OperationId::from_receipt(receipt),
            BookingState::Confirmed(_) => None,
        };
        let slip = slips::booking(campaign, person, &booking)
            .map(|body| Box::new(SlipRequest { body, operation }));
        let result = match &booking.state {
            BookingState::Pending(receipt) => DoneResult::BookingPending {
                receipt: receipt.clone(),
                booking: Box::new(booking),
            },
            BookingState::Confirmed(_) => DoneResult::BookingShown {
                booking: Box::new(booking),
            },
        };
        self.enter(State::Done(Box::new(Done {
            result,
            slip,
            print: PrintStand::None,
            card_out_ms: None,
        })));
    }
}
