//! `virtual-card` as a program: its control socket and its connection, with the test as the reader.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods, reason = "a limit for what never comes")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

struct Program(Child);

impl Program {
    fn start(port: u16, control: &Path) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_virtual-card"))
            .args(["--port", &port.to_string(), "--empty", "--control"])
            .arg(control)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Client(BufReader<UnixStream>);

impl Client {
    fn connect(path: &Path) -> Self {
        let begun = Instant::now();
        loop {
            if let Ok(stream) = UnixStream::connect(path) {
                stream.set_read_timeout(Some(PATIENCE)).unwrap();
                return Self(BufReader::new(stream));
            }
            assert!(begun.elapsed() < PATIENCE, "no control socket");
            std::thread::yield_now();
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn ask(&mut self, command: &str) -> String {
        writeln!(self.0.get_mut(), "{command}").unwrap();
        self.line()
    }
}

fn send(reader: &mut TcpStream, payload: &[u8]) {
    reader
        .write_all(&u16::try_from(payload.len()).unwrap().to_be_bytes())
        .unwrap();
    reader.write_all(payload).unwrap();
}

fn receive(reader: &mut TcpStream) -> Vec<u8> {
    let mut length = [0; 2];
    reader.read_exact(&mut length).unwrap();
    let mut payload = vec![0; usize::from(u16::from_be_bytes(length))];
    reader.read_exact(&mut payload).unwrap();
    payload
}

/// Protects scripts that drive it: one answer a command, events only to who asked, and a card that
/// stays in while its reader goes and comes.
#[test]
fn several_clients_drive_one_slot() {
    let folder = std::env::temp_dir().join(format!("virtual-card-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("slot");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut program = Program::start(listener.local_addr().unwrap().port(), &path);
    let (mut one, mut other) = (Client::connect(&path), Client::connect(&path));
    assert_eq!(other.ask("events"), "ok");
    assert!(one.ask("dance").starts_with("error "));
    assert_eq!(one.ask("pull"), "error no card is in");
    assert!(one.ask("insert /nowhere.toml").starts_with("error "));
    assert_eq!(
        one.ask("status"),
        "ok out connected=no on=no insertions=0 commands=0"
    );
    assert_eq!(
        one.ask("insert name='王 明' fault=pulled-within-read"),
        "ok"
    );
    assert_eq!(other.line(), "in card");
    assert_eq!(one.ask("insert"), "error a card is in already");

    let (mut reader, _) = listener.accept().unwrap();
    send(&mut reader, &[1]);
    send(&mut reader, &[4]);
    assert_eq!(receive(&mut reader)[0], 0x3B);
    assert_eq!([other.line(), other.line()], ["on", "inserted"]);
    // The reader goes; the card stays, and is there for the next.
    drop(reader);
    assert_eq!(other.line(), "lost");
    let (mut reader, _) = listener.accept().unwrap();
    send(&mut reader, &[2]);
    assert_eq!(other.line(), "reset");
    send(&mut reader, b"\x00\xCA\x11\x00\x02\x00\x00");
    assert_eq!([other.line(), other.line()], ["read", "removed"]);
    let mut half = Vec::new();
    reader.read_to_end(&mut half).unwrap();
    assert_eq!((half.len(), half[1]), (31, 59));

    assert_eq!(one.ask("clear"), "ok");
    assert_eq!(one.ask("reinsert 0"), "ok");
    assert_eq!(other.line(), "in card");
    let (mut reader, _) = listener.accept().unwrap();
    assert_eq!(one.ask("swap kind=bank"), "ok");
    assert_eq!([other.line(), other.line()], ["removed", "in card"]);
    assert_eq!(reader.read(&mut [0]).unwrap(), 0);
    assert_eq!(one.ask("quit"), "ok");
    assert_eq!(other.line(), "removed");
    assert!(program.0.wait().unwrap().success());
    assert!(!path.exists());
    std::fs::remove_dir_all(&folder).unwrap();
}
