//! A slip's picture, decoded once.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use iced::widget::image::Handle;
use png::{ColorType, Transformations};

use crate::error::Error;

/// A slip ready to be drawn.
#[derive(Debug)]
pub(crate) struct Slip {
    path: PathBuf,
    picture: Handle,
}

impl Slip {
    /// Decodes a PNG file of any colour type.
    pub(crate) fn load(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|source| Error::OpenSlip {
            path: path.to_owned(),
            source,
        })?;
        let failed = |source| Error::ReadSlip {
            path: path.to_owned(),
            source,
        };
        let mut decoder = png::Decoder::new(BufReader::new(file));
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(failed)?;
        let strange = || Error::StrangePixels {
            path: path.to_owned(),
        };
        let mut bytes = vec![0; reader.output_buffer_size().ok_or_else(strange)?];
        let frame = reader.next_frame(&mut bytes).map_err(failed)?;
        bytes.truncate(frame.buffer_size());
        let pixels: Vec<u8> = match frame.color_type {
            ColorType::Grayscale => bytes
                .iter()
                .flat_map(|&grey| [grey, grey, grey, 255])
                .collect(),
            ColorType::GrayscaleAlpha => bytes
                .chunks_exact(2)
                .flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]])
                .collect(),
            ColorType::Rgb => bytes
                .chunks_exact(3)
                .flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255])
                .collect(),
            ColorType::Rgba => bytes,
            ColorType::Indexed => return Err(strange()),
        };
        let picture = Handle::from_rgba(frame.width, frame.height, pixels);
        Ok(Self {
            path: path.to_owned(),
            picture,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn picture(&self) -> Handle {
        self.picture.clone()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects against slips that show as nothing: one-bit pictures, as printers make, are read.
    #[test]
    fn a_one_bit_picture_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("0001.png");
        let mut encoder = png::Encoder::new(File::create(&path).unwrap(), 8, 2);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder
            .write_header()
            .unwrap()
            .write_image_data(&[0b1010_0000, 0])
            .unwrap();
        let slip = Slip::load(&path).unwrap();
        let Handle::Rgba {
            width,
            height,
            pixels,
            ..
        } = slip.picture()
        else {
            unreachable!()
        };
        assert_eq!((width, height), (8, 2));
        assert_eq!(&pixels[..8], &[255, 255, 255, 255, 0, 0, 0, 255]);
    }
}
