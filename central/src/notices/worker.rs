//! Delivers what lies in the outbox, beside the serving of requests.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use wording::{Language, Wording, WordingError};

use super::gateway::{Gateway, Message};
use super::outbox::{self, Claimed, Settled};
use super::{Way, kind};
use crate::http::Centre;
use crate::{CentralError, database};

/// How soon an idle worker looks again; most of how long a notice takes.
const LOOKS_EVERY: Duration = Duration::from_secs(1);
/// After this nobody needs the notice any more.
const GIVEN_UP_AFTER: SignedDuration = SignedDuration::from_hours(24);
/// The longest pause between two tries.
const PAUSE_MAX_S: i64 = 3600;

/// Delivers until dropped. Any number of centres may run one on the same outbox.
///
/// # Errors
/// [`WordingError`] when a built-in text is damaged.
pub async fn run(centre: Arc<Centre>, gateway: Arc<dyn Gateway>) -> Result<(), WordingError> {
    let texts = Arc::new([
        Wording::load(Language::TraditionalChinese)?,
        Wording::load(Language::English)?,
    ]);
    loop {
        match deliver(&centre, &gateway, &texts).await {
            Ok(claimed) if claimed >= outbox::AT_ONCE => {}
            Ok(_) => tokio::time::sleep(LOOKS_EVERY).await,
            Err(error) => {
                let sql_state = error.sql_state().unwrap_or("-");
                tracing::warn!(%error, sql_state, "notices not delivered");
                tokio::time::sleep(LOOKS_EVERY).await;
            }
        }
    }
}

/// One turn; gives how many were claimed.
async fn deliver(
    centre: &Centre,
    gateway: &Arc<dyn Gateway>,
    texts: &Arc<[Wording; 2]>,
) -> Result<i64, CentralError> {
    let lease = Uuid::from_u128(rand::random());
    let now = centre.clock.now();
    let claimed = {
        let client = database::connection(&centre.pool).await?;
        outbox::claim(&client, lease, now).await?
    };
    let count = i64::try_from(claimed.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(0);
    }
    let (gateway, texts) = (Arc::clone(gateway), Arc::clone(texts));
    // What was handed over when this dies is handed over again, under the same id.
    let settled = tokio::task::spawn_blocking(move || {
        let mut settled = Settled::default();
        for notice in claimed {
            hand_over(gateway.as_ref(), texts.as_ref(), &notice, now, &mut settled);
        }
        settled
    });
    let Ok(settled) = settled.await else {
        return Ok(0);
    };
    let client = database::connection(&centre.pool).await?;
    outbox::settle(&client, lease, &settled, centre.clock.now()).await?;
    Ok(count)
}

fn hand_over(
    gateway: &dyn Gateway,
    texts: &[Wording],
    notice: &Claimed,
    now: Timestamp,
    settled: &mut Settled,
) {
    let Some(message) = write(texts, notice) else {
        tracing::error!(kind = notice.kind, "a notice cannot be written");
        settled.given_up.push(notice.id);
        return;
    };
    match gateway.hand_over(&message) {
        Ok(()) => settled.delivered.push(notice.id),
        Err(_) if now.duration_since(notice.enqueued_at) > GIVEN_UP_AFTER => {
            tracing::warn!(kind = notice.kind, "a notice is given up");
            settled.given_up.push(notice.id);
        }
        Err(error) => {
            tracing::warn!(%error, kind = notice.kind, "a notice is tried again later");
            let pause = pause(notice.tries, &mut rand::thread_rng());
            settled.again.push((notice.id, now + pause));
        }
    }
}

fn write(texts: &[Wording], notice: &Claimed) -> Option<Message> {
    let language = Language::from_tag(&notice.language)?;
    let wording = texts.iter().find(|text| text.language() == language)?;
    let way = Way::from_code(&notice.way)?;
    let (subject, text) = kind::written(wording, &notice.kind, &notice.facts)?;
    Some(Message {
        id: notice.id,
        way: way.code(),
        address: notice.address.clone(),
        subject: if way == Way::Email {
            subject
        } else {
            String::new()
        },
        text,
    })
}

/// Twice as long after each try, up to an hour, and somewhere in the upper half of it, so that not
/// all come again at once.
fn pause(tries: i32, random: &mut impl rand::Rng) -> SignedDuration {
    let exponent = u32::try_from(tries.clamp(1, 12)).unwrap_or(1);
    let longest_s = 2_i64.pow(exponent).min(PAUSE_MAX_S);
    SignedDuration::from_millis(random.gen_range(longest_s * 500..=longest_s * 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the gateway: pauses grow to an hour and no further, and are never all the same.
    #[test]
    fn pauses_grow_and_differ() {
        let mut random = rand::thread_rng();
        for (tries, least_ms, most_ms) in [
            (1, 1_000, 2_000),
            (4, 8_000, 16_000),
            (12, 1_800_000, 3_600_000),
            (i32::MAX, 1_800_000, 3_600_000),
        ] {
            let pauses: Vec<_> = (0..20).map(|_| pause(tries, &mut random)).collect();
            let within = |pause: &SignedDuration| (least_ms..=most_ms).contains(&pause.as_millis());
            assert!(pauses.iter().all(within), "{tries}");
            assert!(pauses.iter().any(|pause| *pause != pauses[0]));
        }
    }
}
