//! The outbox over real HTTP, against a centre that fails in every way we could think of.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// Tests are an edge: they read the clock and the environment.
#![allow(clippy::disallowed_methods)]

mod common;

use std::time::{Duration, Instant};

use common::centre::{Fault, TestCentre};
use common::terminal::Memory;
use common::*;
use domain::operation::Outcome;
use sync::Event;

const APPLIED: Outcome = Outcome::Applied { number: None };

/// Every operation is at the centre once in effect, with the recorded bytes, and all are answered.
fn whole(server: &TestCentre, terminal: &Memory, count: u64) {
    let book = server.book();
    assert_eq!(book.operations.len() as u64, count);
    assert!(book.operations.values().all(|(_, applied)| *applied == 1));
    for (seq, payload) in &book.arrivals {
        assert_eq!(
            *payload,
            operation(*seq).payload,
            "the same bytes on every try"
        );
    }
    let records = terminal.records();
    assert_eq!(records.outcomes.len() as u64, count);
    assert!(records.outcomes.values().all(|outcome| *outcome == APPLIED));
}

/// Protects the outbox: 1,203 operations of a dark day go out in order, in batches, once each; each
/// answer is told, and the depth comes to nothing.
#[tokio::test]
async fn a_backlog_empties_in_order() {
    let server = TestCentre::start();
    let mut running = start(&server, Memory::with(1203));
    running.until(|event| *event == Event::LineUp).await;
    running.until(|event| *event == Event::OutboxDepth(0)).await;
    whole(&server, &running.terminal, 1203);
    let arrived: Vec<u64> = server.book().arrivals.iter().map(|(seq, _)| *seq).collect();
    assert_eq!(arrived, (1..=1203).collect::<Vec<_>>());
    assert_eq!(server.book().batches.len(), 3);
}

/// Protects "exactly once in effect": whatever the centre answers wrongly changes nothing here, the
/// same bytes go again, and what it applied before its answer was lost is not applied twice.
#[test]
fn no_lie_is_taken() {
    let faults = [
        Fault::Html,
        Fault::WrongHash,
        Fault::Broken,
        Fault::WrongSeq,
        Fault::OtherShape,
        Fault::TooFew,
        Fault::CutOff,
        Fault::Endless,
        Fault::Hang,
    ];
    for fault in faults {
        let server = TestCentre::start();
        server.spoil("/v1/operations", &[fault, fault]);
        let running = start(&server, Memory::with(3));
        wait_for(|| server.book().batches.len() == 2);
        assert_eq!(running.terminal.answered(), 0, "{fault:?}");
        running.until_records(|terminal| terminal.answered() == 3);
        whole(&server, &running.terminal, 3);
    }
}

/// Protects answers: where they cannot be stored they count as not received, and come again.
#[test]
fn answers_that_cannot_be_stored_come_again() {
    let server = TestCentre::start();
    let terminal = Memory::with(3);
    terminal.records().failing = 2;
    let running = start(&server, terminal);
    running.until_records(|terminal| terminal.answered() == 3);
    whole(&server, &running.terminal, 3);
    assert!(server.book().batches.len() >= 3);
}

/// Protects a person at the screen: online the answer comes at once; with the line cut "no answer"
/// comes within the time a person waits; the operation goes out by itself when the line is back,
/// and its answer is told. The line's changes are told once each.
#[tokio::test]
async fn the_interactive_lane() {
    let mut server = TestCentre::start();
    let mut running = start(&server, Memory::with(0));
    running.until(|event| *event == Event::LineUp).await;
    let seq = running.terminal.record();
    assert_eq!(running.handle.send_now(id(seq)).await, Some(APPLIED));
    assert_eq!(
        running.handle.send_now(id(seq)).await,
        Some(APPLIED),
        "answered before"
    );

    server.cut();
    let seq = running.terminal.record();
    let asked = Instant::now();
    assert_eq!(running.handle.send_now(id(seq)).await, None);
    assert!(
        asked.elapsed() < Duration::from_secs(20),
        "limits are generous on a noisy machine"
    );
    running.until(|event| *event == Event::LineDown).await;

    server.listen();
    let next = running
        .until(|event| !matches!(event, Event::OutboxDepth(_)))
        .await;
    assert_eq!(next, Event::LineUp);
    let answered = Event::Answered {
        id: id(seq),
        outcome: APPLIED,
    };
    running.until(|event| *event == answered).await;
    whole(&server, &running.terminal, 2);
}

