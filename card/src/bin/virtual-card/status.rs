//! The answer to `status`, in one line.

use std::fmt;

use crate::fault::Fault;

/// The slot at one moment; nothing from a card's chip.
pub(crate) struct Status {
    /// The card's, if one is in.
    pub(crate) label: Option<String>,
    pub(crate) is_connected: bool,
    pub(crate) is_on: bool,
    pub(crate) insertions: u32,
    pub(crate) commands: u64,
    pub(crate) faults: Vec<Fault>,
    pub(crate) nasty: Option<u64>,
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.label {
            Some(label) => write!(formatter, "in={label}")?,
            None => formatter.write_str("out")?,
        }
        let word = |holds| if holds { "yes" } else { "no" };
        write!(
            formatter,
            " connected={} on={} insertions={} commands={}",
            word(self.is_connected),
            word(self.is_on),
            self.insertions,
            self.commands
        )?;
        for fault in &self.faults {
            write!(formatter, " fault={fault}")?;
        }
        match self.nasty {
            Some(seed) => write!(formatter, " nasty={seed}"),
            None => Ok(()),
        }
    }
}
