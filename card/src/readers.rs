//! All readers: what is seen and reported goes to the machine it concerns; pure.

use std::time::Duration;

use crate::insertion::ReaderView;
use crate::machine::{Act, Desk, Machine};
use crate::reading::Outcome;
use crate::{Change, Config};

/// Every reader's machine, and whether there is a `pcscd`.
pub(crate) struct Readers {
    config: Config,
    machines: Vec<Machine>,
    told: Option<Told>,
    readings: u64,
}

#[derive(PartialEq, Eq)]
enum Told {
    NoService,
    Readers(Vec<String>),
}

impl Readers {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            config,
            machines: Vec::new(),
            told: None,
            readings: 0,
        }
    }

    /// `pcscd` is gone: with it every card, and every count of insertions.
    pub(crate) fn service_lost(&mut self) -> Vec<Act> {
        self.machines.clear();
        if self.told == Some(Told::NoService) {
            return Vec::new();
        }
        self.told = Some(Told::NoService);
        vec![Act::Tell(Change::NoService)]
    }

    /// What is at the readers now.
    pub(crate) fn look(&mut self, views: &[ReaderView], now: Duration) -> Vec<Act> {
        let mut acts = Vec::new();
        self.machines
            .retain(|machine| views.iter().any(|view| view.name == *machine.reader()));
        let names: Vec<String> = views
            .iter()
            .map(|view| view.name.to_string_lossy().into_owned())
            .collect();
        let told = Told::Readers(names.clone());
        if self.told.as_ref() != Some(&told) {
            self.told = Some(told);
            acts.push(Act::Tell(Change::Readers(names)));
        }
        for view in views {
            let mut desk = Desk {
                config: &self.config,
                now,
                readings: &mut self.readings,
                acts: &mut acts,
            };
            let known = self
                .machines
                .iter()
                .position(|machine| *machine.reader() == view.name);
            let at = known.unwrap_or_else(|| {
                self.machines.push(Machine::new(view.name.clone()));
                self.machines.len() - 1
            });
            self.machines[at].look(view, &mut desk);
            self.machines[at].pass_time(&mut desk);
        }
        acts
    }

    /// A reading got hold of its card.
    pub(crate) fn begun(&mut self, number: u64, now: Duration) -> Vec<Act> {
        self.each(now, |machine, desk| machine.begun(number, desk))
    }

    /// A reading ended.
    pub(crate) fn done(&mut self, number: u64, outcome: &Outcome, now: Duration) -> Vec<Act> {
        self.each(now, |machine, desk| machine.done(number, outcome, desk))
    }

    /// Does what is due by now.
    pub(crate) fn pass_time(&mut self, now: Duration) -> Vec<Act> {
        self.each(now, Machine::pass_time)
    }

    /// When something is due next.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.machines
            .iter()
            .filter_map(|machine| machine.deadline(&self.config))
            .min()
    }

    fn each(
        &mut self,
        now: Duration,
        mut act: impl FnMut(&mut Machine, &mut Desk<'_>),
    ) -> Vec<Act> {
        let mut acts = Vec::new();
        for machine in &mut self.machines {
            let mut desk = Desk {
                config: &self.config,
                now,
                readings: &mut self.readings,
                acts: &mut acts,
            };
            act(machine, &mut desk);
        }
        acts
    }
}
