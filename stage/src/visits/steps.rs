//! What several visits do alike at the screen.

use crate::scene::{LIMIT, Scene};
use crate::touch_map::TouchMap;
use crate::{Error, wait};

/// A mobile number nobody has.
const MOBILE: &str = "0900000922";

/// From the idle screen to the menu, with a person's card.
pub(super) fn enter(scene: &mut Scene<'_>, tile: &str, card: &str) -> Result<(), Error> {
    scene.customer.waits_for_screen("idle")?;
    scene.customer.touches(tile)?;
    scene.customer.waits_for_screen("insert-card")?;
    scene.picture("insert-card")?;
    scene.world.insert(card)
}

/// From the menu through the willingness form (V2) to its end.
pub(super) fn declare_willingness(scene: &mut Scene<'_>) -> Result<(), Error> {
    fill_willingness(scene)?;
    scene.customer.touches("yes")?;
    scene.customer.waits_for_screen("done")?;
    scene.picture("willingness-done")?;
    // Only once nothing is printed any more can the visit go on.
    scene.customer.touches("done.more")?;
    scene.customer.waits_for_screen("menu").map(|_| ())
}

/// From the menu through the willingness form (V2) to the last question, not yet answered.
pub(super) fn fill_willingness(scene: &mut Scene<'_>) -> Result<(), Error> {
    let customer = &scene.customer;
    customer.waits_for_screen("menu")?;
    customer.touches("menu.declare")?;
    customer.waits_for_screen("willingness.area")?;
    customer.touches("continue")?;
    customer.waits_for_screen("willingness.brands")?;
    scene.picture("brands")?;
    scene.customer.touches("continue")?;
    scene.customer.waits_for_screen("willingness.mobile")?;
    type_mobile(scene)?;
    scene.customer.waits_for_screen("willingness.summary")?;
    scene.picture("willingness-summary")
}

/// From the menu through the booking form (V6, V7) to the last question, not yet answered.
pub(super) fn choose_slot(scene: &mut Scene<'_>) -> Result<(), Error> {
    scene.customer.waits_for_screen("menu")?;
    scene.customer.touches("menu.book")?;
    scene.customer.waits_for_screen("booking.sites")?;
    scene.picture("sites")?;
    scene.customer.touches_first("site.")?;
    scene.customer.waits_for_screen("booking.slots")?;
    scene.customer.waits("a slot", |map| {
        map.targets
            .iter()
            .any(|target| target.id.starts_with("slot."))
            .then_some(())
    })?;
    scene.picture("slots")?;
    scene.customer.touches_first("slot.")?;
    scene.customer.waits_for_screen("booking.mobile")?;
    type_mobile(scene)?;
    scene.customer.waits_for_screen("booking.summary")?;
    scene.picture("booking-summary")
}

/// On a mobile number page: types the number unless it stands there already.
fn type_mobile(scene: &mut Scene<'_>) -> Result<(), Error> {
    let map = scene.customer.looks()?;
    if !map.target("continue").is_some_and(|next| next.enabled) {
        scene.customer.types("key.", MOBILE)?;
        scene.picture("mobile")?;
    }
    scene.customer.touches("continue")
}

/// Waits for the next slip and for the screen to say that it is out, takes card and slip, and ends.
pub(super) fn take_card_and_slip(scene: &mut Scene<'_>, slips_before: usize) -> Result<(), Error> {
    scene.world.printer.wait_for_slip(slips_before + 1, LIMIT)?;
    // Only when nothing is printed any more can the visit be ended.
    scene.customer.waits_for_target("done.end")?;
    scene.picture("slip-out")?;
    leave(scene)
}

/// Takes the card and whatever hangs in the printer's mouth, ends the visit, waits for idle.
pub(super) fn leave(scene: &mut Scene<'_>) -> Result<(), Error> {
    scene.world.pull();
    scene.world.printer.take_slip()?;
    scene.customer.touches("done.end")?;
    let idle = scene.customer.waits_at_most("screen idle", LIMIT, at_rest);
    idle.map(|_| ())
}

fn at_rest(map: &TouchMap) -> Option<()> {
    (map.screen == "idle").then_some(())
}

/// Bookings the centre holds for a person.
pub(super) fn bookings(scene: &Scene<'_>, person_id: &str) -> Result<u64, Error> {
    let number = scene.person(person_id)?.person_number;
    let query = format!(
        "SELECT count(*) FROM bookings JOIN person_numbers USING (person_id) WHERE person_numbers.number = '{number}'"
    );
    count(scene, &query)
}

/// Number of a person's booking at the centre; empty without one.
pub(super) fn booking_number(scene: &Scene<'_>, person_id: &str) -> Result<String, Error> {
    let number = scene.person(person_id)?.person_number;
    scene.world.postgres.ask(&format!(
        "SELECT bookings.number FROM bookings JOIN person_numbers USING (person_id) \
         WHERE person_numbers.number = '{number}'"
    ))
}

/// Operations of a kind the centre holds, or of any.
pub(super) fn operations(scene: &Scene<'_>) -> Result<u64, Error> {
    count(scene, "SELECT count(*) FROM operations")
}

/// Whether every sequence at the centre runs from 1 without a gap: nothing lost, nothing twice.
pub(super) fn is_contiguous(scene: &Scene<'_>) -> Result<bool, Error> {
    let gaps = count(
        scene,
        "SELECT count(*) FROM (SELECT device_id, epoch FROM operations GROUP BY device_id, epoch \
         HAVING min(seq) <> 1 OR max(seq) <> count(*)) AS broken",
    )?;
    Ok(gaps == 0)
}

/// Operations that still wait on the terminal.
pub(super) fn outbox_depth(scene: &Scene<'_>) -> Result<u64, Error> {
    let status = scene.world.kiosk.asks(&["outbox", "status", "--json"])?;
    Ok(status
        .get("waiting")
        .and_then(serde_json::Value::as_u64)
        .unwrap_or(u64::MAX))
}

/// Waits until nothing waits on the terminal any more.
pub(super) fn outbox_empties(scene: &mut Scene<'_>) -> Result<(), Error> {
    wait::until("the outbox empties", LIMIT, || {
        Ok((outbox_depth(scene)? == 0).then_some(()))
    })?;
    scene.check("the outbox is empty", true)
}

fn count(scene: &Scene<'_>, query: &str) -> Result<u64, Error> {
    let answer = scene.world.postgres.ask(query)?;
    answer.parse().map_err(|_| Error::NotAsExpected {
        what: "a count from the database".to_owned(),
    })
}
