//! A payment, from a bank's file or from a card operator: kept first of all, judged by `domain`, told
//! to the order (M9). The same payment told twice is answered twice and done once.

use deadpool_postgres::{Pool, Transaction};
use domain::campaign::{Campaign, MaskRound, PaymentWay, RoundId};
use domain::channel::Channel;
use domain::mask::account::PaymentAccount;
use domain::mask::order::OrderState;
use domain::mask::payment::{Due, Payment, PaymentRefusal, judge};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::ledger::{self, PaidPreorder};
use super::pickup::{self, Decided};
use super::sql::{change, row, rows};
use crate::{CentralError, database};

/// Who told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The bank's file: transfers and cash machines.
    Bank,
    /// The card operator.
    Card,
}

impl Source {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::Card => "card",
        }
    }

    const fn way(self) -> PaymentWay {
        match self {
            Self::Bank => PaymentWay::Transfer,
            Self::Card => PaymentWay::Card,
        }
    }
}

/// A payment as it was told.
#[derive(Clone)]
pub struct Told {
    /// Who told.
    pub source: Source,
    /// The teller's own number of it.
    pub reference: String,
    /// The account, as written: it may be none of ours.
    pub account: String,
    /// NT$.
    pub amount_twd: u32,
    /// By the teller's books.
    pub paid_at: Timestamp,
    /// The file it came in, and its line.
    pub file: Option<([u8; 32], u32)>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// `accepted`, a [`PaymentRefusal`]'s code, or `reference-reused`.
    pub code: String,
    /// Whether it was told before.
    pub repeated: bool,
}

const ACCEPTED: &str = "accepted";
const REUSED: &str = "reference-reused";

impl Verdict {
    /// Whether it paid for an order.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.code == ACCEPTED
    }
}

/// Takes a payment in.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`]; nothing was done then.
pub async fn take(
    pool: &Pool,
    campaign: Option<&Campaign>,
    told: &Told,
    now: Timestamp,
) -> Result<Verdict, CentralError> {
    database::with_retry(|| take_once(pool, campaign, told, now)).await
}

