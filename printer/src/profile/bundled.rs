//! The profiles built in, and where else one may come from.

use std::path::Path;

use super::{
    Answers, Characters, Codes, Cut, Cutter, Fence, Line, Paper, Presenter, Profile, Rom, file,
};
use crate::error::Error;
use crate::page::PaperWidth;
use crate::transport::Flow;

/// The profiles built in: the name a configuration uses, and the file.
pub const BUNDLED: [(&str, &str); 5] = [
    (
        "epson-tm-80",
        include_str!("../../../assets/printers/epson-tm-80.toml"),
    ),
    (
        "epson-tm-t88-180",
        include_str!("../../../assets/printers/epson-tm-t88-180.toml"),
    ),
    (
        "custom-kpm-vkp",
        include_str!("../../../assets/printers/custom-kpm-vkp.toml"),
    ),
    (
        "generic-80",
        include_str!("../../../assets/printers/generic-80.toml"),
    ),
    (
        "generic-58",
        include_str!("../../../assets/printers/generic-58.toml"),
    ),
];

/// The profile of a configuration that names none.
pub const DEFAULT: &str = "epson-tm-80";

impl Profile {
    /// The profile with this name, or from the file at this path: what ends in `.toml` is a path,
    /// relative to `folder`.
    ///
    /// # Errors
    /// [`Error::UnknownProfile`], [`Error::ReadProfile`] or [`Error::Profile`].
    pub fn find(name: &str, folder: &Path) -> Result<Self, Error> {
        if !name.ends_with(".toml") {
            return Self::bundled(name);
        }
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).map_err(|source| Error::ReadProfile {
            path: path.clone(),
            source,
        })?;
        file::parse(&text).map_err(|(line, source)| Error::Profile {
            profile: path,
            line,
            source,
        })
    }

    /// The built-in profile with this name.
    ///
    /// # Errors
    /// [`Error::UnknownProfile`].
    pub fn bundled(name: &str) -> Result<Self, Error> {
        let (name, text) = BUNDLED
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| Error::UnknownProfile {
                name: name.to_owned(),
            })?;
        file::parse(text).map_err(|(line, source)| Error::Profile {
            profile: name.into(),
            line,
            source,
        })
    }
}

/// [`DEFAULT`] without reading anything; a test holds it to the file.
pub(super) fn default_profile() -> Profile {
    Profile {
        name: "Epson TM-T82 / TM-T20 / TM-m30 / TM-T88VI, 80 mm, 203 dpi".to_owned(),
        paper: Paper {
            width_mm: 80,
            head: PaperWidth::Dots576,
            dots_an_inch: 203,
            speed_mm_s: 150,
        },
        text: Characters {
            rom: Rom::Big5LevelTwo,
            user_defined: true,
        },
        codes: Codes {
            code39: true,
            code128: true,
            qr: true,
        },
        band_rows: 48,
        cutter: Cutter {
            cut: Cut::Partial,
            distance_mm: 12,
        },
        answers: Answers {
            fence: Fence::OnPaper,
            clear: true,
            automatic: true,
            near_end: true,
            presenter: Presenter::None,
        },
        line: Line {
            baud: 115_200,
            handshake: Flow::None,
            buffer_bytes: 4096,
        },
    }
}
