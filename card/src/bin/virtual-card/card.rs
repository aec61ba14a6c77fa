//! A card ready to be put in: its profile read and checked, with the cards its faults swap it for.

use std::path::{Path, PathBuf};

use crate::command::Source;
use crate::fault::Fault;
use crate::player::Player;
use crate::profile::{Profile, ProfileError};

/// A card in the hand.
#[derive(Clone)]
pub(crate) struct Card {
    /// What `status` and the events call it: its file's name.
    pub(crate) label: String,
    /// As it answers when it is put in.
    pub(crate) player: Player,
    /// Those it can be swapped for.
    pub(crate) others: Others,
}

/// Cards by the file that a fault names.
#[derive(Clone, Default)]
pub(crate) struct Others(Vec<(PathBuf, Card)>);

impl Card {
    /// Reads what the source names.
    pub(crate) fn load(source: &Source) -> Result<Self, ProfileError> {
        let mut profile = match &source.file {
            Some(path) => Profile::load(path)?,
            None => Profile::default(),
        };
        for (key, value) in &source.changes {
            profile.set(key, value)?;
        }
        Ok(Self {
            label: source.file.as_deref().map_or("card".to_owned(), label),
            player: Player::new(&profile)?,
            others: Others::load(&profile.faults)?,
        })
    }
}

impl Others {
    /// Reads the cards that these faults swap in.
    pub(crate) fn load(faults: &[Fault]) -> Result<Self, ProfileError> {
        let mut others = Self::default();
        for fault in faults {
            let Fault::Swapped { by, .. } = fault else {
                continue;
            };
            let profile = Profile::load(by)?;
            let swaps = |fault: &Fault| matches!(fault, Fault::Swapped { .. });
            if profile.faults.iter().any(swaps) {
                return Err(ProfileError::Swapped { path: by.clone() });
            }
            let card = Card {
                label: label(by),
                player: Player::new(&profile)?,
                others: Self::default(),
            };
            others.0.push((by.clone(), card));
        }
        Ok(others)
    }

    /// The card of this file.
    pub(crate) fn get(&self, file: &Path) -> Option<&Card> {
        let (_, card) = self.0.iter().find(|(path, _)| path == file)?;
        Some(card)
    }

    /// These too.
    pub(crate) fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }
}

fn label(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default();
    stem.to_string_lossy().replace(char::is_whitespace, "-")
}
