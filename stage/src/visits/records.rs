//! What terminal and centre have recorded, as their own command line and database tell it: the proof
//! that nothing happened, or that something happened once.

use serde_json::Value;

use super::steps;
use crate::Error;
use crate::scene::Scene;

/// Everything recorded at a moment, without what is personal.
#[derive(Debug, PartialEq)]
pub(super) struct Records {
    status: Value,
    list: Value,
    at_centre: u64,
}

impl Records {
    pub(super) fn now(scene: &Scene<'_>) -> Result<Self, Error> {
        let kiosk = &scene.world.kiosk;
        Ok(Self {
            status: kiosk.asks(&["outbox", "status", "--json"])?,
            list: kiosk.asks(&["outbox", "list", "--json"])?,
            at_centre: steps::operations(scene)?,
        })
    }

    /// Checks that all is as it was.
    pub(super) fn still_hold(&self, scene: &mut Scene<'_>, after: &str) -> Result<(), Error> {
        let now = Self::now(scene)?;
        scene.check(&format!("{after}: nothing happened"), now == *self)
    }
}

/// What became of the newest operation, in the words of `kiosk outbox list`.
pub(super) fn newest_outcome(scene: &Scene<'_>) -> Result<String, Error> {
    let list = scene.world.kiosk.asks(&["outbox", "list", "--json"])?;
    let outcome = list.pointer("/0/outcome").and_then(Value::as_str);
    Ok(outcome.unwrap_or("none").to_owned())
}
