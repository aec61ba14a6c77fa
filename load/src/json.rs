//! Figures as a JSON file.

use std::path::Path;

use serde::Serialize;

use crate::error::LoadError;

/// Writes the file, its folder with it.
pub(crate) fn write(path: &Path, figures: &impl Serialize) -> Result<(), LoadError> {
    let written = |source| LoadError::File {
        action: "written",
        source,
    };
    let text =
        serde_json::to_string_pretty(figures).map_err(|source| LoadError::Json { source })?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(written)?;
    }
    std::fs::write(path, text).map_err(written)
}
