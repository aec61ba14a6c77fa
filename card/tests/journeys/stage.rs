//! A `pcscd` of the test's own, in namespaces of its own, so that runs stand side by side.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use card::{Change, Config, Event, Handle, State};
use tokio::runtime::Runtime;
use tokio::sync::mpsc::Receiver;

/// The machine is shared and slow at times; nothing that works takes this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

const INSIDE: &str = "CARD_TEST_INSIDE";
const PREPARE: &str = r#"mount -t tmpfs tmpfs /run && mkdir -m 755 /run/pcscd && ip link set lo up && exec "$0" "$@""#;

/// Runs the body of the test of this name in mount, network and process namespaces of its own, by
/// running this very test once more in there. Whatever it started ends with it.
pub(crate) fn inside(test: &str, body: impl FnOnce()) {
    if std::env::var_os(INSIDE).is_some() {
        return body();
    }
    let mut unshare = Command::new("unshare");
    if std::fs::metadata("/proc/self").unwrap().uid() != 0 {
        unshare.arg("--map-root-user");
    }
    let status = unshare
        .args([
            "--mount",
            "--net",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            "sh",
            "-c",
            PREPARE,
        ])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(INSIDE, "1")
        .status()
        .expect("unshare (util-linux) runs");
    assert!(status.success(), "{test} failed inside: see above");
}

/// A running `pcscd` with two virtual readers; killed when dropped.
pub(crate) struct Service(Child);

impl Service {
    pub(crate) fn start() -> Self {
        Self::start_with(&mut Command::new("pcscd"))
    }

    /// Starts this `pcscd`.
    pub(crate) fn start_with(pcscd: &mut Command) -> Self {
        // What a killed one left behind would look like a running one.
        let _ = std::fs::remove_file("/run/pcscd/pcscd.comm");
        let _ = std::fs::remove_file("/run/pcscd/pcscd.pid");
        let child = pcscd
            .arg("--foreground")
            .spawn()
            .expect("pcscd is installed");
        let service = Self(child);
        eventually("pcscd listens", || {
            Path::new("/run/pcscd/pcscd.comm").exists()
        });
        service
    }

    /// Stops it as a driver that hangs would.
    pub(crate) fn pause(&self) {
        self.signal(rustix::process::Signal::STOP);
    }

    /// Lets it go on.
    pub(crate) fn go_on(&self) {
        self.signal(rustix::process::Signal::CONT);
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let child = rustix::process::Pid::from_child(&self.0);
        rustix::process::kill_process(child, signal).unwrap();
    }

    /// Fails where it had to be started again, or should be.
    pub(crate) fn assert_never_ended(&mut self) {
        assert_eq!(self.0.try_wait().unwrap(), None, "pcscd ended");
    }

    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A card in the first virtual reader; out when dropped.
pub(crate) struct Card {
    child: Child,
    input: ChildStdin,
    output: Option<JoinHandle<Vec<String>>>,
    inserted: std::sync::mpsc::Receiver<Instant>,
}

impl Card {
    pub(crate) fn insert(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_virtual-card"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (sender, inserted) = std::sync::mpsc::sync_channel(1);
        let output = std::thread::spawn(move || {
            let note = |line: String| {
                if line == "inserted" {
                    let _ = sender.send(Instant::now());
                }
                line
            };
            lines.map_while(Result::ok).map(note).collect()
        });
        Self {
            child,
            input,
            output: Some(output),
            inserted,
        }
    }

    pub(crate) fn profile(name: &str) -> Self {
        let path: PathBuf = [
            env!("CARGO_MANIFEST_DIR"),
            "../assets/cards",
            &format!("{name}.toml"),
        ]
        .iter()
        .collect();
        Self::insert(&["--profile", path.to_str().unwrap()])
    }

    /// When the reader had switched the card on.
    pub(crate) fn inserted(&self) -> Instant {
        self.inserted
            .recv_timeout(PATIENCE)
            .expect("the reader switches the card on")
    }

    /// Takes the card out and gives what the program printed.
    pub(crate) fn pull(mut self) -> Vec<String> {
        // A card that pulled itself has ended already.
        let _ = writeln!(self.input, "pull");
        self.child.wait().unwrap();
        self.output.take().unwrap().join().unwrap()
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The worker under test and its events.
pub(crate) struct Watch {
    runtime: Runtime,
    events: Receiver<Event>,
    pub handle: Option<Handle>,
}

impl Watch {
    /// Watches the first virtual reader.
    pub(crate) fn start() -> Self {
        Self::with(Config {
            reader: Some("00 00".to_owned()),
            ..Config::default()
        })
    }

    pub(crate) fn with(config: Config) -> Self {
        let (handle, events) = card::spawn(config).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        Self {
            runtime,
            events,
            handle: Some(handle),
        }
    }

    /// The next event, or `None` when the worker has ended.
    pub(crate) fn next(&mut self) -> Option<Event> {
        let next = async { tokio::time::timeout(PATIENCE, self.events.recv()).await };
        self.runtime.block_on(next).expect("an event comes")
    }

    pub(crate) fn expect(&mut self, expected: &[Event]) {
        for event in expected {
            assert_eq!(self.next().as_ref(), Some(event));
        }
    }

    /// A wrong card of this name.
    pub(crate) fn expect_wrong(&mut self, named: &str) {
        match self.next() {
            Some(Event::Wrong(card)) => assert_eq!(card.name(), named),
            other => panic!("no wrong card but {other:?}"),
        }
    }

    pub(crate) fn expect_reader(&mut self) {
        assert!(
            matches!(self.next(), Some(Event::ReaderReady { reader }) if reader == "Virtual PCD 00 00")
        );
    }
}

/// The worker under test and every change at the readers.
pub(crate) struct Readers {
    runtime: Runtime,
    changes: Receiver<Change>,
    _handle: Handle,
}

impl Readers {
    pub(crate) fn watch(config: Config) -> Self {
        let (handle, changes) = card::watch_readers(config).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        Self {
            runtime,
            changes,
            _handle: handle,
        }
    }

    /// Waits until a reader is in such a state.
    pub(crate) fn until(&mut self, is_it: impl Fn(&State) -> bool) {
        loop {
            let next = async { tokio::time::timeout(PATIENCE, self.changes.recv()).await };
            let change = self.runtime.block_on(next).expect("a change comes");
            if matches!(change.expect("the worker lives"), Change::Reader { state, .. } if is_it(&state))
            {
                return;
            }
        }
    }
}

pub(crate) fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
