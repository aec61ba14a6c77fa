//! What a printer's four real-time answers (`DLE EOT 1`–`4`) mean.

/// The state of the printer as people need it. When several hold, the one that must be mended first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrinterStatus {
    /// Prints.
    Ready,
    /// Prints; the roll is nearly used up. For staff, not for customers.
    PaperNearEnd,
    /// No paper.
    PaperEnd,
    /// The cover is open.
    CoverOpen,
    /// The cutter is jammed.
    CutterFault,
    /// The head is too hot; it recovers by itself.
    Overheated,
    /// A fault only a technician ends.
    Unrecoverable,
    /// Off line without a cause it names.
    Offline,
    /// Connected, but does not answer: never taken for ready.
    NotAnswering,
    /// The device or the address cannot be opened.
    Absent,
}

impl PrinterStatus {
    /// Whether a slip can be printed now.
    #[must_use]
    pub const fn can_print(self) -> bool {
        matches!(self, Self::Ready | Self::PaperNearEnd)
    }
}

/// The four answers of one round of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// Answers to `DLE EOT` 1, 2, 3, 4 in this order.
    pub answers: [u8; 4],
}

impl Reading {
    /// The state these answers tell.
    #[must_use]
    pub const fn status(self) -> PrinterStatus {
        let [printer, offline_cause, error_cause, paper] = self.answers;
        let offline = printer & 0x08 != 0;
        if error_cause & 0x20 != 0 {
            PrinterStatus::Unrecoverable
        } else if error_cause & 0x08 != 0 {
            PrinterStatus::CutterFault
        } else if offline_cause & 0x04 != 0 {
            PrinterStatus::CoverOpen
        } else if offline_cause & 0x20 != 0 || paper & 0x60 == 0x60 {
            PrinterStatus::PaperEnd
        } else if error_cause & 0x40 != 0 {
            PrinterStatus::Overheated
        } else if offline || offline_cause & 0x40 != 0 {
            PrinterStatus::Offline
        } else if paper & 0x0C != 0 {
            PrinterStatus::PaperNearEnd
        } else {
            PrinterStatus::Ready
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the meaning of every status bit in the printer facts; a wrong one would let the
    /// screen promise paper that cannot come.
    #[test]
    fn bits_mean_what_the_manual_says() {
        for (answers, status) in [
            ([0x16, 0x12, 0x12, 0x12], PrinterStatus::Ready),
            ([0x12, 0x12, 0x12, 0x12], PrinterStatus::Ready),
            ([0x16, 0x12, 0x12, 0x1E], PrinterStatus::PaperNearEnd),
            ([0x1E, 0x32, 0x12, 0x7E], PrinterStatus::PaperEnd),
            ([0x1E, 0x32, 0x12, 0x72], PrinterStatus::PaperEnd),
            ([0x16, 0x12, 0x12, 0x72], PrinterStatus::PaperEnd),
            ([0x1E, 0x16, 0x12, 0x12], PrinterStatus::CoverOpen),
            ([0x1E, 0x36, 0x12, 0x7E], PrinterStatus::CoverOpen),
            ([0x1E, 0x52, 0x1A, 0x12], PrinterStatus::CutterFault),
            ([0x1E, 0x52, 0x32, 0x12], PrinterStatus::Unrecoverable),
            ([0x1E, 0x52, 0x52, 0x12], PrinterStatus::Overheated),
            ([0x1E, 0x12, 0x12, 0x12], PrinterStatus::Offline),
            ([0x1E, 0x1A, 0x12, 0x12], PrinterStatus::Offline),
        ] {
            assert_eq!(Reading { answers }.status(), status, "{answers:02X?}");
        }
    }
}
