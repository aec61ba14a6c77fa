//! What the component does while nothing happens.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::readers::clock;

/// Whatever the component does within this time of waking up belongs to that wake-up.
const WINDOW: Duration = Duration::from_millis(10);

/// A time in which nothing happened.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Idle {
    /// Times it woke up, a second: it asks pcscd several things in a row each time.
    pub(crate) wake_ups_per_s: f64,
    /// Times its threads went to sleep, for pcscd's answers too, a second.
    pub(crate) switches_per_s: BTreeMap<String, f64>,
}

impl Idle {
    /// Looks on for so long.
    pub(crate) fn watch(time: Duration) -> Self {
        let begun_ns = clock::now_ns();
        let first = switches();
        let (mut last, mut wake_ups, mut was_awake) = (first.clone(), 0, false);
        while Duration::from_nanos(clock::now_ns() - begun_ns) < time {
            clock::pause(WINDOW);
            let now = switches();
            let is_awake = now != last;
            wake_ups += u32::from(is_awake && !was_awake);
            (last, was_awake) = (now, is_awake);
        }
        let seconds = Duration::from_nanos(clock::now_ns() - begun_ns).as_secs_f64();
        let switches_per_s = last.into_iter().map(|(thread, count)| {
            let since = count.saturating_sub(first.get(&thread).copied().unwrap_or_default());
            let since = u32::try_from(since).unwrap_or(u32::MAX);
            (thread, f64::from(since) / seconds)
        });
        Self {
            wake_ups_per_s: f64::from(wake_ups) / seconds,
            switches_per_s: switches_per_s.collect(),
        }
    }
}

/// How often each thread of the component has gone to sleep by itself: all threads of this process but its
/// first and the measuring ones.
fn switches() -> BTreeMap<String, u64> {
    // The number as `/proc` gives it, which is not always that of this namespace.
    let own = std::fs::read_link("/proc/self").unwrap_or_default();
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten();
    let mut switches = BTreeMap::new();
    for task in tasks.flatten() {
        let text = std::fs::read_to_string(task.path().join("status")).unwrap_or_default();
        let field = |name: &str| {
            let mut lines = text.lines();
            lines
                .find_map(|line| line.strip_prefix(name))
                .map(str::trim)
        };
        let name = field("Name:").unwrap_or_default();
        if task.file_name() == own.as_os_str() || name.starts_with("bench") {
            continue;
        }
        let count = field("voluntary_ctxt_switches:").and_then(|count| count.parse::<u64>().ok());
        *switches.entry(name.to_owned()).or_default() += count.unwrap_or_default();
    }
    switches
}
