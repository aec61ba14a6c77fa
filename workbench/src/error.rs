//! What can go wrong in the workbench.

use std::path::PathBuf;

/// One variant an operation.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The window could not be opened or broke.
    #[error("the window cannot be shown")]
    Window(#[source] iced::Error),
    /// A slip's picture could not be opened.
    #[error("cannot open the slip {path}")]
    OpenSlip {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// A slip's picture is no picture.
    #[error("cannot read the slip {path}")]
    ReadSlip {
        path: PathBuf,
        #[source]
        source: png::DecodingError,
    },
    /// A slip's picture has pixels of a kind no slip has.
    #[error("the slip {path} has unknown pixels")]
    StrangePixels { path: PathBuf },
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
