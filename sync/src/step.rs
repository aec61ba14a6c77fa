//! What the machine tells the worker to do, and what it is told back.

/// Something to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Command {
    /// Ask for health.
    Health,
    /// Send a batch: the oldest unanswered, or from this sequence number on.
    Send { from: Option<u64> },
    /// Look for something newer.
    Refresh(Item),
    /// Erase personal fields that are due.
    Erase,
}

/// What is kept fresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Item {
    Campaign,
    Roster,
    Orders,
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// There was nothing to send.
    Nothing,
    /// Answered, and the answers are stored.
    Answered,
    /// The centre expects an earlier one.
    Gap { next_seq: u64 },
    /// It failed.
    Failed(Failure),
}

/// Why something failed, as far as it decides what comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No answer.
    Line,
    /// The centre is busy.
    Busy { retry_after_ms: u64 },
    /// An operator must look.
    Quarantined,
    /// The terminal must be enrolled again.
    EpochEnded,
    /// The terminal was never enrolled.
    NotEnrolled,
    /// A lie, a fault of the centre, a fault of the records.
    Other,
}

/// What the application should hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notice {
    LineUp,
    LineDown,
    Quarantined,
    EpochEnded,
    Resumed,
}
