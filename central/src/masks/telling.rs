//! What people are told of their orders (M19): the result by e-mail when the lottery is drawn, the
//! pickup number by text in its window. Nobody is asked for money by text or by phone.

use deadpool_postgres::{Pool, Transaction};
use domain::campaign::{MaskRound, StoreId};
use domain::mask::order::OrderState;
use domain::{EmailAddress, MobileNumber, taipei};
use jiff::Timestamp;
use tokio_postgres::Row;
use wording::Language;

use super::sql::rows;
use crate::notices::{self, Kind, Notice, Recipient};
use crate::{CentralError, database};

/// Texts written at once.
const AT_ONCE: i64 = 500;

/// Tells the owners of drawn orders, each row e-mail address, state and price. Without an address
/// the order is looked up (M10).
pub(super) async fn of_draw(
    transaction: &Transaction<'_>,
    round: &MaskRound,
    drawn: &[Row],
    now: Timestamp,
) -> Result<(), CentralError> {
    let until = taipei::civil(round.payment.end).strftime("%Y-%m-%d %H:%M");
    let until = until.to_string();
    let mut told = Vec::with_capacity(drawn.len());
    for row in drawn {
        let address: Option<&str> = row.get(0);
        // What was stored is an address; one that is none is told nothing rather than stop the draw.
        let Some(address) = address.and_then(|text| EmailAddress::parse(text).ok()) else {
            continue;
        };
        let won = row.get::<_, &str>(1) == OrderState::Won.code();
        told.push((address, won, row.get::<_, i32>(2).to_string()));
    }
    let arguments: Vec<[(&str, &str); 3]> = told
        .iter()
        .map(|(_, _, price)| {
            [
                ("round", round.title.chinese.as_str()),
                ("price", price.as_str()),
                ("until", until.as_str()),
            ]
        })
        .collect();
    let notices: Vec<Notice<'_>> = told
        .iter()
        .zip(&arguments)
        .map(|((address, won, _), arguments)| Notice {
            kind: if *won {
                Kind::MaskOrderWon
            } else {
                Kind::MaskOrderLost
            },
            recipient: Recipient::Email(address),
            language: Language::TraditionalChinese,
            arguments,
            due_at: now,
        })
        .collect();
    notices::enqueue_all(transaction, &notices, now).await
}

/// Tells the owners of orders whose store closed where to go, each row mobile number and whether it
/// was paid: there is nothing to fetch otherwise (M11).
pub(super) async fn of_move(
    transaction: &Transaction<'_>,
    store: &str,
    moved: &[Row],
    now: Timestamp,
) -> Result<(), CentralError> {
    let paid = moved.iter().filter(|row| row.get(1));
    let mobiles = paid.map(|row| mobile(row.get(0)));
    let mobiles: Vec<MobileNumber> = mobiles.collect::<Result<_, _>>()?;
    let arguments = [("store", store)];
    let notices: Vec<Notice<'_>> = mobiles
        .iter()
        .map(|mobile| Notice {
            kind: Kind::MaskStoreMoved,
            recipient: Recipient::Text(mobile),
            language: Language::TraditionalChinese,
            arguments: &arguments,
            due_at: now,
        })
        .collect();
    notices::enqueue_all(transaction, &notices, now).await
}

fn mobile(text: &str) -> Result<MobileNumber, CentralError> {
    MobileNumber::parse(text).map_err(|_| CentralError::Stored { what: "pre-order" })
}

/// Texts the pickup number of every paid order that was not texted yet; how many there were. Asked
/// again it texts what was paid since.
///
/// # Errors
/// [`CentralError::Database`]; what was not texted is texted by asking again.
pub async fn pickup_numbers(
    pool: &Pool,
    round: &MaskRound,
    now: Timestamp,
) -> Result<usize, CentralError> {
    let mut texts = 0;
    loop {
        match database::with_retry(|| text_some(pool, round, now)).await? {
            Some(written) => texts += written,
            None => return Ok(texts),
        }
    }
}

/// How many were texted; `None` when nothing is left.
async fn text_some(
    pool: &Pool,
    round: &MaskRound,
    now: Timestamp,
) -> Result<Option<usize>, CentralError> {
    let during = "texting pickup numbers";
    let mut client = database::connection(pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let text = "SELECT number FROM mask_orders WHERE round_id = $1 AND paid \
         AND texted_at IS NULL ORDER BY number LIMIT $2";
    let due = rows(&transaction, during, text, &[&round.id.as_str(), &AT_ONCE]).await?;
    if due.is_empty() {
        return Ok(None);
    }
    let numbers: Vec<&str> = due.iter().map(|row| row.get(0)).collect();
    let claimed = rows(
        &transaction,
        during,
        "UPDATE mask_orders SET texted_at = $3 WHERE round_id = $1 AND number = ANY($2) \
         AND texted_at IS NULL RETURNING number, store_id, mobile",
        &[&round.id.as_str(), &numbers, &now],
    )
    .await?;
    let (first_day, last_day) = (
        round.pickup_first_day.to_string(),
        round.pickup_last_day.to_string(),
    );
    let mobiles = claimed.iter().map(|row| mobile(row.get(2)));
    let mobiles: Vec<MobileNumber> = mobiles.collect::<Result<_, _>>()?;
    let arguments: Vec<[(&str, &str); 4]> = claimed
        .iter()
        .map(|row| {
            [
                ("number", row.get(0)),
                ("store", store_name(round, row.get(1))),
                ("first", first_day.as_str()),
                ("last", last_day.as_str()),
            ]
        })
        .collect();
    let notices: Vec<Notice<'_>> = mobiles
        .iter()
        .zip(&arguments)
        .map(|(mobile, arguments)| Notice {
            kind: Kind::MaskPickup,
            recipient: Recipient::Text(mobile),
            language: Language::TraditionalChinese,
            arguments,
            due_at: now,
        })
        .collect();
    notices::enqueue_all(&transaction, &notices, now).await?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(Some(claimed.len()))
}

/// What people call a store.
pub(super) fn store_name<'a>(round: &'a MaskRound, store: &'a str) -> &'a str {
    let known = StoreId::parse(store).ok();
    known
        .and_then(|id| round.store(&id))
        .map_or(store, |store| store.name.chinese.as_str())
}
