//! Which reader the counter listens to: from every reader's changes to one card at a time; pure.

use crate::{CardFault, Change, Event, State};

/// One counter at several readers.
pub(crate) struct Counter {
    preferred: Option<String>,
    seats: Vec<Seat>,
    /// The reader whose card is told.
    current: Option<String>,
    /// What was told last of that card.
    told: Option<State>,
    health: Option<Event>,
}

/// A reader as the counter knows it.
struct Seat {
    reader: String,
    state: State,
    /// Whether its first state is still to come.
    is_new: bool,
    /// Told to nobody unless it turns out to be a health card: it was in a reader among several from
    /// the beginning (a SAM, a professional's card), so nobody has just put it in.
    resident: bool,
    /// Told before, and another card came: not told again.
    passed_over: bool,
}

impl Counter {
    pub(crate) fn new(preferred: Option<String>) -> Self {
        Self {
            preferred,
            seats: Vec::new(),
            current: None,
            told: None,
            health: None,
        }
    }

    /// What the counter is told of a change.
    pub(crate) fn hear(&mut self, change: Change) -> Vec<Event> {
        let mut events = Vec::new();
        match change {
            Change::NoService => {
                self.seats.clear();
                self.leave(&mut events);
                self.tell_health(Event::ServiceDown, &mut events);
            }
            Change::Readers(readers) => self.seat(readers, &mut events),
            Change::Reader { reader, state } => {
                let among_several = self.seats.len() > 1;
                if let Some(seat) = self.seats.iter_mut().find(|seat| seat.reader == reader) {
                    seat.hear(state, among_several);
                }
            }
        }
        self.listen(&mut events);
        events
    }

    fn seat(&mut self, readers: Vec<String>, events: &mut Vec<Event>) {
        let mut old = std::mem::take(&mut self.seats);
        for reader in readers {
            let known = old.iter().position(|seat| seat.reader == reader);
            self.seats.push(match known {
                Some(at) => old.swap_remove(at),
                None => Seat::new(reader),
            });
        }
        if self.current_state().is_none() {
            self.leave(events);
        }
        let still_there = match &self.health {
            Some(Event::ReaderReady { reader }) => {
                self.seats.iter().any(|seat| seat.reader == *reader)
            }
            _ => false,
        };
        if !still_there {
            let first = self.by_preference().next();
            let health = first.map_or(Event::ReaderMissing, |seat| Event::ReaderReady {
                reader: seat.reader.clone(),
            });
            self.tell_health(health, events);
        }
    }

    /// Tells what is new of the card that is told, or goes over to another reader's.
    fn listen(&mut self, events: &mut Vec<Event>) {
        if self
            .current_state()
            .is_some_and(|state| *state == State::Empty)
        {
            self.leave(events);
        }
        let gives_way = self.current_state().is_none_or(|state| {
            matches!(
                state,
                State::Wrong(_) | State::Mute | State::Failed(_) | State::AwaitingRemoval
            )
        });
        let next = || {
            let mut seats = self.by_preference();
            seats
                .find(|seat| Some(&seat.reader) != self.current.as_ref() && seat.is_news())
                .map(|seat| seat.reader.clone())
        };
        if gives_way && let Some(next) = next() {
            let left = self.current.clone();
            if let Some(seat) = self
                .seats
                .iter_mut()
                .find(|seat| Some(&seat.reader) == left.as_ref())
            {
                seat.passed_over = true;
            }
            self.leave(events);
            self.current = Some(next);
            events.push(Event::Reading);
        }
        let Some(state) = self.current_state().cloned() else {
            return;
        };
        if self.told.as_ref() == Some(&state) {
            return;
        }
        let was_failed = matches!(
            self.told,
            Some(State::Failed(CardFault::HeldByOther) | State::Mute)
        );
        let event = match state.clone() {
            State::Read(held) => Event::Read(held),
            State::Wrong(kind) => Event::Wrong(kind),
            State::Mute => Event::Mute,
            State::Failed(fault) => Event::Fault(fault),
            State::Reading if was_failed => Event::Reading,
            State::Empty
            | State::Powering
            | State::Reading
            | State::Busy
            | State::AwaitingRemoval => return,
        };
        self.told = Some(state);
        events.push(event);
    }

    /// The card that was told is gone.
    fn leave(&mut self, events: &mut Vec<Event>) {
        self.told = None;
        if self.current.take().is_some() {
            events.push(Event::Removed);
        }
    }

    fn tell_health(&mut self, health: Event, events: &mut Vec<Event>) {
        if self.health.as_ref() != Some(&health) {
            events.push(health.clone());
            self.health = Some(health);
        }
    }

    fn current_state(&self) -> Option<&State> {
        let current = self.current.as_ref()?;
        let seat = self.seats.iter().find(|seat| seat.reader == *current)?;
        Some(&seat.state)
    }

    fn by_preference(&self) -> impl Iterator<Item = &Seat> {
        let is_preferred = |seat: &&Seat| {
            self.preferred
                .as_ref()
                .is_some_and(|preferred| seat.reader.contains(preferred))
        };
        let others = self.seats.iter().filter(move |seat| !is_preferred(seat));
        self.seats.iter().filter(is_preferred).chain(others)
    }
}

impl Seat {
    fn new(reader: String) -> Self {
        Self {
            reader,
            state: State::Empty,
            is_new: true,
            resident: false,
            passed_over: false,
        }
    }

    fn hear(&mut self, state: State, among_several: bool) {
        if std::mem::take(&mut self.is_new) {
            self.resident = among_several && state != State::Empty;
        } else if state == State::Empty {
            self.resident = false;
            self.passed_over = false;
        }
        self.state = state;
    }

    /// A card that the counter should be told of.
    fn is_news(&self) -> bool {
        match self.state {
            State::Empty | State::AwaitingRemoval => false,
            State::Read(_) => !self.passed_over,
            _ => !self.passed_over && !self.resident,
        }
    }
}

#[cfg(test)]
#[path = "counter_tests.rs"]
mod tests;
