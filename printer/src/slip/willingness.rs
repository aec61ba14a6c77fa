//! The paper of a willingness entry (V4): its number is no place in a queue.

use domain::campaign::LocalText;
use domain::slip::PersonLines;
use jiff::civil::DateTime;

use super::composer::Composer;

pub(super) fn registered(
    composer: &mut Composer<'_>,
    receipt: &str,
    completed_at: DateTime,
    person: &PersonLines,
    area: &LocalText,
    brands: &[LocalText],
) {
    composer.heading("slip-willingness-kind", "slip-willingness-title", false);
    composer.number("slip-willingness-number", receipt.to_owned());
    composer.gap(6);
    let no_order = composer.text("slip-willingness-no-order", &[]);
    composer.boxed(no_order);
    let next = composer.text("slip-willingness-next", &[]);
    composer.part("slip-willingness-next-title", next);
    composer.rule();
    composer.person(person);
    let area = composer.local_short(area);
    composer.pair("slip-willingness-area", area);
    let brands: Vec<String> = brands
        .iter()
        .map(|brand| composer.local_short(brand))
        .collect();
    composer.pair("slip-willingness-brands", brands.join("\n"));
    composer.completed(completed_at);
}
