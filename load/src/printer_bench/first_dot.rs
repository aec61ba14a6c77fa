//! From the hand-over of a slip ("yes" was said) to the first byte that makes a dot, as it leaves the
//! pseudo-terminal: composing, asking the printer whether it is ready, and what is said before the
//! first line. The printer at the other end is the simulator, on a line without a speed of its own.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::os::fd::AsFd;
use std::time::Duration;

use printer::simulator::{Build, Simulator};
use printer::slip::{Kind, compose, sample};
use printer::{Config, Event, JobId, PrinterStatus, Profile};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use wording::{Language, Wording};

use super::report::{FirstDot, milliseconds};
use crate::error::LoadError;
use crate::readers::clock;

/// A slip that is not done after this long never will be.
const LIMIT: Duration = Duration::from_secs(60);

/// Prints so many pickup slips and takes the time of each first dot.
pub(crate) fn measure(profile: &Profile, samples: usize) -> Result<FirstDot, LoadError> {
    let mut end = End::open(profile)?;
    let url = format!("serial://{}?baud=115200", end.place);
    let config = Config {
        address: url.parse().map_err(super::printer)?,
        profile: profile.clone(),
    };
    let (handle, mut events) = printer::spawn(config).map_err(super::printer)?;
    let late = || LoadError::Own {
        what: "a slip that does not end",
    };
    let ready = |event: &Event| matches!(event, Event::Status(PrinterStatus::Ready));
    end.until(|| events.try_recv().is_ok_and(|event| ready(&event)))
        .ok_or_else(late)?;

    let own = LoadError::Own {
        what: "a sample slip",
    };
    let slip = sample(Kind::Pickup, 0).ok_or(own)?;
    let words = Wording::load(Language::TraditionalChinese)
        .map_err(|_| LoadError::Own { what: "the words" })?;
    let mut times_ns = Vec::with_capacity(samples);
    let mut before = 0;
    for number in 0..samples {
        let job = JobId(u64::try_from(number).unwrap_or_default() + 1);
        end.begin();
        let start_ns = clock::now_ns();
        let page = compose(&slip, &words, profile.width());
        handle.print(job, page).map_err(super::printer)?;
        let finished = |event: &Event| matches!(event, Event::Finished { .. });
        end.until(|| events.try_recv().is_ok_and(|event| finished(&event)))
            .ok_or_else(late)?;
        let (dot_ns, bytes) = end.dot.ok_or_else(late)?;
        times_ns.push(dot_ns.saturating_sub(start_ns));
        before = bytes;
    }
    times_ns.sort_unstable();
    let at = |percent: usize| {
        let place = (times_ns.len() * percent / 100).min(times_ns.len().saturating_sub(1));
        milliseconds(times_ns.get(place).copied().unwrap_or_default())
    };
    Ok(FirstDot {
        samples,
        p50_ms: at(50),
        p99_ms: at(99),
        bytes_before: before,
    })
}

/// The printer's end of the line.
struct End {
    master: File,
    _slave: File,
    place: String,
    printer: Simulator,
    /// What came since the slip began.
    seen: Vec<u8>,
    /// When the first dot came, and how many bytes before it.
    dot: Option<(u64, usize)>,
}

impl End {
    fn open(profile: &Profile) -> Result<Self, LoadError> {
        let failed = |source: std::io::Error| LoadError::File {
            action: "opened",
            source,
        };
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
        let opened = || -> rustix::io::Result<_> {
            let master = openpt(flags)?;
            rustix::fs::fcntl_setfl(&master, OFlags::NONBLOCK)?;
            grantpt(&master)?;
            unlockpt(&master)?;
            let place = ptsname(&master, Vec::new())?;
            let slave = rustix::fs::open(
                &place,
                OFlags::RDWR | OFlags::NOCTTY,
                rustix::fs::Mode::empty(),
            )?;
            let mut settings = tcgetattr(&slave)?;
            settings.make_raw();
            tcsetattr(&slave, OptionalActions::Now, &settings)?;
            Ok((master, slave, place))
        };
        let (master, slave, place) = opened().map_err(|error| failed(error.into()))?;
        let mut build = Build::of(profile.clone());
        // What is measured ends at the line: neither its speed nor the paper's belongs to it.
        build.bytes_a_second = 10_000_000;
        build.speed_mm_s = 1500;
        build.roll_mm = 10_000_000;
        Ok(Self {
            master: File::from(master),
            _slave: File::from(slave),
            place: place.to_string_lossy().into_owned(),
            printer: Simulator::new(build),
            seen: Vec::new(),
            dot: None,
        })
    }

    fn begin(&mut self) {
        self.seen.clear();
        self.dot = None;
    }

    /// Plays the printer until something holds.
    fn until(&mut self, mut holds: impl FnMut() -> bool) -> Option<()> {
        let limit_ns = u64::try_from(LIMIT.as_nanos()).unwrap_or(u64::MAX);
        let end_ns = clock::now_ns() + limit_ns;
        while clock::now_ns() < end_ns {
            self.turn().ok()?;
            if holds() {
                return Some(());
            }
        }
        None
    }

    fn turn(&mut self) -> std::io::Result<()> {
        let wait = Timespec {
            tv_sec: 0,
            tv_nsec: 500_000,
        };
        let mut ends = [PollFd::from_borrowed_fd(self.master.as_fd(), PollFlags::IN)];
        poll(&mut ends, Some(&wait))?;
        let now_ns = clock::now_ns();
        let now_ms = now_ns / 1_000_000;
        let mut bytes = [0; 4096];
        match self.master.read(&mut bytes) {
            Ok(count) => {
                self.seen.extend_from_slice(&bytes[..count]);
                if self.dot.is_none() {
                    self.dot = before_first_dot(&self.seen).map(|bytes| (now_ns, bytes));
                }
                self.printer.receive(now_ms, &bytes[..count]);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
        self.printer.work(now_ms);
        self.printer.take_pieces();
        let answers = self.printer.answers(now_ms);
        self.master.write_all(&answers)
    }
}

/// How many bytes of a slip come before the first that makes a dot: text, bars or an image. Questions
/// on the way are none of its bytes.
fn before_first_dot(bytes: &[u8]) -> Option<usize> {
    let start = bytes.windows(2).position(|pair| pair == [0x1B, b'@'])?;
    let (mut at, mut counted) = (start + 2, 2);
    loop {
        let (length, of_slip) = match *bytes.get(at..)? {
            [0x10, _, _, ..] | [0x1D, b'r' | b'a' | b'I', _, ..] => (3, false),
            [0x1D, b'(', b'H', low, high, ..] => {
                (5 + usize::from(u16::from_le_bytes([low, high])), false)
            }
            [0x1C, b'2', ..] => (76, true),
            [0x1B, b'@', ..] | [0x1C, b'&' | b'.', ..] => (2, true),
            [0x1C | 0x1B, _, _, ..] | [0x1D, b'!' | b'B', _, ..] => (3, true),
            [0x1D, b'P', _, _, ..] => (4, true),
            [0x1D, b'v' | b'k' | b'(', ..] => return Some(counted),
            [byte, ..] if byte >= b' ' => return Some(counted),
            _ => return None,
        };
        at += length;
        counted += if of_slip { length } else { 0 };
    }
}
