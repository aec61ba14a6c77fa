//! (e) The paper ends in the middle of a slip: the booking stands, and after a new roll there is
//! one slip, marked where it was printed again.

use super::{cast, steps};
use crate::Error;
use crate::scene::{LIMIT, Scene};

/// Paper for the head of a slip only.
const PAPER_LEFT_MM: u32 = 30;

pub(super) fn visit(scene: &mut Scene<'_>) -> Result<(), Error> {
    steps::enter(scene, "idle.vaccine", cast::PAPER)?;
    steps::declare_willingness(scene)?;
    steps::choose_slot(scene)?;
    let slips = scene.world.printer.slips()?.len();
    scene.world.printer.paper_out_after(PAPER_LEFT_MM)?;
    scene.customer.touches("yes")?;
    scene.customer.waits_for_screen("done")?;
    scene.check_until("the printer has run out of paper", |world| {
        Ok(world.printer.status()?.state == "paper-end")
    })?;
    let map = scene.customer.waits_for_text("紙")?;
    scene.picture("paper-out")?;
    scene.check(
        "the screen says that the booking stands",
        map.shows("預約成功"),
    )?;
    let bookings = steps::bookings(scene, cast::PAPER)?;
    scene.check("the centre holds the booking", bookings == 1)?;
    let now = scene.world.printer.slips()?.len();
    scene.check("no whole slip came out", now == slips)?;

    scene.world.printer.load_paper()?;
    scene.world.printer.wait_for_slip(slips + 1, LIMIT)?;
    scene.customer.waits_for_text("已補印")?;
    scene.check("the screen says that it was printed again", true)?;
    steps::take_card_and_slip(scene, slips)?;
    scene.check_until("the printer holds nothing back", |world| {
        Ok(world.printer.status()?.buffered_bytes == 0)
    })?;
    let after = scene.world.printer.slips()?.len();
    scene.check(
        "exactly one slip came out after the new roll",
        after == slips + 1,
    )?;
    let bookings = steps::bookings(scene, cast::PAPER)?;
    scene.check("there is still one booking", bookings == 1)
}
