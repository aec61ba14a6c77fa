//! Willingness declared, changed and cancelled (V1–V5).

use domain::campaign::{RoundId, VaccineRound};
use domain::operation::{Outcome, Rejection, Willingness};
use domain::vaccine;
use domain::{CardNumber, PersonNumber};

use super::{Context, Stop};
use crate::CentralError;
use crate::people::{self, Person};

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

    /// V2, V5: the latest by the moment it was recorded stands.
    pub(super) async fn set_willingness(&self, entry: &Willingness) -> Result<Outcome, Stop> {
        let round = self.vaccine_round(&entry.round)?;
        let person = self.verified(&entry.person, &entry.card).await?;
        vaccine::may_declare(round, &person.record, self.judged_at)?;
        let in_round = round
            .categories
            .iter()
            .any(|category| category.code == entry.category);
        if !in_round || !person.record.categories.contains(entry.category) {
            return Err(Rejection::NotInRound.into());
        }
        let known_area = self
            .published
            .is_some_and(|published| published.campaign.area(&entry.area).is_some());
        if !known_area
            || entry
                .brands
                .iter()
                .any(|brand| round.brand(brand).is_none())
        {
            return Err(Rejection::UnknownTarget.into());
        }
        let mut brands: Vec<&str> = entry.brands.iter().map(|brand| brand.as_str()).collect();
        brands.sort_unstable();
        brands.dedup();

        let during = "keeping a willingness entry";
        let statement = self
            .transaction
            .prepare_cached(
                "INSERT INTO willingness AS entry (round_id, person_id, receipt, category, mobile, \
                 area, brands, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
                 ON CONFLICT (round_id, person_id) DO UPDATE SET receipt = excluded.receipt, \
                 category = excluded.category, mobile = excluded.mobile, area = excluded.area, \
                 brands = excluded.brands, recorded_at = excluded.recorded_at, cancelled = false \
                 WHERE entry.recorded_at <= excluded.recorded_at",
            )
            .await
            .map_err(CentralError::database(during))?;
        let kept = self
            .transaction
            .execute(
                &statement,
                &[
                    &entry.round.as_str(),
                    &person.id,
                    &self.receipt,
                    &i16::from(entry.category.get()),
                    &entry.mobile.reveal(),
                    &entry.area.as_str(),
                    &brands,
                    &self.judged_at,
                ],
            )
            .await
            .map_err(CentralError::database(during))?;
        Ok(if kept == 1 {
            Outcome::Applied { number: None }
        } else {
            Outcome::Superseded
        })
    }

    /// V5: not while a booking stands, which rests on the entry.
    pub(super) async fn cancel_willingness(
        &self,
        round: &RoundId,
        number: &PersonNumber,
        card: &CardNumber,
    ) -> Result<Outcome, Stop> {
        let round = self.vaccine_round(round)?;
        let person = self.verified(number, card).await?;
        if !round.willingness.contains(self.judged_at) {
            return Err(Rejection::WindowClosed.into());
        }
        let during = "cancelling a willingness entry";
        let statement = self
            .transaction
            .prepare_cached(
                "UPDATE willingness SET cancelled = true, recorded_at = $3 \
                 WHERE round_id = $1 AND person_id = $2 AND NOT cancelled AND NOT booked \
                 AND recorded_at <= $3",
            )
            .await
            .map_err(CentralError::database(during))?;
        let cancelled = self
            .transaction
            .execute(
                &statement,
                &[&round.id.as_str(), &person.id, &self.judged_at],
            )
            .await
            .map_err(CentralError::database(during))?;
        if cancelled == 1 {
            return Ok(Outcome::Applied { number: None });
        }
        let standing = self
            .transaction
            .query_opt(
                "SELECT booked FROM willingness \
                 WHERE round_id = $1 AND person_id = $2 AND NOT cancelled",
                &[&round.id.as_str(), &person.id],
            )
            .await
            .map_err(CentralError::database(during))?;
        match standing.map(|row| row.get::<_, bool>(0)) {
            None => Err(Rejection::NoWillingness.into()),
            Some(true) => Err(Rejection::BookingStands.into()),
            Some(false) => Ok(Outcome::Superseded),
        }
    }
}
