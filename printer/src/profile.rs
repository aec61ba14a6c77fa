//! What differs between printers and cannot be asked of them.

/// The habits of one model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// How a slip is cut.
    pub cut: Cut,
    /// Bytes sent ahead of the printer's answers; at least its receive buffer must hold them.
    pub window_bytes: usize,
    /// Milliseconds to wait for the proof of printing (`GS ( H`) after all data were taken, before
    /// the printer counts as one that has no such command.
    pub proof_wait_ms: u64,
}

/// How a slip leaves the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Cut through: it falls into the tray.
    Full,
    /// A bridge is left: it hangs until it is torn off.
    Partial,
}

impl Default for Profile {
    /// Suits Epson's TM printers and most others: the smallest receive buffer among them is 4 KiB.
    fn default() -> Self {
        Self {
            cut: Cut::Full,
            window_bytes: 4096,
            proof_wait_ms: 4000,
        }
    }
}
