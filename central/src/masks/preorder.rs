//! Pre-orders: ordering, ordering again (M1, M6), and what stands (M10).

use deadpool_postgres::GenericClient;
use domain::campaign::{MaskRound, RoundId, StoreId};
use domain::channel::Channel;
use domain::mask::account::PaymentAccount;
use domain::mask::order::OrderState;
use domain::mask::request::MaskOrderRequest;
use domain::mobile::LastThreeDigits;
use domain::{MobileNumber, PersonNumber};
use jiff::Timestamp;
use rand::Rng as _;
use tokio_postgres::Row;
use uuid::Uuid;

use super::sql::{change, integer, rows};
use super::{pickup, round};
use crate::CentralError;

/// A pre-order as it stands.
#[derive(Debug, Clone)]
pub struct Preorder {
    /// Its round.
    pub round: String,
    /// Its opaque id, also in the lottery's audit.
    pub order: Uuid,
    /// Where it stands.
    pub state: OrderState,
    /// Where the order that stands was made.
    pub channel: Channel,
    /// Where it is fetched; after a move, where it was moved to (M11).
    pub store: String,
    /// Where texts go.
    pub mobile: String,
    /// Where mail goes.
    pub email: Option<String>,
    /// Adult masks.
    pub masks: u32,
    /// Price in NT$.
    pub price_twd: u32,
    /// Its own account (M9).
    pub account: String,
    /// What the person can quote.
    pub receipt: String,
    /// When it was made.
    pub ordered_at: Timestamp,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// Its pickup number, once it was paid.
    pub number: Option<String>,
    /// Whether the masks were handed over.
    pub redeemed: bool,
}

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// It stands.
    Stands,
    /// A later one stood already (M6).
    Superseded,
    /// The round is closed.
    RoundClosed,
    /// The store is closed; another took its orders over (M11).
    StoreMoved,
}

/// Who orders, where, when.
pub(crate) struct Orderer<'a> {
    pub(crate) person: Uuid,
    pub(crate) channel: Channel,
    pub(crate) receipt: &'a str,
    pub(crate) ordered_at: Timestamp,
    pub(crate) now: Timestamp,
}

/// Makes an order, or replaces the one that stands (M6). Wants a transaction.
pub(crate) async fn place(
    client: &impl GenericClient,
    round: &MaskRound,
    request: &MaskOrderRequest,
    orderer: &Orderer<'_>,
) -> Result<Placed, CentralError> {
    if !round::enter(client, &round.id, orderer.person, orderer.now).await? {
        return Ok(Placed::RoundClosed);
    }
    if pickup::moved_to(client, &round.id, &request.store)
        .await?
        .is_some()
    {
        return Ok(Placed::StoreMoved);
    }
    // Twice, because another order of the same person may come between replacing and making.
    for _ in 0..2 {
        if replace(client, request, orderer).await? {
            return Ok(Placed::Stands);
        }
        if make(client, round, request, orderer).await? {
            return Ok(Placed::Stands);
        }
    }
    Ok(Placed::Superseded)
}

async fn replace(
    client: &impl GenericClient,
    request: &MaskOrderRequest,
    orderer: &Orderer<'_>,
) -> Result<bool, CentralError> {
    let email = request.email.as_ref().map(|address| address.reveal());
    change(
        client,
        "replacing a pre-order",
        "UPDATE preorders SET channel = $3, store_id = $4, mobile = $5, email = $6, receipt = $7, \
         ordered_at = $8 WHERE round_id = $1 AND person_id = $2 AND state = 'ordered' \
         AND ordered_at <= $8",
        &[
            &request.round.as_str(),
            &orderer.person,
            &orderer.channel.code(),
            &request.store.as_str(),
            &request.mobile.reveal(),
            &email,
            &orderer.receipt,
            &orderer.ordered_at,
        ],
    )
    .await
    .map(|replaced| replaced == 1)
}

async fn make(
    client: &impl GenericClient,
    round: &MaskRound,
    request: &MaskOrderRequest,
    orderer: &Orderer<'_>,
) -> Result<bool, CentralError> {
    let during = "making a pre-order";
    let email = request.email.as_ref().map(|address| address.reveal());
    let account = new_account(client, &round.id, orderer.person).await?;
    let made = change(
        client,
        during,
        "INSERT INTO preorders (round_id, person_id, order_id, state, channel, store_id, mobile, \
         email, masks, price_twd, account, receipt, ordered_at) \
         VALUES ($1, $2, $3, 'ordered', $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         ON CONFLICT (round_id, person_id) DO NOTHING",
        &[
            &round.id.as_str(),
            &orderer.person,
            &random_id(),
            &orderer.channel.code(),
            &request.store.as_str(),
            &request.mobile.reveal(),
            &email,
            &integer(round.masks_per_order),
            &integer(round.order_price_twd()),
            &account.reveal(),
            &orderer.receipt,
            &orderer.ordered_at,
        ],
    )
    .await?;
    if made == 0 {
        let text = "DELETE FROM payment_accounts WHERE account = $1";
        change(client, during, text, &[&account.reveal()]).await?;
    }
    Ok(made == 1)
}

