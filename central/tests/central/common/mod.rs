//! What the tests stand on: a cluster, a seeded centre in it, terminals.

pub mod browser;
mod centre;
mod cluster;
mod terminal;

pub use centre::{Centre, Person};
pub use terminal::{KeptTerminal, ROUND, Terminal, applied, booked, redeems, rejected, sells};
