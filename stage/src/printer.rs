//! The printer at a pseudo-terminal, and the person who loads paper and takes slips.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::part::Part;
use crate::wait::{self, PATIENCE};
use crate::{Error, program};

/// Longest wait for the answer to one command.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

/// A running virtual printer.
#[derive(Debug)]
pub struct Printer {
    part: Option<Part>,
    port: PathBuf,
    control: PathBuf,
    out: PathBuf,
    log_folder: PathBuf,
}

/// What the printer says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrinterStatus {
    /// `ready`, `paper-end`, `paper-near-end`, `cover-open`, `overheated`, `cutter-jam` …
    pub state: String,
    /// Slips cut off since it started.
    pub slips: u32,
    /// Whether the last slip still hangs in the mouth.
    pub in_mouth: bool,
    /// Paper left, in millimetres.
    pub paper_mm: u64,
    /// Bytes taken and not yet printed.
    pub buffered_bytes: u64,
}

impl Printer {
    /// Starts a printer whose port and control socket lie in `folder`; slips go to `out`.
    ///
    /// # Errors
    /// Those of starting and waiting.
    pub fn start(folder: &Path, out: &Path, log_folder: &Path) -> Result<Self, Error> {
        let mut printer = Self {
            part: None,
            port: folder.join("printer.port"),
            control: folder.join("printer.control"),
            out: out.to_owned(),
            log_folder: log_folder.to_owned(),
        };
        printer.plug_in()?;
        Ok(printer)
    }

    /// Pulls its cable: the port is gone, and whatever it had not printed yet.
    ///
    /// # Errors
    /// [`Error::File`] when what it left behind cannot be removed.
    pub fn unplug(&mut self) -> Result<(), Error> {
        self.part = None;
        for left in [&self.port, &self.control] {
            match std::fs::remove_file(left) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::file("remove", left)(source));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Plugs it in again, with a new roll; its port has the same name.
    ///
    /// # Errors
    /// Those of starting and waiting.
    pub fn plug_in(&mut self) -> Result<(), Error> {
        self.unplug()?;
        let mut command = Command::new(program::find("virtual-printer")?);
        command
            .arg("--pty")
            .arg(&self.port)
            .arg("--out")
            .arg(&self.out)
            .arg("--control")
            .arg(&self.control);
        let part = self
            .part
            .insert(Part::start("virtual-printer", command, &self.log_folder)?);
        let (port, control) = (&self.port, &self.control);
        part.ready_when("the printer listens", PATIENCE, || {
            Ok(port.exists() && UnixStream::connect(control).is_ok())
        })
    }

    /// The printer's address in a terminal's configuration.
    #[must_use]
    pub fn url(&self) -> String {
        format!("serial://{}?baud=115200", self.port.display())
    }

    /// Its state now.
    ///
    /// # Errors
    /// [`Error::Talk`].
    pub fn status(&self) -> Result<PrinterStatus, Error> {
        Ok(read_status(&self.ask("status")?))
    }

    /// The paper ends now.
    ///
    /// # Errors
    /// As [`Printer::obey`]; so for all that follow.
    pub fn paper_out(&self) -> Result<(), Error> {
        self.obey("paper out")
    }

    /// The paper ends after so many more millimetres: in the middle of a slip.
    pub fn paper_out_after(&self, length_mm: u32) -> Result<(), Error> {
        self.obey(&format!("paper after {length_mm}"))
    }

    /// A new roll.
    pub fn load_paper(&self) -> Result<(), Error> {
        self.obey("paper load")
    }

    /// Opens or closes the cover.
    pub fn set_cover(&self, open: bool) -> Result<(), Error> {
        self.obey(if open { "cover open" } else { "cover close" })
    }

    /// Takes the slip out of the mouth.
    pub fn take_slip(&self) -> Result<(), Error> {
        self.obey("take")
    }

    /// Any command of `virtual-printer`'s control socket (`help` lists them).
    ///
    /// # Errors
    /// [`Error::Talk`]; [`Error::Refused`] with the printer's words.
    pub fn obey(&self, command: &str) -> Result<(), Error> {
        let answer = self.ask(command)?;
        if answer.starts_with("error") {
            return Err(Error::Refused {
                part: "virtual-printer",
                reason: answer,
            });
        }
        Ok(())
    }

    /// Pictures of the whole slips so far, oldest first.
    ///
    /// # Errors
    /// [`Error::File`] when the folder cannot be read.
    pub fn slips(&self) -> Result<Vec<PathBuf>, Error> {
        let entries = std::fs::read_dir(&self.out).map_err(Error::file("read", &self.out))?;
        let mut slips: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| is_slip(path))
            .collect();
        slips.sort();
        Ok(slips)
    }

    /// Waits until so many slips are out; gives the last one's picture.
    ///
    /// # Errors
    /// Those of waiting.
    pub fn wait_for_slip(&self, count: usize, limit: Duration) -> Result<PathBuf, Error> {
        wait::until("a slip comes out", limit, || {
            let slips = self.slips()?;
            Ok(count
                .checked_sub(1)
                .and_then(|index| slips.get(index).cloned()))
        })
    }

    fn ask(&self, command: &str) -> Result<String, Error> {
        let talk = |source| Error::Talk {
            part: "virtual-printer",
            source,
        };
        let mut stream = UnixStream::connect(&self.control).map_err(talk)?;
        stream.set_read_timeout(Some(ANSWER_LIMIT)).map_err(talk)?;
        stream
            .write_all(format!("{command}\n").as_bytes())
            .map_err(talk)?;
        let mut answer = String::new();
        BufReader::new(stream)
            .read_line(&mut answer)
            .map_err(talk)?;
        Ok(answer.trim().to_owned())
    }
}

/// `NNNN.png`, not `NNNN.part.png` (a piece that was torn off).
fn is_slip(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "png")
        && path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .is_some_and(|stem| stem.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Reads `state=ready slips=0 …`; unknown words are for other readers.
fn read_status(line: &str) -> PrinterStatus {
    let mut status = PrinterStatus::default();
    for (name, value) in line
        .split_whitespace()
        .filter_map(|word| word.split_once('='))
    {
        match name {
            "state" => value.clone_into(&mut status.state),
            "slips" => status.slips = value.parse().unwrap_or_default(),
            "mouth" => status.in_mouth = value == "true",
            "paper_mm" => status.paper_mm = value.parse().unwrap_or_default(),
            "buffered" => status.buffered_bytes = value.parse().unwrap_or_default(),
            _ => {}
        }
    }
    status
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the harness's view of the printer against the printer's own words.
    #[test]
    fn status_is_read() {
        let status = read_status(
            "state=paper-end slips=3 parts=1 mouth=true paper_mm=0 buffered=812 unknown=0",
        );
        assert_eq!(
            status,
            PrinterStatus {
                state: "paper-end".to_owned(),
                slips: 3,
                in_mouth: true,
                paper_mm: 0,
                buffered_bytes: 812,
            }
        );
        assert!(is_slip(Path::new("/x/0001.png")));
        assert!(!is_slip(Path::new("/x/0001.part.png")));
    }
}
