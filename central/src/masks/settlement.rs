//! The end of payment: what was not paid in time is void (M9).

use deadpool_postgres::Pool;
use domain::campaign::MaskRound;
use jiff::Timestamp;

use super::pickup::{self, Decided};
use super::round::{self, RoundRecord};
use super::sql::{change, rows};
use crate::{CentralError, database};

/// Orders made void at once.
const AT_ONCE: i64 = 200;

/// Makes every order void that won and was not paid. Doing it again changes nothing. The operator
/// does it when the bank's last file of the window is in.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`]; what was not done is done by asking again.
pub async fn settle(
    pool: &Pool,
    round: &MaskRound,
    now: Timestamp,
) -> Result<Option<RoundRecord>, CentralError> {
    while database::with_retry(|| settle_some(pool, round)).await? {}
    let client = database::connection(pool).await?;
    change(
        &client,
        "ending the payment of a round",
        "UPDATE mask_rounds SET settled_at = $2 \
         WHERE round_id = $1 AND drawn_at IS NOT NULL AND settled_at IS NULL",
        &[&round.id.as_str(), &now],
    )
    .await?;
    round::find(&client, &round.id).await
}

/// Whether there may be more.
async fn settle_some(pool: &Pool, round: &MaskRound) -> Result<bool, CentralError> {
    let during = "making unpaid orders void";
    let mut client = database::connection(pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let unpaid = rows(
        &transaction,
        during,
        "SELECT person_id, order_id, store_id, mobile, masks, price_twd FROM preorders \
         WHERE round_id = $1 AND state = 'won' ORDER BY person_id LIMIT $2",
        &[&round.id.as_str(), &AT_ONCE],
    )
    .await?;
    for row in &unpaid {
        let decided = Decided {
            round,
            person: row.get(0),
            order: row.get(1),
            store: row.get(2),
            mobile: row.get(3),
            masks: row.get(4),
            price_twd: row.get(5),
            paid: false,
        };
        let (number, store) = pickup::hand_to_store(&transaction, &decided).await?;
        let void = change(
            &transaction,
            during,
            "UPDATE preorders SET state = 'void', number = $3, store_id = $4 \
             WHERE round_id = $1 AND person_id = $2 AND state = 'won'",
            &[
                &round.id.as_str(),
                &decided.person,
                &number,
                &store.as_str(),
            ],
        )
        .await?;
        if void == 0 {
            // Paid since it was read.
            let text = "DELETE FROM mask_orders WHERE round_id = $1 AND number = $2";
            let values: super::sql::Values<'_> = &[&round.id.as_str(), &number];
            change(&transaction, during, text, values).await?;
        }
    }
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(!unpaid.is_empty())
}
