//! Printers at every kind of address, by the one-shot calls the command line uses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::fs::OpenOptions;
use std::net::TcpListener;
use std::time::Duration;

use printer::{Grade, PaperWidth, PrinterStatus};
use support::{Stand, long_page};

/// Protects network printers: the same slip over `tcp://`, proved; the answers come back over it too.
#[test]
fn a_network_printer_prints_and_proves() {
    let mut stand = Stand::without_printer();
    stand.plug_in(&[]);
    let port = OpenOptions::new()
        .read(true)
        .write(true)
        .open(stand.folder.path().join("tty"))
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("tcp://{}", listener.local_addr().unwrap());
    // A print server: what comes by network goes to the port, and back.
    std::thread::spawn(move || {
        let (network, _) = listener.accept().unwrap();
        let (mut from, mut to) = (network.try_clone().unwrap(), port.try_clone().unwrap());
        std::thread::spawn(move || std::io::copy(&mut from, &mut to));
        let (mut from, mut to) = (port, network);
        let _ = std::io::copy(&mut from, &mut to);
    });
    // The stand's own worker must not listen to the same port.
    stand.forget_worker();
    let config = printer::Config {
        address: address.parse().unwrap(),
        profile: printer::Profile::default(),
    };
    let grade = printer::once::print(
        config,
        long_page(PaperWidth::Dots576),
        Duration::from_secs(60),
    )
    .unwrap();
    assert_eq!(grade, Grade::Printed);
    stand.until("slips=1");
}

/// Protects plain files and one-way devices: the bytes arrive whole, and no more is claimed than
/// that they were sent.
#[test]
fn a_file_takes_the_bytes_and_proves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("slip.bin");
    let config = printer::Config {
        address: format!("file://{}", path.display()).parse().unwrap(),
        profile: printer::Profile::default(),
    };
    let page = long_page(PaperWidth::Dots576);
    let preview = folder.path().join("slip.escpos");
    printer::preview::write(&page, &printer::Profile::default(), &preview).unwrap();
    let grade = printer::once::print(config, page, Duration::from_secs(60)).unwrap();
    assert_eq!(grade, Grade::Sent);
    assert_eq!(
        std::fs::read(&path).unwrap(),
        std::fs::read(&preview).unwrap()
    );
}

/// Protects the command line: a printer that is not there is an error with its cause, at once.
#[test]
fn one_shot_calls_tell_what_is_wrong() {
    let config = printer::Config {
        address: "serial:///nowhere/tty".parse().unwrap(),
        profile: printer::Profile::default(),
    };
    let limit = Duration::from_secs(30);
    assert_eq!(
        printer::once::status(config.clone(), limit).unwrap(),
        PrinterStatus::Absent
    );
    let error = printer::once::print(config, long_page(PaperWidth::Dots576), limit).unwrap_err();
    assert_eq!(error.to_string(), "the slip was not printed: not connected");
}
