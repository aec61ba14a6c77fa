//! What the tests stand on: a cluster, a seeded centre in it, terminals.

mod centre;
mod cluster;
mod terminal;
mod visitor;

pub use centre::{CAPTCHA_ANSWER, Centre, Person};
pub use terminal::{KeptTerminal, ROUND, Terminal, applied, booked, redeems, rejected, sells};
