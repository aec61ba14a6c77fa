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
//! | [`accounts`], [`app_devices`], [`sessions`], [`captcha`] | registration and sign-in of people without a terminal |
//! | [`notices`] | texts and e-mails, written with their cause |
//! | [`services`] | the ports to others |
//! | [`seed`] | the sample population |

pub mod accounts;
pub mod app_devices;
pub mod apply;
pub mod campaign;
pub mod captcha;
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
pub mod services;
pub mod sessions;

pub use error::CentralError;
