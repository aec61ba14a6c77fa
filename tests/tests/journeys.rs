//! The visits of the demonstration as tests: real pcscd, PostgreSQL, centre, pseudo-terminal and
//! window, a customer who touches by real input events. Each test has a world of its own.
//!
//! Screens, slips, logs and `report.json` of each lie in `target/journeys/`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use stage::{Error, namespace, out_folder, program, visits};

/// Makes visits in one world; all of them must pass.
fn make(test: &str, ids: &[&str]) -> Result<(), Error> {
    namespace::test(test, || {
        let folder = program::workspace().join("target/journeys").join(test);
        let folder = out_folder::prepare(Path::new(&folder))?;
        let report = visits::run(&folder, ids)?;
        let failures: Vec<_> = report
            .visits
            .iter()
            .filter_map(|visit| visit.failure.as_deref())
            .collect();
        assert!(report.passed, "{failures:?}; see {}", folder.display());
        assert_eq!(report.visits.len(), ids.len(), "every visit was made");
        Ok(())
    })
}

/// Protects the main job: card in, willingness and slot, paper out, the centre knows.
#[test]
fn a_booking_online_is_confirmed() -> Result<(), Error> {
    make("a_booking_online_is_confirmed", &["a"])
}

/// Protects service without the line, and exactly once in effect when it is back.
#[test]
fn b_and_c_an_outage_loses_and_doubles_nothing() -> Result<(), Error> {
    make("b_and_c_an_outage_loses_and_doubles_nothing", &["b", "c"])
}

/// Protects the way out after a wrong card.
#[test]
fn d_a_bank_card_is_named() -> Result<(), Error> {
    make("d_a_bank_card_is_named", &["d"])
}

/// Protects against lost and doubled paper.
#[test]
fn e_paper_out_gives_one_marked_slip() -> Result<(), Error> {
    make("e_paper_out_gives_one_marked_slip", &["e"])
}

/// Protects what was promised before a power cut.
#[test]
fn f_a_killed_kiosk_loses_and_doubles_nothing() -> Result<(), Error> {
    make("f_a_killed_kiosk_loses_and_doubles_nothing", &["f"])
}

/// Protects people whose card cannot be served: each is told why and what to do, and nothing happens.
#[test]
fn g_bad_cards_are_named_and_nothing_happens() -> Result<(), Error> {
    make("g_bad_cards_are_named_and_nothing_happens", &["g"])
}

/// Protects the outbox against whoever answers in the centre's place.
#[test]
fn h_a_lying_centre_is_not_believed() -> Result<(), Error> {
    make("h_a_lying_centre_is_not_believed", &["h"])
}

/// Protects service without paper: the kiosk still books, and says beforehand that none will come.
#[test]
fn i_without_a_printer_the_booking_stands() -> Result<(), Error> {
    make("i_without_a_printer_the_booking_stands", &["i"])
}

/// Protects whoever has no card at hand, and the order from whoever only found a number.
#[test]
fn j_masks_by_number_and_data() -> Result<(), Error> {
    make("j_masks_by_number_and_data", &["j"])
}
