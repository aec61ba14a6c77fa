//! What can go wrong while measuring.

/// One variant an operation.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    /// A program could not be started or ended badly.
    #[error("{program} failed")]
    Program {
        /// Its name.
        program: &'static str,
        #[source]
        source: Option<std::io::Error>,
    },
    /// A file could not be read or written.
    #[error("a file of the run could not be {action}")]
    File {
        action: &'static str,
        #[source]
        source: std::io::Error,
    },
    /// The database failed.
    #[error("the database failed while {during}")]
    Database {
        during: &'static str,
        #[source]
        source: tokio_postgres::Error,
    },
    /// The campaign of the run is not one.
    #[error("the campaign of the run is refused")]
    Campaign {
        #[source]
        source: wire::campaign_file::CampaignFileError,
    },
    /// A message could not be made.
    #[error("a message could not be made")]
    Message {
        #[source]
        source: wire::WireError,
    },
    /// JSON could not be made or read.
    #[error("an answer could not be read")]
    Json {
        #[source]
        source: serde_json::Error,
    },
    /// The connection to the centre broke.
    #[error("a request to the centre failed")]
    Http {
        #[source]
        source: hyper::Error,
    },
    /// No connection to the centre.
    #[error("the centre cannot be reached")]
    Connect {
        #[source]
        source: std::io::Error,
    },
    /// A request could not be made of its parts.
    #[error("a request could not be made")]
    Request {
        #[source]
        source: hyper::http::Error,
    },
    /// The centre did not do what a free place and a person who may book must lead to.
    #[error("the centre answered {status}, {wrong} of {asked} not applied: {reasons}")]
    Answer {
        status: u16,
        wrong: usize,
        asked: usize,
        reasons: String,
    },
    /// The card component did not start.
    #[error("the card component could not be started")]
    Card {
        #[source]
        source: card::Error,
    },
    /// A slip could not be composed or the printer's worker did not start.
    #[error("the slips could not be measured")]
    Printer {
        #[source]
        source: printer::Error,
    },
    /// The bare exchange failed.
    #[error("the bare exchange with the card failed")]
    Pcsc {
        #[source]
        source: pcsc::Error,
    },
    /// No world of the run's own could be made.
    #[error("no namespaces could be made")]
    World {
        #[source]
        source: stage::Error,
    },
    /// The component did what must not happen.
    #[error("{violations} lanes saw what must not happen")]
    Violated { violations: usize },
    /// The invented data of the run is wrong.
    #[error("the run's own data is wrong: {what}")]
    Own { what: &'static str },
}

impl LoadError {
    pub(crate) fn database(during: &'static str) -> impl FnOnce(tokio_postgres::Error) -> Self {
        move |source| Self::Database { during, source }
    }

    /// The error and what led to it, in one line.
    pub(crate) fn with_causes(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(inner) = cause {
            text = format!("{text}: {inner}");
            cause = inner.source();
        }
        text
    }
}
