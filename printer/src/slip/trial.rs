//! The technician's test slip: every size of type, both edges, rare characters, both kinds of code.

use super::composer::Composer;
use crate::page::{Align, Block, Size};

pub(super) fn slip(composer: &mut Composer<'_>) {
    composer.heading("slip-test-kind", "slip-test-title", false);
    let question = composer.text("slip-test-question", &[]);
    composer.boxed(question);
    for (key, size, bold) in [
        ("slip-test-small", Size::Small, false),
        ("slip-test-body", Size::Body, false),
        ("slip-test-body", Size::Body, true),
        ("slip-test-heading", Size::Heading, true),
        ("slip-test-rare", Size::Body, false),
    ] {
        let text = composer.text(key, &[]);
        composer.line(text, size, Align::Left, bold);
    }
    composer.push(Block::Number {
        text: "0123456789".to_owned(),
    });
    composer.push(Block::Banner {
        text: "ABCDEFG 0123".to_owned(),
    });
    composer.rule();
    composer.push(Block::Code39 {
        data: "TEST-0123456789".to_owned(),
        caption: String::new(),
    });
    composer.push(Block::Qr {
        data: "TEST-0123456789".to_owned(),
    });
}
