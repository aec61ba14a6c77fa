//! Closing a round and drawing its lottery (M8).
//!
//! The gates are shut first, with what is drawn with: from then on the result is fixed, and whoever
//! runs the rest again, after a crash or at the same time, writes the same.

use deadpool_postgres::Pool;
use domain::campaign::{MaskRound, RoundId};
use domain::mask::lottery::{self, Digest, Draw, OrderId};
use domain::mask::order::{OrderEvent, OrderState};
use jiff::Timestamp;
use uuid::Uuid;

use super::round::{self, Closed, RoundRecord};
use super::sql::{change, rows};
use super::telling;
use crate::{CentralError, database};

/// Orders read or written at once.
const AT_ONCE: i64 = 5_000;

/// Closes the round, unless it is closed, and draws it, unless it is drawn. The supply is the
/// campaign's at the first closing; later versions of the campaign change nothing.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`]; what was not done is done by closing again.
pub async fn close(
    pool: &Pool,
    round: &MaskRound,
    public_value: &str,
    now: Timestamp,
) -> Result<RoundRecord, CentralError> {
    let record = shut(pool, round, public_value, now).await?;
    let Some(closed) = record.closed.clone().filter(|_| record.drawn.is_none()) else {
        return Ok(record);
    };
    let orders = read_orders(pool, &round.id).await?;
    let ids: Vec<OrderId> = orders.iter().map(|(_, order)| *order).collect();
    let draw = draw(&record, &closed, ids).await?;
    write(pool, round, &orders, &draw, now).await?;
    let client = database::connection(pool).await?;
    change(
        &client,
        "ending a lottery",
        "UPDATE mask_rounds SET drawn_at = $2, orders = $3, winners = $4 \
         WHERE round_id = $1 AND drawn_at IS NULL",
        &[
            &round.id.as_str(),
            &now,
            &i64::try_from(orders.len()).unwrap_or(i64::MAX),
            &i64::try_from(draw.winners).unwrap_or(i64::MAX),
        ],
    )
    .await?;
    round::find(&client, &round.id)
        .await?
        .ok_or(CentralError::Stored { what: "mask round" })
}

async fn shut(
    pool: &Pool,
    round: &MaskRound,
    public_value: &str,
    now: Timestamp,
) -> Result<RoundRecord, CentralError> {
    let during = "closing a mask round";
    let mut client = database::connection(pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    round::ensure(&transaction, &round.id, now).await?;
    let closed = Closed {
        at: now,
        public_value: public_value.to_owned(),
        supply: round.order_supply,
    };
    round::shut(&transaction, &round.id, &closed).await?;
    let record = round::ensure(&transaction, &round.id, now).await?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(record)
}

/// The seed of a closed round (M8).
pub(super) fn seed(record: &RoundRecord, closed: &Closed) -> Digest {
    round::hash(&lottery::seed_text(&record.secret, &closed.public_value))
}

/// The rank of an order under a seed.
pub(crate) fn rank(seed: &Digest, order: &OrderId) -> Digest {
    round::hash(&lottery::rank_text(seed, order))
}

async fn draw(
    record: &RoundRecord,
    closed: &Closed,
    orders: Vec<OrderId>,
) -> Result<Draw, CentralError> {
    let (seed, supply) = (seed(record, closed), closed.supply);
    // Millions of hashes: not on a thread that serves requests.
    let drawn = tokio::task::spawn_blocking(move || {
        lottery::draw(orders, supply, |order| rank(&seed, order))
    });
    drawn
        .await
        .map_err(|_| CentralError::Stored { what: "lottery" })
}

/// Every order of the round, whatever became of it: the draw is over all of them each time.
async fn read_orders(pool: &Pool, round: &RoundId) -> Result<Vec<(Uuid, OrderId)>, CentralError> {
    let client = database::connection(pool).await?;
    let mut orders: Vec<(Uuid, OrderId)> = Vec::new();
    loop {
        let after = orders.last().map_or(Uuid::nil(), |(person, _)| *person);
        let page = rows(
            &client,
            "reading the orders of a round",
            "SELECT person_id, order_id FROM preorders WHERE round_id = $1 AND person_id > $2 \
             ORDER BY person_id LIMIT $3",
            &[&round.as_str(), &after, &AT_ONCE],
        )
        .await?;
        if page.is_empty() {
            return Ok(orders);
        }
        orders.extend(
            page.iter()
                .map(|row| (row.get(0), OrderId(row.get::<_, Uuid>(1).as_u128()))),
        );
    }
}

/// Writes the draw in pieces; orders that have their result keep it.
async fn write(
    pool: &Pool,
    round: &MaskRound,
    orders: &[(Uuid, OrderId)],
    draw: &Draw,
    now: Timestamp,
) -> Result<(), CentralError> {
    let people: std::collections::HashMap<OrderId, Uuid> = orders
        .iter()
        .map(|(person, order)| (*order, *person))
        .collect();
    let lines: Vec<(usize, OrderId, bool)> = draw.lines().collect();
    for piece in lines.chunks(usize::try_from(AT_ONCE).unwrap_or(usize::MAX)) {
        database::with_retry(|| write_piece(pool, round, &people, piece, now)).await?;
    }
    Ok(())
}

async fn write_piece(
    pool: &Pool,
    round: &MaskRound,
    people: &std::collections::HashMap<OrderId, Uuid>,
    piece: &[(usize, OrderId, bool)],
    now: Timestamp,
) -> Result<(), CentralError> {
    let during = "writing a lottery's results";
    let (mut persons, mut positions, mut states) = (Vec::new(), Vec::new(), Vec::new());
    for (position, order, won) in piece {
        let state = OrderState::Ordered.after(OrderEvent::Drawn { won: *won });
        let (Some(person), Some(state)) = (people.get(order), state) else {
            return Err(CentralError::Stored { what: "lottery" });
        };
        persons.push(*person);
        positions.push(i32::try_from(*position).unwrap_or(i32::MAX));
        states.push(state.code());
    }
    let mut client = database::connection(pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let drawn = rows(
        &transaction,
        during,
        "UPDATE preorders SET state = drawn.state, draw_position = drawn.position \
         FROM unnest($2::uuid[], $3::integer[], $4::text[]) AS drawn (person_id, position, state) \
         WHERE preorders.round_id = $1 AND preorders.person_id = drawn.person_id \
         AND preorders.state = 'ordered' \
         RETURNING preorders.email, preorders.state, preorders.price_twd",
        &[&round.id.as_str(), &persons, &positions, &states],
    )
    .await?;
    telling::of_draw(&transaction, round, &drawn, now).await?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))
}
