//! What is known of each slip, on disk before the printer gets its first byte, so that it survives a
//! killed process and a power cut (ADR 0050). It holds numbers only, nothing that stands on a slip.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::job::{Grade, JobId};

/// Slips remembered at the next start.
const KEPT: usize = 2000;

/// What happened to a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Its first byte goes out next.
    Begun,
    /// It is over.
    Ended(Outcome),
}

/// What is known of a slip in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It came out, as surely as the grade says.
    Printed(Grade),
    /// It did not come out whole, and the printer holds nothing of it.
    NotPrinted,
    /// Nobody knows: it may be on paper, in parts, or still to come.
    Unknown,
}

/// Where a worker notes what happens.
pub trait Journal: Send {
    /// Notes it; after this it survives a power cut.
    ///
    /// # Errors
    /// [`Error::WriteJournal`]; a slip that cannot be noted as begun is not printed.
    fn note(&mut self, job: JobId, entry: Entry) -> Result<(), Error>;
}

/// Remembers nothing: for a single slip from the command line, which nobody prints again by itself.
#[derive(Debug, Default)]
pub struct NoJournal;

impl Journal for NoJournal {
    fn note(&mut self, _job: JobId, _entry: Entry) -> Result<(), Error> {
        Ok(())
    }
}

/// A journal in a file: a line for each note, with a check sum, synced before it counts.
#[derive(Debug)]
pub struct FileJournal {
    path: PathBuf,
    file: File,
    known: BTreeMap<JobId, (u64, Outcome)>,
    /// Whether there was none before: then nothing can be said of earlier slips.
    fresh: bool,
    damaged_lines: u32,
}

impl FileJournal {
    /// Opens the journal, or begins one. What was begun and not ended is unknown from now on.
    ///
    /// # Errors
    /// [`Error::OpenJournal`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        let failed = |source| Error::OpenJournal {
            path: path.to_owned(),
            source,
        };
        let (text, fresh) = match std::fs::read(path) {
            Ok(bytes) => (String::from_utf8_lossy(&bytes).into_owned(), false),
            Err(error) if error.kind() == ErrorKind::NotFound => (String::new(), true),
            Err(error) => return Err(failed(error)),
        };
        let mut known: BTreeMap<JobId, (u64, Outcome)> = BTreeMap::new();
        let mut damaged_lines = 0;
        for (place, line) in (0_u64..).zip(text.lines()) {
            match read(line) {
                Some((job, Entry::Begun)) => known.insert(job, (place, Outcome::Unknown)),
                Some((job, Entry::Ended(outcome))) => known.insert(job, (place, outcome)),
                None => {
                    damaged_lines += 1;
                    None
                }
            };
        }
        let file = rewrite(path, &mut known).map_err(failed)?;
        Ok(Self {
            path: path.to_owned(),
            file,
            known,
            fresh,
            damaged_lines,
        })
    }

    /// What is known of a slip of an earlier run. One that never stood here got no byte out; but where
    /// the journal is new or was damaged, nothing is known.
    #[must_use]
    pub fn outcome(&self, job: JobId) -> Outcome {
        match self.known.get(&job) {
            Some((_, outcome)) => *outcome,
            None if self.fresh || self.damaged_lines > 1 => Outcome::Unknown,
            None => Outcome::NotPrinted,
        }
    }
}

impl Journal for FileJournal {
    fn note(&mut self, job: JobId, entry: Entry) -> Result<(), Error> {
        let written = self
            .file
            .write_all(line(job, entry).as_bytes())
            .and_then(|()| self.file.sync_data());
        written.map_err(|source| Error::WriteJournal {
            path: self.path.clone(),
            source,
        })
    }
}

