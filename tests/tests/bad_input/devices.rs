//! Reader, printer and display that are not there.

use stage::{Error, namespace};

use super::{set_up, told};

/// Protects technicians: without the smart card service the command says what to look at.
#[test]
fn no_reader_service() -> Result<(), Error> {
    namespace::test("devices::no_reader_service", || {
        let output = told::run("kiosk", &["card", "read", "--wait", "1"]);
        told::refused(&output, 1, &["pcscd is not running", "kiosk card doctor"]);
        Ok(())
    })
}

/// Protects technicians: a printer that is not there is not well, an address that is none is wrong
/// usage.
#[test]
fn no_printer() {
    let print = |url| told::run("kiosk", &["slip", "print", "test", "--printer", url]);
    told::refused(&print("serial:///nonexistent"), 1, &["not printed"]);
    told::refused(&print("nonsense"), 2, &["not a printer's address"]);
}

/// Protects technicians on a line without a screen: a sentence, not the window library's panic.
#[test]
fn no_display() {
    let folder = tempfile::tempdir().unwrap();
    let config = set_up::kiosk_alone(folder.path(), "http://127.0.0.1:1");
    let output = told::run("kiosk", &["run", "--config", config.to_str().unwrap()]);
    told::refused(&output, 1, &["there is no display", "WAYLAND_DISPLAY"]);
}
