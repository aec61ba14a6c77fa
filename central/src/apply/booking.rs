//! Slots booked (V1, V6, V7, V9, V12, V13), many people at once: each person's claim first, then
//! the places, so that a slot's row is held for the shortest time.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::campaign::SiteId;
use domain::operation::{BookingNumber, BookingRequest, Outcome, Rejection};
use domain::vaccine;
use uuid::Uuid;

use super::facts::{self, SlotKey, Willing};
use super::wave::{Asked, Scene};
use super::{lease, places};
use crate::CentralError;

/// A booking that the rules allow.
pub(super) struct Claim<'a> {
    pub(super) index: usize,
    pub(super) person: Uuid,
    pub(super) series: &'a str,
    pub(super) dose: i16,
    pub(super) slot: SlotKey<'a>,
    pub(super) request: &'a BookingRequest,
    pub(super) number: String,
}

/// What the wave's statements said of people and slots.
struct Known {
    willing: HashMap<(String, Uuid), Willing>,
    full: HashSet<(String, String, String)>,
}

impl Scene<'_> {
    pub(super) async fn book<'a>(
        &'a self,
        asked: &[Asked<'_>],
        wanted: &[(usize, &'a BookingRequest)],
    ) -> Result<Vec<(usize, Outcome)>, CentralError> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let known = self.known(wanted).await?;
        let mut outcomes = Vec::with_capacity(wanted.len());
        let mut claims = Vec::new();
        for &(index, request) in wanted {
            match self.may_book(&asked[index], request, &known) {
                Ok(claim) => claims.push(Claim { index, ..claim }),
                Err(reason) => outcomes.push((index, Outcome::Rejected(reason))),
            }
        }
        if claims.is_empty() {
            return Ok(outcomes);
        }
        self.new_numbers(&mut claims).await?;
        let refused = self.settle(asked, &claims).await?;
        outcomes.extend(claims.into_iter().map(|claim| {
            let outcome = match refused.get(&claim.index) {
                Some(&reason) => Outcome::Rejected(reason),
                None => Outcome::Applied {
                    number: BookingNumber::parse(&claim.number),
                },
            };
            (claim.index, outcome)
        }));
        Ok(outcomes)
    }

    /// Everything the rules ask, in two statements.
    async fn known(&self, wanted: &[(usize, &BookingRequest)]) -> Result<Known, CentralError> {
        let (mut rounds, mut people) = (Vec::new(), Vec::new());
        let mut slots = BTreeMap::new();
        for (_, request) in wanted {
            if let Ok(round) = self.vaccine_round(&request.round) {
                rounds.push(round.id.as_str());
            }
            people.extend(
                self.people
                    .with_number(&request.person)
                    .map(|person| person.id),
            );
            slots.insert(slot_key(request), ());
        }
        rounds.sort_unstable();
        rounds.dedup();
        let (willing, remaining) = tokio::try_join!(
            facts::willing(self.transaction, &rounds, &people),
            places::remaining(self.transaction, slots.keys().copied()),
        )?;
        Ok(Known {
            willing,
            full: remaining
                .into_iter()
                .filter(|(.., left)| *left == 0)
                .map(|(site, round, slot, _)| (site, round, slot))
                .collect(),
        })
    }

    /// Every rule of a booking, on what was read.
    fn may_book<'a>(
        &'a self,
        asked: &Asked<'_>,
        request: &'a BookingRequest,
        known: &Known,
    ) -> Result<Claim<'a>, Rejection> {
        let round = self.vaccine_round(&request.round)?;
        let person = self.people.verified(&request.person, &request.card)?;
        if vaccine::category(round, &person.record).is_none() {
            return Err(Rejection::NotInRound);
        }
        let willing = known.willing.get(&(round.id.to_string(), person.id));
        let willing_as = willing.map(|entry| entry.category);
        vaccine::may_book(round, &person.record, willing_as, asked.judged_at)?;
        let site = self.site(&request.site, request)?;
        let slot = site.slot(&request.slot).ok_or(Rejection::UnknownTarget)?;
        if !willing.is_some_and(|entry| entry.brands.contains(&site.brand)) {
            return Err(Rejection::BrandNotAccepted);
        }
        if !vaccine::slot_is_ahead(slot, self.now) {
            return Err(Rejection::WindowClosed);
        }
        let (series, dose) = (round.series.as_str(), i16::from(round.dose));
        // Said early; a booking in another round of the series is met by the claim.
        if willing.is_some_and(|entry| entry.booked) {
            return Err(Rejection::AlreadyBooked);
        }
        let key = slot_key(request);
        let full = (
            key.site.to_owned(),
            key.round.to_owned(),
            key.slot.to_owned(),
        );
        if request.lease.is_none() && known.full.contains(&full) {
            return Err(Rejection::SlotFull);
        }
        Ok(Claim {
            index: 0,
            person: person.id,
            series,
            dose,
            slot: key,
            request,
            number: String::new(),
        })
    }

    fn site(
        &self,
        site: &SiteId,
        request: &BookingRequest,
    ) -> Result<&domain::campaign::Site, Rejection> {
        self.published
            .and_then(|published| published.site(&request.round, site))
            .ok_or(Rejection::UnknownTarget)
    }

    /// Writes claims, ties the willingness entries, takes the places; undoes what was refused and
    /// says why, by index.
    async fn settle(
        &self,
        asked: &[Asked<'_>],
        claims: &[Claim<'_>],
    ) -> Result<HashMap<usize, Rejection>, CentralError> {
        let mut refused = HashMap::new();
        let mut by_person: Vec<&Claim<'_>> = claims.iter().collect();
        by_person.sort_unstable_by_key(|claim| claim.person);
        let claimed = self.claim(asked, &by_person).await?;
        by_person.retain(|claim| {
            let is_first = claimed.contains(&claim.person);
            if !is_first {
                refused.insert(claim.index, Rejection::AlreadyBooked);
            }
            is_first
        });
        let held = self.hold_willingness(&by_person).await?;
        let mut undone: Vec<&Claim<'_>> = Vec::new();
        for claim in &by_person {
            if !held.contains(&claim.person) {
                // Cancelled at another terminal since it was read.
                refused.insert(claim.index, Rejection::NoWillingness);
                undone.push(claim);
            }
        }
        let mut winners: Vec<&Claim<'_>> = by_person
            .iter()
            .filter(|claim| held.contains(&claim.person))
            .copied()
            .collect();
        winners.sort_unstable_by_key(|claim| claim.index);
        let (leased, plain): (Vec<&Claim<'_>>, Vec<&Claim<'_>>) = winners
            .into_iter()
            .partition(|claim| claim.request.lease.is_some());
        let mut losers = lease::sell(self.transaction, asked, &leased, self.now).await?;
        losers.extend(self.take_places(&plain).await?);
        for (claim, reason) in losers {
            refused.insert(claim.index, reason);
            undone.push(claim);
        }
        self.undo(&undone).await?;
        let unused: Vec<&str> = claims
            .iter()
            .filter(|claim| refused.contains_key(&claim.index))
            .map(|claim| claim.number.as_str())
            .collect();
        self.forget_numbers(&unused).await?;
        Ok(refused)
    }

    /// V12: places only while they remain, the first who came first. Gives those who went without.
    async fn take_places<'c>(
        &self,
        claims: &[&'c Claim<'c>],
    ) -> Result<Vec<(&'c Claim<'c>, Rejection)>, CentralError> {
        let mut wanted: BTreeMap<SlotKey<'c>, i32> = BTreeMap::new();
        for claim in claims {
            *wanted.entry(claim.slot).or_default() += 1;
        }
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut had = places::take(self.transaction, &wanted).await?;
        let mut losers = Vec::new();
        for &claim in claims {
            match had.get_mut(&claim.slot).filter(|left| **left > 0) {
                Some(left) => *left -= 1,
                None => losers.push((claim, Rejection::SlotFull)),
            }
        }
        Ok(losers)
    }
}

fn slot_key(request: &BookingRequest) -> SlotKey<'_> {
    SlotKey {
        site: request.site.as_str(),
        round: request.round.as_str(),
        slot: request.slot.as_str(),
    }
}
