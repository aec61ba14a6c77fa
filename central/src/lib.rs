//! The reference central server: every channel's truth, on PostgreSQL.
//!
//! | module | duty |
//! | --- | --- |
//! | [`http`] | the endpoints of `wire`, signed requests, problems, the log of requests |
//! | [`apply`] | operations, exactly once in effect, the rules enforced once more |
//! | [`devices`] | enrolment codes, keys, epochs, quarantine |
//! | [`people`], [`orders`], [`campaign`], [`roster`] | the facts and what is published of them |
//! | [`passwords`] | hashed and compared |
//! | [`housekeeping`] | deletes what is kept only for a time |
//! | [`mine`] | what a person sees of their own |
//! | [`requests`] | answers by `Idempotency-Key` |
//! | [`masks`] | pre-orders, the lottery, payments, the record of purchases |
//! | [`sessions`], [`captchas`] | how people sign in |
//! | [`notices`] | what people are told by text message or e-mail |
//! | [`seed`] | the sample population |

pub mod apply;
pub mod campaign;
pub mod captchas;
pub mod clock;
pub mod command;
pub mod config;
pub mod database;
pub mod devices;
mod error;
pub mod housekeeping;
pub mod http;
pub mod keys;
pub mod masks;
pub mod mine;
pub mod notices;
pub mod orders;
pub mod passwords;
pub mod people;
pub mod requests;
pub mod roster;
pub mod seed;
pub mod sessions;

pub use error::CentralError;
