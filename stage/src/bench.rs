//! One command beside the parts that are not ours: pcscd, PostgreSQL, a display.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::display::{Display, Size};
use crate::pcscd::Pcscd;
use crate::postgres::Postgres;
use crate::{Error, wait};

/// Longest run of a command, in practice for ever.
const NO_LIMIT: Duration = Duration::from_secs(365 * 24 * 3600);

/// Runs `command` with `DATABASE_URL`, `STAGE_FOLDER` and, with a `size`, `DISPLAY` set; gives its
/// exit status. Logs and the cluster lie in `folder`, or in a temporary one.
///
/// # Errors
/// Those of starting the parts; [`Error::ToldToEnd`].
pub fn run(folder: Option<PathBuf>, size: Option<Size>, command: &[OsString]) -> Result<u8, Error> {
    let temporary = tempfile::tempdir().map_err(Error::file("make", "a temporary folder"))?;
    let folder = folder.unwrap_or_else(|| temporary.path().to_owned());
    std::fs::create_dir_all(&folder).map_err(Error::file("make", &folder))?;
    let _pcscd = Pcscd::start(&folder)?;
    let postgres = Postgres::start(&folder.join("database"), &folder)?;
    let display = size.map(|size| Display::start(size, &folder)).transpose()?;

    let (program, arguments) = command
        .split_first()
        .ok_or(Error::NotThere("no command was given"))?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("DATABASE_URL", postgres.url())
        .env("STAGE_FOLDER", &folder);
    if let Some(display) = &display {
        command.env("DISPLAY", display.name());
    }
    let mut child = command.spawn().map_err(|source| Error::Start {
        part: "the command",
        source,
    })?;
    let status = wait::until("the command", NO_LIMIT, || {
        child.try_wait().map_err(|source| Error::Talk {
            part: "the command",
            source,
        })
    });
    if status.is_err() {
        let _ = child.kill();
        let _ = child.wait();
    }
    Ok(status?
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(1))
}
