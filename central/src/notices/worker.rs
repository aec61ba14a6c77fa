//! Sends what is due, at least once: a notice is claimed for a while, sent, then marked.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rand::Rng as _;
use tokio_postgres::Row;
use uuid::Uuid;
use wording::{Language, Wording};

use super::{Message, NoticeGateway};
use crate::http::Centre;
use crate::{CentralError, database};

/// How often it is looked for notices that are due.
const EVERY: Duration = Duration::from_millis(500);
/// Notices claimed at once.
const CLAIMED_MAX: i64 = 50;
/// How long a claim holds; whoever crashed with it is followed by another.
const CLAIM: SignedDuration = SignedDuration::from_secs(60);
/// The longest pause between two attempts.
const PAUSE_MAX: SignedDuration = SignedDuration::from_mins(30);

/// Sends until dropped.
///
/// # Errors
/// [`CentralError::Wording`] when the built-in texts are damaged; failures to send are logged
/// and tried again.
pub async fn run(centre: Arc<Centre>, gateway: Arc<dyn NoticeGateway>) -> Result<(), CentralError> {
    let load =
        |language| Wording::load(language).map_err(|source| CentralError::Wording { source });
    let words = [
        load(Language::TraditionalChinese)?,
        load(Language::English)?,
    ];
    let mut turns = tokio::time::interval(EVERY);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        // As long as whole claims come back there is more to do at once.
        loop {
            match turn(&centre, gateway.as_ref(), &words).await {
                Ok(sent) if sent == CLAIMED_MAX.unsigned_abs() => {}
                Ok(_) => break,
                Err(error) => {
                    let sql_state = error.sql_state().unwrap_or("-");
                    tracing::warn!(%error, sql_state, "notices wait");
                    break;
                }
            }
        }
    }
}

async fn turn(
    centre: &Centre,
    gateway: &dyn NoticeGateway,
    words: &[Wording],
) -> Result<u64, CentralError> {
    let now = centre.clock.now();
    let during = "claiming notices";
    let client = database::connection(&centre.pool).await?;
    let statement = client
        .prepare_cached(
            "UPDATE notices SET claimed_until = $2, attempts = attempts + 1 \
             WHERE sent_at IS NULL AND claimed_until <= $1 AND notice_id IN ( \
                SELECT notice_id FROM notices WHERE sent_at IS NULL AND due_at <= $1 \
                AND claimed_until <= $1 ORDER BY due_at LIMIT $3) \
             RETURNING notice_id, kind, way, recipient, language, arguments, attempts",
        )
        .await
        .map_err(CentralError::database(during))?;
    let until = now.checked_add(CLAIM).unwrap_or(Timestamp::MAX);
    let rows = client
        .query(&statement, &[&now, &until, &CLAIMED_MAX])
        .await
        .map_err(CentralError::database(during))?;
    for row in &rows {
        let id: Uuid = row.get(0);
        let sent = match compose(row, words) {
            Ok(message) => gateway.send(&message).await,
            Err(error) => Err(error),
        };
        match sent {
            Ok(()) => mark_sent(&client, id, centre.clock.now()).await?,
            Err(error) => {
                tracing::warn!(%error, notice = %id, "a notice is tried again");
                let again_at = now.checked_add(pause(row.get(6))).unwrap_or(Timestamp::MAX);
                put_off(&client, id, again_at).await?;
            }
        }
    }
    Ok(rows.len() as u64)
}

/// 2, 4, 8 … seconds after the first, second, third attempt, and up to half as much again, so that
/// what failed together does not come again together.
fn pause(attempts: i32) -> SignedDuration {
    let doublings = u32::try_from(attempts).unwrap_or(0).min(20);
    let least = SignedDuration::from_secs(1 << doublings).min(PAUSE_MAX);
    let more_ms = rand::thread_rng().gen_range(0..=least.as_secs() * 500);
    least + SignedDuration::from_millis(more_ms)
}

fn compose(row: &Row, words: &[Wording]) -> Result<Message, CentralError> {
    let stored = || CentralError::Stored { what: "notice" };
    let kind: &str = row.get(1);
    let way: &str = row.get(2);
    let language: &str = row.get(4);
    let wording = words
        .iter()
        .find(|wording| wording.language().tag() == language)
        .ok_or_else(stored)?;
    let arguments: BTreeMap<String, String> =
        serde_json::from_str(row.get(5)).map_err(|_| stored())?;
    let arguments: Vec<(&str, &str)> = arguments
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let help = wording.text("notice-help", &[]);
    Ok(Message {
        id: row.get(0),
        way: way.to_owned(),
        recipient: row.get(3),
        subject: (way == "email")
            .then(|| wording.text(&format!("notice-{kind}-subject"), &arguments)),
        body: format!(
            "{}\n{help}",
            wording.text(&format!("notice-{kind}"), &arguments)
        ),
    })
}

async fn mark_sent(
    client: &deadpool_postgres::Client,
    id: Uuid,
    now: Timestamp,
) -> Result<(), CentralError> {
    let during = "marking a notice as sent";
    let statement = client
        .prepare_cached(
            "UPDATE notices SET sent_at = $2, arguments = '{}' \
             WHERE notice_id = $1 AND sent_at IS NULL",
        )
        .await
        .map_err(CentralError::database(during))?;
    client
        .execute(&statement, &[&id, &now])
        .await
        .map(|_| ())
        .map_err(CentralError::database(during))
}

async fn put_off(
    client: &deadpool_postgres::Client,
    id: Uuid,
    again_at: Timestamp,
) -> Result<(), CentralError> {
    let during = "putting a notice off";
    let statement = client
        .prepare_cached(
            "UPDATE notices SET due_at = $2, claimed_until = $2 \
             WHERE notice_id = $1 AND sent_at IS NULL",
        )
        .await
        .map_err(CentralError::database(during))?;
    client
        .execute(&statement, &[&id, &again_at])
        .await
        .map(|_| ())
        .map_err(CentralError::database(during))
}
