//! Whatever stands on a slip, the printer never acts on it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::{Mutex, OnceLock};

use printer::text::Typesetter;
use printer::{Align, Block, Error, Page, Profile, Size, Symbol, Words, clean, emit};
use proptest::prelude::*;

fn typesetter() -> &'static Mutex<Typesetter> {
    static LOADED: OnceLock<Mutex<Typesetter>> = OnceLock::new();
    LOADED.get_or_init(|| Mutex::new(Typesetter::load().unwrap()))
}

/// ASCII with everything the shell and the printer think special, the ROM's Chinese, Chinese it lacks,
/// Thai and Vietnamese.
fn text() -> impl Strategy<Value = Words> {
    let character = prop_oneof![
        6 => proptest::char::range(' ', '~'),
        6 => proptest::char::range('一', '龥'),
        2 => proptest::sample::select("堃喆峯煊碁銹裏墻恒粧嫺".chars().collect::<Vec<_>>()),
        2 => proptest::char::range('ก', 'ฮ'),
        2 => proptest::char::range('Ạ', 'ỹ'),
    ];
    proptest::collection::vec(character, 1..60)
        .prop_map(|characters| Words::new("text", characters.into_iter().collect()))
}

fn block() -> impl Strategy<Value = Block> {
    let code = "[0-9A-Z]{1,20}";
    prop_oneof![
        4 => (text(), 0..4_usize, any::<bool>()).prop_map(|(words, size, bold)| Block::Text {
            words,
            size: [Size::Small, Size::Body, Size::Heading, Size::Title][size],
            align: [Align::Left, Align::Centre, Align::Right][size % 3],
            bold,
        }),
        2 => (text(), text()).prop_map(|(label, value)| Block::Pair { label, chinese: None, value }),
        1 => text().prop_map(|words| Block::Banner { words }),
        1 => text().prop_map(|words| Block::Boxed { words: vec![words] }),
        1 => text().prop_map(|words| Block::Number { words }),
        1 => Just(Block::Rule),
        1 => (0..900_usize).prop_map(|rows| Block::Gap { rows }),
        2 => (code, any::<bool>()).prop_map(|(data, old)| Block::Bars {
            symbol: if old { Symbol::Code39 } else { Symbol::Code128 },
            data,
            caption: "".into(),
        }),
        1 => "[ -~]{1,90}".prop_map(|data| Block::Qr { data }),
    ]
}

/// Whether `10 04`, `10 05` or `10 14` stands anywhere in what is sent, and no piece is too large.
fn is_harmless(pieces: &[Vec<u8>]) -> bool {
    !clean::holds_real_time_command(&pieces.concat())
        && pieces
            .iter()
            .all(|piece| piece.len() <= emit::LARGEST_PIECE_BYTES)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Protects the printer from acting on a slip: raster, glyph definitions, code data, text, feeds
    /// and all borders between them hold no real-time command, on every profile.
    #[test]
    fn no_slip_holds_a_real_time_command(blocks in proptest::collection::vec(block(), 1..14)) {
        for (name, _) in printer::profile::BUNDLED {
            let profile = Profile::bundled(name).unwrap();
            let mut page = Page::new(profile.width());
            page.blocks.clone_from(&blocks);
            let pieces = emit::pieces(&page, &profile, &mut typesetter().lock().unwrap());
            match pieces {
                Ok(pieces) => prop_assert!(is_harmless(&pieces), "{}", name),
                Err(error) => prop_assert!(false, "{}: {}", name, error),
            }
        }
    }

    /// Protects against commands smuggled in by a name or a campaign's text: a control character is
    /// refused wherever it stands.
    #[test]
    fn control_characters_are_refused(mut words in text(), control in 0..0x20_u8) {
        prop_assume!(control != b'\n');
        words.text.insert(0, char::from(control));
        let profile = Profile::default();
        let mut page = Page::new(profile.width());
        page.blocks.push(Block::Banner { words });
        let refused = emit::pieces(&page, &profile, &mut typesetter().lock().unwrap());
        let by_character = matches!(refused, Err(Error::NoGlyph { .. }));
        prop_assert!(by_character);
    }
}
