//! A profile's file. Unknown keys and values no printer has are refused with their line.

use serde::Deserialize;
use toml::Spanned;

use super::{Answers, Characters, Codes, Cut, Cutter, Line, Paper, Profile, Rom};
use crate::error::ProfileMistake;
use crate::page::PaperWidth;
use crate::transport::Flow;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: Spanned<String>,
    paper: PaperTable,
    text: TextTable,
    codes: Codes,
    raster: RasterTable,
    cutter: CutterTable,
    answers: Answers,
    line: LineTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperTable {
    width_mm: Spanned<u16>,
    head_dots: Spanned<usize>,
    dots_an_inch: Spanned<u16>,
    speed_mm_s: Spanned<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextTable {
    rom: Rom,
    user_defined: Spanned<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RasterTable {
    band_rows: Spanned<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CutterTable {
    cut: Cut,
    distance_mm: Spanned<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineTable {
    baud: Spanned<u32>,
    handshake: Flow,
    buffer_bytes: Spanned<usize>,
}

/// Speeds serial printers have.
const BAUDS: [u32; 8] = [2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400];

/// Reads a profile; a mistake comes with its line, from 1.
pub(super) fn parse(text: &str) -> Result<Profile, (usize, ProfileMistake)> {
    let file: File = toml::from_str(text).map_err(|source| {
        let at = source.span().map_or(0, |span| span.start);
        (line_of(text, at), ProfileMistake::Shape(source.into()))
    })?;
    let held = |good: bool, at: usize, key: &'static str, allowed: &'static str| {
        if good {
            Ok(())
        } else {
            Err((line_of(text, at), ProfileMistake::Value { key, allowed }))
        }
    };
    let paper = &file.paper;
    let within = |value: &Spanned<u16>, low: u16, high: u16| (low..=high).contains(value.as_ref());
    held(
        !file.name.as_ref().trim().is_empty(),
        file.name.span().start,
        "name",
        "some text",
    )?;
    held(
        within(&paper.width_mm, 40, 120),
        paper.width_mm.span().start,
        "paper.width_mm",
        "40 to 120",
    )?;
    held(
        within(&paper.dots_an_inch, 150, 300),
        paper.dots_an_inch.span().start,
        "paper.dots_an_inch",
        "150 to 300",
    )?;
    held(
        within(&paper.speed_mm_s, 10, 500),
        paper.speed_mm_s.span().start,
        "paper.speed_mm_s",
        "10 to 500",
    )?;
    let Some(head) = PaperWidth::from_dots(*paper.head_dots.as_ref()) else {
        let at = paper.head_dots.span().start;
        let (key, allowed) = ("paper.head_dots", "384, 512 or 576");
        return Err((line_of(text, at), ProfileMistake::Value { key, allowed }));
    };
    held(
        file.text.rom != Rom::None || !*file.text.user_defined.as_ref(),
        file.text.user_defined.span().start,
        "text.user_defined",
        "true only where the ROM has Chinese",
    )?;
    let band_rows = &file.raster.band_rows;
    held(
        (24..=48).contains(band_rows.as_ref()),
        band_rows.span().start,
        "raster.band_rows",
        "24 to 48",
    )?;
    let distance_mm = &file.cutter.distance_mm;
    held(
        *distance_mm.as_ref() <= 60,
        distance_mm.span().start,
        "cutter.distance_mm",
        "0 to 60",
    )?;
    let line = &file.line;
    held(
        BAUDS.contains(line.baud.as_ref()),
        line.baud.span().start,
        "line.baud",
        "2400, 4800, 9600, 19200, 38400, 57600, 115200 or 230400",
    )?;
    held(
        (256..=1_048_576).contains(line.buffer_bytes.as_ref()),
        line.buffer_bytes.span().start,
        "line.buffer_bytes",
        "256 to 1048576",
    )?;
    Ok(Profile {
        paper: Paper {
            width_mm: *paper.width_mm.as_ref(),
            head,
            dots_an_inch: *paper.dots_an_inch.as_ref(),
            speed_mm_s: *paper.speed_mm_s.as_ref(),
        },
        text: Characters {
            rom: file.text.rom,
            user_defined: *file.text.user_defined.as_ref(),
        },
        codes: file.codes,
        band_rows: *band_rows.as_ref(),
        cutter: Cutter {
            cut: file.cutter.cut,
            distance_mm: *distance_mm.as_ref(),
        },
        answers: file.answers,
        line: Line {
            baud: *line.baud.as_ref(),
            handshake: line.handshake,
            buffer_bytes: *line.buffer_bytes.as_ref(),
        },
        name: file.name.into_inner(),
    })
}

fn line_of(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().iter().take(offset);
    before.filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::{BUNDLED, DEFAULT};
    use super::*;
    use crate::error::Error;

    /// Protects the profiles that come with the program: each is read, and the built-in default is
    /// the file's.
    #[test]
    fn the_bundled_profiles_are_read() {
        for (name, _) in BUNDLED {
            let profile = Profile::bundled(name).unwrap();
            assert!(profile.rows_to_cutter() > 0, "{name}");
        }
        assert_eq!(Profile::default(), Profile::bundled(DEFAULT).unwrap());
        assert!(matches!(
            Profile::bundled("teletype"),
            Err(Error::UnknownProfile { .. })
        ));
    }

    /// Protects a technician who writes a profile: every mistake is refused and its line named.
    #[test]
    fn mistakes_are_named_with_their_line() {
        let (_, sample) = BUNDLED[0];
        for (right, wrong) in [
            ("code39 = true", "code39 = 1"),
            ("code39 = true", "code_39 = true"),
            ("head_dots = 576", "head_dots = 575"),
            ("band_rows = 48", "band_rows = 200"),
            ("fence = \"on-paper\"", "fence = \"hope\""),
            ("baud = 115200", "baud = 115201"),
            ("buffer_bytes = 4096", "buffer_bytes = 16"),
            ("rom = \"big5-level-2\"", "rom = \"utf-8\""),
        ] {
            let text = sample.replacen(right, wrong, 1);
            assert_ne!(text, sample, "{right}");
            let line = 1 + text.lines().position(|line| line == wrong).unwrap();
            assert_eq!(parse(&text).unwrap_err().0, line, "{wrong}");
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("own.toml"), sample).unwrap();
        let own = Profile::find("own.toml", folder.path()).unwrap();
        assert_eq!(own, Profile::default());
        let error = Profile::find("other.toml", folder.path()).unwrap_err();
        assert!(matches!(error, Error::ReadProfile { .. }));
    }
}
