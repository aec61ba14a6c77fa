//! A booking cancelled (V10): the claim goes, and the place is free again at once.

use domain::campaign::{RoundId, SiteId, SlotId, VaccineRound};
use domain::operation::{Outcome, Rejection};
use domain::vaccine::{self, CancelRefusal};
use domain::{CardNumber, PersonNumber};
use uuid::Uuid;

use super::{Context, Stop, places};
use crate::CentralError;

impl Context<'_> {
    pub(super) async fn cancel_booking(
        &self,
        round: &RoundId,
        number: &PersonNumber,
        card: &CardNumber,
    ) -> Result<Outcome, Stop> {
        let round = self.vaccine_round(round)?;
        let person = self.verified(number, card).await?;
        let (site, slot) = self
            .booked(round, person.id)
            .await?
            .ok_or(Rejection::NoBooking)?;
        let booked = SiteId::parse(&site).ok().and_then(|site| round.site(&site));
        let booked = booked.and_then(|site| site.slot(&SlotId::parse(&slot).ok()?));
        let booked = booked.ok_or(Rejection::UnknownTarget)?;
        vaccine::may_cancel(round, booked, self.channel, self.judged_at).map_err(|refusal| {
            match refusal {
                CancelRefusal::WindowClosed | CancelRefusal::SlotBegun => Rejection::WindowClosed,
                CancelRefusal::Elsewhere(_) => Rejection::CancelElsewhere,
            }
        })?;
        if !self.forget_claim(round, person.id, &site, &slot).await? {
            // Another terminal was quicker.
            return Err(Rejection::NoBooking.into());
        }
        if !places::give_back(self.transaction, &site, round.id.as_str(), &slot).await? {
            return Err(CentralError::Stored { what: "slot" }.into());
        }
        self.free_willingness(round, person.id).await?;
        Ok(Outcome::Applied { number: None })
    }

    /// Site and slot of the booking that stands.
    async fn booked(
        &self,
        round: &VaccineRound,
        person: Uuid,
    ) -> Result<Option<(String, String)>, CentralError> {
        let during = "reading a booking";
        let statement = self
            .transaction
            .prepare_cached(
                "SELECT site_id, slot_id FROM bookings \
                 WHERE series = $1 AND dose = $2 AND person_id = $3 AND round_id = $4",
            )
            .await
            .map_err(CentralError::database(during))?;
        let row = self
            .transaction
            .query_opt(
                &statement,
                &[
                    &round.series.as_str(),
                    &i16::from(round.dose),
                    &person,
                    &round.id.as_str(),
                ],
            )
            .await
            .map_err(CentralError::database(during))?;
        Ok(row.map(|row| (row.get(0), row.get(1))))
    }

    async fn forget_claim(
        &self,
        round: &VaccineRound,
        person: Uuid,
        site: &str,
        slot: &str,
    ) -> Result<bool, CentralError> {
        let during = "cancelling a booking";
        let statement = self
            .transaction
            .prepare_cached(
                "DELETE FROM bookings WHERE series = $1 AND dose = $2 AND person_id = $3 \
                 AND site_id = $4 AND round_id = $5 AND slot_id = $6",
            )
            .await
            .map_err(CentralError::database(during))?;
        self.transaction
            .execute(
                &statement,
                &[
                    &round.series.as_str(),
                    &i16::from(round.dose),
                    &person,
                    &site,
                    &round.id.as_str(),
                    &slot,
                ],
            )
            .await
            .map(|forgotten| forgotten == 1)
            .map_err(CentralError::database(during))
    }

    /// Nothing rests on the entry any more: it can be changed or cancelled again (V5).
    async fn free_willingness(
        &self,
        round: &VaccineRound,
        person: Uuid,
    ) -> Result<(), CentralError> {
        let during = "freeing a willingness entry";
        let statement = self
            .transaction
            .prepare_cached(
                "UPDATE willingness SET booked = false WHERE round_id = $1 AND person_id = $2",
            )
            .await
            .map_err(CentralError::database(during))?;
        self.transaction
            .execute(&statement, &[&round.id.as_str(), &person])
            .await
            .map(|_| ())
            .map_err(CentralError::database(during))
    }
}
