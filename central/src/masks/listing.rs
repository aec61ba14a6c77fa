//! What operators list: orders and payments, without anything personal.

use deadpool_postgres::GenericClient;
use domain::campaign::RoundId;
use domain::mask::order::OrderState;
use tokio_postgres::Row;
use uuid::Uuid;

use super::sql::rows;
use crate::CentralError;

/// Which orders are listed.
pub(crate) struct Wanted<'a> {
    pub(crate) round: &'a RoundId,
    pub(crate) store: Option<&'a str>,
    pub(crate) state: Option<OrderState>,
    /// The last order of the page before.
    pub(crate) after: Uuid,
    pub(crate) limit: i64,
}

/// Id, state, store, channel, price, when ordered, when paid, slip, redeemed; by id.
pub(crate) async fn orders(
    client: &impl GenericClient,
    wanted: &Wanted<'_>,
) -> Result<Vec<Row>, CentralError> {
    rows(
        client,
        "listing the orders of a round",
        "SELECT preorder.order_id, preorder.state, preorder.store_id, preorder.channel, \
         preorder.price_twd, preorder.ordered_at, preorder.paid_at, handed.slip IS NOT NULL, \
         coalesce(handed.redeemed, false) FROM preorders AS preorder \
         LEFT JOIN mask_orders AS handed ON handed.round_id = preorder.round_id \
         AND handed.number = preorder.number WHERE preorder.round_id = $1 \
         AND preorder.order_id > $2 AND ($3::text IS NULL OR preorder.store_id = $3) \
         AND ($4::text IS NULL OR preorder.state = $4) ORDER BY preorder.order_id LIMIT $5",
        &[
            &wanted.round.as_str(),
            &wanted.after,
            &wanted.store,
            &wanted.state.map(OrderState::code),
            &wanted.limit,
        ],
    )
    .await
}

/// Source, reference, fingerprint, amount, when paid, when told, verdict, order, line; by source and
/// reference.
pub(crate) async fn payments(
    client: &impl GenericClient,
    verdict: Option<&str>,
    after: &(String, String, Vec<u8>),
    limit: i64,
) -> Result<Vec<Row>, CentralError> {
    let (source, reference, fingerprint) = after;
    rows(
        client,
        "listing payments",
        "SELECT source, reference, fingerprint, amount_twd, paid_at, told_at, verdict, order_id, \
         line FROM payments WHERE ($1::text IS NULL OR verdict = $1) \
         AND (source, reference, fingerprint) > ($2, $3, $4) \
         ORDER BY source, reference, fingerprint LIMIT $5",
        &[&verdict, source, reference, fingerprint, &limit],
    )
    .await
}
