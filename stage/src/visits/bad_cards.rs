//! (g) Cards that cannot be served, and cards pulled at each step before the last yes: each ends in
//! one sentence and one thing to do, nothing is recorded, and there is a way back to idle.

use super::records::Records;
use super::{cast, steps};
use crate::Error;
use crate::scene::Scene;

const PULLED: &str = "卡片已取出，沒有辦理任何事。";
const PULLED_DO: &str = "要繼續請再插一次卡。";

pub(super) fn visit(scene: &mut Scene<'_>) -> Result<(), Error> {
    scene.customer.waits_for_target("idle.vaccine")?;
    scene.customer.waits_for_text("連線正常")?;
    let before = Records::now(scene)?;
    mute(scene)?;
    before.still_hold(scene, "a card the wrong way round")?;
    bad_check_digit(scene)?;
    before.still_hold(scene, "a card with a bad person number")?;
    unknown(scene)?;
    before.still_hold(scene, "an unknown card")?;
    old(scene)?;
    before.still_hold(scene, "an old card")?;
    pulled_while_read(scene)?;
    pulled_at_the_menu(scene)?;
    before.still_hold(scene, "a card pulled at the menu")?;
    pulled_in_a_form(scene)?;
    before.still_hold(scene, "a card pulled in a form")?;
    pulled_at_the_summary(scene)?;
    before.still_hold(scene, "a card pulled at the last question")
}

/// The second failure says where help is.
fn mute(scene: &mut Scene<'_>) -> Result<(), Error> {
    steps::enter(scene, "idle.vaccine", "wrong-way")?;
    let to_do = "請確認晶片朝前、正面朝上，再插一次。";
    told(scene, "mute", "讀不到卡片。", to_do)?;
    scene.world.pull();
    scene.customer.waits_for_text("請插入健保卡")?;
    scene.world.insert("wrong-way")?;
    let help = "再試一次；仍不行請洽店員，或撥健保專線 0800-030-598。";
    told(scene, "mute-again", "讀不到卡片。", help)?;
    take_out_and_end(scene)
}

/// I2: a number on a card that fails its check is the card's fault, not the person's.
fn bad_check_digit(scene: &mut Scene<'_>) -> Result<(), Error> {
    steps::enter(scene, "idle.vaccine", "bad-check-digit")?;
    let to_do = "不是您的操作問題，請洽健保專線 0800-030-598。";
    told(scene, "bad-check-digit", "卡片內的證號資料有誤。", to_do)?;
    take_out_and_end(scene)
}

/// I5, after the centre was asked; ended by the screen's own button.
fn unknown(scene: &mut Scene<'_>) -> Result<(), Error> {
    steps::enter(scene, "idle.vaccine", cast::UNKNOWN_CARD)?;
    let to_do = "若是一小時內才製卡，請稍後再來；否則請撥 1922。";
    told(scene, "unknown", "查不到這張健保卡。", to_do)?;
    scene.customer.touches("refused.end")?;
    scene.customer.waits_for_screen("take-card")?;
    scene.picture("take-card")?;
    scene.world.pull();
    scene.customer.waits_for_screen("idle").map(|_| ())
}

/// I6; ended by taking the card.
fn old(scene: &mut Scene<'_>) -> Result<(), Error> {
    steps::enter(scene, "idle.vaccine", cast::OLD_CARD)?;
    let to_do = "您已換發新卡，請帶最新的健保卡來。";
    told(scene, "old-card", "這是舊的健保卡。", to_do)?;
    scene.world.pull();
    scene.customer.waits_for_screen("idle").map(|_| ())
}

/// The screen stays for the next try, which [`pulled_at_the_menu`] makes.
fn pulled_while_read(scene: &mut Scene<'_>) -> Result<(), Error> {
    scene.customer.touches("idle.vaccine")?;
    scene.customer.waits_for_screen("insert-card")?;
    scene
        .world
        .insert_faulty(cast::PULLS, &["pulled-during-read"])?;
    let to_do = "再插入，等畫面顯示您的資料。";
    told(scene, "pulled-while-read", "卡片太早取出了。", to_do)
}

fn pulled_at_the_menu(scene: &mut Scene<'_>) -> Result<(), Error> {
    scene.world.insert(cast::PULLS)?;
    scene.customer.waits_for_target("menu.declare")?;
    scene.world.pull();
    told(scene, "pulled-at-menu", PULLED, PULLED_DO)?;
    nobody_in_sight(scene)?;
    scene.customer.touches("notice.end")?;
    scene.customer.waits_for_screen("idle").map(|_| ())
}

/// The card put in again goes on at the menu.
fn pulled_in_a_form(scene: &mut Scene<'_>) -> Result<(), Error> {
    steps::enter(scene, "idle.vaccine", cast::PULLS)?;
    scene.customer.touches("menu.declare")?;
    scene.customer.waits_for_screen("willingness.area")?;
    scene.customer.touches("continue")?;
    scene.customer.waits_for_screen("willingness.brands")?;
    scene.world.pull();
    told(scene, "pulled-in-form", PULLED, PULLED_DO)?;
    nobody_in_sight(scene)?;
    scene.world.insert(cast::PULLS)?;
    scene.customer.waits_for_screen("menu").map(|_| ())
}

/// One touch from the deed; the screen then goes back to idle by itself.
fn pulled_at_the_summary(scene: &mut Scene<'_>) -> Result<(), Error> {
    steps::fill_willingness(scene)?;
    scene.world.pull();
    told(scene, "pulled-at-summary", PULLED, PULLED_DO)?;
    nobody_in_sight(scene)?;
    scene.customer.waits_for_screen("idle").map(|_| ())
}

/// Waits for a sentence with its one thing to do.
fn told(scene: &mut Scene<'_>, name: &str, sentence: &str, to_do: &str) -> Result<(), Error> {
    scene
        .customer
        .waits(&format!("{sentence} with {to_do}"), |map| {
            (map.shows(sentence) && map.shows(to_do)).then_some(())
        })?;
    scene.picture(name)?;
    scene.check(&format!("{name}: said, with one thing to do"), true)
}

/// I10: without the card nothing of the person is shown.
fn nobody_in_sight(scene: &mut Scene<'_>) -> Result<(), Error> {
    let person = scene.person(cast::PULLS)?;
    let map = scene.customer.looks()?;
    let masked = format!("{}********", &person.person_number[..1]);
    scene.check(
        "nothing of the person is in sight",
        !map.shows(&masked) && !map.shows(&person.name) && !map.shows(&person.person_number),
    )
}

fn take_out_and_end(scene: &mut Scene<'_>) -> Result<(), Error> {
    scene.world.pull();
    scene.customer.waits_for_text("請插入健保卡")?;
    scene.customer.touches("end")?;
    scene.customer.waits_for_screen("idle").map(|_| ())
}
