//! The cards of the run: invented people, each with a profile of their own.

use std::path::{Path, PathBuf};

use crate::error::LoadError;

/// Card numbers and person numbers; no number occurs twice.
const PEOPLE: [(&str, &str); 8] = [
    ("000000000001", "A123456789"),
    ("000000000002", "B176944193"),
    ("000000000003", "F131104093"),
    ("000000000004", "O158238845"),
    ("000000000005", "Z277018381"),
    ("000000000006", "A800000014"),
    ("000000000007", "A900207177"),
    ("000000000008", "R884356462"),
];

/// How many there are.
pub(crate) const COUNT: usize = PEOPLE.len();

/// Writes their profiles: `p0.toml` and so on.
pub(crate) fn write(folder: &Path) -> Result<(), LoadError> {
    for (person, (card_number, person_number)) in PEOPLE.iter().enumerate() {
        let text =
            format!("card_number = \"{card_number}\"\nperson_number = \"{person_number}\"\n");
        std::fs::write(profile(folder, person), text).map_err(|source| LoadError::File {
            action: "written",
            source,
        })?;
    }
    Ok(())
}

/// A person's profile.
pub(crate) fn profile(folder: &Path, person: usize) -> PathBuf {
    folder.join(format!("p{person}.toml"))
}

/// Whose card has this label in the slot's events.
pub(crate) fn by_label(label: &str) -> Option<usize> {
    label
        .strip_prefix('p')?
        .parse()
        .ok()
        .filter(|person| *person < COUNT)
}

/// Whose numbers these are; both must be the same person's.
pub(crate) fn by_numbers(card_number: &str, person_number: &str) -> Option<usize> {
    PEOPLE
        .iter()
        .position(|person| *person == (card_number, person_number))
}