/// Writes the newest slips anew, whole or not at all, and gives the file to go on with.
fn rewrite(path: &Path, known: &mut BTreeMap<JobId, (u64, Outcome)>) -> io::Result<File> {
    let mut newest: Vec<(u64, JobId, Outcome)> = known
        .iter()
        .map(|(job, (place, outcome))| (*place, *job, *outcome))
        .collect();
    newest.sort_unstable_by_key(|(place, _, _)| *place);
    let surplus = newest.len().saturating_sub(KEPT);
    for (_, job, _) in newest.drain(..surplus) {
        known.remove(&job);
    }
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    for (_, job, outcome) in newest {
        file.write_all(line(job, Entry::Ended(outcome)).as_bytes())?;
    }
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        File::open(folder)?.sync_all()?;
    }
    OpenOptions::new().append(true).open(path)
}

fn line(job: JobId, entry: Entry) -> String {
    let word = match entry {
        Entry::Begun => "begun",
        Entry::Ended(Outcome::Printed(Grade::Sent)) => "sent",
        Entry::Ended(Outcome::Printed(Grade::Answered)) => "answered",
        Entry::Ended(Outcome::Printed(Grade::Printed)) => "printed",
        Entry::Ended(Outcome::NotPrinted) => "not-printed",
        Entry::Ended(Outcome::Unknown) => "unknown",
    };
    let told = format!("{} {word}", job.0);
    format!("{told} {:08x}\n", crc32fast::hash(told.as_bytes()))
}

/// A line's meaning; `None` for one that was torn or changed.
fn read(line: &str) -> Option<(JobId, Entry)> {
    let (told, sum) = line.rsplit_once(' ')?;
    if u32::from_str_radix(sum, 16).ok()? != crc32fast::hash(told.as_bytes()) || sum.len() != 8 {
        return None;
    }
    let (job, word) = told.split_once(' ')?;
    let entry = match word {
        "begun" => Entry::Begun,
        "sent" => Entry::Ended(Outcome::Printed(Grade::Sent)),
        "answered" => Entry::Ended(Outcome::Printed(Grade::Answered)),
        "printed" => Entry::Ended(Outcome::Printed(Grade::Printed)),
        "not-printed" => Entry::Ended(Outcome::NotPrinted),
        "unknown" => Entry::Ended(Outcome::Unknown),
        _ => return None,
    };
    Some((JobId(job.parse().ok()?), entry))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects what is known after a crash: whatever byte the last write broke off at, every earlier
    /// note stands, and a slip that was begun is unknown, never "not printed".
    #[test]
    fn a_torn_line_loses_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("printer.journal");
        let mut journal = FileJournal::open(&path).unwrap();
        assert_eq!(journal.outcome(JobId(1)), Outcome::Unknown, "a new journal");
        journal.note(JobId(1), Entry::Begun).unwrap();
        let end = Entry::Ended(Outcome::Printed(Grade::Printed));
        journal.note(JobId(1), end).unwrap();
        journal.note(JobId(2), Entry::Begun).unwrap();
        let before = std::fs::read(&path).unwrap();
        journal.note(JobId(2), end).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for length in before.len()..=whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            let journal = FileJournal::open(&path).unwrap();
            let printed = Outcome::Printed(Grade::Printed);
            assert_eq!(journal.outcome(JobId(1)), printed);
            let second = journal.outcome(JobId(2));
            // The line's end is not part of what it tells.
            let expected = if length + 1 >= whole.len() {
                printed
            } else {
                Outcome::Unknown
            };
            assert_eq!(second, expected, "{length} bytes");
            assert_eq!(journal.outcome(JobId(3)), Outcome::NotPrinted);
        }
    }

    /// Protects the disk: the journal is made small at each start and still knows the newest slips.
    #[test]
    fn the_journal_stays_small() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("printer.journal");
        let mut text = String::new();
        for job in 0..5000 {
            text.push_str(&line(JobId(job), Entry::Begun));
            text.push_str(&line(JobId(job), Entry::Ended(Outcome::NotPrinted)));
        }
        std::fs::write(&path, text).unwrap();
        let mut journal = FileJournal::open(&path).unwrap();
        journal.note(JobId(5000), Entry::Begun).unwrap();
        let journal = FileJournal::open(&path).unwrap();
        assert_eq!(journal.outcome(JobId(5000)), Outcome::Unknown);
        assert_eq!(journal.known.len(), KEPT);
        assert!(journal.known.contains_key(&JobId(4999)));
    }
}
