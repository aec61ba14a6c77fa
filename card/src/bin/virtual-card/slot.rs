//! What happens at one slot: cards go in and out, are switched on, answer. Pure: bytes, commands and
//! the time come as values, and what is to be done goes out as [`Act`]s.

use std::time::Duration;

use crate::card::{Card, Others};
use crate::command::CommandError;
use crate::fault::Fault;
use crate::happening::Happening;
use crate::link;
use crate::nasty::Nasty;
use crate::player::{Player, Reaction};
use crate::status::Status;

const POWER_OFF: &[u8] = &[0x00];
const POWER_ON: &[u8] = &[0x01];
const RESET: &[u8] = &[0x02];
const ASK_ATR: &[u8] = &[0x04];
/// A reader that is not there is sought again after this.
const SEEK_AGAIN: Duration = Duration::from_millis(50);

/// What the slot's owner shall do, in this order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Connect to the reader, and say [`Slot::connected`] or [`Slot::refused`].
    Connect,
    /// Send these bytes in one write.
    Write(Vec<u8>),
    Disconnect,
    Tell(Happening),
}

/// The slot.
#[derive(Default)]
pub(crate) struct Slot {
    card: Option<Inserted>,
    is_connected: bool,
    plan: Vec<(Duration, Deed)>,
    /// What `fault` asked for, and the cards that takes.
    standing: Vec<Fault>,
    others: Others,
    nasty: Option<Nasty>,
    last: Option<Card>,
    insertions: u32,
    commands: u64,
}

struct Inserted {
    card: Card,
    player: Player,
    is_on: bool,
    is_told: bool,
}

enum Deed {
    Connect,
    /// The contact is broken for a moment.
    Break,
    Write(Vec<u8>),
    /// What was sent was the last.
    TakeOut(Vec<u8>),
    Insert(Card),
}

impl Slot {
    /// Puts a card in.
    pub(crate) fn insert(&mut self, card: Card, now: Duration) -> Result<Vec<Act>, CommandError> {
        if self.card.is_some() {
            return Err(CommandError::Occupied);
        }
        self.plan.clear();
        let mut acts = Vec::new();
        self.put_in(card, now, &mut acts);
        Ok(acts)
    }

    /// Takes the card out, or calls off that it comes in again.
    pub(crate) fn pull(&mut self) -> Result<Vec<Act>, CommandError> {
        if self.is_over() {
            return Err(CommandError::Empty);
        }
        let mut acts = Vec::new();
        self.take_out(&mut acts);
        Ok(acts)
    }

    /// The card out and another in.
    pub(crate) fn swap(&mut self, card: Card, now: Duration) -> Result<Vec<Act>, CommandError> {
        let mut acts = self.pull()?;
        self.put_in(card, now, &mut acts);
        Ok(acts)
    }

    /// The card out, and in again after so long; one that went out by itself too.
    pub(crate) fn reinsert(
        &mut self,
        after: Duration,
        now: Duration,
    ) -> Result<Vec<Act>, CommandError> {
        let card = self.last.clone().ok_or(CommandError::Empty)?;
        let mut acts = Vec::new();
        self.take_out(&mut acts);
        self.plan.push((now + after, Deed::Insert(card)));
        Ok(acts)
    }

    /// From now on this is wrong with every card.
    pub(crate) fn add_fault(&mut self, fault: Fault, others: Others) {
        self.standing.push(fault);
        self.others.extend(others);
        self.renew_faults();
    }

    /// Only what is wrong with the cards themselves is wrong.
    pub(crate) fn clear_faults(&mut self) {
        self.standing.clear();
        self.others = Others::default();
        self.nasty = None;
        self.renew_faults();
    }

    /// From now on faults are drawn.
    pub(crate) fn be_nasty(&mut self, seed: u64) {
        self.nasty = Some(Nasty::new(seed));
    }

    /// The connection stands.
    pub(crate) fn connected(&mut self) {
        self.is_connected = true;
    }

