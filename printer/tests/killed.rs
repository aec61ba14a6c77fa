//! The terminal's process killed by SIGKILL at every step of a slip: what its journal says afterwards is
//! true of the paper, and what is unknown is not printed again.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs
)]

mod support;

use std::io::Read;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use printer::journal::{FileJournal, Outcome};
use printer::simulator::{Build, Simulator};
use printer::{Config, Event, Grade, JobId, PaperWidth, Profile};
use support::{LIMIT, long_page};

/// Tells the child where the printer and the journal are.
const PLACE: &str = "PRINTER_KILLED_TEST";
/// How many places along a slip the process dies at.
const DEATHS: usize = 40;

/// Not a test by itself: the process that dies, started by the one below.
#[test]
fn child_prints() {
    let Ok(place) = std::env::var(PLACE) else {
        return;
    };
    let (address, folder) = place.split_once(' ').unwrap();
    let journal = FileJournal::open(&Path::new(folder).join("printer.journal")).unwrap();
    let config = Config {
        address: address.parse().unwrap(),
        profile: Profile::default(),
    };
    let (handle, mut events) = printer::spawn_with(config, Box::new(journal)).unwrap();
    let mut asked = false;
    while let Some(event) = events.blocking_recv() {
        match event {
            Event::Status(status) if status.can_print() && !asked => {
                asked = true;
                let page = long_page(PaperWidth::Dots576);
                handle.print(JobId(7), page).unwrap();
            }
            Event::Finished { .. } | Event::Stopped { .. } => return,
            _ => {}
        }
    }
}

/// A printer whose visitor dies after so many bytes of the slip; gives how many whole slips came out
/// and how many bytes were heard. `None`: he lives.
fn print_until(death: Option<usize>, folder: &Path) -> (u32, usize) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("tcp://{}", listener.local_addr().unwrap());
    let mut child = start_child(&address, folder);
    let (mut visitor, _) = listener.accept().unwrap();
    visitor.set_nonblocking(true).unwrap();
    let mut build = Build::of(Profile::default());
    (build.bytes_a_second, build.speed_mm_s) = (1_000_000, 1000);
    let mut simulator = Simulator::new(build);
    let (start, mut heard, mut alive) = (Instant::now(), 0, true);
    let mut buffer = [0; 64];
    let mut quiet_since_ms = 0;
    loop {
        let now_ms = u64::try_from(start.elapsed().as_millis()).unwrap();
        assert!(start.elapsed() < LIMIT, "the slip never ended");
        let room = simulator.room(now_ms).min(buffer.len());
        let count = visitor.read(&mut buffer[..room]).unwrap_or_default();
        if count > 0 {
            heard += count;
            quiet_since_ms = now_ms;
        }
        if alive && death.is_some_and(|death| heard >= death) {
            child.kill().unwrap();
            child.wait().unwrap();
            alive = false;
        }
        simulator.receive(now_ms, &buffer[..count]);
        simulator.work(now_ms);
        let answers = simulator.answers(now_ms);
        let _ = std::io::Write::write(&mut visitor, &answers);
        if alive && child.try_wait().unwrap().is_some() {
            alive = false;
            quiet_since_ms = now_ms;
        }
        // Dead or done: what is on the way still arrives and is printed.
        if !alive && now_ms - quiet_since_ms > 300 && simulator.answers(now_ms).is_empty() {
            let whole = simulator.take_pieces();
            let slips = whole.iter().filter(|piece| !piece.broken).count();
            return (u32::try_from(slips).unwrap(), heard);
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

fn start_child(address: &str, folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_prints"])
        .env(PLACE, format!("{address} {}", folder.display()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Protects "printed exactly once, or unknown": killed after any number of bytes, the journal knows the
/// slip as not printed only where nothing came out, as printed only where one did, else as unknown.
#[test]
fn the_journal_is_true_after_sigkill_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let known = |folder: &Path| {
        let journal = FileJournal::open(&folder.join("printer.journal")).unwrap();
        journal.outcome(JobId(7))
    };
    let (slips, bytes) = print_until(None, folder.path());
    assert_eq!(slips, 1);
    assert_eq!(known(folder.path()), Outcome::Printed(Grade::Printed));
    let mut unknown = 0;
    for death in 0..DEATHS {
        let folder = tempfile::tempdir().unwrap();
        // An empty journal of an earlier run: what it does not name was never begun.
        FileJournal::open(&folder.path().join("printer.journal")).unwrap();
        let (slips, _) = print_until(Some(1 + death * bytes / DEATHS), folder.path());
        match known(folder.path()) {
            Outcome::NotPrinted => assert_eq!(slips, 0, "after {death}/{DEATHS}"),
            Outcome::Printed(_) => assert_eq!(slips, 1, "after {death}/{DEATHS}"),
            Outcome::Unknown => unknown += 1,
        }
    }
    assert!(unknown > DEATHS / 2, "only {unknown} died in the middle");
}
