//! Masks ordered (M1, M6), sold over a counter (M2, M18), and slips taken in (M14).

use domain::campaign::{MaskRound, RoundId};
use domain::mask::ledger::Standing;
use domain::mask::order;
use domain::mask::request::{MaskBuyer, MaskOrderRequest, MaskSale};
use domain::mask::sale::{self, Buyer, Passport, Sale};
use domain::operation::{Outcome, Rejection};
use domain::slip::SlipNumber;
use domain::{PersonNumber, taipei};
use jiff::SignedDuration;
use jiff::civil::Date;
use uuid::Uuid;

use super::{Context, Stop};
use crate::masks::ledger::{self, NewSale};
use crate::masks::pickup::{self, Redeemed};
use crate::masks::preorder::{self, Orderer, Placed};
use crate::people;

/// How old a sale may be when it arrives. The counter waits for the answer; what arrives later was
/// not handed over, and must not use up the person's turn.
const SALE_AGE_MAX: SignedDuration = SignedDuration::from_secs(60);
/// How often a sale is judged again because the person's record changed meanwhile.
const SALE_TRIES: usize = 8;

impl Context<'_> {
    fn mask_round(&self, id: &RoundId) -> Result<&MaskRound, Rejection> {
        self.published
            .and_then(|published| published.campaign.mask_round(id))
            .ok_or(Rejection::UnknownTarget)
    }

    /// M1, M6, M17: one order a card, for its holder, the last one stands.
    pub(super) async fn order_masks(&self, request: &MaskOrderRequest) -> Result<Outcome, Stop> {
        let round = self.mask_round(&request.round)?;
        order::may_order(round, self.channel, &request.store, self.judged_at)?;
        let person = self.verified(&request.person, &request.card).await?;
        let orderer = Orderer {
            person: person.id,
            channel: self.channel,
            receipt: self.receipt,
            ordered_at: self.judged_at,
            now: self.now,
        };
        match preorder::place(self.transaction, round, request, &orderer).await? {
            Placed::Stands => Ok(Outcome::Applied { number: None }),
            Placed::Superseded => Ok(Outcome::Superseded),
            Placed::RoundClosed => Err(Rejection::WindowClosed.into()),
            Placed::StoreMoved => Err(Rejection::StoreMoved.into()),
        }
    }

    /// M2, M3, M18: judged by today's record, on the centre's clock.
    pub(super) async fn sell_masks(&self, request: &MaskSale) -> Result<Outcome, Stop> {
        let round = self.mask_round(&request.round)?;
        if self.now.duration_since(self.judged_at) > SALE_AGE_MAX {
            return Err(Rejection::SaleLapsed.into());
        }
        match &request.buyer {
            MaskBuyer::Card { person, card } => {
                let buyer = self.verified(person, card).await?.id;
                let birth = ledger::birth(self.transaction, buyer).await?;
                let offer = round.counter_sale.as_ref().ok_or(Rejection::WindowClosed)?;
                let judge = |standing: Standing, today: Date| {
                    let buyer = Buyer {
                        number: person,
                        birth,
                        standing,
                    };
                    sale::over_the_counter(offer, self.channel, &buyer, request.goods, today)
                };
                self.sell(round, request, buyer, "counter", judge).await
            }
            MaskBuyer::Number(person) => self.sell_to_traveller(round, request, person).await,
            MaskBuyer::Passport(passport) => {
                self.sell_once(round, request, &Document::Passport(passport))
                    .await
            }
        }
    }

    async fn sell_to_traveller(
        &self,
        round: &MaskRound,
        request: &MaskSale,
        number: &PersonNumber,
    ) -> Result<Outcome, Stop> {
        let Some(buyer) = people::find(self.transaction, number).await? else {
            // Not insured, so without a record: once a round, as with a passport.
            return self
                .sell_once(round, request, &Document::Number(number))
                .await;
        };
        let offer = round
            .traveller_sale
            .as_ref()
            .ok_or(Rejection::WindowClosed)?;
        let judge = |standing: Standing, today: Date| {
            sale::to_a_traveller(offer, self.channel, Some(standing), request.goods, today)
        };
        self.sell(round, request, buyer.id, "traveller", judge)
            .await
    }

    /// Judges by the record and adds to it, again while others add to it.
    async fn sell(
        &self,
        round: &MaskRound,
        request: &MaskSale,
        buyer: Uuid,
        kind: &'static str,
        judge: impl Fn(Standing, Date) -> Result<Sale, Rejection>,
    ) -> Result<Outcome, Stop> {
        let today = taipei::civil(self.now).date();
        for _ in 0..SALE_TRIES {
            let record = ledger::read(self.transaction, buyer).await?;
            let new = NewSale {
                person: buyer,
                round,
                kind,
                channel: self.channel,
                store: self.store,
                goods: request.goods,
                sale: judge(record.standing(today), today)?,
                today,
                now: self.now,
            };
            if ledger::add_sale(self.transaction, &record, &new).await? {
                return Ok(Outcome::Applied { number: None });
            }
        }
        // Only another sale or payment of the same person changes the record.
        Err(Rejection::BoughtAlready.into())
    }

    async fn sell_once(
        &self,
        round: &MaskRound,
        request: &MaskSale,
        document: &Document<'_>,
    ) -> Result<Outcome, Stop> {
        let offer = round
            .traveller_sale
            .as_ref()
            .ok_or(Rejection::WindowClosed)?;
        let today = taipei::civil(self.now).date();
        sale::to_a_traveller(offer, self.channel, None, request.goods, today)?;
        let document = match document {
            Document::Passport(passport) => passport.reveal(),
            Document::Number(number) => number.reveal(),
        };
        if ledger::claim_passport(self.transaction, round, document, self.now).await? {
            Ok(Outcome::Applied { number: None })
        } else {
            Err(Rejection::BoughtAlready.into())
        }
    }

    /// M14: valid once, at its own store (M11), in the pickup days (M13).
    pub(super) async fn redeem_slip(
        &self,
        round: &RoundId,
        slip: &SlipNumber,
    ) -> Result<Outcome, Stop> {
        self.mask_round(round)?;
        let store = self.store.ok_or(Rejection::NotThisChannel)?;
        let today = taipei::civil(self.judged_at).date();
        match pickup::redeem(self.transaction, round, slip, store, today, self.now).await? {
            Redeemed::Done => Ok(Outcome::Applied { number: None }),
            Redeemed::Before => Err(Rejection::SlipRedeemed.into()),
            Redeemed::OutsidePickup => Err(Rejection::OutsidePickup.into()),
            Redeemed::Unknown => Err(Rejection::SlipUnknown.into()),
        }
    }
}

/// What a traveller without a record is known by (M18).
enum Document<'a> {
    Passport(&'a Passport),
    Number(&'a PersonNumber),
}
