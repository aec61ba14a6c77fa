//! The paper coming out of the mouth, and the folder the finished pieces go to.

use std::io;
use std::path::{Path, PathBuf};

use printer::bitmap::Bitmap;
use printer::preview;

/// The piece of paper being printed.
pub(crate) struct Sheet {
    pub(crate) dots: Bitmap,
    pub(crate) raw: Vec<u8>,
    /// Not a whole slip: its beginning or end is missing.
    pub(crate) broken: bool,
    width: usize,
}

impl Sheet {
    pub(crate) fn new(width: usize) -> Self {
        Self {
            dots: Bitmap::white(width, 0),
            raw: Vec::new(),
            broken: false,
            width,
        }
    }

    /// Takes the piece away and begins a new one.
    pub(crate) fn take(&mut self) -> Self {
        std::mem::replace(self, Self::new(self.width))
    }
}

/// Where pieces are left, numbered in the order they came out.
pub(crate) struct Tray {
    folder: PathBuf,
    next: u32,
    pub(crate) slips: u32,
    pub(crate) parts: u32,
}

impl Tray {
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        let mut next = 1;
        for entry in std::fs::read_dir(folder)? {
            let name = entry?.file_name();
            let number = name
                .to_str()
                .and_then(|name| name.get(..4)?.parse::<u32>().ok());
            next = next.max(number.map_or(1, |number| number + 1));
        }
        Ok(Self {
            folder: folder.to_owned(),
            next,
            slips: 0,
            parts: 0,
        })
    }

    /// Leaves a piece in the folder; each file appears whole. A blank scrap is thrown away.
    pub(crate) fn lay(&mut self, sheet: &Sheet) -> io::Result<()> {
        if sheet.dots.ink_columns().is_none() {
            return Ok(());
        }
        let name = if sheet.broken {
            self.parts += 1;
            format!("{:04}.part", self.next)
        } else {
            self.slips += 1;
            format!("{:04}", self.next)
        };
        self.next += 1;
        let hidden = self.folder.join(".coming-out");
        std::fs::write(&hidden, &sheet.raw)?;
        std::fs::rename(&hidden, self.folder.join(format!("{name}.escpos")))?;
        preview::write_png(&sheet.dots, &hidden)?;
        std::fs::rename(&hidden, self.folder.join(format!("{name}.png")))
    }
}
