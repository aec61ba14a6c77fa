//! Many real insertions through a hurried pcscd: how fast they come, and what they leave behind.

use std::path::Path;

use serde::Serialize;

use super::component::Watching;
use crate::error::LoadError;
use crate::readers::clock;
use crate::readers::service::Service;
use crate::readers::slot::Slot;
use crate::soak::leak::Held;

/// So many before the first measure.
const WARM: u32 = 1000;
/// Measures in between.
const MEASURES: u32 = 10;

/// What many insertions left behind.
#[derive(Debug, Serialize)]
pub(crate) struct Insertions {
    pub(crate) count: u32,
    pub(crate) speed: u32,
    pub(crate) per_s: f64,
    /// Resident memory after so many insertions, in KiB.
    pub(crate) memory_kib: Vec<(u32, u64)>,
    pub(crate) threads: (u64, u64),
    pub(crate) files: (u64, u64),
}

/// Puts a card in and out so often, each time read and told as removed.
pub(crate) fn measure(
    program: &Path,
    folder: &Path,
    count: u32,
    speed: u32,
) -> Result<Insertions, LoadError> {
    let mut service = Service::new(speed, folder)?;
    service.start()?;
    let mut slot = Slot::start(program, 0, folder)?;
    let mut watching = Watching::start()?;
    let mut once = || -> Result<(), LoadError> {
        slot.order("insert")?;
        watching.read_ns()?;
        slot.order("pull")?;
        watching.removed()?;
        slot.forget();
        Ok(())
    };
    for _ in 0..WARM {
        once()?;
    }
    let before = Held::now();
    let mut memory_kib = vec![(WARM, before.memory_kib)];
    let begun = clock::now_ns();
    for done in 1..=count {
        once()?;
        if done % (count / MEASURES).max(1) == 0 {
            memory_kib.push((WARM + done, Held::now().memory_kib));
        }
    }
    let seconds = std::time::Duration::from_nanos(clock::now_ns() - begun).as_secs_f64();
    let after = Held::now();
    Ok(Insertions {
        count,
        speed,
        per_s: f64::from(count) / seconds,
        memory_kib,
        threads: (before.threads, after.threads),
        files: (before.files, after.files),
    })
}