/// Protects a person at the screen from a centre that takes the request and never answers: "no
/// answer" after the time a person waits, and done later all the same.
#[tokio::test]
async fn a_hanging_centre_does_not_hold_a_person() {
    let server = TestCentre::start();
    let mut running = start(&server, Memory::with(0));
    running.until(|event| *event == Event::LineUp).await;
    server.spoil("/v1/operations", &[Fault::Hang; 3]);
    let seq = running.terminal.record();
    assert_eq!(running.handle.send_now(id(seq)).await, None);
    running.until_records(|terminal| terminal.answered() == 1);
    whole(&server, &running.terminal, 1);
}

/// Protects against a centre restored from a backup: it names the operation it expects, and gets
/// everything from there on again, answered ones included.
#[tokio::test]
async fn a_restored_centre_gets_what_it_lost() {
    let server = TestCentre::start();
    let mut running = start(&server, Memory::with(600));
    running.until(|event| *event == Event::OutboxDepth(0)).await;
    server.book().operations.retain(|seq, _| *seq <= 2);
    let seq = running.terminal.record();
    assert_eq!(running.handle.send_now(id(seq)).await, Some(APPLIED));
    whole(&server, &running.terminal, 601);
}

/// Protects a loaded centre: `Retry-After` is honoured, also against kicks.
#[test]
fn retry_after_is_honoured() {
    let server = TestCentre::start();
    server.spoil("/v1/operations", &[Fault::Busy]);
    let running = start(&server, Memory::with(1));
    wait_for(|| server.book().batches.len() == 1);
    running.handle.kick();
    running.until_records(|terminal| terminal.answered() == 1);
    let batches = server.book().batches.clone();
    assert_eq!(batches.len(), 2);
    assert!(batches[1] - batches[0] >= Duration::from_millis(990));
}

/// Protects cloned and re-imaged terminals: both are told once; a lifted quarantine is found by
/// itself, an ended epoch waits for the new enrolment and then goes on by itself.
#[tokio::test]
async fn quarantine_and_ended_epochs() {
    let server = TestCentre::start();
    server.spoil("/v1/operations", &[Fault::Quarantined, Fault::Quarantined]);
    let mut running = start(&server, Memory::with(2));
    let told = |event: &Event| matches!(event, Event::Quarantined | Event::Resumed);
    assert_eq!(running.until(told).await, Event::Quarantined);
    assert_eq!(running.until(told).await, Event::Resumed);
    running.until_records(|terminal| terminal.answered() == 2);

    server.spoil("/v1/operations", &[Fault::EpochEnded]);
    running.terminal.record();
    running.handle.kick();
    running.until(|event| *event == Event::EpochEnded).await;
    let batches = server.book().batches.len();
    running.handle.kick();
    running.until_records(|_| {
        server
            .book()
            .paths
            .iter()
            .rev()
            .take_while(|path| *path == "/v1/health")
            .count()
            > 2
    });
    assert_eq!(
        server.book().batches.len(),
        batches,
        "nothing goes out in an ended epoch"
    );
    running.terminal.records().identity = Some(identity(2));
    running.until(|event| *event == Event::Resumed).await;
    running.until_records(|terminal| terminal.answered() == 3);
}

/// Protects terminals with a wrong clock: they sign by the centre's time, also when that changes
/// under way.
#[test]
fn a_wrong_clock_is_corrected() {
    let server = TestCentre::start();
    server.book().ahead_s = 86_400;
    let running = start(&server, Memory::with(1));
    running.until_records(|terminal| terminal.answered() == 1);
    server.book().ahead_s = -86_400;
    running.terminal.record();
    running.handle.kick();
    running.until_records(|terminal| terminal.answered() == 2);
    whole(&server, &running.terminal, 2);
}

/// Protects the program's end: the worker ends when the last handle is dropped.
#[tokio::test]
async fn the_worker_ends_with_its_last_handle() {
    let server = TestCentre::start();
    let Running {
        handle, mut events, ..
    } = start(&server, Memory::with(1));
    drop(handle);
    let ended = async { while events.recv().await.is_some() {} };
    tokio::time::timeout(Duration::from_secs(60), ended)
        .await
        .unwrap();
}
