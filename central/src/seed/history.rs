//! What must have happened before the sample orders could lie in their stores: the round drawn, the
//! orders paid or void, the paid ones in the record of purchases (M4, M8, M9). Nothing for a round
//! whose payment is not over yet.

use deadpool_postgres::Transaction;
use domain::campaign::{Campaign, MaskRound};
use domain::mask::account::PaymentAccount;
use domain::mask::lottery::{self, Digest, OrderId};
use jiff::Timestamp;
use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use uuid::Uuid;

use super::insert::column;
use super::orders::SampleOrder;
use super::population::SamplePerson;
use crate::CentralError;
use crate::masks::closing::rank;
use crate::masks::round::{gates, hash};

const DURING: &str = "inserting the sample orders' history";

/// A sample order with its place in the lottery.
struct Placed<'a> {
    order: &'a SampleOrder,
    person: Uuid,
    mobile: &'a str,
    id: Uuid,
    position: i32,
    account: String,
}

/// The history of every round that is past its payment.
pub(super) async fn insert(
    transaction: &Transaction<'_>,
    campaign: &Campaign,
    orders: &[SampleOrder],
    people: &[SamplePerson],
    now: Timestamp,
) -> Result<(), CentralError> {
    let mut first_serial = 0;
    for round in &campaign.mask_rounds {
        let own: Vec<&SampleOrder> = orders
            .iter()
            .filter(|order| order.round == round.id.as_str())
            .collect();
        if own.is_empty() || round.payment.end > now {
            continue;
        }
        insert_round(transaction, round, &own, people, first_serial).await?;
        first_serial += u32::try_from(own.len()).unwrap_or(u32::MAX);
    }
    Ok(())
}

async fn insert_round(
    transaction: &Transaction<'_>,
    round: &MaskRound,
    orders: &[&SampleOrder],
    people: &[SamplePerson],
    first_serial: u32,
) -> Result<(), CentralError> {
    let mut random = ChaCha20Rng::seed_from_u64(u64::from(first_serial));
    let mut secret = [0; 32];
    random.fill_bytes(&mut secret);
    let secret = Digest(secret);
    let seed = hash(&lottery::seed_text(&secret, ""));
    let mut placed = Vec::with_capacity(orders.len());
    for (serial, &order) in (first_serial..).zip(orders) {
        let mut bytes = [0; 16];
        random.fill_bytes(&mut bytes);
        let account = PaymentAccount::of(serial).ok_or(CentralError::Population)?;
        placed.push(Placed {
            order,
            person: people[order.person].id,
            mobile: people[order.person].mobile.reveal(),
            id: uuid::Builder::from_random_bytes(bytes).into_uuid(),
            position: 0,
            account: account.reveal().to_owned(),
        });
    }
    placed.sort_by_cached_key(|placed| rank(&seed, &OrderId(placed.id.as_u128())));
    for (position, placed) in (1..).zip(&mut placed) {
        placed.position = position;
    }
    insert_drawn_round(transaction, round, &secret, placed.len()).await?;
    insert_preorders(transaction, round, &placed).await?;
    insert_purchases(transaction, round, &placed).await
}

async fn insert_drawn_round(
    transaction: &Transaction<'_>,
    round: &MaskRound,
    secret: &Digest,
    orders: usize,
) -> Result<(), CentralError> {
    let orders = i64::try_from(orders).unwrap_or(i64::MAX);
    let commitment = hash(&lottery::commitment_text(secret));
    transaction
        .execute(
            "INSERT INTO mask_rounds (round_id, secret, commitment, committed_at, closed_at, \
             public_value, supply, drawn_at, orders, winners, settled_at) \
             VALUES ($1, $2, $3, $4, $5, '', $6, $5, $7, $7, $8)",
            &[
                &round.id.as_str(),
                &secret.0.as_slice(),
                &commitment.0.as_slice(),
                &round.order.start,
                &round.order.end,
                // All sample orders got their masks.
                &orders.max(i64::from(round.order_supply)),
                &orders,
                &round.payment.end,
            ],
        )
        .await
        .map_err(CentralError::database(DURING))?;
    transaction
        .execute(
            "INSERT INTO mask_round_gates (round_id, gate, open) \
             SELECT $1, gate, false FROM unnest($2::smallint[]) AS row (gate)",
            &[&round.id.as_str(), &gates()],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database(DURING))
}

