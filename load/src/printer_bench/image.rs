//! The same slip as one image by `python-escpos`: what programs do that leave Chinese to a picture.

use std::path::Path;
use std::process::Command;

use crate::error::LoadError;

const SCRIPT: &str = "\
import sys
from escpos.printer import Dummy
printer = Dummy()
printer.image(sys.argv[1], impl='bitImageRaster')
printer.cut()
print(len(printer.output))
";

/// Bytes it sends for the picture and a cut.
pub(crate) fn bytes(python: &Path, picture: &Path) -> Result<usize, LoadError> {
    let failed = |source| LoadError::Program {
        program: "python-escpos",
        source,
    };
    let output = Command::new(python)
        .args(["-W", "ignore", "-c", SCRIPT])
        .arg(picture)
        .output()
        .map_err(|source| failed(Some(source)))?;
    let text = String::from_utf8_lossy(&output.stdout);
    // It also tells that its profile names no width.
    let last = text.lines().last().unwrap_or_default();
    last.trim().parse().map_err(|_| failed(None))
}
