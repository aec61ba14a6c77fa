//! The centre as a whole: the real program on a real PostgreSQL 15, asked over real HTTP.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods
)]

mod cancelling;
mod common;
mod contest;
mod enrolment;
mod exactly_once;
mod fuzz;
mod leases;
mod masks_counter;
mod masks_lottery;
mod masks_payment;
mod masks_stores;
mod masks_web;
mod people_at_terminals;
mod people_devices;
mod people_notices;
mod people_registration;
mod people_sign_in;
mod people_vaccine;
mod pickup;
mod published;
mod publishing;
mod race;
mod refusals;
mod replica;
mod rules;
