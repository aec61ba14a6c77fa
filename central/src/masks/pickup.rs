//! What the stores hand out: paid orders get their pickup number (M12), stores move (M11), slips are
//! taken in once (M14).

use deadpool_postgres::{GenericClient, Transaction};
use domain::campaign::{MaskRound, RoundId, StoreId};
use domain::slip::SlipNumber;
use jiff::Timestamp;
use jiff::civil::Date;
use rand::Rng as _;
use uuid::Uuid;

use super::preorder::store_id;
use super::sql::{change, row, rows};
use super::telling;
use crate::CentralError;

/// Moves that are followed before a ring of them is suspected.
const MOVES_MAX: usize = 8;

/// Where a store's orders of a round went, if it closed (M11).
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn moved_to(
    client: &impl GenericClient,
    round: &RoundId,
    store: &StoreId,
) -> Result<Option<StoreId>, CentralError> {
    let text = "SELECT moved_to FROM store_moves WHERE store_id = $1 AND round_id = $2";
    let during = "looking where a store moved";
    row(client, during, text, &[&store.as_str(), &round.as_str()])
        .await?
        .map(|row| store_id(row.get(0)))
        .transpose()
}

async fn where_it_is_now(
    client: &impl GenericClient,
    round: &RoundId,
    store: &StoreId,
) -> Result<StoreId, CentralError> {
    let mut at = store.clone();
    for _ in 0..MOVES_MAX {
        match moved_to(client, round, &at).await? {
            Some(next) => at = next,
            None => return Ok(at),
        }
    }
    Ok(at)
}

/// What a move of a store came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// Done: so many orders moved with it.
    Done {
        /// Orders that are fetched elsewhere now.
        orders: u64,
    },
    /// It is the same store, or the other one is closed itself.
    NotThere,
}

/// Moves a closed store's orders of a round to another (M11). Doing it again changes nothing. Wants
/// a transaction.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn move_store(
    client: &Transaction<'_>,
    round: &MaskRound,
    from: &StoreId,
    to: &StoreId,
    now: Timestamp,
) -> Result<Moved, CentralError> {
    let during = "moving a store's orders";
    if from == to || where_it_is_now(client, &round.id, to).await? != *to {
        return Ok(Moved::NotThere);
    }
    change(
        client,
        during,
        "INSERT INTO store_moves (store_id, round_id, moved_to, moved_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (store_id, round_id) DO UPDATE SET moved_to = excluded.moved_to, \
         moved_at = excluded.moved_at",
        &[&from.as_str(), &round.id.as_str(), &to.as_str(), &now],
    )
    .await?;
    let moved = rows(
        client,
        during,
        "UPDATE mask_orders SET store_id = $3 WHERE store_id = $1 AND round_id = $2 \
         AND NOT redeemed RETURNING mobile, paid",
        &[&from.as_str(), &round.id.as_str(), &to.as_str()],
    )
    .await?;
    let store = telling::store_name(round, to.as_str());
    telling::of_move(client, store, &moved, now).await?;
    let orders = change(
        client,
        during,
        "UPDATE preorders SET store_id = $3 WHERE round_id = $2 AND store_id = $1",
        &[&from.as_str(), &round.id.as_str(), &to.as_str()],
    )
    .await?;
    Ok(Moved::Done { orders })
}

/// An order whose payment is decided, on its way to its store.
pub(super) struct Decided<'a> {
    pub(super) round: &'a MaskRound,
    pub(super) person: Uuid,
    pub(super) order: Uuid,
    pub(super) store: &'a str,
    pub(super) mobile: &'a str,
    pub(super) masks: i32,
    pub(super) price_twd: i32,
    pub(super) paid: bool,
}

/// Gives an order its pickup number and its place in the list of its store, void ones too, so that
/// the kiosk can say why there is nothing to fetch. Returns number and store.
pub(super) async fn hand_to_store(
    client: &impl GenericClient,
    decided: &Decided<'_>,
) -> Result<(String, StoreId), CentralError> {
    const TRIES: usize = 16;
    let round = decided.round;
    let store = where_it_is_now(client, &round.id, &store_id(decided.store)?).await?;
    for _ in 0..TRIES {
        let number = format!(
            "{:010}",
            rand::thread_rng().gen_range(0..10_000_000_000_u64)
        );
        let given = change(
            client,
            "giving out a pickup number",
            "INSERT INTO mask_orders (round_id, number, store_id, person_id, mobile, masks, \
             price_twd, paid, first_day, last_day, order_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
             ON CONFLICT (round_id, number) DO NOTHING",
            &[
                &round.id.as_str(),
                &number,
                &store.as_str(),
                &decided.person,
                &decided.mobile,
                &decided.masks,
                &decided.price_twd,
                &decided.paid,
                &round.pickup_first_day,
                &round.pickup_last_day,
                &decided.order,
            ],
        )
        .await?;
        if given == 1 {
            return Ok((number, store));
        }
    }
    Err(CentralError::Stored {
        what: "set of pickup numbers",
    })
}

/// What became of a slip at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Redeemed {
    Done,
    /// It was taken in before (M14).
    Before,
    /// Not in the pickup days (M13).
    OutsidePickup,
    /// No slip of this store.
    Unknown,
}

/// Takes a slip in for the masks, once (M14), at its own store (M11), in the pickup days (M13).
pub(crate) async fn redeem(
    client: &impl GenericClient,
    round: &RoundId,
    slip: &SlipNumber,
    store: &str,
    today: Date,
    now: Timestamp,
) -> Result<Redeemed, CentralError> {
    let during = "taking a slip in";
    let taken = change(
        client,
        during,
        "UPDATE mask_orders SET redeemed = true, redeemed_at = $5 WHERE store_id = $1 \
         AND round_id = $2 AND slip = $3 AND paid AND NOT redeemed \
         AND $4 BETWEEN first_day AND last_day",
        &[&store, &round.as_str(), &slip.as_str(), &today, &now],
    )
    .await?;
    if taken == 1 {
        return Ok(Redeemed::Done);
    }
    let text = "SELECT redeemed FROM mask_orders \
         WHERE store_id = $1 AND round_id = $2 AND slip = $3";
    let known = row(
        client,
        during,
        text,
        &[&store, &round.as_str(), &slip.as_str()],
    )
    .await?;
    Ok(match known.map(|row| row.get::<_, bool>(0)) {
        Some(true) => Redeemed::Before,
        Some(false) => Redeemed::OutsidePickup,
        None => Redeemed::Unknown,
    })
}
