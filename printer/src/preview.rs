//! A slip without a printer: as a picture, as the bytes a printer would get, or as plain text.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::bitmap::Bitmap;
use crate::emit;
use crate::error::Error;
use crate::page::Page;
use crate::plain;
use crate::profile::Profile;
use crate::raster;
use crate::set;
use crate::text::Typesetter;

/// Writes a page to `FILE.png` (what a person will hold), `FILE.escpos` (what the printer gets) or
/// `FILE.txt` (what it says, without anything personal).
///
/// # Errors
/// [`Error::PreviewKind`] for another ending, those of [`set::set`], [`Error::ReadFont`],
/// [`Error::WritePreview`].
pub fn write(page: &Page, profile: &Profile, path: &Path) -> Result<(), Error> {
    let mut typesetter = Typesetter::load()?;
    let sheet = set::set(page, profile, &mut typesetter)?;
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("png") => write_png(&raster::picture(&sheet, &mut typesetter)?, path),
        Some("escpos") => std::fs::write(path, emit::sheet_pieces(&sheet, profile)?.concat()),
        Some("txt") => std::fs::write(path, plain::text(page)),
        _ => {
            return Err(Error::PreviewKind {
                path: path.to_owned(),
            });
        }
    }
    .map_err(|source| Error::WritePreview {
        path: path.to_owned(),
        source,
    })
}

/// Writes dots as a black-and-white picture of the same size, 203 dots an inch.
///
/// # Errors
/// What the file system says.
pub fn write_png(picture: &Bitmap, path: &Path) -> io::Result<()> {
    encode_png(picture, BufWriter::new(File::create(path)?))
}

/// As [`write_png`], to anywhere.
///
/// # Errors
/// What the writer says.
pub fn encode_png(picture: &Bitmap, to: impl Write) -> io::Result<()> {
    let size = |dots: usize| u32::try_from(dots).unwrap_or(u32::MAX);
    // A PNG has at least one row, also of a slip that was torn off before its first.
    let rows = picture.rows().max(1);
    let mut encoder = png::Encoder::new(to, size(picture.width()), size(rows));
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_compression(png::Compression::High);
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: 7992,
        yppu: 7992,
        unit: png::Unit::Meter,
    }));
    // In a PNG 1 is white, on a thermal head 1 is black.
    let mut dots: Vec<u8> = picture
        .row_bytes(0, rows)
        .iter()
        .map(|byte| !byte)
        .collect();
    dots.resize(picture.width() / 8 * rows, 0xFF);
    let mut writer = encoder.write_header().map_err(io::Error::other)?;
    writer.write_image_data(&dots).map_err(io::Error::other)?;
    writer.finish().map_err(io::Error::other)
}
