//! Starts the real `virtual-printer` on a real pseudo-terminal and listens to the real worker.
#![allow(
    clippy::disallowed_methods,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub
)]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use printer::slip::Kind;
use printer::{
    Align, Block, Config, Event, Handle, JobId, Page, PaperWidth, PrinterStatus, Profile, Size,
    Symbol, Words,
};
use tokio::sync::mpsc::Receiver;
use tokio::sync::mpsc::error::TryRecvError;

/// Generous: the machine may be busy with other things.
pub const LIMIT: Duration = Duration::from_secs(60);

/// A running `virtual-printer` and the worker that prints on it.
pub struct Stand {
    pub folder: tempfile::TempDir,
    profile: Profile,
    /// Where the worker looks for it.
    pub address: String,
    child: Option<Child>,
    worker: Option<(Handle, Receiver<Event>)>,
}

impl Stand {
    /// A printer with these options, and a worker whose first state was told.
    pub fn start(options: &[&str]) -> Self {
        let named = options.windows(2).find(|pair| pair[0] == "--profile");
        let name = named.map_or(printer::profile::DEFAULT, |pair| pair[1]);
        let mut stand = Self::of(Profile::bundled(name).unwrap());
        stand.plug_in(options);
        stand.status(PrinterStatus::Ready);
        stand
    }

    /// A worker with nothing at its address.
    pub fn without_printer() -> Self {
        Self::of(Profile::default())
    }

