//! Mask orders: one by its number, all of a store (M11).

use deadpool_postgres::GenericClient;
use domain::campaign::RoundId;
use domain::pickup::{MaskOrder, PickupNumber};
use tokio_postgres::Row;
use wire::orders::{OrderMessage, StoreOrders};

use crate::CentralError;

const ORDER: &str = "SELECT mask_order.number, mask_order.round_id, person.number, \
     person.other_number, mask_order.mobile, mask_order.store_id, mask_order.masks, \
     mask_order.price_twd, mask_order.paid, mask_order.first_day, mask_order.last_day, \
     mask_order.slip, mask_order.redeemed FROM mask_orders AS mask_order \
     JOIN people AS person ON person.person_id = mask_order.person_id";

/// The order with this number.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn find(
    client: &impl GenericClient,
    round: &RoundId,
    number: &PickupNumber,
) -> Result<Option<MaskOrder>, CentralError> {
    let during = "looking up an order";
    let statement = client
        .prepare_cached(&format!(
            "{ORDER} WHERE mask_order.round_id = $1 AND mask_order.number = $2"
        ))
        .await
        .map_err(CentralError::database(during))?;
    client
        .query_opt(&statement, &[&round.as_str(), &number.reveal()])
        .await
        .map_err(CentralError::database(during))?
        .map(|row| MaskOrder::try_from(read(&row)).map_err(CentralError::from))
        .transpose()
}

/// All orders of a store in these rounds, by number.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn of_store(
    client: &impl GenericClient,
    rounds: &[&str],
    store: &str,
) -> Result<StoreOrders, CentralError> {
    let during = "reading a store's orders";
    let statement = client
        .prepare_cached(&format!(
            "{ORDER} WHERE mask_order.store_id = $1 AND mask_order.round_id = ANY($2) \
             ORDER BY mask_order.number"
        ))
        .await
        .map_err(CentralError::database(during))?;
    let rows = client
        .query(&statement, &[&store, &rounds])
        .await
        .map_err(CentralError::database(during))?;
    Ok(StoreOrders {
        store: store.to_owned(),
        orders: rows.iter().map(read).collect(),
    })
}

fn read(row: &Row) -> OrderMessage {
    OrderMessage {
        number: row.get(0),
        round: row.get(1),
        person: row.get(2),
        other_number: row.get(3),
        mobile: row.get(4),
        store: row.get(5),
        masks: row.get::<_, i32>(6).unsigned_abs(),
        price_twd: row.get::<_, i32>(7).unsigned_abs(),
        paid: row.get(8),
        first_day: row.get(9),
        last_day: row.get(10),
        slip: row.get(11),
        redeemed: row.get(12),
    }
}
