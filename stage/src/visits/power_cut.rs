//! (f) The kiosk is killed when the centre has the booking and the kiosk does not know it yet.
//! Started again, it asks with the same bytes: nothing is lost, nothing is done twice.

use super::{cast, steps};
use crate::Error;
use crate::line::LineState;
use crate::scene::{LIMIT, Scene};
use crate::wait;

/// Slow enough that the answer is still on its way when the centre has decided.
const PAUSE_MS: u64 = 900;

pub(super) fn visit(scene: &mut Scene<'_>) -> Result<(), Error> {
    steps::enter(scene, "idle.vaccine", cast::POWER)?;
    steps::declare_willingness(scene)?;
    steps::outbox_empties(scene)?;
    steps::choose_slot(scene)?;
    let known = steps::operations(scene)?;
    scene.world.line.set(LineState::Slow { pause_ms: PAUSE_MS });
    scene.customer.touches("yes")?;
    wait::until("the centre has the booking", LIMIT, || {
        Ok((steps::operations(scene)? > known).then_some(()))
    })?;
    scene.world.kiosk.kill();
    scene.check("the kiosk was killed after the centre decided", true)?;
    scene.world.pull();
    // The reader looks for its card every 400 ms; one just leaving would begin a visit.
    scene.check_until("the card is out of the reader", |world| {
        world.kiosk.reader_is_empty()
    })?;

    scene.world.line.set(LineState::Open);
    scene.world.start_kiosk()?;
    scene.customer.waits_for_target("idle.vaccine")?;
    scene.picture("idle-again")?;
    steps::outbox_empties(scene)?;
    let now_known = steps::operations(scene)?;
    scene.check(
        "the operation is once at the centre",
        now_known == known + 1,
    )?;
    let contiguous = steps::is_contiguous(scene)?;
    scene.check("the sequences at the centre have no gap", contiguous)?;
    let bookings = steps::bookings(scene, cast::POWER)?;
    scene.check("there is one booking", bookings == 1)?;

    steps::enter(scene, "idle.vaccine", cast::POWER)?;
    scene.customer.waits_for_screen("menu")?;
    scene.customer.touches("menu.show-booking")?;
    let map = scene.customer.waits_for_screen("done")?;
    scene.picture("known-again")?;
    scene.check(
        "the card shows the confirmed booking",
        !map.shows("尚未確認"),
    )?;
    steps::leave(scene)
}
