//! A receipt printer without a printer: it takes bytes, answers, prints dots on paper that ends, and
//! fails on request. Time is handed in, so that it runs as fast as whoever drives it: `virtual-printer`
//! at a pseudo-terminal or a TCP port in real time, a soak of ten thousand jobs in minutes.
//!
//! [`Simulator::receive`] takes what came over the line, [`Simulator::work`] lets the mechanism move,
//! [`Simulator::answers`] gives what it says, [`Simulator::take_pieces`] what fell out of it, and
//! [`Simulator::obey`] does what a person would do to it.

mod commands;
mod engine;
mod faults;
mod lettering;
mod mechanism;
mod obey;
mod realtime;
mod speech;
mod symbols;

pub use engine::{Build, Piece, Simulator};
