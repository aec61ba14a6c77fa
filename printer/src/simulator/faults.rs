//! What is wrong with the printer at the moment, and what it makes of its status bytes.

/// Everything that can be wrong. All fields at their default: nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Faults {
    pub(super) cover_open: bool,
    /// Rows until the cover opens by itself.
    pub(super) cover_after_rows: Option<u64>,
    pub(super) overheated: bool,
    /// Rows until the head is too hot.
    pub(super) heat_after_rows: Option<u64>,
    /// When the head has cooled by itself.
    pub(super) cool_at_ms: Option<u64>,
    pub(super) cutter_jam: bool,
    /// The next cut jams.
    pub(super) jam_at_cut: bool,
    pub(super) unrecoverable: bool,
    pub(super) offline: bool,
    /// Without power until then.
    pub(super) dark_until_ms: Option<u64>,
    /// Its cable is pulled; it goes on with what it holds.
    pub(super) unplugged: bool,
    /// Tells when its power came back, as Epson's do where memory switch 1-1 is set.
    pub(super) notice: bool,
    /// Answers nothing.
    pub(super) mute: bool,
    /// Answers nothing to `DLE DC4` fn 8 and does not obey it.
    pub(super) no_clear: bool,
    /// Does not know `GS ( H`.
    pub(super) no_proof: bool,
    /// Does not know `GS r`.
    pub(super) no_fence: bool,
    /// Answers after so many milliseconds.
    pub(super) late_ms: u64,
    /// Sends each answer twice.
    pub(super) double: bool,
    /// Sends a status nobody asked for before each answer.
    pub(super) stray: bool,
    /// Loses every second answer.
    pub(super) lossy: bool,
    /// Loses so many answers more.
    pub(super) lose_next: u32,
}

impl Faults {
    /// Whether the printer prints nothing now.
    pub(super) const fn stops(&self, paper_rows: u64) -> bool {
        paper_rows == 0
            || self.cover_open
            || self.overheated
            || self.cutter_jam
            || self.unrecoverable
            || self.offline
            || self.dark_until_ms.is_some()
    }

    /// What happens by itself: it cools, the power comes back. True at the moment it does.
    pub(super) fn pass(&mut self, now_ms: u64) -> bool {
        if self.cool_at_ms.is_some_and(|at_ms| at_ms <= now_ms) {
            self.cool_at_ms = None;
            self.overheated = false;
        }
        let lit = self
            .dark_until_ms
            .is_some_and(|until_ms| until_ms <= now_ms);
        if lit {
            self.dark_until_ms = None;
        }
        lit
    }

    /// A row was burned.
    pub(super) fn burned(&mut self) {
        if count_down(&mut self.cover_after_rows) {
            self.cover_open = true;
        }
        if count_down(&mut self.heat_after_rows) {
            self.overheated = true;
        }
    }

    /// The answer to `DLE EOT` 1 to 4.
    pub(super) const fn real_time(&self, question: u8, paper_rows: u64, near_end_rows: u64) -> u8 {
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

    /// Custom's answer to `DLE EOT 20`: six bytes.
    pub(super) const fn full(&self, paper_rows: u64, near_end_rows: u64, mouth: bool) -> [u8; 6] {
        [
            0x10,
            0x0F,
            bit(paper_rows == 0, 0x01) | bit(paper_rows <= near_end_rows, 0x04) | bit(mouth, 0x20),
            bit(self.cover_open, 0x02),
            bit(self.overheated, 0x01),
            bit(self.cutter_jam, 0x01) | bit(self.unrecoverable, 0x40),
        ]
    }

    /// The four bytes of automatic status back.
    pub(super) const fn automatic(&self, paper_rows: u64, near_end_rows: u64) -> [u8; 4] {
        let out = paper_rows == 0;
        [
            0x10 | bit(self.stops(paper_rows), 0x08) | bit(self.cover_open, 0x20),
            bit(self.cutter_jam, 0x08) | bit(self.unrecoverable, 0x20) | bit(self.overheated, 0x40),
            bit(paper_rows <= near_end_rows, 0x03) | bit(out, 0x0C),
            0x0F,
        ]
    }
}

/// Counts one row; true when the last was reached.
fn count_down(rows: &mut Option<u64>) -> bool {
    let Some(left) = rows else {
        return false;
    };
    *left = left.saturating_sub(1);
    let reached = *left == 0;
    if reached {
        *rows = None;
    }
    reached
}

const fn bit(set: bool, mask: u8) -> u8 {
    if set { mask } else { 0 }
}
