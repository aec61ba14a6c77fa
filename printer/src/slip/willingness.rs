//! The paper of a willingness entry (V4): its number is no place in a queue.

use domain::campaign::LocalText;
use domain::slip::PersonLines;
use jiff::civil::DateTime;

use super::composer::Composer;
use crate::page::Words;

pub(super) fn registered(
    composer: &mut Composer<'_>,
    receipt: &str,
    completed_at: DateTime,
    person: &PersonLines,
    area: &LocalText,
    brands: &[LocalText],
) {
    composer.heading("slip-willingness-kind", "slip-willingness-title");
    composer.number("slip-willingness-number", receipt.to_owned());
    composer.gap(6);
    composer.boxed("slip-willingness-no-order");
    composer.part("slip-willingness-next-title", "slip-willingness-next");
    composer.rule();
    composer.person(person);
    let area = composer.local("slip-willingness-area", area);
    composer.pair("slip-willingness-area", area);
    let brands: Vec<String> = brands
        .iter()
        .map(|brand| {
            let words = composer.local("slip-willingness-brands", brand);
            words.text.replace('\n', " ")
        })
        .collect();
    let brands = Words::new("slip-willingness-brands", brands.join("\n"));
    composer.pair("slip-willingness-brands", brands);
    composer.moment("slip-completed", completed_at);
}
