//! The lottery's audit file: everything anyone needs to compute it again, nothing personal (M8).
//!
//! ```text
//! lottery-audit,1
//! round,mask-2026-2
//! commitment,<64 hexadecimal digits>     told since
//! committed-at,2026-03-25T00:00:00Z
//! secret,<64 hexadecimal digits>
//! public-value,<the rest of the line>
//! seed,<64 hexadecimal digits>
//! supply,200
//! orders,1000
//! winners,200
//! position,order,rank,result
//! 1,<order id>,<64 hexadecimal digits>,won
//! …
//! ```

use std::fmt::Write as _;

use deadpool_postgres::GenericClient;
use domain::campaign::RoundId;
use domain::mask::lottery::{Digest, OrderId};
use uuid::Uuid;

use super::closing::{rank, seed};
use super::round::RoundRecord;
use super::sql::rows;
use crate::CentralError;

/// Lines read at once.
const AT_ONCE: i64 = 5_000;

/// The header; `None` until the lottery is drawn.
#[must_use]
pub fn header(round: &RoundId, record: &RoundRecord) -> Option<String> {
    let (closed, drawn) = (record.closed.as_ref()?, record.drawn?);
    Some(format!(
        "lottery-audit,1\nround,{round}\ncommitment,{}\ncommitted-at,{}\nsecret,{}\n\
         public-value,{}\nseed,{}\nsupply,{}\norders,{}\nwinners,{}\n\
         position,order,rank,result\n",
        record.commitment,
        record.committed_at,
        record.secret,
        closed.public_value,
        seed(record, closed),
        closed.supply,
        drawn.orders,
        drawn.winners,
    ))
}

/// The lines after a position, as many as are read at once, and the last one's position; `None`
/// after the last.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn lines(
    client: &impl GenericClient,
    round: &RoundId,
    record: &RoundRecord,
    after: i32,
) -> Result<Option<(String, i32)>, CentralError> {
    let Some(closed) = &record.closed else {
        return Ok(None);
    };
    let seed: Digest = seed(record, closed);
    let winners = record.drawn.map_or(0, |drawn| drawn.winners);
    let found = rows(
        client,
        "reading a lottery's results",
        "SELECT draw_position, order_id FROM preorders WHERE round_id = $1 AND draw_position > $2 \
         ORDER BY draw_position LIMIT $3",
        &[&round.as_str(), &after, &AT_ONCE],
    )
    .await?;
    let Some(last) = found.last().map(|row| row.get::<_, i32>(0)) else {
        return Ok(None);
    };
    let mut text = String::new();
    for row in &found {
        let position = row.get::<_, i32>(0);
        let order = OrderId(row.get::<_, Uuid>(1).as_u128());
        let result = if position.unsigned_abs() <= winners {
            "won"
        } else {
            "lost"
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{position},{order},{},{result}", rank(&seed, &order));
    }
    Ok(Some((text, last)))
}
