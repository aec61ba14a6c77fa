//! Debian 12's pcscd asks nobody: who can open its socket has the readers. Here a real pcscd is
//! started by its socket as systemd does, and `kiosk card doctor` looks as each user.

use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Command;

use crate::{KIOSK, OTHER, Part, ROOT, as_user, bind, deployed, eventually, inside, run};

const SOCKET: &str = "/run/pcscd/pcscd.comm";
const UNIT: &str = "/lib/systemd/system/pcscd.socket";

/// Protects every holder's card from the other programs of the machine: with the drop-in the
/// terminal's group and root reach the readers and others are told why not; without it, all do.
#[test]
fn only_the_terminal_reaches_the_readers() {
    inside("readers::only_the_terminal_reaches_the_readers", || {
        let kiosk = stage::program::find("kiosk").unwrap();
        std::fs::write("/run/kiosk", "").unwrap();
        bind(&kiosk, "/run/kiosk");
        let debians = std::fs::read_to_string(UNIT).unwrap();
        let ours = std::fs::read_to_string(deployed("pcscd.socket.d/kiosk.conf")).unwrap();

        let open = start(&debians);
        assert_eq!([KIOSK, OTHER, ROOT].map(service), ["running"; 3]);
        drop(open);
        let _closed = start(&format!("{debians}\n{ours}"));
        assert_eq!(
            [KIOSK, OTHER, ROOT].map(service),
            ["running", "socket-closed", "running"]
        );
    });
}

/// The socket as the unit's files say, the last word counting, and pcscd behind it.
fn start(unit: &str) -> Part {
    let setting = |key: &str, otherwise: &str| {
        let mut values = unit.lines().filter_map(|line| line.split_once('='));
        let last = values.rfind(|(name, _)| *name == key);
        last.map_or(otherwise, |(_, value)| value).to_owned()
    };
    assert_eq!(setting("ListenStream", ""), SOCKET);
    let _ = std::fs::remove_file(SOCKET);
    let mut activate = Command::new("systemd-socket-activate");
    activate.args([&format!("--listen={SOCKET}"), "pcscd", "--foreground"]);
    let part = Part::start(&mut activate);
    eventually("the socket is there", || Path::new(SOCKET).exists());
    // What systemd does before it listens; nobody has connected yet.
    let owner = format!(
        "{}:{}",
        setting("SocketUser", "root"),
        setting("SocketGroup", "root")
    );
    run(Command::new("chown").args([&owner, SOCKET]));
    run(Command::new("chmod").args([&setting("SocketMode", "0666"), SOCKET]));
    eventually("the socket takes connections", || {
        UnixStream::connect(SOCKET).is_ok()
    });
    part
}

/// What the doctor says of pcscd to this user.
fn service(user: u32) -> String {
    let mut told = String::new();
    let mut doctor = || {
        let output = as_user(user, "/run/kiosk")
            .args(["card", "doctor", "--json"])
            .output()
            .unwrap();
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        document["service"].as_str().unwrap().clone_into(&mut told);
        // Started by the first connection, it needs a moment.
        !["not-running", "not-answering"].contains(&told.as_str())
    };
    eventually("pcscd runs", &mut doctor);
    told
}
