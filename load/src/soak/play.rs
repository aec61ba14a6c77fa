//! Plays one round on the real parts.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::LoadError;
use crate::readers::clock::{pause, until};
use crate::readers::service::Service;
use crate::readers::slot::Slot;
use crate::readers::witness::{self, Sight};
use crate::soak::oracle::Violation;
use crate::soak::others;
use crate::soak::people;
use crate::soak::script::{Round, Step};
use crate::soak::watch::Watch;

/// How long a faulty card stays in when the component says nothing about it.
const SETTLE_MAX: Duration = Duration::from_secs(6);
/// A good card that is not read after this long never will be.
const PROOF_MAX: Duration = Duration::from_secs(60);
/// Between the two looks that show that all is quiet.
const QUIET_FOR: Duration = Duration::from_millis(30);
/// A card that pcscd itself does not see after this long it never will.
const UNSEEN_AFTER: Duration = Duration::from_secs(3);

/// The parts of a lane.
pub(crate) struct Stage {
    pub(crate) service: Service,
    pub(crate) slots: [Slot; 2],
    pub(crate) watches: [Watch; 2],
    pub(crate) folder: PathBuf,
    /// Cards that pcscd did not see until they were put in once more.
    pub(crate) unseen: u64,
}

impl Stage {
    /// Does what the round says; whatever it leaves behind is mended by [`Stage::prove`].
    pub(crate) fn play(&mut self, round: &Round) -> Result<(), LoadError> {
        let Round { slot, person, .. } = *round;
        if let Some(neighbour) = round.neighbour {
            let card = self.card(neighbour);
            self.slots[1 - slot].order(&format!("insert {card}"))?;
        }
        let card = self.card(person);
        let insert = format!("insert {card}");
        let milliseconds = Duration::from_millis;
        match &round.step {
            Step::Faulty { fault } => {
                let detour = if fault.contains("get-response") {
                    "fault=61xx"
                } else {
                    ""
                };
                self.settled(slot, &format!("{insert} {detour} fault={fault}"))?;
            }
            Step::Stranger { kind } => self.settled(slot, &format!("insert kind={kind}"))?,
            Step::Pulled { after } => {
                self.slots[slot].order(&insert)?;
                pause(milliseconds(*after));
            }
            Step::Reinserted { after, out } => {
                self.slots[slot].order(&insert)?;
                pause(milliseconds(*after));
                self.settled(slot, &format!("reinsert {out}"))?;
            }
            Step::Swapped { by, after, latency } => {
                let insert = format!("{insert} latency_ms={latency}");
                match after {
                    Some(after) => {
                        self.slots[slot].order(&insert)?;
                        pause(milliseconds(*after));
                    }
                    None => self.settled(slot, &insert)?,
                }
                self.slots[slot].order("pull")?;
                // Faster, and pcscd's own power-off may run into the closed connection: then it sees no
                // change, and nobody can.
                until(UNSEEN_AFTER, || witness::look(slot) == Sight::Empty);
                let by = self.card(*by);
                self.settled(slot, &format!("insert {by}"))?;
            }
            Step::SwappedWithin { by, point, is_seen } => {
                let unseen = if *is_seen { "" } else { "unseen-" };
                let by = self.card(*by);
                self.settled(
                    slot,
                    &format!("{insert} fault=swapped-{unseen}during-{point}:{by}"),
                )?;
            }
            Step::Nasty { seed, insertions } => {
                self.slots[slot].order(&format!("nasty {seed}"))?;
                for _ in 0..*insertions {
                    self.settled(slot, &insert)?;
                    self.slots[slot].try_order("pull")?;
                }
            }
            Step::Killed { after, down } => {
                self.slots[slot].order(&insert)?;
                pause(milliseconds(*after));
                self.service.kill();
                pause(milliseconds(*down));
                self.service.start()?;
            }
            Step::Stopped { after, down } => {
                self.slots[slot].order(&insert)?;
                pause(milliseconds(*after));
                self.service.stop();
                pause(milliseconds(*down));
                self.service.start()?;
            }
            Step::Hung { after, still } => {
                self.slots[slot].order(&insert)?;
                pause(milliseconds(*after));
                self.service.hang(true);
                pause(milliseconds(*still));
                self.service.hang(false);
            }
            Step::Unplugged { after, gone } => {
                self.slots[slot].order(&insert)?;
                pause(milliseconds(*after));
                self.service.start_without_readers()?;
                pause(milliseconds(*gone));
                self.service.start()?;
            }
            Step::Disturbed { by, lasts } => {
                let other = others::disturb(slot, *by, milliseconds(*lasts));
                self.settled(slot, &insert)?;
                // It ends by itself; its panic would be its own.
                let _ = other.join();
            }
        }
        Ok(())
    }

    /// Both cards out, everything told as removed; then a good card is read and its removal told.
    pub(crate) fn prove(&mut self, round: &Round) -> Result<Result<(), Violation>, LoadError> {
        for slot in &mut self.slots {
            slot.try_order("pull")?;
            slot.order("clear")?;
        }
        let slot = round.slot;
        if !self.are_quiet() {
            return Ok(Err(Violation::NotRemoved));
        }
        let card = self.card(round.proof);
        let since = self.watches[slot].count();
        self.slots[slot].order(&format!("insert {card}"))?;
        if !self.is_shown(slot, round.proof, since)? {
            return Ok(Err(Violation::Stuck));
        }
        self.slots[slot].order("pull")?;
        Ok(if self.are_quiet() {
            Ok(())
        } else {
            Err(Violation::NotRemoved)
        })
    }

    /// Forgets what was told and said.
    pub(crate) fn forget(&self) {
        for (slot, watch) in self.slots.iter().zip(&self.watches) {
            slot.forget();
            watch.forget();
        }
    }

    /// Waits for the card to be read. A card that pcscd itself calls absent, as it may for one whose reset
    /// failed while it was put in, no client can see: it is put in once more.
    fn is_shown(&mut self, slot: usize, person: usize, since: usize) -> Result<bool, LoadError> {
        for _ in 0..3 {
            let watch = &self.watches[slot];
            let shown = until(UNSEEN_AFTER, || watch.shows(person, since));
            if shown || witness::look(slot) != Sight::Empty {
                return Ok(shown || until(PROOF_MAX, || watch.shows(person, since)));
            }
            self.unseen += 1;
            self.slots[slot].order("reinsert 1000")?;
        }
        Ok(false)
    }

    /// Whether the component soon says of both readers that no card is in.
    fn are_quiet(&self) -> bool {
        let watches = &self.watches;
        let is_quiet = || {
            watches.iter().all(Watch::is_quiet)
                && (0..watches.len()).all(|slot| witness::look(slot) == Sight::Empty)
        };
        // Twice: a pcscd that has just come back may have shown the component, but not the witness, a
        // card that went in that moment.
        until(PROOF_MAX, || {
            is_quiet() && {
                pause(QUIET_FOR);
                is_quiet()
            }
        })
    }

    /// Gives an order and waits for what the component says, or for what it does not say.
    fn settled(&mut self, slot: usize, order: &str) -> Result<(), LoadError> {
        let since = self.watches[slot].count();
        self.slots[slot].order(order)?;
        until(SETTLE_MAX, || self.watches[slot].has_judged(since));
        Ok(())
    }

    fn card(&self, person: usize) -> String {
        profile_word(&self.folder, person)
    }
}

fn profile_word(folder: &Path, person: usize) -> String {
    people::profile(folder, person).display().to_string()
}
