//! What this process holds: threads, files, memory.

use crate::soak::oracle::Violation;

/// Memory may differ by this much between two quiet moments: the allocator keeps what it had.
const MEMORY_KIB: u64 = 12 * 1024;

/// One look, at a quiet moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) threads: u64,
    pub(crate) files: u64,
    pub(crate) memory_kib: u64,
}

impl Held {
    /// Looks now.
    pub(crate) fn now() -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|rest| rest.split_whitespace().next()?.parse().ok())
                .unwrap_or_default()
        };
        let files = std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        Self {
            threads: field("Threads:"),
            files: u64::try_from(files).unwrap_or(u64::MAX),
            memory_kib: field("VmRSS:"),
        }
    }

    /// The more of each.
    pub(crate) fn or_more(self, other: Self) -> Self {
        Self {
            threads: self.threads.max(other.threads),
            files: self.files.max(other.files),
            memory_kib: self.memory_kib.max(other.memory_kib),
        }
    }

    /// Whether nothing grew since then.
    pub(crate) fn check_since(self, then: Self) -> Result<(), Violation> {
        let is_flat = self.threads <= then.threads
            && self.files <= then.files
            && self.memory_kib <= then.memory_kib + MEMORY_KIB;
        is_flat.then_some(()).ok_or(Violation::Leak)
    }
}
