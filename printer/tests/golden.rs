//! Slips as they were judged by eye: pictures in `docs/slips` and `tests/golden`, bytes in
//! `tests/golden`. A missing file is a failure. `cargo xtask bless` writes them anew, to be looked at.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use printer::bitmap::Bitmap;
use printer::slip::{Kind, compose, sample};
use printer::text::Typesetter;
use printer::{Page, Profile, emit, preview, raster, set};
use wording::{Language, Wording};

/// Set by `cargo xtask bless` only.
const BLESS: &str = "SLIPS_BLESS";

struct Album {
    typesetter: Typesetter,
    seen: BTreeSet<PathBuf>,
    wrong: Vec<String>,
}

impl Album {
    fn page(kind: Kind, language: Language, profile: &Profile) -> Page {
        // One reprint among them shows the mark.
        let reprint = u32::from(kind == Kind::Pickup && language == Language::Vietnamese);
        let slip = sample(kind, reprint).unwrap();
        compose(&slip, &Wording::load(language).unwrap(), profile.width())
    }

    fn bytes(&mut self, kind: Kind, language: Language, profile_name: &str) {
        let profile = Profile::bundled(profile_name).unwrap();
        let page = Self::page(kind, language, &profile);
        let bytes = emit::pieces(&page, &profile, &mut self.typesetter)
            .unwrap()
            .concat();
        let path = golden().join(format!(
            "{}-{}-{profile_name}.escpos",
            kind.name(),
            language.tag()
        ));
        self.hold(path, &bytes, |kept| kept == bytes);
    }

    fn picture(&mut self, kind: Kind, language: Language, profile_name: &str, path: PathBuf) {
        let profile = Profile::bundled(profile_name).unwrap();
        let page = Self::page(kind, language, &profile);
        let sheet = set::set(&page, &profile, &mut self.typesetter).unwrap();
        let picture = raster::picture(&sheet, &mut self.typesetter).unwrap();
        let mut png = Vec::new();
        preview::encode_png(&picture, &mut png).unwrap();
        self.hold(path, &png, |kept| same_dots(kept, &picture));
    }

    fn hold(&mut self, path: PathBuf, made: &[u8], same: impl Fn(&[u8]) -> bool) {
        if std::env::var_os(BLESS).is_some() {
            std::fs::write(&path, made).unwrap();
        }
        match std::fs::read(&path) {
            Ok(kept) if same(&kept) => {}
            Ok(_) => self.wrong.push(format!("{} differs", path.display())),
            Err(_) => self.wrong.push(format!("{} is missing", path.display())),
        }
        self.seen.insert(path);
    }

    /// What nobody compares any more is a failure too.
    fn end(self, folder: &Path, endings: &[&str]) {
        let ends = |path: &PathBuf| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            ending.is_some_and(|ending| endings.contains(&ending))
        };
        let stale: Vec<PathBuf> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| ends(path) && !self.seen.contains(path))
            .collect();
        assert!(
            self.wrong.is_empty() && stale.is_empty(),
            "{:#?}, of no slip: {stale:#?}; after a change that is meant: cargo xtask bless, and \
             look at every picture that git shows as changed",
            self.wrong
        );
    }
}

fn album() -> Album {
    Album {
        typesetter: Typesetter::load().unwrap(),
        seen: BTreeSet::new(),
        wrong: Vec::new(),
    }
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn same_dots(png: &[u8], picture: &Bitmap) -> bool {
    let Ok(mut reader) = png::Decoder::new(std::io::Cursor::new(png)).read_info() else {
        return false;
    };
    let mut dots = vec![0; reader.output_buffer_size().unwrap_or(0)];
    let Ok(frame) = reader.next_frame(&mut dots) else {
        return false;
    };
    let ours: Vec<u8> = picture
        .row_bytes(0, picture.rows())
        .iter()
        .map(|byte| !byte)
        .collect();
    dots[..frame.buffer_size()] == ours[..]
}

/// Protects what people hold: every slip in every language on 80 mm paper looks as it was judged.
#[test]
fn pictures_of_every_slip_and_language() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/slips");
    let mut album = album();
    for language in Language::ALL {
        for kind in Kind::ALL {
            let path = folder.join(format!("{}-{}.png", kind.name(), language.tag()));
            album.picture(kind, language, "epson-tm-80", path);
        }
    }
    album.end(&folder, &["png"]);
}

/// Protects narrow paper, other heads and what goes over the line: bytes as they were judged, with
/// Chinese in the ROM, without user-defined characters, without Chinese at all.
#[test]
fn bytes_and_other_papers() {
    let mut album = album();
    for kind in Kind::ALL {
        for language in [
            Language::TraditionalChinese,
            Language::English,
            Language::Indonesian,
        ] {
            album.bytes(kind, language, "epson-tm-80");
        }
        for profile in ["generic-58", "epson-tm-t88-180"] {
            let language = Language::TraditionalChinese;
            album.bytes(kind, language, profile);
            let path = golden().join(format!("{}-{profile}.png", kind.name()));
            album.picture(kind, language, profile, path);
        }
    }
    for kind in [Kind::Booking, Kind::Pickup] {
        album.bytes(kind, Language::Vietnamese, "epson-tm-80");
        album.bytes(kind, Language::Thai, "epson-tm-80");
        album.bytes(kind, Language::TraditionalChinese, "custom-kpm-vkp");
    }
    album.end(&golden(), &["png", "escpos"]);
}
