//! A pickup slip given out (M9, M11–M14).

use domain::campaign::{RoundId, StoreId};
use domain::operation::{Outcome, Rejection};
use domain::pickup::{self, PickupNumber, PickupRefusal};
use domain::slip::SlipNumber;
use domain::{PersonNumber, taipei};

use super::{Context, Stop};
use crate::{CentralError, orders};

impl Context<'_> {
    pub(super) async fn issue_slip(
        &self,
        round: &RoundId,
        number: &PickupNumber,
        person: &PersonNumber,
        slip: &SlipNumber,
    ) -> Result<Outcome, Stop> {
        self.published
            .and_then(|published| published.campaign.mask_round(round))
            .ok_or(Rejection::UnknownTarget)?;
        let order = orders::find(self.transaction, round, number)
            .await?
            .filter(|order| order.belongs_to(person))
            .ok_or(Rejection::OrderUnknown)?;
        // A person without a terminal is at no store (C3).
        let here = self.store.ok_or(Rejection::OtherStore)?;
        let here = StoreId::parse(here).map_err(|_| CentralError::Stored { what: "store" })?;
        let today = taipei::civil(self.judged_at).date();
        pickup::check(&order, &here, today).map_err(|refusal| match refusal {
            PickupRefusal::Redeemed => Rejection::SlipExists,
            PickupRefusal::NotPaid => Rejection::OrderVoid,
            PickupRefusal::OtherStore(_) => Rejection::OtherStore,
            PickupRefusal::TooEarly(_) | PickupRefusal::TooLate(_) => Rejection::OutsidePickup,
        })?;
        let during = "giving out a slip";
        let statement = self
            .transaction
            .prepare_cached(
                "UPDATE mask_orders SET slip = $3, slip_issued_at = $4 \
                 WHERE round_id = $1 AND number = $2 AND slip IS NULL AND NOT redeemed",
            )
            .await
            .map_err(CentralError::database(during))?;
        let given = self
            .transaction
            .execute(
                &statement,
                &[
                    &round.as_str(),
                    &number.reveal(),
                    &slip.as_str(),
                    &self.judged_at,
                ],
            )
            .await
            .map_err(CentralError::database(during))?;
        if given == 1 {
            Ok(Outcome::Applied { number: None })
        } else {
            Err(Rejection::SlipExists.into())
        }
    }
}
