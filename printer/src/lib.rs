//! Slips: composed once as a page, set in dots, printed by ESC/POS, and proved to be on paper.
//!
//! From the outside in: [`slip`] composes a [`page`], which is what a slip says; [`set`] sets it for one
//! printer as a [`sheet`]; [`emit`], [`raster`] and [`plain`] make printer commands, a picture and plain
//! text of it; [`spawn`] starts the worker that prints and reports. What is decided about a slip
//! is decided in the pure `machine`; what a printer says is sorted in [`answer`] and believed in
//! `probe`. `virtual-printer` is a printer at a pseudo-terminal for tests and demonstrations.
//!
//! What must hold: no answer is never "ready"; a slip is printed again only after the printer proved
//! that it holds nothing of the first; nothing that stands on a slip reaches a log or an error.

pub mod answer;
pub mod bands;
pub mod big5;
pub mod bitmap;
pub mod cell;
pub mod clean;
mod clock;
pub mod codes;
pub mod driver;
pub mod emit;
pub mod error;
pub mod job;
pub mod journal;
mod link;
pub mod machine;
pub mod once;
pub mod page;
pub mod plain;
pub mod preview;
mod probe;
pub mod profile;
pub mod raster;
mod reader;
pub mod set;
pub mod sheet;
pub mod simulator;
pub mod slip;
pub mod status;
pub mod text;
pub mod transport;
mod usb;
pub mod verify;
mod worker;
pub mod wrap;

pub use error::Error;
pub use job::{Cause, Event, Grade, JobId};
pub use page::{Align, Block, Page, PaperWidth, Size, Symbol, Words};
pub use profile::{Cut, Fence, Profile};
pub use status::PrinterStatus;
pub use transport::Address;
pub use worker::{Config, Handle, spawn, spawn_with};
