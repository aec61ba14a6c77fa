//! Waiting for a condition, with a limit, and ending at once when the run is told to end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crate::Error;

/// Pause between two looks at a condition.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Limit for things that take well under a second on a quiet machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

static TOLD_TO_END: OnceLock<Arc<AtomicBool>> = OnceLock::new();

fn flag() -> &'static Arc<AtomicBool> {
    TOLD_TO_END.get_or_init(Arc::default)
}

/// From now on SIGINT, SIGTERM and SIGHUP only raise a flag, which makes every wait of this module
/// fail with [`Error::ToldToEnd`]: the parts are then ended in order as their guards drop.
///
/// # Errors
/// [`Error::Signals`] when the handlers cannot be set.
pub fn end_on_signals() -> Result<(), Error> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(flag())).map_err(Error::Signals)?;
    }
    Ok(())
}

/// Makes every later wait end, as a signal would.
pub fn tell_to_end() {
    flag().store(true, Ordering::Relaxed);
}

/// Whether the run has been told to end.
#[must_use]
pub fn told_to_end() -> bool {
    flag().load(Ordering::Relaxed)
}

/// Looks at a condition every 20 ms until it holds.
///
/// # Errors
/// What `attempt` fails with; [`Error::TimedOut`] naming `what` after `limit`;
/// [`Error::ToldToEnd`].
pub fn until<T>(
    what: &str,
    limit: Duration,
    mut attempt: impl FnMut() -> Result<Option<T>, Error>,
) -> Result<T, Error> {
    let clock = Stopwatch::start();
    loop {
        if told_to_end() {
            return Err(Error::ToldToEnd);
        }
        if let Some(found) = attempt()? {
            return Ok(found);
        }
        if clock.passed() >= limit {
            return Err(Error::TimedOut {
                what: what.to_owned(),
                limit_ms: limit.as_millis(),
            });
        }
        pause();
    }
}

/// Like [`until`] for plain conditions while ending: a signal does not cut it short.
/// True when the condition held in time.
pub(crate) fn patiently(limit: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let clock = Stopwatch::start();
    loop {
        if holds() {
            return true;
        }
        if clock.passed() >= limit {
            return false;
        }
        pause();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the pause between two looks; nothing is assumed to be done after it"
)]
fn pause() {
    std::thread::sleep(LOOK_AGAIN);
}

/// Time passed since a moment.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts at zero.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the edge where limits of waits are measured"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since [`Stopwatch::start`].
    #[must_use]
    pub fn passed(&self) -> Duration {
        self.0.elapsed()
    }
}
