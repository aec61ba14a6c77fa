//! The technician's test slip: every size of type, both edges, rare characters, all kinds of code.

use super::composer::Composer;
use crate::page::{Align, Block, Size, Symbol, Words};

pub(super) fn slip(composer: &mut Composer<'_>) {
    composer.heading("slip-test-kind", "slip-test-title");
    composer.boxed("slip-test-question");
    composer.say("slip-test-small", &[], false);
    composer.say("slip-test-body", &[], false);
    composer.say("slip-test-body", &[], true);
    let heading = composer.own_words("slip-test-heading");
    composer.large(heading);
    composer.say("slip-test-rare", &[], false);
    composer.push(Block::Number {
        words: Words::from("0123456789"),
    });
    composer.push(Block::Banner {
        words: Words::from("ABCDEFG 0123"),
    });
    for (align, text) in [
        (Align::Left, "|<<<<<<<<"),
        (Align::Centre, "||"),
        (Align::Right, ">>>>>>>>|"),
    ] {
        composer.push(Block::Text {
            words: Words::from(text),
            size: Size::Body,
            align,
            bold: false,
        });
    }
    composer.rule();
    for symbol in [Symbol::Code39, Symbol::Code128] {
        composer.push(Block::Bars {
            symbol,
            data: "TEST-012345".to_owned(),
            caption: Words::from(crate::codes::name(symbol)),
        });
    }
    composer.push(Block::Qr {
        data: "TEST-0123456789".to_owned(),
    });
}
