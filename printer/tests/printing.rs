//! Slips on the real `virtual-printer` at a real pseudo-terminal: what comes out, and what is said
//! about it when something goes wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use printer::{Cause, Event, Grade, JobId, PaperWidth, PrinterStatus};
use support::{Stand, codes, long_page};

/// How a slip stopped: its cause, and whether nothing of it can come any more.
fn stopped(stand: &mut Stand, job: u64) -> (Cause, bool) {
    match stand.outcome(job) {
        Event::Stopped { cause, cleared, .. } => (cause, cleared),
        other => panic!("not stopped: {other:?}"),
    }
}

/// Protects the whole way from page to paper: one slip, proved, its codes readable, the bytes
/// understood without a rest.
#[test]
fn a_slip_comes_out_and_is_proved() {
    let mut stand = Stand::start(&[]);
    stand
        .handle()
        .print(JobId(1), long_page(PaperWidth::Dots576))
        .unwrap();
    assert_eq!(
        stand.outcome(1),
        Event::Finished {
            job: JobId(1),
            grade: Grade::Printed
        }
    );
    let pictures = stand.pictures();
    assert_eq!(pictures.len(), 1);
    assert_eq!(
        codes(&pictures[0]),
        ["CODE-39:ZK00042010000017", "QR-Code:ZK00042010000017"]
    );
    assert!(stand.say("status").contains("unknown=0"));
}

/// Protects 58 mm paper: the same slip, bar code along the paper, still read.
#[test]
fn narrow_paper_carries_the_same_codes() {
    let mut stand = Stand::start(&["--profile", "generic-58"]);
    stand
        .handle()
        .print(JobId(1), long_page(PaperWidth::Dots384))
        .unwrap();
    assert!(matches!(stand.outcome(1), Event::Finished { .. }));
    stand.until("buffered=0");
    stand.say("tear");
    assert_eq!(
        codes(&stand.pictures()[0]),
        ["CODE-39:ZK00042010000017", "QR-Code:ZK00042010000017"]
    );
}

/// Protects "never two slips": paper out in the middle, the printer proves that it forgot the rest,
/// nothing comes out after the refill, and the reprint comes out exactly once.
#[test]
fn paper_out_in_the_middle_is_cleared_and_reprinted_once() {
    let mut stand = Stand::start(&[]);
    stand.say("paper after 60");
    stand
        .handle()
        .print(JobId(1), long_page(PaperWidth::Dots576))
        .unwrap();
    assert_eq!(stopped(&mut stand, 1), (Cause::PaperEnd, true));
    stand.say("paper load");
    stand.status(PrinterStatus::Ready);
    assert!(
        stand.say("status").contains("slips=0 parts=1"),
        "{}",
        stand.say("status")
    );
    stand
        .handle()
        .print(JobId(2), long_page(PaperWidth::Dots576))
        .unwrap();
    assert_eq!(
        stand.outcome(2),
        Event::Finished {
            job: JobId(2),
            grade: Grade::Printed
        }
    );
    let whole = stand.pictures().pop().unwrap();
    assert_eq!(codes(&whole).len(), 2);
    stand.until("buffered=0");
    assert!(
        stand.say("status").contains("slips=1 parts=1"),
        "{}",
        stand.say("status")
    );
}

/// Protects the reprint after an open cover: the half slip is cut off first, so that two halves of
/// two slips never hang together.
#[test]
fn cover_opened_in_the_middle_leaves_the_half_apart() {
    let mut stand = Stand::start(&[]);
    stand.say("cover after 50");
    stand
        .handle()
        .print(JobId(1), long_page(PaperWidth::Dots576))
        .unwrap();
    assert_eq!(stopped(&mut stand, 1), (Cause::CoverOpen, true));
    stand.say("cover close");
    stand.status(PrinterStatus::Ready);
    stand
        .handle()
        .print(JobId(2), long_page(PaperWidth::Dots576))
        .unwrap();
    assert!(matches!(stand.outcome(2), Event::Finished { .. }));
    assert!(
        stand.say("status").contains("slips=1 parts=1"),
        "{}",
        stand.say("status")
    );
}

/// Protects printers that cannot prove that they forgot: the rest is waited for, the slip is
/// finished by it, and nothing is sent again.
#[test]
fn without_proof_the_rest_is_waited_for() {
    let mut stand = Stand::start(&["--profile", "generic-80"]);
    stand.say("paper after 60");
    stand
        .handle()
        .print(JobId(1), long_page(PaperWidth::Dots576))
        .unwrap();
    stand.expect("held", |event| {
        *event
            == Event::Held {
                job: JobId(1),
                cause: Cause::PaperEnd,
            }
    });
    stand.say("paper load");
    assert_eq!(
        stand.outcome(1),
        Event::Finished {
            job: JobId(1),
            grade: Grade::Answered
        }
    );
    // Two pieces of one slip, and no third.
    assert_eq!(stand.pictures().len(), 2);
}

/// Protects the words on the screen: a printer without `GS ( H` gives the lower grade.
#[test]
fn without_proof_of_paper_the_grade_is_answered() {
    let mut stand = Stand::start(&["--fault", "no-fn48"]);
    for job in 1..=2 {
        stand
            .handle()
            .print(JobId(job), long_page(PaperWidth::Dots576))
            .unwrap();
        assert_eq!(
            stand.outcome(job),
            Event::Finished {
                job: JobId(job),
                grade: Grade::Answered
            }
        );
    }
    assert_eq!(stand.pictures().len(), 2);
}

