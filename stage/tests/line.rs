//! The line carries, refuses, stays silent, loses replies and lies as told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use stage::line::{Lie, Line, LineState};
use stage::wait;

const LIMIT: Duration = Duration::from_secs(30);

/// A centre that answers each connection's first bytes with `pong`; tells how many it heard.
fn centre() -> (SocketAddr, std::sync::mpsc::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (heard, told) = std::sync::mpsc::sync_channel(16);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut bytes = [0; 64];
            if stream.read(&mut bytes).is_ok_and(|length| length > 0) {
                let _ = heard.send(());
                let _ = stream.write_all(b"pong");
            }
        }
    });
    (address, told)
}

/// One exchange over the line: what came back, or nothing.
fn ask(line: &Line) -> Option<String> {
    let mut stream = TcpStream::connect(line.address()).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).ok()?;
    (!text.is_empty()).then_some(text)
}

fn until_asked(line: &Line, expected: Option<&str>) {
    wait::until("the line does as told", LIMIT, || {
        Ok((ask(line).as_deref() == expected).then_some(()))
    })
    .unwrap();
}

/// Protects the outage of every journey: cut means refused, restored means carried, same address.
#[test]
fn cut_refuses_and_restored_carries() {
    let (address, _told) = centre();
    let line = Line::start(address).unwrap();
    until_asked(&line, Some("pong"));
    line.set(LineState::Cut);
    wait::until("connections are refused", LIMIT, || {
        Ok(TcpStream::connect(line.address()).is_err().then_some(()))
    })
    .unwrap();
    line.set(LineState::Open);
    until_asked(&line, Some("pong"));
    line.set(LineState::Slow { pause_ms: 5 });
    until_asked(&line, Some("pong"));
}

/// Protects "cut in the middle": a connection under way ends when the line is cut.
#[test]
fn cut_drops_what_is_under_way() {
    let (address, _told) = centre();
    let line = Line::start(address).unwrap();
    let mut stream = TcpStream::connect(line.address()).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    line.set(LineState::Cut);
    let mut rest = Vec::new();
    // An end or a reset, both are a dropped connection; a time-out is not.
    if let Err(error) = stream.read_to_end(&mut rest) {
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    }
}

/// Protects exactly-once tests: the centre hears the request, the kiosk hears nothing.
#[test]
fn lost_replies_reach_the_centre_only() {
    let (address, told) = centre();
    let line = Line::start(address).unwrap();
    line.set(LineState::LosesReplies);
    assert_eq!(ask(&line), None);
    told.recv_timeout(LIMIT).unwrap();
}

/// Protects tests of a lying centre.
#[test]
fn lies_are_told() {
    let (address, told) = centre();
    let line = Line::start(address).unwrap();
    line.set(LineState::Lies(Lie::WrongShape));
    wait::until("the lie is told", LIMIT, || {
        Ok(ask(&line).filter(|text| text.contains("surprise")))
    })
    .unwrap();
    assert!(told.try_recv().is_err(), "the centre never heard of it");
}
