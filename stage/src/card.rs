//! Cards a person may put in: a `virtual-card` process is a card in the reader, its end pulls it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::part::Part;
use crate::{Error, program};

/// One card from the box beside the kiosk.
#[derive(Debug, Clone)]
pub struct CardChoice {
    /// Stable name, for example `called-national` or `bank`.
    pub id: String,
    /// What it is, for people.
    pub label: String,
    /// What is on it, for `virtual-card`.
    pub profile: PathBuf,
}

/// A card in the reader.
#[derive(Debug)]
pub struct Card {
    choice: CardChoice,
    part: Part,
}

impl Card {
    /// Puts a card in; `faults` as in `virtual-card --help`. The reader notices within half a second.
    ///
    /// # Errors
    /// Those of starting.
    pub fn insert(choice: &CardChoice, faults: &[&str], log_folder: &Path) -> Result<Self, Error> {
        let mut command = Command::new(program::find("virtual-card")?);
        command.arg("--profile").arg(&choice.profile);
        for fault in faults {
            command.args(["--fault", fault]);
        }
        let part = Part::start("virtual-card", command, log_folder)?;
        Ok(Self {
            choice: choice.clone(),
            part,
        })
    }

    /// Which card it is.
    #[must_use]
    pub fn choice(&self) -> &CardChoice {
        &self.choice
    }

    /// Whether it is still in; one with a pulling fault leaves by itself.
    pub fn is_in(&mut self) -> bool {
        self.part.exit_status().is_none()
    }

    /// Pulls it out.
    pub fn pull(self) {
        self.part.end();
    }
}

/// The profiles in a folder (`assets/cards`): wrong cards, worn ones, faults. A file's first line
/// `# …` is its label.
///
/// # Errors
/// [`Error::File`].
pub fn profiles(folder: &Path) -> Result<Vec<CardChoice>, Error> {
    let entries = std::fs::read_dir(folder).map_err(Error::file("read", folder))?;
    let mut choices = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let Some(id) = path
            .file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name.strip_suffix(".toml"))
        else {
            continue;
        };
        let text = std::fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        let label = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("# "))
            .unwrap_or(id);
        choices.push(CardChoice {
            id: id.to_owned(),
            label: label.to_owned(),
            profile: path.clone(),
        });
    }
    choices.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(choices)
}
