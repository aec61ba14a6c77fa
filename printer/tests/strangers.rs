//! Every sample slip read by others: `escpost`, a strict parser and renderer, takes all commands but
//! those it has not got, and `zbarimg` reads the codes off its picture.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use printer::bitmap::Bitmap;
use printer::slip::{Kind, compose, sample};
use printer::text::Typesetter;
use printer::{Profile, emit, raster, set};
use support::{codes, expected_codes};
use wording::{Language, Wording};

/// Takes a slip apart into its commands and leaves out what `escpost` refuses: two-byte mode and
/// defined characters (`FS`). A two-byte character becomes two narrow ones, as wide as itself; the
/// stranger has no Chinese. Whatever is no command of ours is a failure.
fn without_two_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut rest = bytes;
    while let Some(&first) = rest.first() {
        let word = |at: usize| usize::from(u16::from_le_bytes([rest[at], rest[at + 1]]));
        let (length, keep) = match (first, rest.get(1)) {
            (0x1B, Some(b'@')) => (2, true),
            (0x1B, Some(b'J' | b'3' | b'a' | b'E' | b'd')) => (3, true),
            (0x1C, Some(b'&' | b'.')) => (2, false),
            (0x1C, Some(b'!')) => (3, false),
            (0x1C, Some(b'2')) => (4 + 72, false),
            (0x1D, Some(b'!' | b'B' | b'w' | b'h' | b'H' | b'f')) => (3, true),
            (0x1D, Some(b'P' | b'V')) => (4, true),
            (0x1D, Some(b'v')) => (8 + word(4) * word(6), true),
            (0x1D, Some(b'k')) => (4 + usize::from(rest[3]), true),
            (0x1D, Some(b'(')) => (5 + word(3), true),
            (b'\n' | b' '..=b'~', _) => (1, true),
            (0xA1..=0xFE, Some(0x40..=0x7E | 0xA1..=0xFE)) => {
                kept.extend_from_slice(b"##");
                (2, false)
            }
            _ => panic!("no command of ours: {:02X?}", &rest[..rest.len().min(8)]),
        };
        if keep {
            kept.extend_from_slice(&rest[..length]);
        }
        rest = &rest[length..];
    }
    kept
}

/// Reads a picture part by part, as a person holds a slip under a scanner: among hundreds of Chinese
/// characters `zbarimg` mistakes some for corners of a QR code.
fn read_in_parts(picture: &Bitmap, path: &Path) -> Vec<String> {
    let mut found = BTreeSet::new();
    // Bars along the paper are long, and a QR code is small.
    for (rows, step) in [(1200, 600), (300, 100)] {
        for first in (0..picture.rows()).step_by(step) {
            let mut part = Bitmap::white(picture.width(), 0);
            for row in first..(first + rows).min(picture.rows()) {
                part.append_row(picture.row_bytes(row, 1));
            }
            printer::preview::write_png(&part, path).unwrap();
            found.extend(codes(path));
        }
    }
    found.into_iter().collect()
}

fn as_bitmap(surface: &escpost_render::MonoSurface) -> Bitmap {
    let size = |dots: u32| usize::try_from(dots).unwrap();
    let mut picture = Bitmap::white(size(surface.width()), size(surface.height()));
    for y in 0..surface.height() {
        for x in (0..surface.width()).filter(|&x| surface.is_printed(x, y)) {
            picture.fill(size(x), size(y), 1, 1);
        }
    }
    picture
}

/// Protects every printer that is stricter than ours: on each paper, in each language, nothing is
/// left unparsed, and the codes are read on their picture as on ours.
#[test]
fn escpost_and_zbarimg_read_every_slip() {
    let folder = tempfile::tempdir().unwrap();
    let mut typesetter = Typesetter::load().unwrap();
    for (profile_name, stranger) in [
        ("epson-tm-80", "REFERENCE"),
        ("generic-58", "NT-5890K"),
        ("custom-kpm-vkp", "REFERENCE"),
    ] {
        let profile = Profile::bundled(profile_name).unwrap();
        let stranger = escpost_profiles::resolver::resolve(stranger).unwrap();
        for language in Language::ALL {
            let wording = Wording::load(language).unwrap();
            for kind in Kind::ALL {
                let named = format!("{}-{}-{profile_name}", kind.name(), language.tag());
                let page = compose(&sample(kind, 1).unwrap(), &wording, profile.width());
                let sheet = set::set(&page, &profile, &mut typesetter).unwrap();
                let bytes = emit::sheet_pieces(&sheet, &profile).unwrap().concat();
                let rendered = escpost_render::render(&without_two_bytes(&bytes), stranger)
                    .unwrap_or_else(|error| panic!("{named}: {error}"));
                assert!(
                    rendered.warnings.is_empty(),
                    "{named}: {:?}",
                    rendered.warnings
                );
                let [shown] = &rendered.sheets[..] else {
                    panic!("{named}: {} sheets", rendered.sheets.len());
                };
                let path = folder.path().join(format!("{named}.png"));
                let theirs = as_bitmap(&shown.surface);
                if expected_codes(kind).is_empty() {
                    printer::preview::write_png(&theirs, &path).unwrap();
                    assert!(codes(&path).is_empty(), "{named}");
                    continue;
                }
                let ours = raster::picture(&sheet, &mut typesetter).unwrap();
                for (whose, picture) in [("theirs", theirs), ("ours", ours)] {
                    let read = read_in_parts(&picture, &path);
                    assert_eq!(read, expected_codes(kind), "{named}, {whose}");
                }
            }
        }
    }
}

/// Protects the stranger's test itself: what is no command is not passed over in silence.
#[test]
#[should_panic(expected = "no command of ours")]
fn what_is_no_command_is_seen() {
    without_two_bytes(&[0x1B, b'~', 0]);
}