/// Protects printers that know neither fence: the slip comes out whole, and no more is claimed.
#[test]
fn without_any_fence_the_grade_is_sent() {
    let mut stand = Stand::start(&["--fault", "no-fn48", "--fault", "no-fence"]);
    stand
        .handle()
        .print(JobId(1), long_page(PaperWidth::Dots576))
        .unwrap();
    assert_eq!(
        stand.outcome(1),
        Event::Finished {
            job: JobId(1),
            grade: Grade::Sent
        }
    );
    stand.until("slips=1");
}

/// Protects "no answer is never ready": a mute printer is told as such, prints nothing, and is
/// ready again when it speaks.
#[test]
fn a_mute_printer_is_not_ready() {
    let mut stand = Stand::start(&[]);
    stand.say("mute");
    stand.status(PrinterStatus::NotAnswering);
    stand
        .handle()
        .print(JobId(1), long_page(PaperWidth::Dots576))
        .unwrap();
    assert_eq!(stopped(&mut stand, 1), (Cause::NotAnswering, true));
    stand.say("speak");
    stand.status(PrinterStatus::Ready);
    assert!(stand.pictures().is_empty());
}

/// Protects the terminal from a printer that is not there, is plugged in, pulled out and comes back.
#[test]
fn an_absent_printer_comes_and_goes() {
    let mut stand = Stand::without_printer();
    stand.status(PrinterStatus::Absent);
    stand
        .handle()
        .print(JobId(1), long_page(PaperWidth::Dots576))
        .unwrap();
    assert_eq!(stopped(&mut stand, 1), (Cause::Absent, true));
    for _ in 0..2 {
        stand.plug_in(&[]);
        stand.status(PrinterStatus::Ready);
        stand.pull_the_plug();
        stand.status(PrinterStatus::Absent);
    }
}

/// Protects against a pulled plug in the middle: the slip ends, and nobody claims that it is safe
/// to print again.
#[test]
fn a_plug_pulled_in_the_middle_is_not_safe() {
    let mut stand = Stand::start(&["--speed-mm", "40"]);
    stand
        .handle()
        .print(JobId(1), long_page(PaperWidth::Dots576))
        .unwrap();
    stand.expect("progress", |event| matches!(event, Event::Progress { .. }));
    stand.pull_the_plug();
    assert_eq!(stopped(&mut stand, 1), (Cause::Absent, false));
}

/// Protects against printers that talk too much, too late and twice: the state stays true and the
/// slip comes out once.
#[test]
fn odd_answers_confuse_nobody() {
    for fault in ["double", "late 300"] {
        let mut stand = Stand::start(&["--fault", fault]);
        stand
            .handle()
            .print(JobId(1), long_page(PaperWidth::Dots576))
            .unwrap();
        assert!(
            matches!(stand.outcome(1), Event::Finished { .. }),
            "{fault}"
        );
        stand.until("slips=1");
        stand.say("cover open");
        stand.status(PrinterStatus::CoverOpen);
        stand.say("cover close");
        stand.status(PrinterStatus::Ready);
    }
}

/// Protects the staff's view: each fault is told by its name, and when it is over.
#[test]
fn every_fault_is_told_by_name() {
    let mut stand = Stand::start(&[]);
    for (fault, mend, status) in [
        ("paper out", "paper load", PrinterStatus::PaperEnd),
        ("cover open", "cover close", PrinterStatus::CoverOpen),
        ("cutter jam", "cutter free", PrinterStatus::CutterFault),
        ("heat", "cool", PrinterStatus::Overheated),
        ("break", "mend", PrinterStatus::Unrecoverable),
        ("offline", "online", PrinterStatus::Offline),
        ("paper low", "paper load", PrinterStatus::PaperNearEnd),
    ] {
        stand.say(fault);
        stand.status(status);
        stand.say(mend);
        stand.status(PrinterStatus::Ready);
    }
}

/// Protects start-up as recovery: a program that died in the middle of a command leaves half of it in
/// the printer; the next one's slip comes out whole all the same.
#[test]
fn half_a_command_of_a_dead_program_spoils_nothing() {
    for faults in [&[][..], &["--fault", "no-clear"]] {
        let mut stand = Stand::without_printer();
        stand.status(PrinterStatus::Absent);
        stand.forget_worker();
        stand.plug_in(faults);
        let half_a_band = [0x1D, b'v', b'0', 0, 72, 0, 24, 0, 0xFF, 0xFF, 0xFF];
        std::fs::write(stand.folder.path().join("tty"), half_a_band).unwrap();
        stand.until("buffered=11");
        stand.start_worker();
        stand.status(PrinterStatus::Ready);
        stand
            .handle()
            .print(JobId(1), long_page(PaperWidth::Dots576))
            .unwrap();
        assert!(matches!(stand.outcome(1), Event::Finished { .. }));
        assert_eq!(codes(stand.pictures().last().unwrap()).len(), 2);
        assert!(
            stand.say("status").contains("unknown=0"),
            "{}",
            stand.say("status")
        );
    }
}
