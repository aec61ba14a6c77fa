//! A round at the centre: the lottery's commitment, and the gates every order goes through (M7, M8).

use deadpool_postgres::GenericClient;
use domain::campaign::RoundId;
use domain::mask::lottery::{self, Digest};
use jiff::Timestamp;
use rand::RngCore as _;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::sql::{change, row};
use crate::CentralError;

/// Gates of a round: as many orders go through at once without waiting for each other.
const GATES: i16 = 64;

/// A round as it stands.
#[derive(Debug, Clone)]
pub struct RoundRecord {
    /// Revealed with the audit only.
    pub(super) secret: Digest,
    /// SHA-256 of the secret, told before the round closes.
    pub commitment: Digest,
    /// Since when it is told.
    pub committed_at: Timestamp,
    /// When it was closed, with what it was drawn for.
    pub closed: Option<Closed>,
    /// What came of the lottery.
    pub drawn: Option<Drawn>,
    /// When what was not paid became void (M9).
    pub settled_at: Option<Timestamp>,
}

/// What a closed round is drawn with.
#[derive(Debug, Clone)]
pub struct Closed {
    /// When the gates were shut.
    pub at: Timestamp,
    /// A text nobody at the centre could choose; may be empty.
    pub public_value: String,
    /// Orders that can be met.
    pub supply: u32,
}

/// What came of a lottery.
#[derive(Debug, Clone, Copy)]
pub struct Drawn {
    /// When.
    pub at: Timestamp,
    /// Orders in the round.
    pub orders: u32,
    /// How many of them won.
    pub winners: u32,
}

/// SHA-256 of a text.
pub(crate) fn hash(text: &str) -> Digest {
    Digest(Sha256::digest(text.as_bytes()).into())
}

/// The round's record, made with a new secret when there is none: whoever asks first commits the
/// centre. Wants a transaction.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn ensure(
    client: &impl GenericClient,
    round: &RoundId,
    now: Timestamp,
) -> Result<RoundRecord, CentralError> {
    if let Some(record) = find(client, round).await? {
        return Ok(record);
    }
    let during = "committing to a lottery";
    let mut secret = [0; 32];
    rand::rngs::OsRng.fill_bytes(&mut secret);
    let commitment = hash(&lottery::commitment_text(&Digest(secret)));
    let made = change(
        client,
        during,
        "INSERT INTO mask_rounds (round_id, secret, commitment, committed_at) \
         VALUES ($1, $2, $3, $4) ON CONFLICT (round_id) DO NOTHING",
        &[
            &round.as_str(),
            &secret.as_slice(),
            &commitment.0.as_slice(),
            &now,
        ],
    )
    .await?;
    if made == 1 {
        change(
            client,
            during,
            "INSERT INTO mask_round_gates (round_id, gate, open) \
             SELECT $1, gate, true FROM unnest($2::smallint[]) AS row (gate)",
            &[&round.as_str(), &gates()],
        )
        .await?;
    }
    find(client, round).await?.ok_or(STORED)
}

const STORED: CentralError = CentralError::Stored { what: "mask round" };

/// The round's record, if anything was asked of it.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn find(
    client: &impl GenericClient,
    round: &RoundId,
) -> Result<Option<RoundRecord>, CentralError> {
    let found = row(
        client,
        "reading a mask round",
        "SELECT secret, commitment, committed_at, closed_at, public_value, supply, drawn_at, \
         orders, winners, settled_at FROM mask_rounds WHERE round_id = $1",
        &[&round.as_str()],
    )
    .await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let digest = |index| {
        <[u8; 32]>::try_from(found.get::<_, &[u8]>(index))
            .map(Digest)
            .map_err(|_| STORED)
    };
    let count = |index| {
        found
            .get::<_, Option<i64>>(index)
            .map(|count| u32::try_from(count).map_err(|_| STORED))
            .transpose()
    };
    let (supply, orders, winners) = (count(5)?, count(7)?, count(8)?);
    let closed = match (found.get(3), found.get(4), supply) {
        (Some(at), Some(public_value), Some(supply)) => Some(Closed {
            at,
            public_value,
            supply,
        }),
        _ => None,
    };
    let drawn = match (found.get(6), orders, winners) {
        (Some(at), Some(orders), Some(winners)) => Some(Drawn {
            at,
            orders,
            winners,
        }),
        _ => None,
    };
    Ok(Some(RoundRecord {
        secret: digest(0)?,
        commitment: digest(1)?,
        committed_at: found.get(2),
        closed,
        drawn,
        settled_at: found.get(9),
    }))
}

/// Lets one order into the round: `false` once it is closed. The gate is held until the order's
/// transaction ends, and closing waits for it.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub(super) async fn enter(
    client: &impl GenericClient,
    round: &RoundId,
    person: Uuid,
    now: Timestamp,
) -> Result<bool, CentralError> {
    let during = "entering a mask round";
    let text = "UPDATE mask_round_gates SET orders = orders + 1 \
         WHERE round_id = $1 AND gate = $2 AND open";
    let gate = gate_of(person);
    if change(client, during, text, &[&round.as_str(), &gate]).await? == 1 {
        return Ok(true);
    }
    ensure(client, round, now).await?;
    Ok(change(client, during, text, &[&round.as_str(), &gate]).await? == 1)
}

/// Every gate of a round.
pub(crate) fn gates() -> Vec<i16> {
    (0..GATES).collect()
}

/// The gate of a person's order.
pub(crate) fn gate_of(person: Uuid) -> i16 {
    let low = person.as_u128() % u128::from(GATES.unsigned_abs());
    i16::try_from(low).unwrap_or_default()
}

/// Shuts the gates and settles what is drawn with; the first to close decides. Wants a transaction.
///
/// # Errors
/// [`CentralError::Database`].
pub(super) async fn shut(
    client: &impl GenericClient,
    round: &RoundId,
    closed: &Closed,
) -> Result<(), CentralError> {
    let during = "closing a mask round";
    change(
        client,
        during,
        "UPDATE mask_round_gates SET open = false WHERE round_id = $1",
        &[&round.as_str()],
    )
    .await?;
    change(
        client,
        during,
        "UPDATE mask_rounds SET closed_at = $2, public_value = $3, supply = $4 \
         WHERE round_id = $1 AND closed_at IS NULL",
        &[
            &round.as_str(),
            &closed.at,
            &closed.public_value,
            &i64::from(closed.supply),
        ],
    )
    .await
    .map(|_| ())
}
