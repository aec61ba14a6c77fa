//! The visit: a pure state machine from the idle screen to the paper and back.
//!
//! [`Visit::step`] takes an input and gives the next visit and what is to be done outside. Every
//! input is legal in every state; every state ends by itself; nothing is printed before it is
//! recorded; nothing about a person outlives the session (I10).

pub mod deed;
pub mod effect;
pub mod entry;
pub mod form;
pub mod input;
pub mod person;
pub mod slips;
pub mod surroundings;
pub mod timing;

mod booking;
mod card;
mod commit;
mod pickup;
mod print;
mod time;
mod touch;
mod willingness;

#[cfg(test)]
mod device_tests;
#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod journey_tests;
#[cfg(test)]
mod slip_tests;
#[cfg(test)]
mod told;
#[cfg(test)]
mod walk_tests;
#[cfg(test)]
mod willingness_tests;

pub use deed::{Deed, Done, DoneResult, PrintStand, Stage, Working};
pub use effect::{Effect, SlipRequest, Sound};
pub use entry::{Entry, Key};
pub use form::{
    BookingForm, BookingPage, Mistake, NumberForm, OrderLine, WillingnessForm, WillingnessPage,
};
pub use input::{
    CardInput, CardProblem, Identification, Input, Moment, PrintGrade, PrintInput, PrintTrouble,
    Purpose, SlotOffer, Touch, WrongCard,
};
pub use person::{MenuAction, MenuItem, MenuRefusal, Person, Standing};
pub use surroundings::{Change, Closed, PrinterState, ReaderState, Surroundings};
pub use timing::{Remaining, SessionClock};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::campaign::{AreaId, BrandId, Campaign, CategoryCode, SiteId, SlotId, VaccineRound};
use crate::operation::{BookingNumber, Rejection};
use crate::roster::IdentityRefusal;
use crate::{CardReading, MobileNumber, taipei};

/// A terminal's visit: where it stands and everything around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    surroundings: Surroundings,
    state: State,
    now: Moment,
    clock: SessionClock,
    card_in: bool,
    person: Option<Person>,
}

/// Where a visit stands; each is a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Nobody is here.
    Idle,
    /// The help page (I11, I12).
    Help,
    /// Put the card in.
    InsertCard {
        /// What for.
        purpose: Purpose,
        /// What was wrong with the card before.
        problem: Option<CardProblem>,
        /// How often it failed.
        failures: u8,
    },
    /// The card is being read.
    Reading {
        /// What for.
        purpose: Purpose,
        /// How often it failed before.
        failures: u8,
    },
    /// Roster and centre are being asked.
    Identifying {
        /// What for.
        purpose: Purpose,
        /// What the card said.
        reading: Box<CardReading>,
    },
    /// The card is not served.
    Refused(IdentityRefusal),
    /// Who you are and what you may do now.
    Menu,
    /// The willingness form.
    Willingness(Box<WillingnessForm>),
    /// The booking form.
    Booking(Box<BookingForm>),
    /// The person's mask orders.
    Orders(Vec<OrderLine>),
    /// Masks by number and data.
    ByNumber(Box<NumberForm>),
    /// A deed is being done.
    Working(Box<Working>),
    /// A deed is done.
    Done(Box<Done>),
    /// Something the customer must know.
    Notice(Notice),
    /// The card was left in.
    TakeCard,
}

/// What a customer must know before the visit goes on or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notice {
    /// The card was pulled before the last yes: nothing happened.
    CardPulled,
    /// It could not be recorded: nothing happened.
    RecordFailed,
    /// It cannot be told whether it was recorded: put the card in again to see.
    OutcomeUnknown,
    /// The centre said no.
    Refused(Rejection),
    /// Number and data did not fit too often.
    TooManyTries,
}

/// A willingness entry as it stands (V5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingWillingness {
    /// The registration number (V4).
    pub receipt: String,
    /// The group.
    pub category: CategoryCode,
    /// The mobile number.
    pub mobile: MobileNumber,
    /// The township.
    pub area: AreaId,
    /// The brands accepted.
    pub brands: Vec<BrandId>,
}

/// A booking as it stands (V9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingBooking {
    /// Whether it is a place, or waits for the centre.
    pub state: BookingState,
    /// When it was completed (V8).
    pub completed_at: Timestamp,
    /// Where.
    pub site: SiteId,
    /// When.
    pub slot: SlotId,
    /// The mobile number.
    pub mobile: MobileNumber,
}

