//! Pictures as PNG files.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use crate::Error;

/// Writes rows of red, green, blue bytes.
pub(crate) fn write_rgb(
    path: &Path,
    width_px: u32,
    height_px: u32,
    pixels: &[u8],
) -> Result<(), Error> {
    let file = File::create(path).map_err(Error::file("write", path))?;
    let failed = |source| Error::Picture {
        path: path.to_owned(),
        source,
    };
    let mut encoder = png::Encoder::new(BufWriter::new(file), width_px, height_px);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(pixels).map_err(failed)?;
    writer.finish().map_err(failed)
}
