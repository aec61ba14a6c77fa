//! (i) No printer: the screen says so before and after, the booking stands with its number to
//! photograph, and the slip can be had when there is a printer again.

use super::{cast, steps};
use crate::Error;
use crate::scene::Scene;

pub(super) fn visit(scene: &mut Scene<'_>) -> Result<(), Error> {
    scene.customer.waits_for_target("idle.vaccine")?;
    scene.customer.waits_for_text("列印正常")?;
    let slips = scene.world.printer.slips()?.len();
    scene.world.printer.unplug()?;
    scene.customer.waits_for_text("目前無法列印，仍可辦理。")?;
    scene.picture("idle-no-printer")?;
    scene.check("the idle screen says so beforehand", true)?;

    steps::enter(scene, "idle.vaccine", cast::NO_PRINTER)?;
    steps::declare_willingness(scene)?;
    steps::choose_slot(scene)?;
    scene
        .customer
        .waits_for_text("目前無法列印，完成後請用手機拍下畫面。")?;
    scene.check("the last question says so", true)?;
    scene.customer.touches("yes")?;
    scene.customer.waits_for_screen("done")?;
    let map = scene
        .customer
        .waits_for_text("目前沒有印表機，您的辦理仍然有效。")?;
    scene.picture("booked-no-printer")?;
    scene.check("the screen says it is booked", map.shows("預約成功"))?;
    let number = steps::booking_number(scene, cast::NO_PRINTER)?;
    scene.check(
        "the centre's booking number is on the screen",
        number.len() == 9 && map.shows(&number),
    )?;
    scene.world.pull();
    scene.customer.touches("done.end")?;
    scene.customer.waits_for_screen("idle")?;

    scene.world.printer.plug_in()?;
    scene.customer.waits_for_text("列印正常")?;
    let now = scene.world.printer.slips()?.len();
    scene.check("nobody else finds the slip in the mouth", now == slips)?;
    steps::enter(scene, "idle.vaccine", cast::NO_PRINTER)?;
    scene.customer.waits_for_screen("menu")?;
    scene.customer.touches("menu.show-booking")?;
    scene.customer.waits_for_screen("done")?;
    scene.customer.touches("done.print-again")?;
    steps::take_card_and_slip(scene, slips)?;
    scene.check("the card brings the slip when there is a printer", true)?;
    let bookings = steps::bookings(scene, cast::NO_PRINTER)?;
    scene.check("there is one booking", bookings == 1)
}
