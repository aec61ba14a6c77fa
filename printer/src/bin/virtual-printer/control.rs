//! The socket over which somebody takes the paper away.

use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use crate::engine::Engine;

/// Visitors at once, and bytes in a line: more is refused.
const MOST_VISITORS: usize = 16;
const LONGEST_LINE_BYTES: usize = 256;

const HELP: &str = "status | slips | take | paper out | paper low | paper after MM | paper load | cover open | cover close | \
cover after MM | heat | cool | cutter jam | cutter free | break | mend | offline | online | mute | speak | late MS | \
double on|off | stray on|off | lossy on|off | no-fn48 on|off | no-fence on|off | no-clear on|off | speed MM | help";

/// The listening socket and its visitors.
pub(crate) struct Control {
    listener: UnixListener,
    visitors: Vec<(UnixStream, Vec<u8>)>,
    path: PathBuf,
}

impl Control {
    pub(crate) fn listen(path: &Path) -> io::Result<Self> {
        // A socket left by a killed printer answers nobody; one that answers is another printer's.
        if UnixStream::connect(path).is_err() {
            let _ = std::fs::remove_file(path);
        }
        let listener = UnixListener::bind(path)?;
        listener.set_nonblocking(true)?;
        Ok(Self {
            listener,
            visitors: Vec::new(),
            path: path.to_owned(),
        })
    }

    pub(crate) fn sockets(&self) -> Vec<BorrowedFd<'_>> {
        let visitors = self.visitors.iter().map(|(stream, _)| stream.as_fd());
        std::iter::once(self.listener.as_fd())
            .chain(visitors)
            .collect()
    }

    /// Takes in visitors and obeys what they say.
    pub(crate) fn serve(&mut self, engine: &mut Engine) -> io::Result<()> {
        loop {
            match self.listener.accept() {
                Ok((stream, _)) if self.visitors.len() < MOST_VISITORS => {
                    stream.set_nonblocking(true)?;
                    self.visitors.push((stream, Vec::new()));
                }
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        self.visitors
            .retain_mut(|(stream, line)| listen(stream, line, engine));
        Ok(())
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Reads what a visitor said; false when he is gone.
fn listen(stream: &mut UnixStream, line: &mut Vec<u8>, engine: &mut Engine) -> bool {
    let mut bytes = [0; 256];
    match stream.read(&mut bytes) {
        Ok(0) => return false,
        Ok(count) => line.extend_from_slice(&bytes[..count]),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
            return true;
        }
        Err(_) => return false,
    }
    while let Some(end) = line.iter().position(|&byte| byte == b'\n') {
        let command: Vec<u8> = line.drain(..=end).collect();
        let answer = obey(engine, String::from_utf8_lossy(&command).trim());
        if stream.write_all(format!("{answer}\n").as_bytes()).is_err() {
            return false;
        }
    }
    line.len() <= LONGEST_LINE_BYTES
}

/// Obeys one line; the answer begins with `error` when it could not be obeyed.
pub(crate) fn obey(engine: &mut Engine, line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let faults = &mut engine.faults;
    match words.as_slice() {
        ["status"] => return status(engine),
        ["slips"] => return engine.tray.slips.to_string(),
        ["help"] => return HELP.to_owned(),
        ["take"] => engine.mouth = false,
        ["paper", "out"] => engine.paper_rows = 0,
        ["paper", "low"] => {
            engine.paper_rows = engine.paper_rows.min(engine.settings.near_end_rows)
        }
        ["paper", "load"] => {
            if engine.load_paper().is_err() {
                return "error: the piece that fell out cannot be written".to_owned();
            }
        }
        ["paper", "after", length] => match rows(length) {
            Some(rows) => engine.paper_rows = rows,
            None => return wrong(line),
        },
        ["cover", "open"] => faults.cover_open = true,
        ["cover", "close"] => faults.cover_open = false,
        ["cover", "after", length] => match rows(length) {
            Some(rows) => faults.cover_after_rows = Some(rows.max(1)),
            None => return wrong(line),
        },
        ["heat"] => faults.overheated = true,
        ["cool"] => faults.overheated = false,
        ["cutter", "jam"] => faults.cutter_jam = true,
        ["cutter", "free"] => faults.cutter_jam = false,
        ["break"] => faults.unrecoverable = true,
        ["mend"] => faults.unrecoverable = false,
        ["offline"] => faults.offline = true,
        ["online"] => faults.offline = false,
        ["mute"] => faults.mute = true,
        ["speak"] => faults.mute = false,
        ["late", time] => match time.parse() {
            Ok(time_ms) => faults.late_ms = time_ms,
            Err(_) => return wrong(line),
        },
        ["speed", speed] => match speed.parse::<u32>() {
            Ok(speed_mm @ 1..=1000) => engine.settings.rows_a_second = speed_mm * 8,
            _ => return wrong(line),
        },
        [name, rest @ ..] => {
            let set = match rest {
                [] | ["on"] => true,
                ["off"] => false,
                _ => return wrong(line),
            };
            match *name {
                "double" => faults.double = set,
                "stray" => faults.stray = set,
                "lossy" => faults.lossy = set,
                "no-fn48" => faults.no_proof = set,
                "no-fence" => faults.no_fence = set,
                "no-clear" => faults.no_clear = set,
                _ => return wrong(line),
            }
        }
        [] => return wrong(line),
    }
    "ok".to_owned()
}

fn status(engine: &Engine) -> String {
    let faults = &engine.faults;
    let state = match () {
        () if faults.unrecoverable => "broken",
        () if faults.cutter_jam => "cutter-jam",
        () if faults.cover_open => "cover-open",
        () if engine.paper_rows == 0 => "paper-end",
        () if faults.overheated => "overheated",
        () if faults.offline => "offline",
        () if engine.paper_rows <= engine.settings.near_end_rows => "paper-near-end",
        () => "ready",
    };
    format!(
        "state={state} slips={} parts={} mouth={} paper_mm={} buffered={} unknown={} mute={}",
        engine.tray.slips,
        engine.tray.parts,
        engine.mouth,
        engine.paper_rows / 8,
        engine.buffered(),
        engine.unknown,
        faults.mute,
    )
}

fn rows(length_mm: &str) -> Option<u64> {
    length_mm.parse::<u64>().ok().map(|length| length * 8)
}

fn wrong(line: &str) -> String {
    format!("error: {line}: no such command; help lists them")
}
