//! (a) Willingness and booking with the line up: a confirmed slip, and the centre knows.

use super::{cast, steps};
use crate::Error;
use crate::scene::Scene;

pub(super) fn visit(scene: &mut Scene<'_>) -> Result<(), Error> {
    scene.customer.waits_for_target("idle.vaccine")?;
    scene.picture("idle")?;
    steps::enter(scene, "idle.vaccine", cast::ONLINE)?;
    scene.customer.waits_for_screen("menu")?;
    scene.picture("menu")?;
    steps::declare_willingness(scene)?;
    steps::choose_slot(scene)?;
    let slips = scene.world.printer.slips()?.len();
    scene.customer.touches("yes")?;
    scene.customer.waits_for_screen("done")?;
    let map = scene.customer.waits_for_text("預約成功")?;
    scene.check(
        "the screen says the booking is confirmed",
        !map.shows("尚未確認"),
    )?;
    steps::take_card_and_slip(scene, slips)?;
    let bookings = steps::bookings(scene, cast::ONLINE)?;
    scene.check("the centre holds one booking of this person", bookings == 1)?;
    steps::outbox_empties(scene)
}
