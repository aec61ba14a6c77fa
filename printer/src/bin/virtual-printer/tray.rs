//! The folder the finished pieces go to, numbered in the order they came out.

use std::io;
use std::path::{Path, PathBuf};

use printer::preview;
use printer::simulator::{Piece, Simulator};

/// Where pieces are left.
pub(crate) struct Tray {
    folder: PathBuf,
    next: u32,
}

impl Tray {
    /// Begins after what already lies there.
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
        })
    }

    /// Leaves what fell out of the printer in the folder; a blank scrap is thrown away.
    pub(crate) fn take_from(&mut self, simulator: &mut Simulator) -> io::Result<()> {
        simulator
            .take_pieces()
            .iter()
            .filter(|piece| !piece.is_blank())
            .try_for_each(|piece| self.lay(piece))
    }

    /// Leaves a piece in the folder; each file appears whole.
    fn lay(&mut self, piece: &Piece) -> io::Result<()> {
        let name = if piece.broken {
            format!("{:04}.part", self.next)
        } else {
            format!("{:04}", self.next)
        };
        self.next += 1;
        let hidden = self.folder.join(".coming-out");
        std::fs::write(&hidden, &piece.raw)?;
        std::fs::rename(&hidden, self.folder.join(format!("{name}.escpos")))?;
        preview::write_png(&piece.dots, &hidden)?;
        std::fs::rename(&hidden, self.folder.join(format!("{name}.png")))
    }
}
