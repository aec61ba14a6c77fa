//! Willingness declared, changed and cancelled (V1–V5), many people at once.

use std::collections::HashSet;

use domain::campaign::{RoundId, VaccineRound};
use domain::operation::{Outcome, Rejection, Willingness};
use domain::vaccine;
use domain::{CardNumber, PersonNumber};
use uuid::Uuid;

use super::facts::{self, person_columns};
use super::wave::{Asked, Scene};
use super::{Context, Stop};
use crate::CentralError;
use crate::people::{self, Person};

/// An entry that may stand.
struct Entry<'a> {
    index: usize,
    person: Uuid,
    entry: &'a Willingness,
    brands: String,
}

impl Scene<'_> {
    /// The current vaccine round with this id.
    pub(super) fn vaccine_round(&self, id: &RoundId) -> Result<&VaccineRound, Rejection> {
        self.published
            .and_then(|published| published.campaign.vaccine_round(id))
            .ok_or(Rejection::UnknownTarget)
    }

    /// V2, V5: the latest by the moment it was recorded stands.
    pub(super) async fn set_willingness(
        &self,
        asked: &[Asked<'_>],
        wanted: &[(usize, &Willingness)],
    ) -> Result<Vec<(usize, Outcome)>, CentralError> {
        let mut outcomes = Vec::with_capacity(wanted.len());
        let mut entries = Vec::new();
        for &(index, entry) in wanted {
            match self.may_set(&asked[index], entry) {
                Ok((person, brands)) => entries.push(Entry {
                    index,
                    person,
                    entry,
                    brands,
                }),
                Err(reason) => outcomes.push((index, Outcome::Rejected(reason))),
            }
        }
        if entries.is_empty() {
            return Ok(outcomes);
        }
        entries.sort_unstable_by_key(|entry| entry.person);
        let kept = self.upsert(asked, &entries).await?;
        outcomes.extend(entries.iter().map(|entry| {
            let stands = kept.contains(&entry.person);
            let outcome = if stands {
                Outcome::Applied { number: None }
            } else {
                Outcome::Superseded
            };
            (entry.index, outcome)
        }));
        Ok(outcomes)
    }

    fn may_set(&self, asked: &Asked<'_>, entry: &Willingness) -> Result<(Uuid, String), Rejection> {
        let round = self.vaccine_round(&entry.round)?;
        let person = self.people.verified(&entry.person, &entry.card)?;
        vaccine::may_declare(round, &person.record, asked.judged_at)?;
        let in_round = round
            .categories
            .iter()
            .any(|category| category.code == entry.category);
        if !in_round || !person.record.categories.contains(entry.category) {
            return Err(Rejection::NotInRound);
        }
        let known_area = self
            .published
            .is_some_and(|published| published.campaign.area(&entry.area).is_some());
        let unknown_brand = || {
            entry
                .brands
                .iter()
                .any(|brand| round.brand(brand).is_none())
        };
        if !known_area || unknown_brand() {
            return Err(Rejection::UnknownTarget);
        }
        let mut brands: Vec<&str> = entry.brands.iter().map(|brand| brand.as_str()).collect();
        brands.sort_unstable();
        brands.dedup();
        Ok((person.id, brands.join(",")))
    }

    async fn upsert(
        &self,
        asked: &[Asked<'_>],
        entries: &[Entry<'_>],
    ) -> Result<HashSet<Uuid>, CentralError> {
        let during = "keeping willingness entries";
        let statement = self
            .transaction
            .prepare_cached(
                "INSERT INTO willingness AS entry (round_id, person_id, receipt, category, mobile, \
                 area, brands, recorded_at) \
                 SELECT round_id, person_id, receipt, category, mobile, area, \
                 string_to_array(brands, ','), recorded_at \
                 FROM unnest($1::text[], $2::uuid[], $3::text[], $4::smallint[], $5::text[], \
                 $6::text[], $7::text[], $8::timestamptz[]) \
                 AS row (round_id, person_id, receipt, category, mobile, area, brands, recorded_at) \
                 ON CONFLICT (round_id, person_id) DO UPDATE SET receipt = excluded.receipt, \
                 category = excluded.category, mobile = excluded.mobile, area = excluded.area, \
                 brands = excluded.brands, recorded_at = excluded.recorded_at, cancelled = false \
                 WHERE entry.recorded_at <= excluded.recorded_at RETURNING person_id",
            )
            .await
            .map_err(CentralError::database(during))?;
        let (rounds, people) = person_columns(
            entries
                .iter()
                .map(|entry| (entry.entry.round.as_str(), entry.person)),
        );
        let indices: Vec<usize> = entries.iter().map(|entry| entry.index).collect();
        let text = |value: fn(&Willingness) -> &str| {
            entries
                .iter()
                .map(|entry| value(entry.entry))
                .collect::<Vec<_>>()
        };
        let rows = self
            .transaction
            .query(
                &statement,
                &[
                    &rounds,
                    &people,
                    &indices
                        .iter()
                        .map(|&index| asked[index].receipt.as_str())
                        .collect::<Vec<_>>(),
                    &entries
                        .iter()
                        .map(|entry| i16::from(entry.entry.category.get()))
                        .collect::<Vec<_>>(),
                    &text(|entry| entry.mobile.reveal()),
                    &text(|entry| entry.area.as_str()),
                    &entries
                        .iter()
                        .map(|entry| entry.brands.as_str())
                        .collect::<Vec<_>>(),
                    &facts::moments(asked, &indices),
                ],
            )
            .await
            .map_err(CentralError::database(during))?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }

    /// V5: not while a booking stands, which rests on the entry.
    pub(super) async fn cancel_willingness(
        &self,
        asked: &[Asked<'_>],
        wanted: &[(usize, (&RoundId, &PersonNumber, &CardNumber))],
    ) -> Result<Vec<(usize, Outcome)>, CentralError> {
        let mut outcomes = Vec::with_capacity(wanted.len());
        let mut open = Vec::new();
        for &(index, (round, number, card)) in wanted {
            match self.may_cancel(&asked[index], round, number, card) {
                Ok(person) => open.push((index, round.as_str(), person)),
                Err(reason) => outcomes.push((index, Outcome::Rejected(reason))),
            }
        }
        if open.is_empty() {
            return Ok(outcomes);
        }
        open.sort_unstable_by_key(|&(_, _, person)| person);
        let during = "cancelling willingness entries";
        let statement = self
            .transaction
            .prepare_cached(
                "UPDATE willingness AS entry SET cancelled = true, recorded_at = row.recorded_at \
                 FROM unnest($1::text[], $2::uuid[], $3::timestamptz[]) \
                 AS row (round_id, person_id, recorded_at) \
                 WHERE entry.round_id = row.round_id AND entry.person_id = row.person_id \
                 AND NOT entry.cancelled AND NOT entry.booked \
                 AND entry.recorded_at <= row.recorded_at RETURNING entry.person_id",
            )
            .await
            .map_err(CentralError::database(during))?;
        let (rounds, people) =
            person_columns(open.iter().map(|&(_, round, person)| (round, person)));
        let indices: Vec<usize> = open.iter().map(|&(index, ..)| index).collect();
        let cancelled: HashSet<Uuid> = self
            .transaction
            .query(
                &statement,
                &[&rounds, &people, &facts::moments(asked, &indices)],
            )
            .await
            .map_err(CentralError::database(during))?
            .iter()
            .map(|row| row.get(0))
            .collect();
        let standing = if cancelled.len() == open.len() {
            std::collections::HashMap::new()
        } else {
            facts::willing(self.transaction, &rounds, &people).await?
        };
        outcomes.extend(open.iter().map(|&(index, round, person)| {
            if cancelled.contains(&person) {
                return (index, Outcome::Applied { number: None });
            }
            let outcome = match standing.get(&(round.to_owned(), person)) {
                None => Outcome::Rejected(Rejection::NoWillingness),
                Some(entry) if entry.booked => Outcome::Rejected(Rejection::BookingStands),
                Some(_) => Outcome::Superseded,
            };
            (index, outcome)
        }));
        Ok(outcomes)
    }

    fn may_cancel(
        &self,
        asked: &Asked<'_>,
        round: &RoundId,
        number: &PersonNumber,
        card: &CardNumber,
    ) -> Result<Uuid, Rejection> {
        let round = self.vaccine_round(round)?;
        let person = self.people.verified(number, card)?;
        if !round.willingness.contains(asked.judged_at) {
            return Err(Rejection::WindowClosed);
        }
        Ok(person.id)
    }
}

impl Context<'_> {
    /// The current vaccine round, if the operation names it.
    pub(super) fn vaccine_round(&self, id: &RoundId) -> Result<&VaccineRound, Rejection> {
        self.published
            .and_then(|published| published.campaign.vaccine_round(id))
            .ok_or(Rejection::UnknownTarget)
    }

    /// The person, if the pair is current (I3, I6).
    pub(super) async fn verified(
        &self,
        number: &PersonNumber,
        card: &CardNumber,
    ) -> Result<Person, Stop> {
        let person = people::find(self.transaction, number).await?;
        Ok(person
            .filter(|person| person.holds(number, card))
            .ok_or(Rejection::IdentityNotVerified)?)
    }
}
