//! What can go wrong while running the project.

use std::path::PathBuf;
use std::process::ExitStatus;

/// One variant an operation.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A program could not be started.
    #[error("cannot start {program}")]
    Start {
        /// Its name.
        program: String,
        #[source]
        source: std::io::Error,
    },
    /// A step ended badly.
    #[error("step failed: {step} ({status})")]
    Step {
        /// What the step is called in the summary.
        step: &'static str,
        status: ExitStatus,
    },
    /// The packages are named for Debian and its kin.
    #[error(
        "this machine has no apt-get: the packages named above are Debian's, and only Debian and its kin are known here"
    )]
    NotDebian,
    /// Packages could not be installed.
    #[error("apt-get could not install the packages named above ({status})")]
    Install { status: ExitStatus },
    /// Packages are missing and nobody may install them.
    #[error("not root and no sudo: have these installed: {packages}")]
    NoSudo {
        /// Names for `apt-get install`.
        packages: String,
    },
    /// A folder could not be made.
    #[error("cannot make {path}")]
    MakeFolder {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// A person's window is asked for where there is none.
    #[error("no display here (DISPLAY and WAYLAND_DISPLAY are empty): use --headless")]
    NoDisplay,
    /// The tests wrote into the working tree, for example a snapshot that was missing.
    #[error("the tests changed the working tree: {files}")]
    TreeChanged {
        /// Lines of `git status --porcelain`.
        files: String,
    },
}

impl Error {
    /// The error and what led to it, in one line.
    pub(crate) fn with_causes(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(inner) = cause {
            text.push_str(": ");
            text.push_str(&inner.to_string());
            cause = inner.source();
        }
        text
    }
}
