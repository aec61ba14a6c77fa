//! Becoming one of the fleet: keys, the centre's answer, an identity on disk.

use jiff::Timestamp;
use store::{Enrolment, IfMissing};

use crate::clock::Clock;
use crate::config::Config;
use crate::error::KioskError;
use crate::{keys, start};

/// Enrols this terminal with a technician's one-time code. Keys and database are made where they are
/// missing; what was recorded under an older epoch is recorded again under the new one.
///
/// # Errors
/// The centre's refusal, or whatever keeps keys or database from being made.
pub fn enrol(config: &Config, code: &str) -> Result<Enrolment, KioskError> {
    let clock = Clock::start(config.development.clock_offset_seconds);
    keys::make_missing(&config.database_key, &config.device_key)?;
    let store = start::open_store(config, IfMissing::Create)?;
    let centre = start::centre(config, clock)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(KioskError::Runtime)?;
    runtime.block_on(async {
        centre.health().await?;
        let enrolled = centre.enrol(code).await?;
        let enrolment = Enrolment {
            device: enrolled.id.device,
            epoch: enrolled.id.epoch,
            store: enrolled.store,
            area: enrolled.area,
            name: enrolled.name,
        };
        let now: Timestamp = clock.now();
        store.enrol(enrolment.clone(), now).await?;
        Ok(enrolment)
    })
}
