//! People worth knowing in a demo or a journey, found in the population by what they are.

use std::collections::HashSet;

use domain::PersonNumberKind;
use domain::campaign::{BirthHalfYear, Campaign, CategoryCode, VaccineRound};
use domain::roster::RosterRecord;
use domain::vaccine;

use super::orders::SampleOrder;
use super::population::SamplePerson;

/// Somebody with a card to play.
#[derive(Debug, Clone)]
pub struct Notable {
    /// What the person is, for example `called-national`.
    pub tag: &'static str,
    pub(super) person: SamplePerson,
    /// The card played is the one before the current (I6).
    pub(super) old_card: bool,
    pub(super) pickup_number: Option<String>,
}

/// Finds each sort once; a sort that a small population lacks is left out.
pub(super) fn choose(
    campaign: &Campaign,
    people: &[SamplePerson],
    orders: &[SampleOrder],
    fresh: &SamplePerson,
) -> Vec<Notable> {
    let mut chooser = Chooser {
        round: campaign.vaccine_rounds.first(),
        people,
        taken: orders.iter().map(|order| order.person).collect(),
        found: Vec::new(),
    };
    let national = |person: &SamplePerson| {
        person.number.kind() == PersonNumberKind::National
            && person.previous_card.is_none()
            && !person.insurance_only
    };
    for tag in ["called-national", "called-second", "called-third"] {
        chooser.find(tag, |person, standing| {
            national(person) && standing == Standing::Called
        });
    }
    chooser.find("not-called", |person, standing| {
        national(person) && standing == Standing::NotCalled
    });
    chooser.find("outside-round", |person, standing| {
        national(person) && person.age >= 18 && standing == Standing::Outside
    });
    chooser.find("under-16", |person, _| {
        national(person) && (7..16).contains(&person.age)
    });
    chooser.find("new-residence", |person, standing| {
        person.number.kind() == PersonNumberKind::NewResidence
            && person.other_number.is_none()
            && person.previous_card.is_none()
            && standing == Standing::Called
    });
    chooser.find("old-residence-alias", |person, standing| {
        person.number.kind() == PersonNumberKind::OldResidence
            && person.other_number.is_some()
            && person.previous_card.is_none()
            && standing == Standing::Called
    });
    chooser.find("reissued-card-new", |person, standing| {
        person.previous_card.is_some() && standing == Standing::Called
    });
    chooser.find("insurance-only", |person, _| {
        person.insurance_only && person.previous_card.is_none()
    });
    // Last, so that more of them change nobody above.
    for tag in ["called-fourth", "called-fifth", "called-sixth"] {
        chooser.find(tag, |person, standing| {
            national(person) && standing == Standing::Called
        });
    }
    let mut notable = chooser.found;
    let reissued = notable.iter().find(|one| one.tag == "reissued-card-new");
    if let Some(old) = reissued.map(|one| Notable {
        tag: "reissued-card-old",
        old_card: true,
        ..one.clone()
    }) {
        notable.push(old);
    }
    notable.extend(with_orders(campaign, people, orders));
    notable.push(Notable {
        tag: "fresh-card",
        person: fresh.clone(),
        old_card: false,
        pickup_number: None,
    });
    notable
}

fn with_orders(
    campaign: &Campaign,
    people: &[SamplePerson],
    orders: &[SampleOrder],
) -> Vec<Notable> {
    let stores = campaign.mask_rounds.iter().flat_map(|round| &round.stores);
    let ids: Vec<_> = stores.map(|store| &store.id).take(2).collect();
    [
        ("mask-order-here", 0, true, 0),
        ("mask-order-here-2", 0, true, 1),
        ("mask-order-elsewhere", 1, true, 0),
        ("mask-order-unpaid", 0, false, 0),
    ]
    .into_iter()
    .filter_map(|(tag, store, paid, nth)| {
        let store = ids.get(store)?;
        let order = orders
            .iter()
            .filter(|order| order.store == **store && order.paid == paid)
            .filter(|order| people[order.person].previous_card.is_none())
            .nth(nth)?;
        Some(Notable {
            tag,
            person: people[order.person].clone(),
            old_card: false,
            pickup_number: Some(order.number.reveal().to_owned()),
        })
    })
    .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Outside,
    NotCalled,
    Called,
}

struct Chooser<'a> {
    round: Option<&'a VaccineRound>,
    people: &'a [SamplePerson],
    taken: HashSet<usize>,
    found: Vec<Notable>,
}

impl Chooser<'_> {
    fn find(&mut self, tag: &'static str, fits: impl Fn(&SamplePerson, Standing) -> bool) {
        let index = (0..self.people.len()).find(|index| {
            !self.taken.contains(index)
                && fits(&self.people[*index], self.standing(&self.people[*index]))
        });
        if let Some(index) = index {
            self.taken.insert(index);
            self.found.push(Notable {
                tag,
                person: self.people[index].clone(),
                old_card: false,
                pickup_number: None,
            });
        }
    }

    fn standing(&self, person: &SamplePerson) -> Standing {
        let birth = BirthHalfYear::of(person.birth);
        let category = |round| category(round, person);
        match self.round.and_then(|round| Some((round, category(round)?))) {
            None => Standing::Outside,
            Some((round, category)) => {
                if round.calls.iter().any(|call| call.covers(category, birth)) {
                    Standing::Called
                } else {
                    Standing::NotCalled
                }
            }
        }
    }
}

fn category(round: &VaccineRound, person: &SamplePerson) -> Option<CategoryCode> {
    let record = RosterRecord {
        number: person.number.clone(),
        other_number: None,
        card: person.card.clone(),
        previous_card: None,
        insurance_only: false,
        categories: person.categories,
        birth: BirthHalfYear::of(person.birth),
    };
    vaccine::category(round, &record)
}
