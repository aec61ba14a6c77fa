//! Carries operations to the centre and brings back its answers, the roster, the campaign and the
//! store's orders.
//!
//! | part | file | what it is |
//! | --- | --- | --- |
//! | [`Centre`] | `centre.rs`, `fetch.rs`, `exchange.rs` | one HTTP request and its judged answer; asked directly about a person, a site's slots, an enrolment |
//! | [`spawn`] | `worker.rs`, `job.rs` | the worker that empties the outbox and keeps everything fresh, never ending |
//! | decisions | `machine.rs`, `step.rs`, `lane.rs`, `backoff.rs` | when to send, to ask and to wait: pure, no clock, no randomness |
//! | judgement | `answer.rs`, `release.rs` | whether an answer can be true; a lie is an error and changes nothing |
//! | [`Terminal`] | `port.rs` | what the worker needs of the terminal's database |
//! | [`Handle`], [`Event`] | `handle.rs`, `event.rs` | what the application says and hears |
//!
//! The same bytes are sent until they are answered, answers are stored durably before an operation
//! counts as done, and nothing here knows SQL or a screen.

mod answer;
mod backoff;
mod centre;
mod clock;
mod error;
mod event;
mod exchange;
mod fetch;
mod handle;
mod job;
mod lane;
mod machine;
mod pace;
mod port;
mod release;
mod step;
mod worker;

pub use answer::Outgoing;
pub use centre::{Centre, CentreConfig, EnrolledTerminal, Timeouts};
pub use error::SyncError;
pub use event::Event;
pub use handle::Handle;
pub use pace::Pace;
pub use port::{PortError, PortFuture, RosterRelease, Terminal};
pub use release::roster_from_files;
pub use wire::people::Standing;
pub use wire::signature::KeyId;
pub use worker::spawn;
