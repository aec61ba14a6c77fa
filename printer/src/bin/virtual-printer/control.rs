//! The socket, and standard input, over which somebody opens the cover.

use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use printer::simulator::Simulator;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::tray::Tray;

/// Visitors at once, and bytes in a line: more is refused.
const MOST_VISITORS: usize = 16;
const LONGEST_LINE_BYTES: usize = 256;

/// The printer and its tray: what falls out by a command lies there before the command is answered.
pub(crate) struct Bench<'a> {
    pub(crate) simulator: &'a mut Simulator,
    pub(crate) tray: &'a mut Tray,
}

impl Bench<'_> {
    fn obey(&mut self, now_ms: u64, line: &str) -> String {
        let answer = self.simulator.obey(now_ms, line);
        match self.tray.take_from(self.simulator) {
            Ok(()) => answer,
            Err(_) => "error: the piece that fell out cannot be written".to_owned(),
        }
    }
}

/// Where commands come from.
pub(crate) struct Control {
    socket: Option<(UnixListener, PathBuf)>,
    visitors: Vec<(UnixStream, Vec<u8>)>,
    /// Standard input and the line begun on it, until its end.
    typed: Option<(io::Stdin, Vec<u8>)>,
}

impl Control {
    pub(crate) fn listen(path: Option<&Path>, stdin: bool) -> io::Result<Self> {
        Ok(Self {
            socket: path.map(bind).transpose()?,
            visitors: Vec::new(),
            typed: stdin.then(|| (io::stdin(), Vec::new())),
        })
    }

    pub(crate) fn sources(&self) -> Vec<BorrowedFd<'_>> {
        let socket = self.socket.iter().map(|(listener, _)| listener.as_fd());
        let visitors = self.visitors.iter().map(|(stream, _)| stream.as_fd());
        let typed = self.typed.iter().map(|(stdin, _)| stdin.as_fd());
        socket.chain(visitors).chain(typed).collect()
    }

    /// Takes in visitors and obeys what they say.
    pub(crate) fn serve(&mut self, bench: &mut Bench<'_>, now_ms: u64) -> io::Result<()> {
        while let Some((listener, _)) = &self.socket {
            match listener.accept() {
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
            .retain_mut(|(stream, line)| listen(stream, line, bench, now_ms));
        let ended = match &mut self.typed {
            Some((stdin, line)) if is_ready(stdin) => !typed(stdin, line, bench, now_ms),
            _ => false,
        };
        if ended {
            self.typed = None;
        }
        Ok(())
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        if let Some((_, path)) = &self.socket {
            let _ = std::fs::remove_file(path);
        }
    }
}

fn bind(path: &Path) -> io::Result<(UnixListener, PathBuf)> {
    // A socket left by a killed printer answers nobody; one that answers is another printer's.
    if UnixStream::connect(path).is_err() {
        let _ = std::fs::remove_file(path);
    }
    let listener = UnixListener::bind(path)?;
    listener.set_nonblocking(true)?;
    Ok((listener, path.to_owned()))
}

/// Reads what a visitor said; false when he is gone.
fn listen(stream: &mut UnixStream, line: &mut Vec<u8>, bench: &mut Bench<'_>, now_ms: u64) -> bool {
    let mut bytes = [0; 256];
    match stream.read(&mut bytes) {
        Ok(0) => return false,
        Ok(count) => line.extend_from_slice(&bytes[..count]),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
            return true;
        }
        Err(_) => return false,
    }
    obey_lines(line, bench, now_ms, stream)
}

/// As [`listen`], for standard input.
fn typed(stdin: &mut io::Stdin, line: &mut Vec<u8>, bench: &mut Bench<'_>, now_ms: u64) -> bool {
    let mut bytes = [0; 256];
    match stdin.lock().read(&mut bytes) {
        Ok(0) | Err(_) => return false,
        Ok(count) => line.extend_from_slice(&bytes[..count]),
    }
    obey_lines(line, bench, now_ms, &mut io::stdout())
}

fn obey_lines(
    line: &mut Vec<u8>,
    bench: &mut Bench<'_>,
    now_ms: u64,
    answers: &mut impl Write,
) -> bool {
    while let Some(end) = line.iter().position(|&byte| byte == b'\n') {
        let command: Vec<u8> = line.drain(..=end).collect();
        let answer = bench.obey(now_ms, String::from_utf8_lossy(&command).trim());
        if answers
            .write_all(format!("{answer}\n").as_bytes())
            .and_then(|()| answers.flush())
            .is_err()
        {
            return false;
        }
    }
    line.len() <= LONGEST_LINE_BYTES
}

fn is_ready(stdin: &io::Stdin) -> bool {
    let at_once = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    let mut polled = [PollFd::new(stdin, PollFlags::IN)];
    poll(&mut polled, Some(&at_once)).is_ok_and(|ready| ready > 0)
}
