//! The folder a run writes into: made anew, never emptied by mistake.

use std::path::{Path, PathBuf};

use crate::Error;

/// Lies in every folder this module made.
const MARK: &str = ".made-by-stage";

/// Makes the folder, empty; gives its absolute path.
///
/// # Errors
/// [`Error::NotThere`] when it holds something and an earlier run did not make it; [`Error::File`].
pub fn prepare(folder: &Path) -> Result<PathBuf, Error> {
    if folder.join(MARK).exists() {
        std::fs::remove_dir_all(folder).map_err(Error::file("empty", folder))?;
    }
    std::fs::create_dir_all(folder).map_err(Error::file("make", folder))?;
    let mut inside = std::fs::read_dir(folder).map_err(Error::file("read", folder))?;
    if inside.next().is_some() {
        return Err(Error::NotThere(
            "an empty folder: --out holds somebody's files",
        ));
    }
    let mark = folder.join(MARK);
    std::fs::write(&mark, "").map_err(Error::file("write", &mark))?;
    folder.canonicalize().map_err(Error::file("find", folder))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects people's files: only a folder of an earlier run is emptied.
    #[test]
    fn only_its_own_folder_is_emptied() {
        let folder = tempfile::tempdir().unwrap();
        let own = prepare(&folder.path().join("own")).unwrap();
        std::fs::write(own.join("left"), "over").unwrap();
        let again = prepare(&own).unwrap();
        assert!(!again.join("left").exists());
        let other = folder.path().join("other");
        std::fs::create_dir(&other).unwrap();
        std::fs::write(other.join("thesis"), "work").unwrap();
        assert!(prepare(&other).is_err());
        assert!(other.join("thesis").exists());
    }
}
