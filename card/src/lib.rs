//! Reads the National Health Insurance card through `pcscd`.
//!
//! The map, from the outside in: [`spawn`] starts the device worker, whose [`Event`]s say what the
//! counter sees, in words of the counter, never of the chip; [`watch_readers`] tells every
//! [`Change`] of every reader instead; [`read`] does one reading and ends; [`doctor::examine`] says
//! why nothing can be read. Inside, `machine` decides for one reader, `readers` for all and `counter`
//! which of them is told (pure); `watching` and `lanes` are the threads that call `pcscd`, `worker`
//! the one that decides and never does; [`decode`], [`catalogue`] and `apdu` know the bytes.
//!
//! What is absent: no personal data in any log, error or report, and none in a [`Held`] after its
//! card is out; no decision about the person (whether a card is current only the roster knows).

mod apdu;
pub mod catalogue;
mod change;
mod clock;
mod config;
mod counter;
pub mod decode;
pub mod doctor;
mod error;
mod event;
mod held;
mod insertion;
mod lane;
mod lanes;
mod machine;
mod once;
mod readers;
mod reading;
mod stop;
mod watcher;
mod watching;
mod worker;

pub use catalogue::WrongCard;
pub use change::{Change, State};
pub use config::Config;
pub use error::Error;
pub use event::{CardFault, Event};
pub use held::Held;
pub use insertion::Insertion;
pub use lane::{Exchange, Lane, Took};
pub use once::read;
pub use worker::{Handle, spawn, watch_readers};
