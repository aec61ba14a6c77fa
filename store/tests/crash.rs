//! Real kills and real full disks: a child process (this test program again) works until it is
//! stopped, and what it was told is durable must be there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// Tests are an edge: they read the clock and the environment.
#![allow(clippy::disallowed_methods)]

mod common;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use common::*;
use domain::operation::{DeviceId, Outcome};
use store::{OwnWillingness, Recorded, Store, StoreError, wait};

const FOLDER: &str = "STORE_TEST_FOLDER";

/// The command that runs one test of this program in a process of its own.
fn child(test: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// Says on standard output that something is durable; one write, so that a kill leaves no half line.
fn acknowledge(line: String) {
    // A line of its own: the test harness leaves its first line open.
    let line = format!("\n{line}\n");
    std::io::stdout().write_all(line.as_bytes()).unwrap();
}

/// Records and answers from several threads until it is killed. Does nothing unless it is the child.
#[test]
fn child_that_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let store = open(Path::new(&folder)).unwrap();
    if wait(store.identity()).unwrap().is_none() {
        wait(store.enrol(enrolment(1), at(0))).unwrap();
    }
    let begun = wait(store.identity()).unwrap().unwrap().next_seq;
    // No key or order of an earlier life comes again: those may have been recorded unacknowledged.
    let next = AtomicU64::new(begun * 10_000);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| work(&store, &next));
        }
        scope.spawn(|| answer(&store));
    });
}

fn work(store: &Store, next: &AtomicU64) {
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let who = person(u32::try_from(number % 1_000_000).unwrap());
        let body = match number % 3 {
            0 => willing(&who, "63000030"),
            1 => booking(&who, "0403-0900"),
            _ => pickup(&who, &format!("{number:010}")),
        };
        let Recorded::New { id, .. } = wait(store.record(new(u128::from(number), body))).unwrap()
        else {
            panic!("an order was given two slips")
        };
        acknowledge(format!("recorded {}", id.seq));
    }
}

fn answer(store: &Store) {
    let device = DeviceId::new(1).unwrap();
    loop {
        let unsent = wait(store.unsent(7)).unwrap();
        let results: Vec<_> = unsent
            .iter()
            .map(|op| (op.id.seq, Outcome::Pending))
            .collect();
        let last = results.last().map(|(seq, _)| *seq);
        wait(store.store_results(device, 1, results, at(1))).unwrap();
        if let Some(seq) = last {
            acknowledge(format!("answered {seq}"));
        }
    }
}

