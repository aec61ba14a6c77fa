//! Reads the National Health Insurance card through `pcscd`.
//!
//! The map, from the outside in: [`spawn`] starts the device worker, whose [`Event`]s say what
//! happened in words of the counter, never of the chip; [`read`] does one reading and ends;
//! [`doctor::examine`] says why nothing can be read. Inside, `watch` decides (pure), `pcscd` and
//! `reading` do, and [`decode`], `atr` and `apdu` know the bytes.
//!
//! What is absent: no personal data in any log, error or report; no decision about the person
//! (whether a card is current only the roster knows).

mod apdu;
mod atr;
mod clock;
mod config;
pub mod decode;
pub mod doctor;
mod error;
mod event;
mod once;
mod pcscd;
mod reading;
mod readings;
mod stop;
mod watch;
mod worker;

pub use config::Config;
pub use error::Error;
pub use event::{CardFault, Event, WrongCard};
pub use once::read;
pub use worker::{Handle, spawn};
