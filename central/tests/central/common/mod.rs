//! What the tests stand on: a cluster, a seeded centre in it, terminals.

mod centre;
mod cluster;
mod terminal;

pub use centre::{Centre, Person};
pub use terminal::{Terminal, applied, booked, rejected};
