//! Printers that go away and come back: noticed, told, and printing again by themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use printer::{Event, Grade, JobId, PaperWidth, PrinterStatus};
use support::{Stand, long_page};

fn prints_after_a_pull(stand: &mut Stand) {
    for job in 1..=2 {
        stand.say("unplug");
        stand.status(PrinterStatus::Absent);
        stand.say("plug");
        stand.status(PrinterStatus::Ready);
        stand
            .handle()
            .print(JobId(job), long_page(PaperWidth::Dots576))
            .unwrap();
        let finished = Event::Finished {
            job: JobId(job),
            grade: Grade::Printed,
        };
        assert_eq!(stand.outcome(job), finished);
    }
    assert!(stand.say("status").contains("slips=2 parts=0"));
}

/// Protects a serial adapter that is pulled and put back: its device is gone and comes again under the
/// same name.
#[test]
fn a_serial_cable_is_pulled_and_put_back() {
    prints_after_a_pull(&mut Stand::start(&[]));
}

/// Protects a network printer that is switched off, or whose cable is pulled, and comes back.
#[test]
fn a_network_printer_goes_and_comes_back() {
    prints_after_a_pull(&mut Stand::at_network());
}

/// Protects a device that is no serial port, as `usblp` makes one: it answers, and it proves.
#[test]
fn a_device_file_answers_too() {
    let mut stand = Stand::at_device();
    stand
        .handle()
        .print(JobId(1), long_page(PaperWidth::Dots576))
        .unwrap();
    let finished = Event::Finished {
        job: JobId(1),
        grade: Grade::Printed,
    };
    assert_eq!(stand.outcome(1), finished);
}
