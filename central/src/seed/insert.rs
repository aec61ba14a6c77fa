//! Puts the invented people and orders into the database, many rows a statement.

use deadpool_postgres::{Pool, Transaction};
use domain::campaign::Campaign;
use jiff::Timestamp;

use super::history;
use super::orders::SampleOrder;
use super::papers;
use super::population::SamplePerson;
use crate::{CentralError, database};

const ROWS_AT_ONCE: usize = 1000;

/// People and their orders, in one transaction.
pub(super) async fn everything(
    pool: &Pool,
    campaign: &Campaign,
    people: &[SamplePerson],
    orders: &[SampleOrder],
    now: Timestamp,
) -> Result<(), CentralError> {
    let during = "inserting the sample population";
    let mut client = database::connection(pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    for chunk in people.chunks(ROWS_AT_ONCE) {
        insert_people(&transaction, chunk).await?;
        papers::insert(&transaction, chunk).await?;
    }
    for chunk in orders.chunks(ROWS_AT_ONCE) {
        insert_orders(&transaction, chunk, people).await?;
    }
    history::insert(&transaction, campaign, orders, people, now).await?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))
}

/// One column of many rows.
pub(super) fn column<'a, Row, Value>(
    rows: &'a [Row],
    value: impl Fn(&'a Row) -> Value,
) -> Vec<Value> {
    rows.iter().map(value).collect()
}

async fn insert_people(
    transaction: &Transaction<'_>,
    people: &[SamplePerson],
) -> Result<(), CentralError> {
    let during = "inserting sample people";
    let ids = column(people, |person| person.id);
    let numbers = column(people, |person| person.number.reveal());
    let others = column(people, |person| {
        person.other_number.as_ref().map(|number| number.reveal())
    });
    transaction
        .execute(
            "INSERT INTO people (person_id, number, other_number, card, previous_card, \
             insurance_only, categories, birth, name) SELECT * FROM unnest($1::uuid[], $2::text[], \
             $3::text[], $4::text[], $5::text[], $6::boolean[], $7::bigint[], $8::date[], \
             $9::text[])",
            &[
                &ids,
                &numbers,
                &others,
                &column(people, |person| person.card.reveal()),
                &column(people, |person| {
                    person.previous_card.as_ref().map(|card| card.reveal())
                }),
                &column(people, |person| person.insurance_only),
                &column(people, |person| i64::from(person.categories.bits())),
                &column(people, |person| person.birth),
                &column(people, |person| person.name.reveal()),
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    transaction
        .execute(
            "INSERT INTO person_numbers (number, person_id) \
             SELECT number, person_id FROM unnest($1::text[], $2::uuid[]) AS row (number, person_id) \
             UNION ALL SELECT number, person_id FROM unnest($3::text[], $2::uuid[]) \
             AS row (number, person_id) WHERE number IS NOT NULL",
            &[&numbers, &ids, &others],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database(during))
}

async fn insert_orders(
    transaction: &Transaction<'_>,
    orders: &[SampleOrder],
    people: &[SamplePerson],
) -> Result<(), CentralError> {
    let number = |value: u32| i32::try_from(value).unwrap_or(i32::MAX);
    transaction
        .execute(
            "INSERT INTO mask_orders (round_id, number, store_id, person_id, mobile, masks, \
             price_twd, paid, first_day, last_day) SELECT * FROM unnest($1::text[], $2::text[], \
             $3::text[], $4::uuid[], $5::text[], $6::integer[], $7::integer[], $8::boolean[], \
             $9::date[], $10::date[])",
            &[
                &column(orders, |order| order.round.as_str()),
                &column(orders, |order| order.number.reveal()),
                &column(orders, |order| order.store.as_str()),
                &column(orders, |order| people[order.person].id),
                &column(orders, |order| people[order.person].mobile.reveal()),
                &column(orders, |order| number(order.masks)),
                &column(orders, |order| number(order.price_twd)),
                &column(orders, |order| order.paid),
                &column(orders, |order| order.first_day),
                &column(orders, |order| order.last_day),
            ],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database("inserting sample orders"))
}
