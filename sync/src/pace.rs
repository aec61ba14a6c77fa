//! How fast the worker works: configuration.

/// How fast.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How long a person waits for an answer.
    pub interactive_ms: u64,
    /// Between two questions for health on a quiet line.
    pub heartbeat_ms: u64,
    /// Between two looks at roster, campaign and orders.
    pub refresh_ms: u64,
    /// The first wait after a failure.
    pub backoff_base_ms: u64,
    /// The longest wait after failures.
    pub backoff_cap_ms: u64,
    /// Between two tries of a quarantined device.
    pub quarantine_retry_ms: u64,
    /// Between two erasures of personal fields.
    pub erase_ms: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            interactive_ms: 3000,
            heartbeat_ms: 15_000,
            refresh_ms: 300_000,
            backoff_base_ms: 500,
            backoff_cap_ms: 30_000,
            quarantine_retry_ms: 300_000,
            erase_ms: 3_600_000,
        }
    }
}
