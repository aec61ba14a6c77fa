//! (c) The line is back: the outbox empties, each operation is once at the centre, and the person
//! whose booking was pending learns the answer with the card.

use super::{cast, steps};
use crate::Error;
use crate::line::LineState;
use crate::scene::Scene;

pub(super) fn visit(scene: &mut Scene<'_>) -> Result<(), Error> {
    let known = steps::operations(scene)?;
    let waiting = steps::outbox_depth(scene)?;
    scene.check("operations wait on the terminal", waiting > 0)?;
    scene.world.line.set(LineState::Open);
    scene.customer.waits_for_text("連線正常")?;
    steps::outbox_empties(scene)?;
    let now_known = steps::operations(scene)?;
    scene.check(
        "each operation is once at the centre",
        now_known == known + waiting,
    )?;
    let contiguous = steps::is_contiguous(scene)?;
    scene.check("the sequences at the centre have no gap", contiguous)?;
    let bookings = steps::bookings(scene, cast::OFFLINE)?;
    scene.check("the pending booking stands at the centre", bookings == 1)?;

    steps::enter(scene, "idle.vaccine", cast::OFFLINE)?;
    scene.customer.waits_for_screen("menu")?;
    scene.picture("menu-answered")?;
    scene.customer.touches("menu.show-booking")?;
    let map = scene.customer.waits_for_screen("done")?;
    scene.picture("answered")?;
    scene.check(
        "the card shows the confirmed booking",
        !map.shows("尚未確認"),
    )?;
    steps::leave(scene)
}
