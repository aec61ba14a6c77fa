//! (d) A bank card is put in: it is named, and there is a way out.

use super::steps;
use crate::Error;
use crate::scene::Scene;

pub(super) fn visit(scene: &mut Scene<'_>) -> Result<(), Error> {
    steps::enter(scene, "idle.vaccine", "bank")?;
    scene.customer.waits_for_text("這是銀行卡")?;
    scene.picture("named")?;
    scene.check("the card is named", true)?;
    scene.world.pull();
    scene.customer.waits_for_screen("insert-card")?;
    scene.customer.touches("end")?;
    scene.customer.waits_for_screen("idle")?;
    scene.picture("way-out")?;
    scene.check("there is a way out", true)
}
