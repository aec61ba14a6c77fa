//! A pcscd of the run's own with two virtual readers, the cards in them, and a witness of what pcscd
//! itself knows.

pub(crate) mod clock;
pub(crate) mod service;
pub(crate) mod slot;
pub(crate) mod witness;

/// Names of the two readers, by slot.
pub(crate) const READERS: [&std::ffi::CStr; 2] = [c"Virtual PCD 00 00", c"Virtual PCD 00 01"];
