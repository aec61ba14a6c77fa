//! The record of purchases: read, judged by `domain`, and added to only while nobody else did (M2–M5,
//! M16, M18). Two counters at once read the same version; only one of them finds it unchanged.

use deadpool_postgres::GenericClient;
use domain::campaign::MaskRound;
use domain::channel::Channel;
use domain::mask::ledger::{Purchase, Standing, standing};
use domain::mask::sale::{Goods, Sale};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::preorder::random_id;
use super::sql::{change, integer, row, rows};
use crate::CentralError;

/// A person's record at one moment.
#[derive(Debug)]
pub(crate) struct Record {
    version: i64,
    purchases: Vec<Purchase>,
}

impl Record {
    pub(crate) fn standing(&self, today: Date) -> Standing {
        standing(&self.purchases, today)
    }
}

/// A purchase as its owner sees it (M16).
#[derive(Debug, Clone)]
pub struct PurchaseLine {
    /// `pre-order`, `counter` or `traveller`.
    pub kind: String,
    /// The day it counts from.
    pub counts_from: Date,
    /// Its round.
    pub round: String,
    /// Where.
    pub channel: String,
    /// `adult` or `child`.
    pub goods: String,
    /// Masks.
    pub masks: u32,
    /// NT$.
    pub price_twd: u32,
}

/// The record as it stands; the version first, so that a purchase added in between shows.
pub(crate) async fn read(
    client: &impl GenericClient,
    person: Uuid,
) -> Result<Record, CentralError> {
    let during = "reading a purchase record";
    let text = "SELECT version FROM purchase_records WHERE person_id = $1";
    let version = row(client, during, text, &[&person]).await?;
    let text = "SELECT counts_from, days_between FROM purchases WHERE person_id = $1";
    let purchases = rows(client, during, text, &[&person]).await?;
    Ok(Record {
        version: version.map_or(0, |row| row.get(0)),
        purchases: purchases
            .iter()
            .map(|row| Purchase {
                counts_from: row.get(0),
                days_between: row.get::<_, i32>(1).unsigned_abs(),
            })
            .collect(),
    })
}

/// A sale to be added.
pub(crate) struct NewSale<'a> {
    pub(crate) person: Uuid,
    pub(crate) round: &'a MaskRound,
    /// `counter` or `traveller`.
    pub(crate) kind: &'static str,
    pub(crate) channel: Channel,
    pub(crate) store: Option<&'a str>,
    pub(crate) goods: Goods,
    pub(crate) sale: Sale,
    pub(crate) today: Date,
    pub(crate) now: Timestamp,
}

/// Adds a sale that was judged by `record`; `false` when the record changed since. Wants a
/// transaction.
pub(crate) async fn add_sale(
    client: &impl GenericClient,
    record: &Record,
    new: &NewSale<'_>,
) -> Result<bool, CentralError> {
    let during = "adding to a purchase record";
    let raised = if record.version == 0 {
        let text = "INSERT INTO purchase_records (person_id, version) VALUES ($1, 1) \
             ON CONFLICT (person_id) DO NOTHING";
        change(client, during, text, &[&new.person]).await?
    } else {
        let text = "UPDATE purchase_records SET version = version + 1 \
             WHERE person_id = $1 AND version = $2";
        change(client, during, text, &[&new.person, &record.version]).await?
    };
    if raised == 0 {
        return Ok(false);
    }
    change(
        client,
        during,
        INSERT,
        &[
            &new.person,
            &random_id(),
            &new.kind,
            &new.today,
            &integer(new.round.days_between_purchases),
            &new.round.id.as_str(),
            &new.channel.code(),
            &new.store,
            &new.goods.code(),
            &integer(new.sale.masks),
            &integer(new.sale.price_twd),
            &new.now,
        ],
    )
    .await
    .map(|added| added == 1)
}

const INSERT: &str = "INSERT INTO purchases (person_id, purchase_id, kind, counts_from, \
     days_between, round_id, channel, store_id, goods, masks, price_twd, recorded_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
     ON CONFLICT (person_id, purchase_id) DO NOTHING";

/// A paid pre-order to be added.
pub(crate) struct PaidPreorder<'a> {
    pub(crate) person: Uuid,
    pub(crate) order: Uuid,
    pub(crate) round: &'a MaskRound,
    pub(crate) channel: &'a str,
    pub(crate) store: &'a str,
    pub(crate) masks: i32,
    pub(crate) price_twd: i32,
    pub(crate) now: Timestamp,
}

/// Adds a paid pre-order, which counts from the first day of pickup and is never refused (M4, M5).
/// Wants a transaction.
pub(crate) async fn add_preorder(
    client: &impl GenericClient,
    new: &PaidPreorder<'_>,
) -> Result<(), CentralError> {
    let during = "adding a pre-order to a purchase record";
    let text = "INSERT INTO purchase_records AS record (person_id, version) VALUES ($1, 1) \
         ON CONFLICT (person_id) DO UPDATE SET version = record.version + 1";
    change(client, during, text, &[&new.person]).await?;
    change(
        client,
        during,
        INSERT,
        &[
            &new.person,
            &new.order,
            &"pre-order",
            &new.round.pickup_first_day,
            &integer(new.round.days_between_purchases),
            &new.round.id.as_str(),
            &new.channel,
            &new.store,
            &Goods::Adult.code(),
            &new.masks,
            &new.price_twd,
            &new.now,
        ],
    )
    .await
    .map(|_| ())
}

/// One sale a passport and round (M18); `false` when there was one.
pub(crate) async fn claim_passport(
    client: &impl GenericClient,
    round: &MaskRound,
    document: &str,
    now: Timestamp,
) -> Result<bool, CentralError> {
    change(
        client,
        "selling to a passport",
        "INSERT INTO passport_sales (round_id, passport, sold_at) VALUES ($1, $2, $3) \
         ON CONFLICT (round_id, passport) DO NOTHING",
        &[&round.id.as_str(), &document, &now],
    )
    .await
    .map(|claimed| claimed == 1)
}

/// A person's purchases, the newest first, and what they amount to today (M16).
///
/// # Errors
/// [`CentralError::Database`].
pub async fn of_person(
    client: &impl GenericClient,
    person: Uuid,
    today: Date,
) -> Result<(Standing, Vec<PurchaseLine>), CentralError> {
    let text = "SELECT kind, counts_from, round_id, channel, goods, masks, price_twd \
         FROM purchases WHERE person_id = $1 ORDER BY counts_from DESC, purchase_id";
    let found = rows(client, "reading a person's purchases", text, &[&person]).await?;
    let lines = found
        .iter()
        .map(|row| PurchaseLine {
            kind: row.get(0),
            counts_from: row.get(1),
            round: row.get(2),
            channel: row.get(3),
            goods: row.get(4),
            masks: row.get::<_, i32>(5).unsigned_abs(),
            price_twd: row.get::<_, i32>(6).unsigned_abs(),
        })
        .collect();
    let record = read(client, person).await?;
    Ok((record.standing(today), lines))
}

/// The day of birth, by which child masks are sold (M2).
pub(crate) async fn birth(client: &impl GenericClient, person: Uuid) -> Result<Date, CentralError> {
    let text = "SELECT birth FROM people WHERE person_id = $1";
    row(client, "reading a day of birth", text, &[&person])
        .await?
        .map(|row| row.get(0))
        .ok_or(CentralError::Stored { what: "person" })
}