    /// No reader there; sought again.
    pub(crate) fn refused(&mut self, now: Duration) {
        self.plan.push((now + SEEK_AGAIN, Deed::Connect));
    }

    /// The reader ended the connection; a card that stays seeks it again.
    pub(crate) fn lost(&mut self, stays: bool, now: Duration) -> Vec<Act> {
        let mut acts = Vec::new();
        let Some(inserted) = self.card.as_mut().filter(|_| self.is_connected) else {
            return acts;
        };
        if stays {
            inserted.is_on = false;
            self.disconnect(&mut acts);
            acts.push(Act::Tell(Happening::Lost));
            self.plan.push((now + SEEK_AGAIN, Deed::Connect));
        } else {
            self.take_out(&mut acts);
        }
        acts
    }

    /// A frame came from the reader.
    pub(crate) fn frame(&mut self, frame: &[u8], now: Duration) -> Vec<Act> {
        let mut acts = Vec::new();
        let Some(inserted) = self.card.as_mut().filter(|_| self.is_connected) else {
            return acts;
        };
        match frame {
            ASK_ATR => {
                let atr = inserted.player.atr(self.insertions);
                acts.push(Act::Write(link::frame(atr)));
                if inserted.is_on && !std::mem::replace(&mut inserted.is_told, true) {
                    acts.push(Act::Tell(Happening::Inserted));
                }
            }
            POWER_ON | RESET => {
                let is_there = inserted.player.power();
                inserted.is_on = true;
                acts.push(Act::Tell(match frame {
                    RESET => Happening::Reset,
                    _ => Happening::On,
                }));
                if !is_there {
                    self.take_out(&mut acts);
                }
            }
            POWER_OFF => {
                inserted.is_on = false;
                acts.push(Act::Tell(Happening::Off));
            }
            [] | [_] => {}
            command => self.command(command, now, &mut acts),
        }
        acts
    }

    /// Does what is due.
    pub(crate) fn pass(&mut self, now: Duration) -> Vec<Act> {
        let mut acts = Vec::new();
        while let Some(due) = self.next_due().filter(|due| *due <= now) {
            let first = self.plan.iter().position(|(other, _)| *other == due);
            match self.plan.remove(first.unwrap_or_default()).1 {
                Deed::Connect if self.card.is_some() && !self.is_connected => {
                    acts.push(Act::Connect);
                    // What is due next waits for how this ends.
                    return acts;
                }
                Deed::Connect => {}
                Deed::Break => self.disconnect(&mut acts),
                Deed::Write(bytes) => acts.push(Act::Write(bytes)),
                Deed::TakeOut(bytes) => {
                    acts.push(Act::Write(bytes));
                    self.take_out(&mut acts);
                }
                Deed::Insert(card) => {
                    self.put_in(card, now, &mut acts);
                    return acts;
                }
            }
        }
        acts
    }

    /// When something is due next.
    pub(crate) fn next_due(&self) -> Option<Duration> {
        self.plan.iter().map(|(due, _)| *due).min()
    }

    /// No card is in, and none comes in by itself.
    pub(crate) fn is_over(&self) -> bool {
        let comes = |(_, deed): &(Duration, Deed)| matches!(deed, Deed::Insert(_));
        self.card.is_none() && !self.plan.iter().any(comes)
    }

    /// For the `status` command.
    pub(crate) fn status(&self) -> Status {
        let card = self.card.as_ref();
        Status {
            label: card.map(|inserted| inserted.card.label.clone()),
            is_connected: self.is_connected,
            is_on: card.is_some_and(|inserted| inserted.is_on),
            insertions: self.insertions,
            commands: self.commands,
            faults: card.map_or_else(
                || self.standing.clone(),
                |inserted| inserted.player.faults().to_vec(),
            ),
            nasty: self.nasty.as_ref().map(Nasty::seed),
        }
    }

