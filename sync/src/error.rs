//! What can go wrong between the terminal and the centre. None of it holds a person's data.

use wire::WireError;
use wire::campaign_file::CampaignFileError;

/// A failure of a request or of what came back. Whatever came back is not used.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The configured address is no address of a centre.
    #[error("the centre's address must be https://HOST[:PORT]/, or http:// on this machine only")]
    Address,
    /// A configured certificate is none.
    #[error("the centre's root certificate is not a PEM certificate")]
    Certificate {
        /// The cause.
        #[source]
        source: reqwest::Error,
    },
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made")]
    Client {
        /// The cause.
        #[source]
        source: reqwest::Error,
    },
    /// The worker's thread cannot be started.
    #[error("the worker's thread cannot be started")]
    Thread {
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// Only an enrolled terminal can sign.
    #[error("the terminal is not enrolled")]
    NotEnrolled,
    /// The request could not be made from its parts.
    #[error("the request for the {what} cannot be made")]
    Request {
        /// What was asked for.
        what: &'static str,
        /// The cause.
        #[source]
        source: WireError,
    },
    /// No connection, or it broke.
    #[error("the centre did not answer the request for the {what}")]
    Unreachable {
        /// What was asked for.
        what: &'static str,
        /// The cause, without the address.
        #[source]
        source: reqwest::Error,
    },
    /// No answer in time.
    #[error("the centre did not answer the request for the {what} in time")]
    TimedOut {
        /// What was asked for.
        what: &'static str,
    },
    /// More bytes than such an answer can have.
    #[error("the answer to the request for the {what} is too long to be one")]
    TooLong {
        /// What was asked for.
        what: &'static str,
    },
    /// Not the content type of the documented answer: a portal or a proxy speaks.
    #[error("what answered the request for the {what} is not the centre")]
    ContentType {
        /// What was asked for.
        what: &'static str,
    },
    /// A status nobody documented.
    #[error("the centre answered the request for the {what} with status {status}")]
    Status {
        /// What was asked for.
        what: &'static str,
        /// The HTTP status.
        status: u16,
    },
    /// The centre refused with a documented code.
    #[error("the centre refused the request for the {what}: {code}")]
    Refused {
        /// What was asked for.
        what: &'static str,
        /// The code of `wire::problem::code`.
        code: &'static str,
    },
    /// The centre is too busy.
    #[error("the centre is busy")]
    Busy {
        /// When it wants to be asked again, in seconds.
        retry_after_s: u64,
    },
    /// The body is not JSON of the documented shape.
    #[error(
        "the answer to the request for the {what} does not have its documented shape from line {line}, column {column} on"
    )]
    Shape {
        /// What was asked for.
        what: &'static str,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// The answer holds something that cannot be.
    #[error("the answer to the request for the {what} holds something that cannot be")]
    Message {
        /// What was asked for.
        what: &'static str,
        /// The cause.
        #[source]
        source: WireError,
    },
    /// The answer is about something else than what was asked.
    #[error("the answer to the request for the {what} is about something else")]
    OtherSubject {
        /// What was asked for.
        what: &'static str,
    },
    /// The results are not those of the operations sent.
    #[error("the centre's results are not those of the operations sent")]
    OtherResults,
    /// The centre holds other bytes than were sent.
    #[error("the centre echoes another hash for operation {seq}")]
    OtherHash {
        /// Its sequence number.
        seq: u64,
    },
    /// Versions never go back.
    #[error("the centre offers an older {what}: version {offered} after {current}")]
    Older {
        /// `roster` or `campaign`.
        what: &'static str,
        /// Here.
        current: u64,
        /// Offered.
        offered: u64,
    },
    /// The roster file is not the one its manifest names.
    #[error("the roster file is not the one that was signed")]
    RosterFile,
    /// The campaign file cannot be used.
    #[error("the campaign file cannot be used")]
    Campaign {
        /// The cause.
        #[source]
        source: CampaignFileError,
    },
    /// The terminal's database failed.
    #[error("the terminal's records failed to {action}")]
    Records {
        /// What was asked of them.
        action: &'static str,
        /// The cause.
        #[source]
        source: crate::PortError,
    },
}
