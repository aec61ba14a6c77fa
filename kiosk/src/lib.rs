//! The terminal: the touch-screen application and its command line.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod effect;
pub mod enrol;
pub mod error;
pub mod face;
pub mod feed;
pub mod keys;
pub mod look;
pub mod message;
pub mod out_of_service;
pub mod records;
pub mod report;
pub mod screen;
pub mod start;
pub mod texts;
