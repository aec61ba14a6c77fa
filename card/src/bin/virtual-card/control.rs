//! Those who give commands: standard input, and the clients of a Unix socket.

use std::io::{ErrorKind, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

/// A longer line is no command: its sender is cut off.
const LINE_MAX: usize = 16 * 1024;

/// One who gives commands.
pub(crate) struct Client {
    /// Standard input and output where there is none.
    stream: Option<UnixStream>,
    lines: Lines,
    events: Option<Timed>,
    is_gone: bool,
}

/// Whether events carry the time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timed(pub(crate) bool);

impl Client {
    /// Standard input, answered on standard output.
    pub(crate) fn standard() -> Self {
        Self::new(None)
    }

    fn new(stream: Option<UnixStream>) -> Self {
        Self {
            stream,
            lines: Lines::default(),
            events: None,
            is_gone: false,
        }
    }

    /// From now on it is told events.
    pub(crate) fn wants_events(&mut self, timed: Timed) {
        self.events = Some(timed);
    }

    pub(crate) fn is_standard(&self) -> bool {
        self.stream.is_none()
    }

    /// Gives no more commands and takes no more answers.
    pub(crate) fn is_gone(&self) -> bool {
        self.is_gone
    }

    /// The lines that have come.
    pub(crate) fn receive(&mut self) -> Vec<String> {
        let lines = match &self.stream {
            Some(stream) => self.lines.receive(stream.as_fd()),
            None => self.lines.receive(rustix::stdio::stdin()),
        };
        self.is_gone |= lines.is_none();
        lines.unwrap_or_default()
    }

    /// Answers.
    pub(crate) fn say(&mut self, line: &str) {
        let line = format!("{line}\n");
        match &mut self.stream {
            Some(stream) => self.is_gone |= stream.write_all(line.as_bytes()).is_err(),
            None => {
                let mut output = std::io::stdout().lock();
                // Whoever started the program may have stopped reading; the card is played all the same.
                let _ = output
                    .write_all(line.as_bytes())
                    .and_then(|()| output.flush());
            }
        }
    }

    /// Tells an event where it is wanted.
    pub(crate) fn tell(&mut self, event: &str, time_ns: u128) {
        match self.events {
            Some(Timed(true)) => self.say(&format!("{event} @{time_ns}")),
            Some(Timed(false)) => self.say(event),
            None => {}
        }
    }
}

impl AsFd for Client {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match &self.stream {
            Some(stream) => stream.as_fd(),
            None => rustix::stdio::stdin(),
        }
    }
}

/// Bytes on their way to whole lines.
#[derive(Default)]
pub(crate) struct Lines(Vec<u8>);

impl Lines {
    fn receive(&mut self, from: BorrowedFd<'_>) -> Option<Vec<String>> {
        let mut buffer = [0; 4096];
        let length = match rustix::io::read(from, &mut buffer) {
            Ok(0) => return None,
            Ok(length) => length,
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => 0,
            Err(_) => return None,
        };
        self.0.extend_from_slice(&buffer[..length]);
        let mut lines = Vec::new();
        while let Some(end) = self.0.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.0.drain(..=end).collect();
            lines.push(String::from_utf8_lossy(&line).trim().to_owned());
        }
        (self.0.len() <= LINE_MAX).then_some(lines)
    }
}

/// The control socket; its file goes when this is dropped.
pub(crate) struct Control {
    pub(crate) listener: UnixListener,
    path: PathBuf,
}

impl Control {
    /// Listens; takes the place of a socket that nobody serves any more.
    pub(crate) fn listen(path: &Path) -> Result<Self, std::io::Error> {
        let listener = match UnixListener::bind(path) {
            Err(error) if error.kind() == ErrorKind::AddrInUse && is_forsaken(path) => {
                std::fs::remove_file(path)?;
                UnixListener::bind(path)
            }
            result => result,
        }?;
        Ok(Self {
            listener,
            path: path.to_owned(),
        })
    }

    /// Takes a client in.
    pub(crate) fn accept(&self) -> Result<Client, std::io::Error> {
        let (stream, _) = self.listener.accept()?;
        // One that reads nothing is let go instead of waited for.
        stream.set_nonblocking(true)?;
        Ok(Client::new(Some(stream)))
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        // Whoever removed it before wanted the same.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn is_forsaken(path: &Path) -> bool {
    let is_socket = std::fs::metadata(path).is_ok_and(|file| file.file_type().is_socket());
    is_socket && UnixStream::connect(path).is_err()
}