async fn take_once(
    pool: &Pool,
    campaign: Option<&Campaign>,
    told: &Told,
    now: Timestamp,
) -> Result<Verdict, CentralError> {
    let during = "taking a payment in";
    let fingerprint = fingerprint(told);
    let mut client = database::connection(pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let text = "SELECT fingerprint, verdict FROM payments WHERE source = $1 AND reference = $2";
    let known = rows(
        &transaction,
        during,
        text,
        &[&told.source.code(), &told.reference],
    )
    .await?;
    let same = known
        .iter()
        .find(|row| row.get::<_, &[u8]>(0) == fingerprint);
    if let Some(row) = same {
        return Ok(Verdict {
            code: row.get(1),
            repeated: true,
        });
    }
    let (code, order) = if known.is_empty() {
        decide(&transaction, campaign, told, now).await?
    } else {
        (REUSED, None)
    };
    let kept = change(
        &transaction,
        during,
        "INSERT INTO payments (source, reference, fingerprint, account, amount_twd, paid_at, \
         told_at, file_hash, line, verdict, round_id, order_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         ON CONFLICT (source, reference, fingerprint) DO NOTHING",
        &[
            &told.source.code(),
            &told.reference,
            &fingerprint.as_slice(),
            &told.account,
            &i64::from(told.amount_twd),
            &told.paid_at,
            &now,
            &told.file.as_ref().map(|(hash, _)| hash.as_slice()),
            &told
                .file
                .map(|(_, line)| i32::try_from(line).unwrap_or(i32::MAX)),
            &code,
            &order.as_ref().map(|order| order.round.as_str()),
            &order.as_ref().map(|order| order.id),
        ],
    )
    .await?;
    if kept == 0 {
        // The same was told twice at once, and the other was first.
        return Err(CentralError::Raced);
    }
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(Verdict {
        code: code.to_owned(),
        repeated: false,
    })
}

fn fingerprint(told: &Told) -> [u8; 32] {
    let text = format!("{}|{}|{}", told.account, told.amount_twd, told.paid_at);
    Sha256::digest(text.as_bytes()).into()
}

/// The order an account is for.
struct Order {
    id: Uuid,
    round: RoundId,
    person: Uuid,
    state: OrderState,
    channel: Channel,
    store: String,
    mobile: String,
    masks: i32,
    price_twd: i32,
}

async fn decide(
    transaction: &Transaction<'_>,
    campaign: Option<&Campaign>,
    told: &Told,
    now: Timestamp,
) -> Result<(&'static str, Option<Order>), CentralError> {
    let Some(order) = find(transaction, &told.account).await? else {
        return Ok((PaymentRefusal::UnknownAccount.code(), None));
    };
    let Some(round) = campaign.and_then(|campaign| campaign.mask_round(&order.round)) else {
        // The round is of a campaign that is over.
        return Ok((PaymentRefusal::TooLate.code(), Some(order)));
    };
    let due = Due {
        state: order.state,
        price_twd: order.price_twd.unsigned_abs(),
        ordered_at: order.channel,
    };
    let payment = Payment {
        amount_twd: told.amount_twd,
        way: told.source.way(),
        paid_at: told.paid_at,
    };
    if let Err(refusal) = judge(round, &due, &payment) {
        return Ok((refusal.code(), Some(order)));
    }
    if accept(transaction, round, &order, told, now).await? {
        Ok((ACCEPTED, Some(order)))
    } else {
        // Paid or void since it was read above.
        let code = match find(transaction, &told.account).await? {
            Some(order) if order.state == OrderState::Void => PaymentRefusal::OrderVoid.code(),
            _ => PaymentRefusal::PaidAlready.code(),
        };
        Ok((code, Some(order)))
    }
}

async fn find(transaction: &Transaction<'_>, account: &str) -> Result<Option<Order>, CentralError> {
    let Ok(account) = PaymentAccount::parse(account) else {
        return Ok(None);
    };
    let found = row(
        transaction,
        "looking for a paid account",
        "SELECT preorder.order_id, preorder.round_id, preorder.person_id, preorder.state, \
         preorder.channel, preorder.store_id, preorder.mobile, preorder.masks, preorder.price_twd \
         FROM payment_accounts AS account JOIN preorders AS preorder \
         ON preorder.round_id = account.round_id AND preorder.person_id = account.person_id \
         WHERE account.account = $1",
        &[&account.reveal()],
    )
    .await?;
    let stored = || CentralError::Stored { what: "pre-order" };
    found
        .map(|row| {
            Ok(Order {
                id: row.get(0),
                round: RoundId::parse(row.get(1)).map_err(|_| stored())?,
                person: row.get(2),
                state: OrderState::from_code(row.get(3)).ok_or_else(stored)?,
                channel: Channel::from_code(row.get(4)).ok_or_else(stored)?,
                store: row.get(5),
                mobile: row.get(6),
                masks: row.get(7),
                price_twd: row.get(8),
            })
        })
        .transpose()
}

/// The order is paid, is fetched at its store (M11) and counts from its first pickup day (M4).
async fn accept(
    transaction: &Transaction<'_>,
    round: &MaskRound,
    order: &Order,
    told: &Told,
    now: Timestamp,
) -> Result<bool, CentralError> {
    let decided = Decided {
        round,
        person: order.person,
        order: order.id,
        store: &order.store,
        mobile: &order.mobile,
        masks: order.masks,
        price_twd: order.price_twd,
        paid: true,
    };
    let (number, store) = pickup::hand_to_store(transaction, &decided).await?;
    let paid = change(
        transaction,
        "marking an order as paid",
        "UPDATE preorders SET state = 'paid', paid_at = $3, paid_way = $4, number = $5, \
         store_id = $6 WHERE round_id = $1 AND person_id = $2 AND state = 'won'",
        &[
            &round.id.as_str(),
            &order.person,
            &told.paid_at,
            &told.source.way().code(),
            &number,
            &store.as_str(),
        ],
    )
    .await?;
    if paid == 0 {
        let text = "DELETE FROM mask_orders WHERE round_id = $1 AND number = $2";
        change(
            transaction,
            "taking a pickup number back",
            text,
            &[&round.id.as_str(), &number],
        )
        .await?;
        return Ok(false);
    }
    let purchase = PaidPreorder {
        person: order.person,
        order: order.id,
        round,
        channel: order.channel.code(),
        store: store.as_str(),
        masks: order.masks,
        price_twd: order.price_twd,
        now,
    };
    ledger::add_preorder(transaction, &purchase).await?;
    Ok(true)
}