/// Whether a booking is a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookingState {
    /// The centre gave it this number.
    Confirmed(BookingNumber),
    /// Recorded here under this receipt, not answered yet.
    Pending(String),
}

impl Visit {
    /// A terminal with nobody before it.
    #[must_use]
    pub fn new(surroundings: Surroundings, now: Moment) -> Self {
        Self {
            surroundings,
            state: State::Idle,
            now,
            clock: SessionClock {
                entered_ms: now.monotonic_ms,
                ..SessionClock::default()
            },
            card_in: false,
            person: None,
        }
    }

    /// Takes an input; gives the next visit and what is to be done outside, in order.
    #[must_use]
    pub fn step(mut self, input: Input) -> (Self, Vec<Effect>) {
        let mut effects = Vec::new();
        match input {
            Input::Tick(moment) => self.tick(moment, &mut effects),
            Input::Touch(touch) => self.touch(touch, &mut effects),
            Input::Card(card) => self.card(card, &mut effects),
            Input::Identified(identification) => self.identified(*identification, &mut effects),
            Input::Slots { site, offers } => self.slots(&site, offers),
            Input::OrderFound(order) => self.order_found(order.map(|order| *order), &mut effects),
            Input::Recorded { id, at } => self.recorded(id, at, &mut effects),
            Input::SlipExists(slip) => self.slip_exists(&slip, &mut effects),
            Input::RecordFailed => self.record_failed(&mut effects),
            Input::Answered { id, outcome } => self.answered(id, outcome, &mut effects),
            Input::Print(print) => self.print_went_on(&print),
            Input::Surroundings(change) => self.surroundings_changed(change, &mut effects),
        }
        (self, effects)
    }

    /// Where the visit stands.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The terminal and its devices.
    #[must_use]
    pub const fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// The person of the session, once identified.
    #[must_use]
    pub const fn person(&self) -> Option<&Person> {
        self.person.as_ref()
    }

    /// Whether a card is in the reader.
    #[must_use]
    pub const fn card_in(&self) -> bool {
        self.card_in
    }

    /// The time of the last input.
    #[must_use]
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// How long the present state lasts, in milliseconds.
    #[must_use]
    pub fn in_state_ms(&self) -> u64 {
        self.clock.in_state_ms(self.now.monotonic_ms)
    }

    /// What is left of the session, where a limit runs (I10).
    #[must_use]
    pub fn remaining(&self) -> Option<Remaining> {
        self.limit_runs()
            .then(|| self.clock.remaining(self.now.monotonic_ms))
    }

    /// What the menu shows.
    #[must_use]
    pub fn menu(&self) -> Vec<MenuItem> {
        match (&self.person, self.campaign()) {
            (Some(person), Some(campaign)) => person.menu(campaign, self.now.wall),
            _ => Vec::new(),
        }
    }

    /// The vaccine round that is served: the person's, or with nobody here an open one.
    #[must_use]
    pub fn vaccine_round(&self) -> Option<&VaccineRound> {
        let campaign = self.campaign()?;
        match &self.person {
            Some(person) => campaign.vaccine_round(person.round.as_ref()?),
            None => campaign.vaccine_round_now(None, self.now.wall),
        }
    }

    fn campaign(&self) -> Option<&Campaign> {
        self.surroundings.campaign.as_deref()
    }

    fn today(&self) -> Date {
        taipei::civil(self.now.wall).date()
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.clock.entered_ms = self.now.monotonic_ms;
    }

    /// Wipes the person and goes to the idle screen, or asks for the card first.
    fn end(&mut self, effects: &mut Vec<Effect>) {
        self.forget(effects);
        if self.card_in {
            effects.push(Effect::Sound(Sound::TakeCard));
            self.clock.reminded_ms = self.now.monotonic_ms;
            self.enter(State::TakeCard);
        } else {
            self.enter(State::Idle);
        }
    }

    fn forget(&mut self, effects: &mut Vec<Effect>) {
        self.person = None;
        self.clock.identified_ms = None;
        self.clock.touched_ms = self.now.monotonic_ms;
        effects.push(Effect::Forget);
    }

    fn surroundings_changed(&mut self, change: Change, effects: &mut Vec<Effect>) {
        let printer_changed = matches!(change, Change::Printer(_));
        let reader_gone = matches!(change, Change::Reader(ReaderState::Missing));
        self.surroundings.apply(change);
        if printer_changed {
            self.printer_changed(effects);
        }
        if reader_gone && self.card_in {
            // Without a reader nobody can say whose card is in: as if it had been pulled.
            self.card(CardInput::Removed, effects);
        }
    }
}
