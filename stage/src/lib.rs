//! Starts and controls the real parts a terminal stands among, each guarded so that none outlives
//! the run: pcscd with its virtual reader, PostgreSQL, the centre, the line, a printer, a display.

pub mod bench;
pub mod card;
pub mod clock;
pub mod control;
pub mod customer;
pub mod display;
mod error;
pub mod line;
pub mod namespace;
pub mod network;
pub mod part;
pub mod pcscd;
mod picture;
pub mod postgres;
pub mod printer;
pub mod program;
pub mod screen;
pub mod touch_map;
pub mod wait;

pub use error::Error;
