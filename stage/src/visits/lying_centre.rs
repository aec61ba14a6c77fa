//! (h) Somebody else answers in the centre's place while a person books: nothing of it is believed.
//! The person gets a pending slip, and the true centre applies the booking once.

use super::{cast, records, steps};
use crate::Error;
use crate::line::{Lie, LineState};
use crate::scene::Scene;

const LIES: [(Lie, &str); 4] = [
    (Lie::Gibberish, "gibberish"),
    (Lie::WrongShape, "another shape"),
    (Lie::ServerError, "a server error"),
    (Lie::SignInPage, "a sign-in page"),
];

pub(super) fn visit(scene: &mut Scene<'_>) -> Result<(), Error> {
    about_a_person(scene)?;
    for ((lie, name), person) in LIES.into_iter().zip(cast::LIED_TO) {
        about_a_booking(scene, lie, name, person)?;
    }
    Ok(())
}

/// A card the roster does not know is not served on a stranger's word.
fn about_a_person(scene: &mut Scene<'_>) -> Result<(), Error> {
    // Open for service: roster and campaign are here.
    scene.customer.waits_for_target("idle.vaccine")?;
    scene.customer.waits_for_text("連線正常")?;
    scene.world.line.set(LineState::Lies(Lie::WrongShape));
    steps::enter(scene, "idle.vaccine", cast::FRESH_CARD)?;
    scene.customer.waits_for_screen("refused")?;
    scene
        .customer
        .waits_for_text("目前離線，無法確認這張健保卡。")?;
    scene.picture("person-not-confirmed")?;
    scene.check("a lie about a person is not believed", true)?;
    scene.world.pull();
    scene.customer.waits_for_screen("idle")?;
    truth_again(scene)
}

fn about_a_booking(scene: &mut Scene<'_>, lie: Lie, name: &str, person: &str) -> Result<(), Error> {
    steps::enter(scene, "idle.vaccine", person)?;
    steps::declare_willingness(scene)?;
    steps::outbox_empties(scene)?;
    steps::choose_slot(scene)?;
    let known = steps::operations(scene)?;
    let slips = scene.world.printer.slips()?.len();

    scene.world.line.set(LineState::Lies(lie));
    scene.customer.touches("yes")?;
    scene.customer.waits_for_screen("done")?;
    let map = scene.customer.waits_for_text("已受理，尚未確認")?;
    scene.check(
        &format!("{name}: the screen says pending, not booked"),
        !map.shows("預約成功"),
    )?;
    steps::take_card_and_slip(scene, slips)?;
    scene.customer.waits_for_text("離線中")?;
    let outcome = records::newest_outcome(scene)?;
    let waiting = steps::outbox_depth(scene)?;
    scene.check(
        &format!("{name}: nothing is marked done on the terminal"),
        waiting == 1 && outcome == "waiting",
    )?;
    let still_known = steps::operations(scene)?;
    scene.check(
        &format!("{name}: the centre has not heard of it"),
        still_known == known,
    )?;

    truth_again(scene)?;
    steps::outbox_empties(scene)?;
    let now_known = steps::operations(scene)?;
    let contiguous = steps::is_contiguous(scene)?;
    let bookings = steps::bookings(scene, person)?;
    let outcome = records::newest_outcome(scene)?;
    scene.check(
        &format!("{name}: the true centre applied it once"),
        now_known == known + 1 && contiguous && bookings == 1 && outcome == "applied",
    )
}

fn truth_again(scene: &mut Scene<'_>) -> Result<(), Error> {
    scene.world.line.set(LineState::Open);
    scene.customer.waits_for_text("連線正常").map(|_| ())
}
