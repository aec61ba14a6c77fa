//! The statements of bookings: numbers given out, doses claimed, willingness tied, and all of it
//! taken back.

use std::collections::HashSet;

use rand::Rng as _;
use uuid::Uuid;

use super::booking::Claim;
use super::facts::{self, person_columns};
use super::wave::{Asked, Scene};
use crate::CentralError;

impl Scene<'_> {
    /// Nine random digits that no booking has, for each.
    pub(super) async fn new_numbers(&self, claims: &mut [Claim<'_>]) -> Result<(), CentralError> {
        const TRIES: usize = 16;
        let during = "giving out booking numbers";
        let statement = self
            .transaction
            .prepare_cached(
                "INSERT INTO booking_numbers (number, site_id) \
                 SELECT number, site_id FROM unnest($1::text[], $2::text[]) AS row (number, site_id) \
                 ON CONFLICT (number) DO NOTHING RETURNING number",
            )
            .await
            .map_err(CentralError::database(during))?;
        for _ in 0..TRIES {
            let mut open: Vec<&mut Claim<'_>> = claims
                .iter_mut()
                .filter(|claim| claim.number.is_empty())
                .collect();
            if open.is_empty() {
                return Ok(());
            }
            let mut tried: Vec<String> = open
                .iter()
                .map(|_| format!("{:09}", rand::thread_rng().gen_range(0..1_000_000_000_u32)))
                .collect();
            // In one order for everybody, and none twice.
            tried.sort_unstable();
            tried.dedup();
            let sites: Vec<&str> = tried
                .iter()
                .zip(&open)
                .map(|(_, claim)| claim.slot.site)
                .collect();
            let rows = self
                .transaction
                .query(&statement, &[&tried, &sites])
                .await
                .map_err(CentralError::database(during))?;
            for (claim, row) in open.iter_mut().zip(&rows) {
                claim.number = row.get(0);
            }
        }
        Err(CentralError::Stored {
            what: "set of booking numbers",
        })
    }

    /// V9: one open booking a person a dose, whichever residence number asks (I4).
    pub(super) async fn claim(
        &self,
        asked: &[Asked<'_>],
        claims: &[&Claim<'_>],
    ) -> Result<HashSet<Uuid>, CentralError> {
        let during = "claiming doses";
        let statement = self
            .transaction
            .prepare_cached(
                "INSERT INTO bookings (series, dose, person_id, site_id, round_id, slot_id, \
                 number, mobile, booked_at, channel, lease_id) \
                 SELECT series, dose, person_id, site_id, round_id, slot_id, number, mobile, $9, \
                 channel, lease_id \
                 FROM unnest($1::text[], $2::smallint[], $3::uuid[], $4::text[], $5::text[], \
                 $6::text[], $7::text[], $8::text[], $10::text[], $11::uuid[]) \
                 AS row (series, dose, person_id, site_id, round_id, slot_id, number, mobile, \
                 channel, lease_id) \
                 ON CONFLICT (series, dose, person_id) DO NOTHING RETURNING person_id",
            )
            .await
            .map_err(CentralError::database(during))?;
        let (sites, rounds, slots) = facts::slot_columns(claims.iter().map(|claim| claim.slot));
        let doses: Vec<i16> = claims.iter().map(|claim| claim.dose).collect();
        let (series, people) =
            person_columns(claims.iter().map(|claim| (claim.series, claim.person)));
        let text = |value: fn(&Claim<'_>) -> String| {
            claims.iter().map(|claim| value(claim)).collect::<Vec<_>>()
        };
        let channels: Vec<&str> = claims
            .iter()
            .map(|claim| asked[claim.index].channel.code())
            .collect();
        let leases: Vec<Option<Uuid>> = claims
            .iter()
            .map(|claim| claim.request.lease.map(|lease| Uuid::from_u128(lease.0)))
            .collect();
        let rows = self
            .transaction
            .query(
                &statement,
                &[
                    &series,
                    &doses,
                    &people,
                    &sites,
                    &rounds,
                    &slots,
                    &text(|claim| claim.number.clone()),
                    &text(|claim| claim.request.mobile.reveal().to_owned()),
                    &self.now,
                    &channels,
                    &leases,
                ],
            )
            .await
            .map_err(CentralError::database(during))?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }

    /// Ties the willingness entries to the bookings, so that none is cancelled under one (V5).
    pub(super) async fn hold_willingness(
        &self,
        claims: &[&Claim<'_>],
    ) -> Result<HashSet<Uuid>, CentralError> {
        let during = "tying willingness to bookings";
        let statement = self
            .transaction
            .prepare_cached(
                "UPDATE willingness AS entry SET booked = true \
                 FROM unnest($1::text[], $2::uuid[]) AS row (round_id, person_id) \
                 WHERE entry.round_id = row.round_id AND entry.person_id = row.person_id \
                 AND NOT entry.cancelled RETURNING entry.person_id",
            )
            .await
            .map_err(CentralError::database(during))?;
        let (rounds, people) =
            person_columns(claims.iter().map(|claim| (claim.slot.round, claim.person)));
        let rows = self
            .transaction
            .query(&statement, &[&rounds, &people])
            .await
            .map_err(CentralError::database(during))?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }

    /// Takes claims back and unties their willingness entries.
    pub(super) async fn undo(&self, claims: &[&Claim<'_>]) -> Result<(), CentralError> {
        if claims.is_empty() {
            return Ok(());
        }
        let during = "taking claims back";
        let untie = self
            .transaction
            .prepare_cached(
                "UPDATE willingness AS entry SET booked = false \
                 FROM unnest($1::text[], $2::uuid[]) AS row (round_id, person_id) \
                 WHERE entry.round_id = row.round_id AND entry.person_id = row.person_id",
            )
            .await
            .map_err(CentralError::database(during))?;
        let delete = self
            .transaction
            .prepare_cached(
                "DELETE FROM bookings WHERE series = ANY($1) AND dose = ANY($2) \
                 AND person_id = ANY($3) AND number = ANY($4)",
            )
            .await
            .map_err(CentralError::database(during))?;
        let (rounds, people) =
            person_columns(claims.iter().map(|claim| (claim.slot.round, claim.person)));
        let series: Vec<&str> = claims.iter().map(|claim| claim.series).collect();
        let doses: Vec<i16> = claims.iter().map(|claim| claim.dose).collect();
        let numbers: Vec<&str> = claims.iter().map(|claim| claim.number.as_str()).collect();
        self.transaction
            .execute(&untie, &[&rounds, &people])
            .await
            .map_err(CentralError::database(during))?;
        self.transaction
            .execute(&delete, &[&series, &doses, &people, &numbers])
            .await
            .map(|_| ())
            .map_err(CentralError::database(during))
    }

    pub(super) async fn forget_numbers(&self, numbers: &[&str]) -> Result<(), CentralError> {
        if numbers.is_empty() {
            return Ok(());
        }
        let during = "taking booking numbers back";
        let statement = self
            .transaction
            .prepare_cached("DELETE FROM booking_numbers WHERE number = ANY($1)")
            .await
            .map_err(CentralError::database(during))?;
        self.transaction
            .execute(&statement, &[&numbers])
            .await
            .map(|_| ())
            .map_err(CentralError::database(during))
    }
}
