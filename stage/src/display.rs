//! A display without a monitor: Xvfb.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Error;
use crate::part::Part;
use crate::wait::PATIENCE;

/// Display numbers tried; far from those of people's own sessions. Several stages share /tmp.
const FIRST_NUMBER: u32 = 2000;
const NUMBERS: u32 = 50_000;

/// Size of a display in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Pixels from left to right.
    pub width_px: u16,
    /// Pixels from top to bottom.
    pub height_px: u16,
}

impl Size {
    /// The kiosk's portrait panel.
    pub const PORTRAIT: Self = Self {
        width_px: 1080,
        height_px: 1920,
    };
}

/// A running Xvfb.
#[derive(Debug)]
pub struct Display {
    name: String,
    _server: Part,
    _files: LeftoverFiles,
}

impl Display {
    /// Starts Xvfb on a display number of its own; [`crate::screen::Screen`] connects to it.
    ///
    /// # Errors
    /// Those of starting and waiting.
    pub fn start(size: Size, log_folder: &Path) -> Result<Self, Error> {
        let files = LeftoverFiles::for_free_number()?;
        let name = format!(":{}", files.number);
        let mut command = Command::new("Xvfb");
        command
            .arg(&name)
            .args([
                "-screen",
                "0",
                &format!("{}x{}x24", size.width_px, size.height_px),
            ])
            .args(["-nolisten", "tcp", "-noreset", "-nocursor"]);
        let mut server = Part::start("xvfb", command, log_folder)?;
        server.ready_when("Xvfb makes its socket", PATIENCE, || {
            Ok(std::os::unix::net::UnixStream::connect(&files.socket).is_ok())
        })?;
        Ok(Self {
            name,
            _server: server,
            _files: files,
        })
    }

    /// Value of `DISPLAY` for programs that shall show here.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// A display number and the files X makes for it outside our namespaces; a killed Xvfb leaves them.
#[derive(Debug)]
struct LeftoverFiles {
    number: u32,
    socket: PathBuf,
    lock: PathBuf,
}

impl LeftoverFiles {
    /// A number nobody uses. Xvfb's own search does not do: in a process namespace it takes the
    /// locks of other people's displays for stale ones.
    fn for_free_number() -> Result<Self, Error> {
        remove_leftovers();
        let start = first_try();
        let number = (0..NUMBERS)
            .map(|step| FIRST_NUMBER + (start + step) % NUMBERS)
            .find(|number| !socket(*number).exists() && !lock(*number).exists())
            .ok_or(Error::NotThere("no free display number"))?;
        Ok(Self {
            number,
            socket: socket(number),
            lock: lock(number),
        })
    }
}

impl Drop for LeftoverFiles {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.socket);
        let _ = std::fs::remove_file(&self.lock);
    }
}

fn socket(number: u32) -> PathBuf {
    PathBuf::from(format!("/tmp/.X11-unix/X{number}"))
}

fn lock(number: u32) -> PathBuf {
    PathBuf::from(format!("/tmp/.X{number}-lock"))
}

/// Removes what killed stages left in /tmp: sockets of our numbers at which nobody answers.
fn remove_leftovers() {
    let Ok(entries) = std::fs::read_dir("/tmp/.X11-unix") else {
        return;
    };
    let numbers = entries.filter_map(|entry| {
        entry
            .ok()?
            .file_name()
            .to_str()?
            .strip_prefix('X')?
            .parse::<u32>()
            .ok()
    });
    for number in numbers.filter(|number| (FIRST_NUMBER..FIRST_NUMBER + NUMBERS).contains(number)) {
        let answer = std::os::unix::net::UnixStream::connect(socket(number));
        if answer.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionRefused) {
            drop(LeftoverFiles {
                number,
                socket: socket(number),
                lock: lock(number),
            });
        }
    }
}

/// Where the search for a display number begins: another place each run.
#[expect(clippy::disallowed_methods, reason = "only spreads display numbers")]
fn first_try() -> u32 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |passed| passed.subsec_micros() % NUMBERS)
}
