//! Starts and controls the real parts a terminal stands among, each guarded so that none outlives
//! the run: pcscd with its virtual reader, PostgreSQL, the centre, the line, a printer, a display.

pub mod bench;
pub mod card;
pub mod centre;
pub mod clock;
pub mod control;
pub mod customer;
pub mod demo;
pub mod display;
mod error;
pub mod invariants;
pub mod kiosk;
mod kiosk_config;
pub mod line;
pub mod namespace;
pub mod network;
pub mod out_folder;
pub mod part;
pub mod pcscd;
pub mod people;
mod picture;
pub mod postgres;
pub mod printer;
pub mod program;
pub mod report;
pub mod scene;
pub mod screen;
pub mod touch_map;
pub mod visits;
pub mod wait;
pub mod world;

pub use error::Error;