/// An id that says nothing of when or by whom it was made.
pub(super) fn random_id() -> Uuid {
    uuid::Builder::from_random_bytes(rand::random()).into_uuid()
}

async fn new_account(
    client: &impl GenericClient,
    round: &RoundId,
    person: Uuid,
) -> Result<PaymentAccount, CentralError> {
    const TRIES: usize = 16;
    for _ in 0..TRIES {
        let serial = rand::thread_rng().gen_range(0..PaymentAccount::COUNT);
        let Some(account) = PaymentAccount::of(serial) else {
            continue;
        };
        let taken = change(
            client,
            "giving out a payment account",
            "INSERT INTO payment_accounts (account, round_id, person_id) VALUES ($1, $2, $3) \
             ON CONFLICT (account) DO NOTHING",
            &[&account.reveal(), &round.as_str(), &person],
        )
        .await?;
        if taken == 1 {
            return Ok(account);
        }
    }
    Err(CentralError::Stored {
        what: "set of payment accounts",
    })
}

const COLUMNS: &str = "preorder.round_id, preorder.order_id, preorder.state, preorder.channel, \
     preorder.store_id, preorder.mobile, preorder.email, preorder.masks, preorder.price_twd, \
     preorder.account, preorder.receipt, preorder.ordered_at, preorder.paid_at, preorder.number, \
     coalesce(handed.redeemed, false) FROM preorders AS preorder LEFT JOIN mask_orders AS handed \
     ON handed.round_id = preorder.round_id AND handed.number = preorder.number";

/// A person's orders, the newest first.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn of_person(
    client: &impl GenericClient,
    person: Uuid,
    rounds: &[&str],
) -> Result<Vec<Preorder>, CentralError> {
    let text = format!(
        "SELECT {COLUMNS} WHERE preorder.person_id = $1 AND preorder.round_id = ANY($2) \
         ORDER BY preorder.ordered_at DESC"
    );
    let found = rows(
        client,
        "reading a person's pre-orders",
        &text,
        &[&person, &rounds],
    )
    .await?;
    found.iter().map(read).collect()
}

/// The newest order of whoever has this number and a mobile number that ends so (M10). Both wrong,
/// one wrong and no order are the same answer.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn look_up(
    client: &impl GenericClient,
    number: &PersonNumber,
    digits: &LastThreeDigits,
    rounds: &[&str],
) -> Result<Option<Preorder>, CentralError> {
    let text = format!(
        "SELECT {COLUMNS} JOIN person_numbers AS known ON known.person_id = preorder.person_id \
         WHERE known.number = $1 AND preorder.round_id = ANY($2) \
         ORDER BY preorder.ordered_at DESC"
    );
    let during = "looking a pre-order up";
    let orders = rows(client, during, &text, &[&number.reveal(), &rounds]).await?;
    for row in &orders {
        let order = read(row)?;
        if MobileNumber::parse(&order.mobile).is_ok_and(|mobile| digits.fit(&mobile)) {
            return Ok(Some(order));
        }
    }
    Ok(None)
}

fn read(row: &Row) -> Result<Preorder, CentralError> {
    let stored = || CentralError::Stored { what: "pre-order" };
    Ok(Preorder {
        round: row.get(0),
        order: row.get(1),
        state: OrderState::from_code(row.get(2)).ok_or_else(stored)?,
        channel: Channel::from_code(row.get(3)).ok_or_else(stored)?,
        store: row.get(4),
        mobile: row.get(5),
        email: row.get(6),
        masks: row.get::<_, i32>(7).unsigned_abs(),
        price_twd: row.get::<_, i32>(8).unsigned_abs(),
        account: row.get(9),
        receipt: row.get(10),
        ordered_at: row.get(11),
        paid_at: row.get(12),
        number: row.get(13),
        redeemed: row.get(14),
    })
}

/// The store of an order, where the text is one.
pub(super) fn store_id(text: &str) -> Result<StoreId, CentralError> {
    StoreId::parse(text).map_err(|_| CentralError::Stored { what: "store" })
}
