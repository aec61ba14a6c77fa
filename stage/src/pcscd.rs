//! The smart card service, with the virtual reader of Debian's `vsmartcard-vpcd`.

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::part::Part;
use crate::wait::PATIENCE;
use crate::{Error, network};

/// Where programs meet pcscd.
const SOCKET: &str = "/run/pcscd/pcscd.comm";
/// TCP port of the first virtual slot; whoever connects is a card.
pub const FIRST_SLOT_PORT: u16 = 35963;
/// Name under which pcscd shows the first virtual slot.
pub const FIRST_READER: &str = "Virtual PCD 00 00";

/// A running pcscd.
#[derive(Debug)]
pub struct Pcscd {
    part: Option<Part>,
    log_folder: PathBuf,
}

impl Pcscd {
    /// Starts pcscd; back when it takes connections and the virtual reader listens.
    ///
    /// # Errors
    /// Those of starting and waiting.
    pub fn start(log_folder: &Path) -> Result<Self, Error> {
        let mut pcscd = Self {
            part: None,
            log_folder: log_folder.to_owned(),
        };
        pcscd.restart()?;
        Ok(pcscd)
    }

    /// Ends pcscd, if it runs, as `systemctl stop` would; clients lose their context.
    pub fn stop(&mut self) {
        self.part = None;
    }

    /// Stops and starts pcscd.
    ///
    /// # Errors
    /// As [`Pcscd::start`].
    pub fn restart(&mut self) -> Result<(), Error> {
        self.stop();
        let mut command = Command::new("pcscd");
        command
            .args(["--foreground", "--error"])
            .env("PATH", search_path());
        let part = self
            .part
            .insert(Part::start("pcscd", command, &self.log_folder)?);
        part.ready_when("pcscd answers at its socket", PATIENCE, || {
            Ok(UnixStream::connect(SOCKET).is_ok() && network::listens_at(FIRST_SLOT_PORT)?)
        })
    }
}

/// Debian keeps pcscd in /usr/sbin, which is not in a user's search path.
#[expect(
    clippy::disallowed_methods,
    reason = "a program is looked up as the user's shell would"
)]
pub(crate) fn search_path() -> String {
    let mut path = std::env::var("PATH").unwrap_or_default();
    path.push_str(":/usr/sbin:/sbin");
    path
}
