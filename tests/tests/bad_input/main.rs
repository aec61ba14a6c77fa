//! Bad input on the command line, on the real programs and real files: each ends with its exit status
//! and one clear sentence, without a panic or anything personal, and nothing is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod campaign;
mod centre;
mod configuration;
mod database;
mod devices;
mod roster;
mod set_up;
mod told;
