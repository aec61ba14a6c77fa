//! (b) The line is cut: masks are fetched all the same, and a booking is accepted as pending.

use super::{cast, steps};
use crate::Error;
use crate::line::LineState;
use crate::scene::Scene;

pub(super) fn visit(scene: &mut Scene<'_>) -> Result<(), Error> {
    scene.customer.waits_for_target("idle.masks")?;
    let known = steps::operations(scene)?;
    scene.world.line.set(LineState::Cut);
    scene.customer.waits_for_text("離線")?;
    scene.picture("idle-offline")?;

    let slips = scene.world.printer.slips()?.len();
    steps::enter(scene, "idle.masks", cast::MASKS)?;
    scene.customer.waits_for_target("order.0")?;
    scene.picture("orders")?;
    scene.customer.touches("order.0")?;
    scene.customer.waits_for_screen("done")?;
    steps::take_card_and_slip(scene, slips)?;
    scene.check("the mask slip was printed without the line", true)?;

    steps::enter(scene, "idle.vaccine", cast::OFFLINE)?;
    steps::declare_willingness(scene)?;
    steps::choose_slot(scene)?;
    let slips = scene.world.printer.slips()?.len();
    scene.customer.touches("yes")?;
    scene.customer.waits_for_screen("done")?;
    scene.customer.waits_for_text("尚未確認")?;
    scene.check("the screen says the booking is pending", true)?;
    steps::take_card_and_slip(scene, slips)?;

    let waiting = steps::outbox_depth(scene)?;
    scene.check("three operations wait on the terminal", waiting == 3)?;
    let still_known = steps::operations(scene)?;
    scene.check("the centre has heard of none of them", still_known == known)
}
