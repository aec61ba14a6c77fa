//! How the workbench window talks to the running stage: one JSON line each way over a Unix socket.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::line::LineState;
use crate::printer::PrinterStatus;

/// Longest line either way, in bytes.
const LONGEST_LINE: u64 = 256 * 1024;
/// How long either side waits for the other's line.
const LINE_LIMIT: Duration = Duration::from_secs(20);

/// What can be asked of the stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Request {
    /// Only how things stand.
    State,
    /// Put this card in, after pulling any other.
    Insert {
        /// [`CardEntry::id`].
        card: String,
    },
    /// Pull the card.
    Pull,
    /// Change the line to the centre.
    Line {
        /// What it shall do.
        state: LineState,
    },
    /// Something at the printer, in the words of its own control socket.
    Printer {
        /// For example `paper out`.
        command: String,
    },
    /// SIGKILL to the kiosk, as a power cut.
    KillKiosk,
    /// Start the kiosk again.
    StartKiosk,
}

/// How things stand after the request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The box of cards.
    pub cards: Vec<CardEntry>,
    /// [`CardEntry::id`] of the one in the reader.
    pub inserted: Option<String>,
    /// What the line does.
    pub line: Option<LineState>,
    /// How the printer is; nothing when it does not answer.
    pub printer: Option<PrinterStatus>,
    /// Pictures of the slips so far, oldest first.
    pub slips: Vec<PathBuf>,
    /// Whether the kiosk runs.
    pub kiosk_runs: bool,
}

/// One card of the box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardEntry {
    /// Stable name.
    pub id: String,
    /// What it is, for people.
    pub label: String,
    /// Whether it is a health card of a seeded person; the others are wrong or faulty.
    pub person: bool,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Reply {
    State(State),
    Refused(String),
}

/// Asks the stage that listens at `socket`.
///
/// # Errors
/// [`Error::Talk`], [`Error::Unreadable`]; [`Error::Refused`] when it could not be done.
pub fn ask(socket: &Path, request: &Request) -> Result<State, Error> {
    let mut stream = UnixStream::connect(socket).map_err(talk)?;
    write_line(&mut stream, request)?;
    match read_line(&stream)? {
        Reply::State(state) => Ok(state),
        Reply::Refused(reason) => Err(Error::Refused { part: PART, reason }),
    }
}

const PART: &str = "the stage";

/// The stage's end.
#[derive(Debug)]
pub struct Server {
    listener: UnixListener,
    path: PathBuf,
}

impl Server {
    /// Listens at a path.
    ///
    /// # Errors
    /// [`Error::Talk`].
    pub fn listen(path: &Path) -> Result<Self, Error> {
        let listener = UnixListener::bind(path).map_err(talk)?;
        listener.set_nonblocking(true).map_err(talk)?;
        Ok(Self {
            listener,
            path: path.to_owned(),
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Answers whoever is waiting now, one after another.
    ///
    /// # Errors
    /// [`Error::Talk`] when the socket itself fails; a visitor's failure is the visitor's.
    pub fn serve(
        &self,
        mut answer: impl FnMut(&Request) -> Result<State, Error>,
    ) -> Result<(), Error> {
        loop {
            match self.listener.accept() {
                Ok((stream, _)) => {
                    if let Err(error) = serve_one(stream, &mut answer) {
                        tracing::warn!(%error, "a visitor was not understood");
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(talk(error)),
            }
        }
    }
}

fn serve_one(
    mut stream: UnixStream,
    answer: &mut impl FnMut(&Request) -> Result<State, Error>,
) -> Result<(), Error> {
    stream.set_nonblocking(false).map_err(talk)?;
    let request = read_line(&stream)?;
    let reply = match answer(&request) {
        Ok(state) => Reply::State(state),
        Err(error) => Reply::Refused(error.with_causes()),
    };
    write_line(&mut stream, &reply)
}

fn write_line(stream: &mut UnixStream, message: &impl Serialize) -> Result<(), Error> {
    stream.set_write_timeout(Some(LINE_LIMIT)).map_err(talk)?;
    let mut line = serde_json::to_vec(message).map_err(unreadable)?;
    line.push(b'\n');
    stream.write_all(&line).map_err(talk)
}

fn read_line<T: for<'de> Deserialize<'de>>(stream: &UnixStream) -> Result<T, Error> {
    stream.set_read_timeout(Some(LINE_LIMIT)).map_err(talk)?;
    let mut line = Vec::new();
    BufReader::new(stream.take(LONGEST_LINE))
        .read_until(b'\n', &mut line)
        .map_err(talk)?;
    serde_json::from_slice(&line).map_err(unreadable)
}

fn talk(source: std::io::Error) -> Error {
    Error::Talk { part: PART, source }
}

fn unreadable(source: serde_json::Error) -> Error {
    Error::Unreadable { part: PART, source }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    /// Protects the workbench: what the stage answers, and its refusals, arrive.
    #[test]
    fn questions_are_answered_and_refused() {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::listen(&folder.path().join("control")).unwrap();
        let path = server.path().to_owned();
        let visitor =
            std::thread::spawn(move || (ask(&path, &Request::State), ask(&path, &Request::Pull)));
        let mut answered = 0;
        crate::wait::until("both are answered", Duration::from_secs(30), || {
            server.serve(|request| {
                answered += 1;
                match request {
                    Request::Pull => Err(Error::NotThere("no card is in")),
                    _ => Ok(State {
                        kiosk_runs: true,
                        ..State::default()
                    }),
                }
            })?;
            Ok((answered == 2).then_some(()))
        })
        .unwrap();
        let (state, refused) = visitor.join().unwrap();
        assert!(state.unwrap().kiosk_runs);
        let Err(Error::Refused { reason, .. }) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(reason, "no card is in");
    }
}
