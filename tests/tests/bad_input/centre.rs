//! A centre that is not there, or is not the centre, when a terminal is enrolled.

use std::net::SocketAddr;

use stage::line::{Lie, Line, LineState};

use super::{set_up, told};

const CODE: &str = "HUSH-HUSH-HUSH";

/// Protects technicians and the one-time code: without an answer enrolling fails with one sentence.
#[test]
fn unreachable() {
    let folder = tempfile::tempdir().unwrap();
    let config = set_up::kiosk_alone(folder.path(), "http://127.0.0.1:1");
    let config = config.to_str().unwrap();
    let output = told::run("kiosk", &["enrol", "--code", CODE, "--config", config]);
    let said = told::refused(&output, 1, &["the centre did not answer"]);
    assert!(!said.contains(CODE), "{said}");
}

/// Protects against whoever answers in the centre's place: no such answer enrols anybody.
#[test]
fn lying() {
    let folder = tempfile::tempdir().unwrap();
    let line = Line::start(SocketAddr::from(([127, 0, 0, 1], 1))).unwrap();
    let config = set_up::kiosk_alone(folder.path(), &format!("http://{}", line.address()));
    let config = config.to_str().unwrap();
    for lie in [
        Lie::Gibberish,
        Lie::WrongShape,
        Lie::ServerError,
        Lie::SignInPage,
    ] {
        line.set(LineState::Lies(lie));
        let output = told::run("kiosk", &["enrol", "--code", CODE, "--config", config]);
        let said = told::refused(&output, 1, &["the centre could not do it: "]);
        assert!(!said.contains(CODE), "{said}");
    }
}
