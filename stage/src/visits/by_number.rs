//! (j) Masks without a card, the line cut: pickup number and person number (M12); data that do not
//! fit are not told which, the slip comes, and asked for again it is the same one, marked (M14).

use super::{cast, steps};
use crate::Error;
use crate::line::LineState;
use crate::scene::{LIMIT, Scene};

pub(super) fn visit(scene: &mut Scene<'_>) -> Result<(), Error> {
    scene.customer.waits_for_target("idle.by-number")?;
    let known = steps::operations(scene)?;
    scene.world.line.set(LineState::Cut);
    scene.customer.waits_for_text("離線")?;

    let buyer = scene.person(cast::BY_NUMBER)?;
    let number = buyer.pickup_number.clone().unwrap_or_default();
    let other = scene.person(cast::MASKS)?.person_number;
    type_number(scene, &number)?;
    type_person(scene, &other)?;
    scene
        .customer
        .waits_for_text("編號與證號不符，請再檢查一次。")?;
    scene.picture("no-match")?;
    scene.check("somebody else's number fetches nothing", true)?;

    type_person(scene, &buyer.person_number)?;
    let slip = print(scene, "slip-out")?;
    let waiting = steps::outbox_depth(scene)?;
    scene.check("one operation waits on the terminal", waiting == 1)?;

    type_number(scene, &number)?;
    type_person(scene, &buyer.person_number)?;
    let copy = print(scene, "copy-out")?;
    scene.check(
        "the copy has the slip's number",
        !slip.is_empty() && slip == copy,
    )?;
    let waiting = steps::outbox_depth(scene)?;
    scene.check("a copy is no second operation", waiting == 1)?;

    scene.world.line.set(LineState::Open);
    steps::outbox_empties(scene)?;
    let now = steps::operations(scene)?;
    scene.check("the centre has it once", now == known + 1)
}

fn type_number(scene: &mut Scene<'_>, number: &str) -> Result<(), Error> {
    scene.customer.waits_for_screen("idle")?;
    scene.customer.touches("idle.by-number")?;
    scene.customer.waits_for_screen("by-number.number")?;
    scene.customer.types("key.", number)?;
    scene.picture("number")?;
    scene.customer.touches("continue")?;
    scene
        .customer
        .waits_for_screen("by-number.person")
        .map(|_| ())
}

fn type_person(scene: &mut Scene<'_>, person: &str) -> Result<(), Error> {
    scene.customer.types("key.", person)?;
    scene.customer.touches("continue")
}

/// Fetches the one order listed; gives the slip's number as the screen shows it.
fn print(scene: &mut Scene<'_>, picture: &str) -> Result<String, Error> {
    let slips = scene.world.printer.slips()?.len();
    scene.customer.waits_for_screen("orders")?;
    scene.picture("order")?;
    scene.customer.touches("order.0")?;
    let map = scene.customer.waits_for_screen("done")?;
    let number = map.texts.iter().find(|text| text.starts_with("ZK"));
    let number = number.cloned().unwrap_or_default();
    scene.world.printer.wait_for_slip(slips + 1, LIMIT)?;
    scene.customer.waits_for_target("done.end")?;
    scene.picture(picture)?;
    steps::leave(scene)?;
    Ok(number)
}
