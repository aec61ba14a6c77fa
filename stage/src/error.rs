//! What can go wrong while real parts are started and controlled.

use std::path::PathBuf;

/// One variant an operation, with what it was done to.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The run was told to end (Ctrl-C, SIGTERM or a closed window).
    #[error("told to end")]
    ToldToEnd,
    /// A condition did not come true in time.
    #[error("waited {limit_ms} ms in vain: {what}")]
    TimedOut {
        /// What was waited for.
        what: String,
        /// How long, in milliseconds.
        limit_ms: u128,
    },
    /// A file or folder could not be used.
    #[error("cannot {act} {path}")]
    File {
        /// What was tried: "read", "write", "make" …
        act: &'static str,
        /// What it was tried on.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// One of this workspace's programs has not been built.
    #[error("program {name} is not beside this one: run `cargo build --workspace`")]
    ProgramMissing {
        /// The program's file name.
        name: &'static str,
    },
    /// A part could not be started.
    #[error("cannot start {part}")]
    Start {
        /// Which part.
        part: &'static str,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// A part ended when it should have gone on, or with a bad exit status.
    #[error("{part} ended ({status}); its words are in {log}")]
    Ended {
        /// Which part.
        part: &'static str,
        /// Exit status or signal.
        status: std::process::ExitStatus,
        /// Where its output went.
        log: PathBuf,
    },
    /// The operating system refused something about a process or a mount.
    #[error("the system refused to {act}")]
    System {
        /// What was tried.
        act: &'static str,
        /// Why not.
        #[source]
        source: rustix::io::Errno,
    },
    /// Signal handling could not be set up.
    #[error("cannot listen for signals")]
    Signals(#[source] std::io::Error),
    /// A connection to a part failed.
    #[error("cannot talk to {part}")]
    Talk {
        /// Which part.
        part: &'static str,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// A part said something that cannot be read.
    #[error("{part} said something unreadable")]
    Unreadable {
        /// Which part.
        part: &'static str,
        /// Why not.
        #[source]
        source: serde_json::Error,
    },
    /// A part refused what it was asked.
    #[error("{part} refused: {reason}")]
    Refused {
        /// Which part.
        part: &'static str,
        /// Its own words.
        reason: String,
    },
    /// No connection to the X server.
    #[error("cannot connect to display {name}")]
    DisplayConnect {
        /// The display's name, as `:1`.
        name: String,
        /// Why not.
        #[source]
        source: x11rb::errors::ConnectError,
    },
    /// The connection to the X server broke or it has no XTEST.
    #[error("cannot send to the display")]
    DisplaySend(#[source] x11rb::errors::ConnectionError),
    /// The X server refused a request.
    #[error("the display refused")]
    DisplayReply(#[source] x11rb::errors::ReplyError),
    /// The display is of a shape no screenshot can be made of.
    #[error("the display has no 32-bit pixels")]
    DisplayDepth,
    /// A picture could not be written.
    #[error("cannot encode picture {path}")]
    Picture {
        /// Its file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: png::EncodingError,
    },
    /// The kiosk's configuration could not be composed.
    #[error("cannot compose the kiosk's configuration")]
    KioskConfig(#[source] toml::ser::Error),
    /// A visit did not go as it must.
    #[error("not so: {what}")]
    NotAsExpected {
        /// What should have held.
        what: String,
    },
    /// A test's body failed inside its namespaces.
    #[error("the test failed inside with exit status {status}; its words are above")]
    InnerTest {
        /// Exit status of the inner process.
        status: u8,
    },
    /// Something needs a part that is not there: no card in, no kiosk running …
    #[error("{0}")]
    NotThere(&'static str),
}

impl Error {
    /// The error and what led to it, in one line.
    #[must_use]
    pub fn with_causes(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(inner) = cause {
            text.push_str(": ");
            text.push_str(&inner.to_string());
            cause = inner.source();
        }
        text
    }

    /// For `map_err` on file operations.
    pub fn file(
        act: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { act, path, source }
    }
}

impl From<x11rb::errors::ConnectionError> for Error {
    fn from(source: x11rb::errors::ConnectionError) -> Self {
        Self::DisplaySend(source)
    }
}

impl From<x11rb::errors::ReplyError> for Error {
    fn from(source: x11rb::errors::ReplyError) -> Self {
        Self::DisplayReply(source)
    }
}
