//! Versioned messages between terminals and the centre: shapes, their conversion to and from
//! [`domain`] types by hand, signatures and the campaign file. No I/O.
//!
//! | request | message | reply |
//! | --- | --- | --- |
//! | `GET /v1/health` (unsigned) | – | [`health::Health`] |
//! | `POST /v1/devices/enrol` (unsigned) | [`enrolment::EnrolmentRequest`] | [`enrolment::Enrolment`] |
//! | `POST /v1/operations` | [`operation::BatchRequest`] | [`operation::BatchReply`] |
//! | `POST /v1/people/check` | [`people::CheckRequest`] | [`people::CheckReply`] |
//! | `GET /v1/sites/{site}/slots` | – | [`slots::SiteSlots`] |
//! | `GET /v1/roster` | – | [`envelope::SignedEnvelope`] of a [`roster::RosterManifest`] |
//! | `GET /v1/roster/{version}` | – | the file: one [`roster::RosterLine`] a line |
//! | `GET /v1/campaign` | – | [`envelope::SignedEnvelope`] of a campaign file (TOML) |
//! | `GET /v1/orders` | – | [`orders::StoreOrders`] of the terminal's store |
//!
//! All but the first two carry the device's signature ([`signature`]). Errors are
//! `application/problem+json` ([`problem::Problem`]); a business "no" is a 200 with a result.

pub mod campaign_file;
pub mod enrolment;
pub mod envelope;
mod error;
pub mod health;
pub mod keys;
pub mod lease;
pub mod my;
pub mod my_masks;
pub mod operation;
pub mod orders;
pub mod people;
pub mod problem;
pub mod roster;
pub mod rounds;
pub mod signature;
pub mod slots;

pub use error::WireError;
