//! The mask orders fetched at this store (M11), with the slips given out here (M14).

use domain::campaign::{RoundId, StoreId};
use domain::pickup::{MaskOrder, PickupNumber};
use domain::slip::SlipNumber;
use domain::{MobileNumber, PersonNumber};
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use crate::{Store, StoreError};

impl Store {
    /// Takes the centre's list of this store's orders in the old one's place. Slips given out here
    /// stay with their orders, whether or not the centre knows of them yet.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`], or [`StoreError::Query`] where a number comes twice; the older list
    /// stands then.
    pub async fn replace_orders(&self, orders: Vec<MaskOrder>) -> Result<(), StoreError> {
        self.run(move |connection| replace(connection, &orders))
            .await
    }

    /// A person's orders, found under either number (I4), the earliest pickup first.
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn orders_of(
        &self,
        person: PersonNumber,
        other: Option<PersonNumber>,
    ) -> Result<Vec<MaskOrder>, StoreError> {
        self.run(move |connection| {
            select(
                connection,
                "WHERE o.person IN (?1, ?2) OR o.other_number IN (?1, ?2)
                 ORDER BY o.first_day, o.number",
                params![person.reveal(), other.as_ref().map(PersonNumber::reveal)],
            )
        })
        .await
    }

    /// The order with this number (M12); whose it is, is for the caller to check.
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn order_by_number(
        &self,
        number: PickupNumber,
    ) -> Result<Option<MaskOrder>, StoreError> {
        self.run(move |connection| {
            select(connection, "WHERE o.number = ?1", params![number.reveal()])
                .map(|orders| orders.into_iter().next())
        })
        .await
    }
}

const ACTION: &str = "read or replace the mask orders";

fn replace(connection: &Connection, orders: &[MaskOrder]) -> Result<(), StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    connection
        .execute("DELETE FROM orders", [])
        .map_err(failed)?;
    let mut statement = connection
        .prepare_cached(
            "INSERT INTO orders (number, round, person, other_number, mobile, store, masks,
             price_twd, paid, first_day, last_day, slip, redeemed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )
        .map_err(failed)?;
    for order in orders {
        statement
            .execute(params![
                order.number.reveal(),
                order.round.as_str(),
                order.person.reveal(),
                order.other_number.as_ref().map(PersonNumber::reveal),
                order.mobile.reveal(),
                order.store.as_str(),
                order.masks,
                order.price_twd,
                order.paid,
                order.first_day.to_string(),
                order.last_day.to_string(),
                order.slip.as_ref().map(|(slip, _)| slip.as_str()),
                order.redeemed,
            ])
            .map_err(failed)?;
    }
    Ok(())
}

fn select(
    connection: &Connection,
    clause: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<MaskOrder>, StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    let mut statement = connection
        .prepare_cached(&format!(
            "SELECT o.number, o.round, o.person, o.other_number, o.mobile, o.store, o.masks,
             o.price_twd, o.paid, o.first_day, o.last_day, coalesce(p.number, o.slip), o.redeemed,
             coalesce(max(0, s.starts - 1), 0)
             FROM orders o LEFT JOIN pickup_slips p ON p.order_number = o.number
             LEFT JOIN slips s ON s.operation = p.operation {clause}"
        ))
        .map_err(failed)?;
    let mut rows = statement.query(parameters).map_err(failed)?;
    let mut orders = Vec::new();
    while let Some(row) = rows.next().map_err(failed)? {
        orders.push(read(row)?);
    }
    Ok(orders)
}

fn read(row: &Row<'_>) -> Result<MaskOrder, StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    let bad = |column| StoreError::Row {
        table: "orders",
        column,
    };
    let text = |index: usize| row.get::<_, String>(index).map_err(failed);
    let optional = |index: usize| row.get::<_, Option<String>>(index).map_err(failed);
    let day = |index, column| text(index)?.parse::<Date>().map_err(|_| bad(column));
    let reprints: u32 = row.get(13).map_err(failed)?;
    Ok(MaskOrder {
        number: PickupNumber::parse(&text(0)?).map_err(|_| bad("number"))?,
        round: RoundId::parse(&text(1)?).map_err(|_| bad("round"))?,
        person: PersonNumber::parse(&text(2)?).map_err(|_| bad("person"))?,
        other_number: optional(3)?
            .map(|text| PersonNumber::parse(&text).map_err(|_| bad("other_number")))
            .transpose()?,
        mobile: MobileNumber::parse(&text(4)?).map_err(|_| bad("mobile"))?,
        store: StoreId::parse(&text(5)?).map_err(|_| bad("store"))?,
        masks: row.get(6).map_err(failed)?,
        price_twd: row.get(7).map_err(failed)?,
        paid: row.get(8).map_err(failed)?,
        first_day: day(9, "first_day")?,
        last_day: day(10, "last_day")?,
        slip: optional(11)?
            .map(|text| {
                SlipNumber::parse(&text)
                    .map(|slip| (slip, reprints))
                    .ok_or(bad("slip"))
            })
            .transpose()?,
        redeemed: row.get(12).map_err(failed)?,
    })
}
