//! What must hold after any visits, whatever happened in them: the one list of invariants, as far as
//! a whole system shows it from outside.

use std::path::{Path, PathBuf};

use crate::Error;
use crate::world::World;

/// Checks every invariant and gives their names, for the report.
///
/// # Errors
/// [`Error::NotAsExpected`] naming the first that does not hold; those of asking.
pub fn check(world: &World, out: &Path) -> Result<Vec<String>, Error> {
    let mut held = Vec::new();
    for (what, count) in BOOKS {
        expect(&mut held, what, world.postgres.ask(count)?.trim() == "0")?;
    }
    let secrets = secrets(world);
    expect(
        &mut held,
        "there are people to look for",
        !secrets.is_empty(),
    )?;
    let mut files = files_below(world.log_folder())?;
    let kiosk = world.kiosk.config().parent().unwrap_or(out);
    // The published map is the screen itself, a development aid no terminal in a store has.
    files.extend(
        files_below(kiosk)?
            .into_iter()
            .filter(|file| file != world.kiosk.touch_map()),
    );
    let telling = files
        .iter()
        .find_map(|file| tells(file, &secrets).transpose())
        .transpose()?;
    let what = match &telling {
        Some(file) => format!("no person's data in {}", file.display()),
        None => "no person's data in any log or in the clear on the terminal's disk".to_owned(),
    };
    expect(&mut held, &what, telling.is_none())?;
    let named = files_below(out)?.iter().any(|file| {
        let name = file.to_string_lossy().into_owned();
        secrets.iter().any(|secret| name.contains(secret))
    });
    expect(&mut held, "no person's data in a file name", !named)?;
    Ok(held)
}

/// Counts at the centre that must be nought.
const BOOKS: [(&str, &str); 4] = [
    (
        "booked + leased + remaining = capacity, nothing negative",
        "SELECT count(*) FROM slots WHERE booked + leased + remaining <> capacity OR remaining < 0",
    ),
    (
        "a slot's count of bookings is the number of its bookings",
        "SELECT count(*) FROM slots s WHERE s.booked <> (SELECT count(*) FROM bookings b
         WHERE b.site_id = s.site_id AND b.round_id = s.round_id AND b.slot_id = s.slot_id)",
    ),
    (
        "at most one live booking a person a dose",
        "SELECT count(*) FROM (SELECT 1 FROM bookings GROUP BY series, dose, person_id
         HAVING count(*) > 1) doubled",
    ),
    (
        "sequences are contiguous from 1",
        "SELECT count(*) FROM (SELECT 1 FROM operations GROUP BY device_id, epoch
         HAVING min(seq) <> 1 OR max(seq) <> count(*)) gaps",
    ),
];

fn expect(held: &mut Vec<String>, what: &str, holds: bool) -> Result<(), Error> {
    if !holds {
        return Err(Error::NotAsExpected {
            what: what.to_owned(),
        });
    }
    held.push(what.to_owned());
    Ok(())
}

/// Everything that identifies one of the people who came.
fn secrets(world: &World) -> Vec<String> {
    let people = &world.centre.seeded().people;
    people
        .iter()
        .flat_map(|person| {
            [
                Some(person.name.clone()),
                Some(person.person_number.clone()),
                Some(person.card_number.clone()),
                Some(person.mobile.clone()),
                person.pickup_number.clone(),
            ]
        })
        .flatten()
        .filter(|secret| !secret.is_empty())
        .collect()
}

/// The file, if it holds one of the secrets in the clear.
fn tells(file: &Path, secrets: &[String]) -> Result<Option<PathBuf>, Error> {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        // The database's side files come and go while the kiosk runs.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::file("read", file)(error)),
    };
    let text = String::from_utf8_lossy(&bytes);
    let found = secrets.iter().any(|secret| text.contains(secret));
    Ok(found.then(|| file.to_owned()))
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    let entries = std::fs::read_dir(folder).map_err(Error::file("list", folder))?;
    for entry in entries.flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => files.extend(files_below(&path).unwrap_or_default()),
            Ok(kind) if kind.is_file() => files.push(path),
            _ => {}
        }
    }
    Ok(files)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects the privacy check itself: a log that names somebody is found, one that does not passes.
    #[test]
    fn a_telling_file_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let secrets = ["A123456789".to_owned(), "甄健康".to_owned()];
        for (name, text, telling) in [
            ("clean.log", "operation recorded seq=7", false),
            ("number.log", "refused A123456789", true),
            ("name.log", "您好，甄健康", true),
        ] {
            let file = folder.path().join(name);
            std::fs::write(&file, text).unwrap();
            assert_eq!(tells(&file, &secrets).unwrap().is_some(), telling, "{name}");
        }
    }
}
