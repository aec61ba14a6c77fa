//! Notices: delivered however often the centre dies or the gateway fails, and gone after a day.

use std::time::{Duration, Instant};

use serde_json::Value;
use uuid::Uuid;

use crate::common::Centre;

/// Generous: what is waited for takes seconds.
const PATIENCE: Duration = Duration::from_secs(60);
const MOBILE: &str = "0987654321";

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let started = Instant::now();
    while !holds().await {
        assert!(started.elapsed() < PATIENCE, "never: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A notice as the program writes it into the outbox, perhaps claimed for some more seconds.
async fn enqueue(centre: &Centre, claimed_for_s: i64) -> Uuid {
    let (id, now) = (Uuid::now_v7(), centre.now());
    let until = now + jiff::SignedDuration::from_secs(claimed_for_s);
    let arguments = r#"{"number":"7654321098","store":"S","first":"04-02","last":"04-08"}"#;
    centre.keep(MOBILE);
    centre.keep("7654321098");
    let attempts = i32::from(claimed_for_s > 0);
    let statement = format!(
        "INSERT INTO notices (notice_id, kind, way, recipient, language, arguments, created_at, \
         due_at, attempts, claimed_until) VALUES ('{id}', 'mask-pickup', 'text', '{MOBILE}', \
         'zh-TW', '{arguments}', '{now}', '{now}', {attempts}, '{until}')"
    );
    centre.sql(&statement).await;
    id
}

/// How many notices there are of which this holds.
async fn count(centre: &Centre, condition: &str) -> i64 {
    let connected = tokio_postgres::connect(&centre.database, tokio_postgres::NoTls);
    let (client, connection) = connected.await.unwrap();
    let connection = tokio::spawn(connection);
    let statement = format!("SELECT count(*) FROM notices WHERE {condition}");
    let row = client.query_one(&statement, &[]).await.unwrap();
    connection.abort();
    row.get(0)
}

async fn is_sent(centre: &Centre, id: Uuid) -> bool {
    count(
        centre,
        &format!("notice_id = '{id}' AND sent_at IS NOT NULL"),
    )
    .await
        == 1
}

fn message(centre: &Centre, id: Uuid) -> Value {
    let path = format!("{}/{id}.json", centre.path("notices"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Protects everybody who waits for a notice: one that a killed centre had claimed is sent by the
/// next under the same id, and so is one that was due when it died.
#[tokio::test]
async fn a_killed_centre_loses_no_notice() {
    let mut centre = Centre::start();
    centre.kill();
    let waiting = enqueue(&centre, 0).await;
    let claimed = enqueue(&centre, 3).await;
    centre.serve_again();
    for id in [waiting, claimed] {
        until("sent", async || is_sent(&centre, id).await).await;
        let told = message(&centre, id);
        assert_eq!(told["id"], id.to_string());
        assert_eq!(told["recipient"], MOBILE);
    }
    let again = format!("notice_id = '{claimed}' AND attempts = 2");
    assert_eq!(count(&centre, &again).await, 1);
    // A request that is served, for the log.
    centre.captcha().await;
    centre.finish().await;
}

/// Protects people and the gateway: while nothing can be sent a notice waits, longer each time, and
/// is sent when the gateway works again.
#[tokio::test]
async fn a_failing_gateway_is_tried_again() {
    let centre = Centre::start();
    let folder = centre.path("notices");
    // A file in the place of the folder: root cannot write into it either.
    std::fs::remove_dir(&folder).unwrap();
    std::fs::write(&folder, "").unwrap();
    let id = enqueue(&centre, 0).await;
    let waits = format!(
        "notice_id = '{id}' AND attempts >= 2 AND sent_at IS NULL \
         AND due_at > created_at + interval '2 seconds'"
    );
    until("tried again", async || count(&centre, &waits).await == 1).await;
    std::fs::remove_file(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    until("sent", async || is_sent(&centre, id).await).await;
    assert_eq!(message(&centre, id)["id"], id.to_string());
    centre.captcha().await;
    centre.finish().await;
}

/// Protects privacy: what was told is gone from the outbox at once, and whom a day later; what is
/// still to be told stays.
#[tokio::test]
async fn sent_notices_are_gone_after_a_day() {
    let mut centre = Centre::start();
    let id = enqueue(&centre, 0).await;
    until("sent", async || is_sent(&centre, id).await).await;
    assert_eq!(count(&centre, "arguments LIKE '%7654321098%'").await, 0);
    let waiting = enqueue(&centre, 3600).await;
    let young = enqueue(&centre, 0).await;
    until("sent", async || is_sent(&centre, young).await).await;
    let day = format!(
        "UPDATE notices SET sent_at = sent_at - interval '25 hours' WHERE notice_id = '{id}'"
    );
    centre.sql(&day).await;
    // Housekeeping begins with a turn.
    centre.kill();
    centre.serve_again();
    let gone = format!("notice_id = '{id}'");
    until("gone", async || count(&centre, &gone).await == 0).await;
    let others = format!("notice_id IN ('{waiting}', '{young}')");
    assert_eq!(count(&centre, &others).await, 2);
    centre.captcha().await;
    centre.finish().await;
}
