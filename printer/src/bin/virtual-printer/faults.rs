//! What is wrong with the printer at the moment, and what it makes of its status bytes.

/// Everything that can be wrong. All fields at their default: nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Faults {
    pub(crate) cover_open: bool,
    /// Rows until the cover opens by itself.
    pub(crate) cover_after_rows: Option<u64>,
    pub(crate) overheated: bool,
    pub(crate) cutter_jam: bool,
    pub(crate) unrecoverable: bool,
    pub(crate) offline: bool,
    /// Answers nothing.
    pub(crate) mute: bool,
    /// Answers nothing to `DLE DC4` fn 8 and does not obey it.
    pub(crate) no_clear: bool,
    /// Does not know `GS ( H`.
    pub(crate) no_proof: bool,
    /// Does not know `GS r`.
    pub(crate) no_fence: bool,
    /// Answers after so many milliseconds.
    pub(crate) late_ms: u64,
    /// Sends each answer twice.
    pub(crate) double: bool,
    /// Sends a status nobody asked for before each answer.
    pub(crate) stray: bool,
    /// Loses every second answer.
    pub(crate) lossy: bool,
}

impl Faults {
    /// Whether the printer prints nothing now.
    pub(crate) const fn stops(&self, paper_rows: u64) -> bool {
        paper_rows == 0
            || self.cover_open
            || self.overheated
            || self.cutter_jam
            || self.unrecoverable
            || self.offline
    }

    /// The answer to `DLE EOT` 1 to 4.
    pub(crate) const fn real_time(&self, question: u8, paper_rows: u64, near_end_rows: u64) -> u8 {
        let out = paper_rows == 0;
        let error = self.overheated || self.cutter_jam || self.unrecoverable;
        match question {
            1 if self.stops(paper_rows) => 0x1E,
            1 => 0x16,
            2 => 0x12 | bit(self.cover_open, 0x04) | bit(out, 0x20) | bit(error, 0x40),
            3 => {
                0x12 | bit(self.cutter_jam, 0x08)
                    | bit(self.unrecoverable, 0x20)
                    | bit(self.overheated, 0x40)
            }
            _ => 0x12 | bit(out, 0x60) | bit(paper_rows <= near_end_rows, 0x0C),
        }
    }

    /// The four bytes of automatic status back.
    pub(crate) const fn automatic(&self, paper_rows: u64, near_end_rows: u64) -> [u8; 4] {
        let out = paper_rows == 0;
        [
            0x10 | bit(self.stops(paper_rows), 0x08) | bit(self.cover_open, 0x20),
            bit(self.cutter_jam, 0x08) | bit(self.unrecoverable, 0x20) | bit(self.overheated, 0x40),
            bit(paper_rows <= near_end_rows, 0x03) | bit(out, 0x0C),
            0x0F,
        ]
    }
}

const fn bit(set: bool, mask: u8) -> u8 {
    if set { mask } else { 0 }
}
