//! A slot booked (V1, V6, V7, V9, V12, V13): the person's claim first, then a place.

use domain::campaign::{BrandId, CategoryCode, Site, Slot, VaccineRound};
use domain::operation::{BookingNumber, BookingRequest, Outcome, Rejection};
use domain::vaccine;
use rand::Rng as _;
use uuid::Uuid;

use super::{Context, Stop};
use crate::CentralError;

impl Context<'_> {
    pub(super) async fn book(&self, request: &BookingRequest) -> Result<Outcome, Stop> {
        let round = self.vaccine_round(&request.round)?;
        let person = self.verified(&request.person, &request.card).await?;
        if vaccine::category(round, &person.record).is_none() {
            return Err(Rejection::NotInRound.into());
        }
        let willing = self.willing(round, person.id).await?;
        let willing_as = willing.as_ref().map(|(category, _)| *category);
        vaccine::may_book(round, &person.record, willing_as, self.judged_at)?;
        let site = round.site(&request.site).ok_or(Rejection::UnknownTarget)?;
        let slot = site.slot(&request.slot).ok_or(Rejection::UnknownTarget)?;
        let accepted = willing.map(|(_, brands)| brands).unwrap_or_default();
        if !accepted.contains(&site.brand) {
            return Err(Rejection::BrandNotAccepted.into());
        }
        if !vaccine::slot_is_ahead(slot, self.now) {
            return Err(Rejection::WindowClosed.into());
        }
        let number = self.new_number(site).await?;
        if !self
            .claim(round, site, slot, person.id, &number, request)
            .await?
        {
            self.forget_number(&number).await?;
            return Err(Rejection::AlreadyBooked.into());
        }
        if !self.take_place(round, site, slot).await? {
            self.forget_claim(round, person.id).await?;
            self.forget_number(&number).await?;
            return Err(Rejection::SlotFull.into());
        }
        if !self.hold_willingness(round, person.id).await? {
            // Cancelled at another terminal since it was read above.
            self.give_place_back(round, site, slot).await?;
            self.forget_claim(round, person.id).await?;
            self.forget_number(&number).await?;
            return Err(Rejection::NoWillingness.into());
        }
        Ok(Outcome::Applied {
            number: Some(number),
        })
    }

    /// Category and accepted brands of the willingness entry.
    async fn willing(
        &self,
        round: &VaccineRound,
        person: Uuid,
    ) -> Result<Option<(CategoryCode, Vec<BrandId>)>, CentralError> {
        let during = "reading a willingness entry";
        let statement = self
            .transaction
            .prepare_cached(
                "SELECT category, brands FROM willingness \
                 WHERE round_id = $1 AND person_id = $2 AND NOT cancelled",
            )
            .await
            .map_err(CentralError::database(during))?;
        let row = self
            .transaction
            .query_opt(&statement, &[&round.id.as_str(), &person])
            .await
            .map_err(CentralError::database(during))?;
        let stored = || CentralError::Stored {
            what: "willingness entry",
        };
        row.map(|row| {
            let category = u8::try_from(row.get::<_, i16>(0))
                .ok()
                .and_then(CategoryCode::new)
                .ok_or_else(stored)?;
            let brands = row
                .get::<_, Vec<&str>>(1)
                .into_iter()
                .map(|brand| BrandId::parse(brand).map_err(|_| stored()))
                .collect::<Result<_, _>>()?;
            Ok((category, brands))
        })
        .transpose()
    }

    /// Nine random digits that no booking has.
    async fn new_number(&self, site: &Site) -> Result<BookingNumber, CentralError> {
        const TRIES: usize = 16;
        let during = "giving out a booking number";
        let statement = self
            .transaction
            .prepare_cached(
                "INSERT INTO booking_numbers (number, site_id) VALUES ($1, $2) \
                 ON CONFLICT (number) DO NOTHING",
            )
            .await
            .map_err(CentralError::database(during))?;
        for _ in 0..TRIES {
            let text = format!("{:09}", rand::thread_rng().gen_range(0..1_000_000_000_u32));
            let taken = self
                .transaction
                .execute(&statement, &[&text, &site.id.as_str()])
                .await
                .map_err(CentralError::database(during))?;
            if let (1, Some(number)) = (taken, BookingNumber::parse(&text)) {
                return Ok(number);
            }
        }
        Err(CentralError::Stored {
            what: "set of booking numbers",
        })
    }

    /// V9: one open booking a person a dose, whichever residence number asks (I4).
    async fn claim(
        &self,
        round: &VaccineRound,
        site: &Site,
        slot: &Slot,
        person: Uuid,
        number: &BookingNumber,
        request: &BookingRequest,
    ) -> Result<bool, CentralError> {
        let during = "claiming a dose";
        let statement = self
            .transaction
            .prepare_cached(
                "INSERT INTO bookings (series, dose, person_id, site_id, round_id, slot_id, \
                 number, mobile, booked_at, channel) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                 ON CONFLICT (series, dose, person_id) DO NOTHING",
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
                    &site.id.as_str(),
                    &round.id.as_str(),
                    &slot.id.as_str(),
                    &number.as_str(),
                    &request.mobile.reveal(),
                    &self.now,
                    &self.channel.code(),
                ],
            )
            .await
            .map(|claimed| claimed == 1)
            .map_err(CentralError::database(during))
    }

    /// V12: a place only while one remains.
    async fn take_place(
        &self,
        round: &VaccineRound,
        site: &Site,
        slot: &Slot,
    ) -> Result<bool, CentralError> {
        self.move_place(
            "UPDATE slots SET remaining = remaining - 1, booked = booked + 1 \
             WHERE site_id = $1 AND round_id = $2 AND slot_id = $3 AND remaining >= 1",
            round,
            site,
            slot,
        )
        .await
    }

    async fn give_place_back(
        &self,
        round: &VaccineRound,
        site: &Site,
        slot: &Slot,
    ) -> Result<bool, CentralError> {
        self.move_place(
            "UPDATE slots SET remaining = remaining + 1, booked = booked - 1 \
             WHERE site_id = $1 AND round_id = $2 AND slot_id = $3 AND booked >= 1",
            round,
            site,
            slot,
        )
        .await
    }

    async fn move_place(
        &self,
        text: &str,
        round: &VaccineRound,
        site: &Site,
        slot: &Slot,
    ) -> Result<bool, CentralError> {
        let during = "moving a place";
        let statement = self
            .transaction
            .prepare_cached(text)
            .await
            .map_err(CentralError::database(during))?;
        self.transaction
            .execute(
                &statement,
                &[&site.id.as_str(), &round.id.as_str(), &slot.id.as_str()],
            )
            .await
            .map(|moved| moved == 1)
            .map_err(CentralError::database(during))
    }

    /// Ties the willingness entry to the booking, so that it cannot be cancelled under it (V5).
    async fn hold_willingness(
        &self,
        round: &VaccineRound,
        person: Uuid,
    ) -> Result<bool, CentralError> {
        let during = "tying willingness to a booking";
        let statement = self
            .transaction
            .prepare_cached(
                "UPDATE willingness SET booked = true \
                 WHERE round_id = $1 AND person_id = $2 AND NOT cancelled",
            )
            .await
            .map_err(CentralError::database(during))?;
        self.transaction
            .execute(&statement, &[&round.id.as_str(), &person])
            .await
            .map(|held| held == 1)
            .map_err(CentralError::database(during))
    }

    async fn forget_claim(&self, round: &VaccineRound, person: Uuid) -> Result<(), CentralError> {
        self.transaction
            .execute(
                "DELETE FROM bookings WHERE series = $1 AND dose = $2 AND person_id = $3",
                &[&round.series.as_str(), &i16::from(round.dose), &person],
            )
            .await
            .map(|_| ())
            .map_err(CentralError::database("taking a claim back"))
    }

    async fn forget_number(&self, number: &BookingNumber) -> Result<(), CentralError> {
        self.transaction
            .execute(
                "DELETE FROM booking_numbers WHERE number = $1",
                &[&number.as_str()],
            )
            .await
            .map(|_| ())
            .map_err(CentralError::database("taking a booking number back"))
    }
}