    fn of(profile: Profile) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!(
            "serial://{}?baud=115200",
            folder.path().join("tty").display()
        );
        let mut stand = Self {
            folder,
            profile,
            address,
            child: None,
            worker: None,
        };
        stand.start_worker();
        stand
    }

    /// Starts a worker for the printer's port.
    pub fn start_worker(&mut self) {
        let config = Config {
            address: self.address.parse().unwrap(),
            profile: self.profile.clone(),
        };
        self.worker = Some(printer::spawn(config).unwrap());
    }

    /// A printer at a TCP port, and a worker whose first state was told.
    pub fn at_network() -> Self {
        let mut stand = Self::without_printer();
        let told = stand.launch(&["--tcp", "127.0.0.1:0"]);
        stand.address = format!("tcp://{told}");
        stand.start_worker();
        stand.status(PrinterStatus::Ready);
        stand
    }

    /// A printer reached as a plain device, and a worker whose first state was told.
    pub fn at_device() -> Self {
        let mut stand = Self::without_printer();
        stand.forget_worker();
        stand.plug_in(&[]);
        stand.address = format!("file://{}", stand.folder.path().join("tty").display());
        stand.start_worker();
        stand.status(PrinterStatus::Ready);
        stand
    }

    /// Ends the worker.
    pub fn forget_worker(&mut self) {
        self.worker = None;
    }

    pub fn handle(&self) -> &Handle {
        &self.worker.as_ref().unwrap().0
    }

    /// Starts the printer.
    pub fn plug_in(&mut self, options: &[&str]) {
        let port = self.folder.path().join("tty");
        let place = ["--pty", port.to_str().unwrap()];
        self.launch(&[&place[..], options].concat());
    }

    /// Starts the printer somewhere; gives what it says of its place.
    fn launch(&mut self, options: &[&str]) -> String {
        let mut child = Command::new(env!("CARGO_BIN_EXE_virtual-printer"))
            .arg("--out")
            .arg(self.slips())
            .arg("--control")
            .arg(self.folder.path().join("control"))
            // Four times the usual speed: what is slow here is the paper.
            .args(["--baud", "460800"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        self.child = Some(child);
        let place = line.trim().strip_prefix("ready ");
        place.expect("the printer is ready").to_owned()
    }

    /// Ends the printer, as when its plug is pulled.
    pub fn pull_the_plug(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Says one line to the printer's control socket and gives its answer.
    pub fn say(&self, command: &str) -> String {
        let mut stream = UnixStream::connect(self.folder.path().join("control")).unwrap();
        stream.write_all(format!("{command}\n").as_bytes()).unwrap();
        let mut answer = String::new();
        BufReader::new(stream).read_line(&mut answer).unwrap();
        assert!(!answer.starts_with("error"), "{command}: {answer}");
        answer.trim().to_owned()
    }

    pub fn slips(&self) -> PathBuf {
        self.folder.path().join("slips")
    }

    /// The pictures that came out, in order; those of torn pieces end in `.part.png`.
    pub fn pictures(&self) -> Vec<PathBuf> {
        let mut found: Vec<PathBuf> = std::fs::read_dir(self.slips())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "png"))
            .collect();
        found.sort();
        found
    }

    /// Waits for the first event that fits.
    pub fn expect(&mut self, what: &str, mut fits: impl FnMut(&Event) -> bool) -> Event {
        let end = Instant::now() + LIMIT;
        let mut seen = Vec::new();
        while Instant::now() < end {
            match self.worker.as_mut().unwrap().1.try_recv() {
                Ok(event) => {
                    if fits(&event) {
                        return event;
                    }
                    seen.push(event);
                }
                Err(TryRecvError::Empty) => std::thread::sleep(Duration::from_millis(5)),
                Err(TryRecvError::Disconnected) => {
                    panic!("the worker ended while waiting for {what}")
                }
            }
        }
        panic!("no {what} within {LIMIT:?}; seen: {seen:?}")
    }

    /// Waits for a state of the printer.
    pub fn status(&mut self, status: PrinterStatus) {
        self.expect(&format!("{status:?}"), |event| {
            *event == Event::Status(status)
        });
    }

    /// Waits for the end of a slip.
    pub fn outcome(&mut self, job: u64) -> Event {
        self.expect("end of the slip", |event| {
            matches!(event, Event::Finished { job: JobId(id), .. } | Event::Stopped { job: JobId(id), .. } if *id == job)
        })
    }

    /// Waits until the printer's control socket tells so.
    pub fn until(&self, what: &str) {
        let end = Instant::now() + LIMIT;
        while !self.say("status").contains(what) {
            assert!(Instant::now() < end, "never {what}: {}", self.say("status"));
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        self.pull_the_plug();
    }
}

/// A slip of about 20 cm with every kind of block.
pub fn long_page(width: PaperWidth) -> Page {
    let mut page = Page::new(width);
    page.blocks.push(Block::Banner {
        words: "補印 第1次".into(),
    });
    page.blocks.push(Block::Number {
        words: "12345678".into(),
    });
    for _ in 0..12 {
        page.blocks.push(Block::Text {
            words: "請於接種日攜帶健保卡至衛生所報到，Please bring your health card.".into(),
            size: Size::Body,
            align: Align::Left,
            bold: false,
        });
    }
    page.blocks.push(Block::Rule);
    page.blocks.push(Block::Bars {
        symbol: Symbol::Code39,
        data: "ZK00042010000017".to_owned(),
        caption: "".into(),
    });
    page.blocks.push(Block::Qr {
        data: "ZK00042010000017".to_owned(),
    });
    page
}

/// What `zbarimg` reads off a picture, sorted.
pub fn codes(picture: &Path) -> Vec<String> {
    let output = Command::new("zbarimg")
        .args(["-q", "--nodbus"])
        .arg(picture)
        .output()
        .expect("zbarimg of package zbar-tools");
    let mut found: Vec<String> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(str::to_owned)
        .collect();
    found.sort();
    found
}

/// What `zbarimg` must read off a sample, sorted.
pub fn expected_codes(kind: Kind) -> Vec<String> {
    let codes: &[&str] = match kind {
        Kind::Pickup => &[
            "CODE-39:040821000000000",
            "CODE-39:260408ZK0",
            "CODE-39:ZK00042010000017",
            "QR-Code:ZK00042010000017",
        ],
        Kind::DeviceCode => &["QR-Code:NHI-DEVICE:48201573"],
        Kind::Test => &[
            "CODE-128:TEST-012345",
            "CODE-39:TEST-012345",
            "QR-Code:TEST-0123456789",
        ],
        _ => &[],
    };
    codes.iter().map(ToString::to_string).collect()
}

/// Does something to all words of a page.
pub fn each_words(page: &mut Page, mut act: impl FnMut(&mut Words)) {
    for block in &mut page.blocks {
        match block {
            Block::Text { words, .. } | Block::Number { words } | Block::Banner { words } => {
                act(words);
            }
            Block::Boxed { words } => words.iter_mut().for_each(&mut act),
            Block::Pair {
                label,
                chinese,
                value,
            } => {
                act(label);
                chinese.iter_mut().for_each(&mut act);
                act(value);
            }
            Block::Bars { caption, .. } => act(caption),
            Block::Qr { .. } | Block::Rule | Block::Gap { .. } => {}
        }
    }
}
