//! The rows of the outbox: claimed for a time, settled, erased.

use deadpool_postgres::GenericClient;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::CentralError;

/// Claimed at once.
pub(super) const AT_ONCE: i64 = 50;
/// How long whoever claimed a notice has to hand it over. A centre that dies meanwhile leaves it to
/// the others.
const CLAIMED_FOR: SignedDuration = SignedDuration::from_secs(60);
/// How long what was told stays readable.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A notice somebody is delivering.
pub(super) struct Claimed {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) way: String,
    pub(super) language: String,
    pub(super) address: String,
    pub(super) facts: String,
    pub(super) enqueued_at: Timestamp,
    /// This one included.
    pub(super) tries: i32,
}

/// Claims what is due, for a time, under the name `lease`.
pub(super) async fn claim(
    client: &impl GenericClient,
    lease: Uuid,
    now: Timestamp,
) -> Result<Vec<Claimed>, CentralError> {
    let during = "claiming notices";
    // The guard is judged again on a row another centre claimed first, so each is claimed once.
    let statement = client
        .prepare_cached(
            "UPDATE notices SET lease = $1, tries = tries + 1, due_at = $3 \
             WHERE notice_id IN (SELECT notice_id FROM notices WHERE delivered_at IS NULL \
             AND given_up_at IS NULL AND due_at <= $2 ORDER BY due_at LIMIT $4) \
             AND delivered_at IS NULL AND given_up_at IS NULL AND due_at <= $2 \
             RETURNING notice_id, kind, way, language, coalesce(address, ''), \
             coalesce(facts, ''), enqueued_at, tries",
        )
        .await
        .map_err(CentralError::database(during))?;
    let rows = client
        .query(&statement, &[&lease, &now, &(now + CLAIMED_FOR), &AT_ONCE])
        .await
        .map_err(CentralError::database(during))?;
    Ok(rows
        .iter()
        .map(|row| Claimed {
            id: row.get(0),
            kind: row.get(1),
            way: row.get(2),
            language: row.get(3),
            address: row.get(4),
            facts: row.get(5),
            enqueued_at: row.get(6),
            tries: row.get(7),
        })
        .collect())
}

/// What became of claimed notices.
#[derive(Default)]
pub(super) struct Settled {
    pub(super) delivered: Vec<Uuid>,
    pub(super) given_up: Vec<Uuid>,
    /// To be tried again, and when.
    pub(super) again: Vec<(Uuid, Timestamp)>,
}

/// Notes what became of them, unless somebody else claimed them meanwhile.
pub(super) async fn settle(
    client: &impl GenericClient,
    lease: Uuid,
    settled: &Settled,
    now: Timestamp,
) -> Result<(), CentralError> {
    let during = "settling notices";
    let statement = client
        .prepare_cached(
            "UPDATE notices SET lease = NULL, delivered_at = CASE WHEN notice_id = ANY($3) \
             THEN $2::timestamptz END, given_up_at = CASE WHEN notice_id = ANY($4) \
             THEN $2::timestamptz END WHERE lease = $1 \
             AND (notice_id = ANY($3) OR notice_id = ANY($4))",
        )
        .await
        .map_err(CentralError::database(during))?;
    client
        .execute(
            &statement,
            &[&lease, &now, &settled.delivered, &settled.given_up],
        )
        .await
        .map_err(CentralError::database(during))?;
    if settled.again.is_empty() {
        return Ok(());
    }
    let (ids, due): (Vec<Uuid>, Vec<Timestamp>) = settled.again.iter().copied().unzip();
    let statement = client
        .prepare_cached(
            "UPDATE notices SET lease = NULL, due_at = later.due_at \
             FROM unnest($2::uuid[], $3::timestamptz[]) AS later (notice_id, due_at) \
             WHERE notices.notice_id = later.notice_id AND notices.lease = $1",
        )
        .await
        .map_err(CentralError::database(during))?;
    client
        .execute(&statement, &[&lease, &ids, &due])
        .await
        .map(|_| ())
        .map_err(CentralError::database(during))
}

/// Erases address and content of what was told or given up a day ago; that something was told stays.
///
/// # Errors
/// [`CentralError::Database`].
pub(crate) async fn erase_old(
    client: &impl GenericClient,
    now: Timestamp,
) -> Result<u64, CentralError> {
    client
        .execute(
            "UPDATE notices SET address = NULL, facts = NULL WHERE facts IS NOT NULL \
             AND (delivered_at < $1 OR given_up_at < $1)",
            &[&(now - KEPT)],
        )
        .await
        .map_err(CentralError::database("erasing old notices"))
}
