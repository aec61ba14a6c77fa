//! The same card read by programs of other people: OpenSC, pcsc-tools and pyscard.

use std::ffi::CStr;
use std::io::Write;
use std::process::{Command, Stdio};

use card::{Config, Lane};

use crate::stage::{Card, Service, inside};

const READER: &CStr = c"Virtual PCD 00 00";
const SELECT: &str = "00A4040010D15800000100000000000000000011 00";
const READ: &str = "00CA1100020000";

/// Protects against a component that agrees only with its own virtual card: three strangers get the
/// bytes from the same card that the component got.
#[test]
fn strangers_read_the_same_bytes() {
    inside("strangers::strangers_read_the_same_bytes", || {
        let _service = Service::start();
        for profile in [
            "national",
            "new-residence",
            "old-residence",
            "rare-name",
            "worn",
        ] {
            let card = Card::profile(profile);
            let config = Config {
                reader: Some("00 00".to_owned()),
                ..Config::default()
            };
            card.inserted();
            let mut lane = Lane::open(&config).unwrap();
            let inserted = lane.card_in(READER).unwrap().unwrap();
            let held = lane.read(&inserted).held();
            let ours = held.and_then(|held| held.answer()).unwrap();
            assert_eq!(ours.len(), 57, "{profile}");
            assert_eq!(opensc_tool(), *ours, "{profile}: OpenSC");
            assert_eq!(scriptor(), *ours, "{profile}: pcsc-tools");
            assert_eq!(pyscard(), *ours, "{profile}: pyscard");
            card.pull();
        }
    });
}

/// A command with this on its standard input; its output.
fn run(program: &str, arguments: &[&str], input: &str) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program} is installed: {error}"));
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program}: {}", output.status);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits: Vec<char> = hexadecimal
        .split_whitespace()
        .flat_map(str::chars)
        .collect();
    let byte = |pair: &[char]| u8::from_str_radix(&String::from_iter(pair), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

/// The command with so much between its bytes.
fn spaced(command: &str, between: &str) -> String {
    let pair = |byte: u8| format!("{byte:02X}");
    let pairs: Vec<String> = bytes(command).into_iter().map(pair).collect();
    pairs.join(between)
}

/// OpenSC prints sixteen bytes a line and their characters behind them, from column 48.
fn opensc_tool() -> Vec<u8> {
    let (select, read) = (spaced(SELECT, ":"), spaced(READ, ":"));
    let arguments = [
        "--reader",
        "0",
        "--card-driver",
        "default",
        "-s",
        &select,
        "-s",
        &read,
    ];
    let output = run("opensc-tool", &arguments, "");
    let answers: Vec<&str> = output.split("Received (").collect();
    let (status, data) = answers[2].split_once('\n').unwrap();
    assert_eq!(status, "SW1=0x90, SW2=0x00):");
    let line = |line: &str| bytes(line.get(..48).unwrap_or(line));
    data.lines().flat_map(line).collect()
}

/// scriptor ends each answer with the status word and what it means.
fn scriptor() -> Vec<u8> {
    let input = format!("{}\n{}\n", spaced(SELECT, " "), spaced(READ, " "));
    let output = run("scriptor", &["-r", "Virtual PCD 00 00"], &input);
    let answers: Vec<&str> = output.split("\n< ").collect();
    let (data, meaning) = answers[2].split_once(':').unwrap();
    assert_eq!(meaning.trim(), "Normal processing.");
    let mut data = bytes(data);
    assert_eq!(data.split_off(data.len() - 2), [0x90, 0x00]);
    data
}

const PYSCARD: &str = r#"
import sys
from smartcard.System import readers
reader = [one for one in readers() if str(one) == "Virtual PCD 00 00"][0]
connection = reader.createConnection()
connection.connect()
for command in sys.stdin.read().splitlines():
    data, first, second = connection.transmit(list(bytes.fromhex(command)))
    print("%02X%02X" % (first, second), bytes(data).hex())
"#;

fn pyscard() -> Vec<u8> {
    let input = format!("{SELECT}\n{READ}\n");
    // Debian's own Python, for which its package is.
    let output = run("/usr/bin/python3", &["-c", PYSCARD], &input);
    let answer = output.lines().nth(1).unwrap();
    let (status, data) = answer.split_once(' ').unwrap();
    assert_eq!(status, "9000");
    bytes(data)
}