/// Protects "nothing lost, nothing twice" (visit f): after SIGKILL in the middle of commits every
/// acknowledged operation and answer is there, sequence numbers are contiguous, each operation has
/// its effect and its slip, and the hash chain holds. Ten kills on one disk.
#[test]
fn nothing_acknowledged_is_lost_when_killed() {
    let folder = tempfile::tempdir().unwrap();
    let mut recorded = BTreeSet::new();
    let mut answered = 0;
    for round in 0..10 {
        let mut child = child("child_that_is_killed", folder.path())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let enough = recorded.len() + 20 + round * 17;
        for line in lines.by_ref() {
            note(&line.unwrap(), &mut recorded, &mut answered);
            if recorded.len() >= enough {
                break;
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        for line in lines {
            note(&line.unwrap(), &mut recorded, &mut answered);
        }
        assert!(recorded.len() >= enough, "the child worked");
        whole(folder.path(), &recorded, answered);
    }
}

fn note(line: &str, recorded: &mut BTreeSet<u64>, answered: &mut u64) {
    if let Some(seq) = line.strip_prefix("recorded ") {
        assert!(
            recorded.insert(seq.parse().unwrap()),
            "a number was used twice"
        );
    } else if let Some(seq) = line.strip_prefix("answered ") {
        *answered = (*answered).max(seq.parse().unwrap());
    }
}

fn whole(folder: &Path, recorded: &BTreeSet<u64>, answered: u64) {
    let store = open(folder).unwrap();
    let count = wait(store.check()).unwrap();
    let lines = wait(store.list_operations(u32::MAX)).unwrap();
    let seqs: Vec<u64> = lines.iter().rev().map(|line| line.id.seq).collect();
    assert_eq!(seqs, (1..=count).collect::<Vec<_>>(), "contiguous from 1");
    assert_eq!(wait(store.identity()).unwrap().unwrap().next_seq, count + 1);
    assert!(
        recorded.iter().all(|seq| *seq <= count),
        "no acknowledged operation is lost"
    );
    for line in &lines {
        let slip = wait(store.slip_of(line.id)).unwrap();
        assert!(slip.is_some(), "operation {} has no slip", line.id.seq);
        assert!(
            line.outcome.is_some() || line.id.seq > answered,
            "an acknowledged answer is lost"
        );
    }
    for operation in wait(store.unsent(u32::MAX)).unwrap() {
        let body = wire::operation::decode(&operation.payload).unwrap().body;
        effect_is_there(&store, &body);
    }
}

fn effect_is_there(store: &Store, body: &domain::operation::OperationBody) {
    use domain::operation::OperationBody;
    let standing =
        |who: &domain::PersonNumber| wait(store.standing(who.clone(), None, round())).unwrap();
    match body {
        OperationBody::SetWillingness(entry) => assert!(matches!(
            standing(&entry.person).willingness,
            OwnWillingness::Stands { .. }
        )),
        OperationBody::BookSlot(request) => assert!(standing(&request.person).booking.is_some()),
        OperationBody::IssuePickupSlip { order, person, .. } => {
            let again = wait(store.record(new(u128::MAX, pickup(person, order.reveal())))).unwrap();
            assert!(matches!(again, Recorded::SlipExists { .. }));
        }
        OperationBody::CancelWillingness { .. }
        | OperationBody::CancelBooking { .. }
        | OperationBody::RegisterCard(_)
        | OperationBody::OrderMasks(_)
        | OperationBody::SellMasks(_)
        | OperationBody::RedeemSlip { .. } => panic!("never recorded here"),
    }
}

/// Records until the disk takes no more, then shows that reading still works. Does nothing unless it
/// is the child.
#[test]
fn child_on_a_full_disk() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let store = open(Path::new(&folder)).unwrap();
    wait(store.enrol(enrolment(1), at(0))).unwrap();
    // Many times what fits: without the limit the test fails instead of running for ever.
    for number in 1..50_000 {
        let who = person(u32::try_from(number).unwrap());
        match wait(store.record(new(number, willing(&who, "63000030")))) {
            Ok(_) => acknowledge(format!("recorded {number}")),
            Err(StoreError::DiskFull { .. } | StoreError::DiskFault { .. }) => break,
            Err(other) => panic!("{other:?}"),
        }
    }
    let depth = wait(store.outbox_status()).unwrap().depth;
    acknowledge(format!("full {depth}"));
}

/// Protects a terminal whose disk fills up: the error says so, what was acknowledged is there, no
/// number is used up, and with room again it goes on. The limit is the kernel's (a file size limit),
/// which `SQLite` meets in the middle of a write.
#[test]
fn a_full_disk_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let inner = child("child_on_a_full_disk", folder.path());
    let output = Command::new("sh")
        // 512-byte blocks; the signal is ignored so that the write fails instead.
        .args(["-c", "trap '' XFSZ; ulimit -f 3000; exec \"$0\" \"$@\""])
        .arg(inner.get_program())
        .args(inner.get_args())
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let recorded = text
        .lines()
        .filter(|line| line.starts_with("recorded "))
        .count();
    let full: u64 = text
        .lines()
        .find_map(|line| line.strip_prefix("full "))
        .expect("the child met the limit and could still read")
        .parse()
        .unwrap();
    assert!(
        recorded > 20 && full == u64::try_from(recorded).unwrap(),
        "{recorded} {full}"
    );
    let store = open(folder.path()).unwrap();
    assert_eq!(wait(store.check()).unwrap(), full);
    let next = record(&store, u128::MAX, willing(&person(1), "63000030"));
    assert_eq!(next, id(1, full + 1));
}