    fn command(&mut self, command: &[u8], now: Duration, acts: &mut Vec<Act>) {
        let Some(inserted) = &mut self.card else {
            return;
        };
        self.commands += 1;
        let point = Player::point_of(command);
        acts.push(Act::Tell(Happening::Command(point)));
        let drawn = point.and_then(|point| self.nasty.as_mut()?.at_command(point));
        acts.extend(
            drawn
                .clone()
                .map(|fault| Act::Tell(Happening::Drawn(fault))),
        );
        match inserted.player.react(command, drawn.as_slice()) {
            Reaction::Answer(bytes, Duration::ZERO) => acts.push(Act::Write(link::frame(&bytes))),
            Reaction::Answer(bytes, delay) => {
                let deed = Deed::Write(link::frame(&bytes));
                self.plan.push((now + delay, deed));
            }
            Reaction::Torn(bytes, delay) => {
                let mut frame = link::frame(&bytes);
                frame.truncate(frame.len().div_ceil(2));
                self.plan.push((now + delay, Deed::TakeOut(frame)));
            }
            Reaction::Pull => self.take_out(acts),
            Reaction::Swap { by, is_seen } => {
                let others = [&inserted.card.others, &self.others];
                let other = others.iter().find_map(|others| others.get(&by)).cloned();
                let Some(other) = other else { return };
                // The card that is in now is not swapped again by the same order.
                let is_done =
                    |fault: &Fault| matches!(fault, Fault::Swapped { by: file, .. } if *file == by);
                self.standing.retain(|fault| !is_done(fault));
                acts.push(Act::Tell(Happening::Swapped(other.label.clone())));
                if is_seen {
                    self.take_out(acts);
                    self.put_in(other, now, acts);
                } else {
                    inserted.player = other.player.clone();
                    inserted.card = other;
                    self.command(command, now, acts);
                }
            }
        }
    }

    fn put_in(&mut self, card: Card, now: Duration, acts: &mut Vec<Act>) {
        self.insertions += 1;
        acts.push(Act::Tell(Happening::In(card.label.clone())));
        self.last = Some(card.clone());
        self.card = Some(Inserted {
            player: card.player.clone(),
            card,
            is_on: false,
            is_told: false,
        });
        self.renew_faults();
        let drawn = self.nasty.as_mut().and_then(Nasty::at_insertion);
        if let (Some(fault), Some(inserted)) = (drawn, &mut self.card) {
            let faults = [inserted.player.faults(), std::slice::from_ref(&fault)].concat();
            inserted.player.set_faults(faults);
            acts.push(Act::Tell(Happening::Drawn(fault)));
        }
        self.plan_flicker(now);
        acts.push(Act::Connect);
    }

    fn plan_flicker(&mut self, now: Duration) {
        let Some(inserted) = &self.card else {
            return;
        };
        for fault in inserted.player.faults() {
            if let Fault::Flicker { times, within } = *fault {
                let step = within / (2 * times).max(1);
                for bounce in 0..times {
                    let broken = now + step * (2 * bounce + 1);
                    self.plan.push((broken, Deed::Break));
                    self.plan.push((broken + step, Deed::Connect));
                }
            }
        }
    }

    fn take_out(&mut self, acts: &mut Vec<Act>) {
        self.disconnect(acts);
        self.plan.clear();
        if self.card.take().is_some() {
            acts.push(Act::Tell(Happening::Removed));
        }
    }

    /// What was to be sent on the connection is not sent any more.
    fn disconnect(&mut self, acts: &mut Vec<Act>) {
        if std::mem::take(&mut self.is_connected) {
            acts.push(Act::Disconnect);
        }
        self.plan
            .retain(|(_, deed)| !matches!(deed, Deed::Write(_) | Deed::TakeOut(_)));
    }

    /// The card's own faults and the standing ones.
    fn renew_faults(&mut self) {
        if let Some(inserted) = &mut self.card {
            let faults = [inserted.card.player.faults(), &self.standing].concat();
            inserted.player.set_faults(faults);
        }
    }
}