async fn insert_preorders(
    transaction: &Transaction<'_>,
    round: &MaskRound,
    placed: &[Placed<'_>],
) -> Result<(), CentralError> {
    let number = |value: u32| i32::try_from(value).unwrap_or(i32::MAX);
    let people = column(placed, |placed| placed.person);
    let accounts = column(placed, |placed| placed.account.as_str());
    let numbers = column(placed, |placed| placed.order.number.reveal());
    let ids = column(placed, |placed| placed.id);
    transaction
        .execute(
            "INSERT INTO preorders (round_id, person_id, order_id, state, channel, store_id, \
             mobile, masks, price_twd, account, receipt, ordered_at, draw_position, paid_at, \
             paid_way, number) SELECT $1, person, id, \
             CASE WHEN paid THEN 'paid' ELSE 'void' END, 'web', store, mobile, masks, price, \
             account, 'W-SAMPLE', $2, position, CASE WHEN paid THEN $3::timestamptz END, \
             CASE WHEN paid THEN 'transfer' END, number FROM unnest($4::uuid[], $5::uuid[], \
             $6::boolean[], $7::text[], $8::text[], $9::integer[], $10::integer[], $11::text[], \
             $12::integer[], $13::text[]) \
             AS row (person, id, paid, store, mobile, masks, price, account, position, number)",
            &[
                &round.id.as_str(),
                &round.order.start,
                &round.payment.start,
                &people,
                &ids,
                &column(placed, |placed| placed.order.paid),
                &column(placed, |placed| placed.order.store.as_str()),
                &column(placed, |placed| placed.mobile),
                &column(placed, |placed| number(placed.order.masks)),
                &column(placed, |placed| number(placed.order.price_twd)),
                &accounts,
                &column(placed, |placed| placed.position),
                &numbers,
            ],
        )
        .await
        .map_err(CentralError::database(DURING))?;
    transaction
        .execute(
            "INSERT INTO payment_accounts (account, round_id, person_id) \
             SELECT account, $1, person FROM unnest($2::text[], $3::uuid[]) \
             AS row (account, person)",
            &[&round.id.as_str(), &accounts, &people],
        )
        .await
        .map_err(CentralError::database(DURING))?;
    transaction
        .execute(
            "UPDATE mask_orders SET order_id = row.id FROM unnest($2::text[], $3::uuid[]) \
             AS row (number, id) WHERE mask_orders.round_id = $1 \
             AND mask_orders.number = row.number",
            &[&round.id.as_str(), &numbers, &ids],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database(DURING))
}

async fn insert_purchases(
    transaction: &Transaction<'_>,
    round: &MaskRound,
    placed: &[Placed<'_>],
) -> Result<(), CentralError> {
    let number = |value: u32| i32::try_from(value).unwrap_or(i32::MAX);
    let paid: Vec<&Placed<'_>> = placed.iter().filter(|placed| placed.order.paid).collect();
    let people = column(&paid, |placed| placed.person);
    transaction
        .execute(
            "INSERT INTO purchase_records (person_id, version) \
             SELECT person, 1 FROM unnest($1::uuid[]) AS row (person) \
             ON CONFLICT (person_id) DO NOTHING",
            &[&people],
        )
        .await
        .map_err(CentralError::database(DURING))?;
    transaction
        .execute(
            "INSERT INTO purchases (person_id, purchase_id, kind, counts_from, days_between, \
             round_id, channel, store_id, goods, masks, price_twd, recorded_at) \
             SELECT person, id, 'pre-order', $1, $2, $3, 'web', store, 'adult', masks, price, $4 \
             FROM unnest($5::uuid[], $6::uuid[], $7::text[], $8::integer[], $9::integer[]) \
             AS row (person, id, store, masks, price)",
            &[
                &round.pickup_first_day,
                &number(round.days_between_purchases),
                &round.id.as_str(),
                &round.payment.start,
                &people,
                &column(&paid, |placed| placed.id),
                &column(&paid, |placed| placed.order.store.as_str()),
                &column(&paid, |placed| number(placed.order.masks)),
                &column(&paid, |placed| number(placed.order.price_twd)),
            ],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database(DURING))
}
