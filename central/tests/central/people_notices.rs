//! Notices: delivered once they are in the outbox, however often the centre dies or the gateway
//! fails, and erased when they are a day old.

use std::time::{Duration, Instant};

use serde_json::Value;
use uuid::Uuid;

use crate::common::Centre;

/// Generous: what is waited for takes about a second.
const PATIENCE: Duration = Duration::from_secs(60);

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let started = Instant::now();
    while !holds().await {
        assert!(started.elapsed() < PATIENCE, "never: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A notice as the program writes it into the outbox.
async fn enqueue(centre: &Centre, kind: &str, facts: Value) -> Uuid {
    let id = Uuid::now_v7();
    let number = centre.person("called-national").person_number;
    let statement = "INSERT INTO notices (notice_id, person_id, kind, way, language, address, \
        facts, enqueued_at, due_at) SELECT $1, person_id, $3, 'text', 'zh-TW', '0987654321', $4, \
        $5, $5 FROM person_numbers WHERE number = $2";
    let (facts, now) = (facts.to_string(), centre.now());
    let rows = centre
        .change(statement, &[&id, &number, &kind, &facts, &now])
        .await;
    assert_eq!(rows, 1);
    centre.keep_from_log("0987654321");
    id
}

fn pickup() -> Value {
    serde_json::json!({"number": "7654321098", "store": "仁愛門市", "first_day": "2026-04-02",
        "last_day": "2026-04-08"})
}

async fn is_delivered(centre: &Centre, id: Uuid) -> bool {
    let statement = "SELECT count(*) FROM notices WHERE notice_id = $1 \
                     AND delivered_at IS NOT NULL AND lease IS NULL";
    centre.count(statement, &[&id]).await == 1
}

fn message(centre: &Centre, id: Uuid) -> Option<Value> {
    let path = format!("{}/{id}.json", centre.path("notices"));
    Some(serde_json::from_slice(&std::fs::read(path).ok()?).unwrap())
}

/// Protects M19: the text with the pickup number goes out, in a file named by its id only, and says
/// where to fetch the masks; a day later its content is gone from the outbox.
#[tokio::test]
async fn m19_a_pickup_number_is_told_and_forgotten() {
    let mut centre = Centre::start();
    let id = enqueue(&centre, "pickup-number", pickup()).await;
    until("delivered", async || is_delivered(&centre, id).await).await;
    let told = message(&centre, id).unwrap();
    assert_eq!(told["way"], "text");
    assert_eq!(told["address"], "0987654321");
    for part in ["7654321098", "仁愛門市", "2026-04-08", "1922", "165"] {
        assert!(told["text"].as_str().unwrap().contains(part), "{part}");
    }
    let young = "SELECT count(*) FROM notices WHERE address IS NOT NULL AND facts IS NOT NULL";
    assert_eq!(centre.count(young, &[]).await, 1);
    let statement = "UPDATE notices SET delivered_at = delivered_at - interval '25 hours'";
    centre.change(statement, &[]).await;
    // Housekeeping begins with a turn.
    centre.kill();
    centre.serve_again();
    until("erased", async || centre.count(young, &[]).await == 0).await;
    assert!(is_delivered(&centre, id).await, "that it was told stays");
    centre.finish().await;
}

/// Protects everybody who waits for a notice: one that a killed centre had claimed is delivered by
/// the next, under the same id, and one that was due when it died as well.
#[tokio::test]
async fn a_killed_centre_loses_no_notice() {
    let mut centre = Centre::start();
    centre.kill();
    let waiting = enqueue(&centre, "pickup-number", pickup()).await;
    let claimed = enqueue(&centre, "pickup-number", pickup()).await;
    // As a centre leaves it that died between claiming and handing over.
    let statement = "UPDATE notices SET lease = $2, tries = 1, due_at = $3 WHERE notice_id = $1";
    let lease = Uuid::now_v7();
    let due = centre.now() + jiff::SignedDuration::from_secs(3);
    centre.change(statement, &[&claimed, &lease, &due]).await;
    centre.serve_again();
    for id in [waiting, claimed] {
        until("delivered", async || is_delivered(&centre, id).await).await;
        assert_eq!(message(&centre, id).unwrap()["id"], id.to_string());
    }
    let twice = "SELECT count(*) FROM notices WHERE notice_id = $1 AND tries = 2";
    assert_eq!(centre.count(twice, &[&claimed]).await, 1);
    centre.finish().await;
}

/// Protects people and the gateway: while nothing can be handed over the notice waits, longer each
/// time, and is delivered when the gateway works again; one nobody can write is given up.
#[tokio::test]
async fn a_failing_gateway_is_tried_again() {
    let centre = Centre::start();
    let folder = centre.path("notices");
    // A file in the place of the folder: also root cannot write into it.
    std::fs::remove_dir(&folder).unwrap();
    std::fs::write(&folder, "").unwrap();
    let id = enqueue(&centre, "pickup-number", pickup()).await;
    let tried = "SELECT count(*) FROM notices WHERE notice_id = $1 AND tries >= 2 \
                 AND lease IS NULL AND due_at > enqueued_at AND delivered_at IS NULL";
    until("tried again", async || {
        centre.count(tried, &[&id]).await == 1
    })
    .await;
    std::fs::remove_file(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    until("delivered", async || is_delivered(&centre, id).await).await;
    assert!(message(&centre, id).is_some());
    centre.finish().await;
}
