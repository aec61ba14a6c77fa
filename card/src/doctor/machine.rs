//! The machine round `pcscd`: its socket, its drivers, its version, what hangs on USB.

use std::io::ErrorKind;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::ServiceState;
use super::usb::{self, UsbReader};

/// Where things lie; other places serve tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The socket of `pcscd`.
    pub socket: PathBuf,
    /// The program.
    pub program: PathBuf,
    /// Its drivers.
    pub drivers: PathBuf,
    /// The kernel's list of USB devices.
    pub usb_devices: PathBuf,
}

impl Default for Places {
    /// As on Debian 12 and 13.
    fn default() -> Self {
        Self {
            socket: "/run/pcscd/pcscd.comm".into(),
            program: "/usr/sbin/pcscd".into(),
            drivers: "/usr/lib/pcsc/drivers".into(),
            usb_devices: "/sys/bus/usb/devices".into(),
        }
    }
}

/// What was found on the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// The version of the installed `pcscd`; `None` if there is none.
    pub pcscd: Option<String>,
    /// The version of `libccid`, which drives all common readers; `None` if it is not installed.
    pub libccid: Option<String>,
    /// Whether `vsmartcard-vpcd` is installed: it lets every machine of the network put in cards.
    pub has_virtual_reader: bool,
    /// The readers on USB.
    pub usb: Vec<UsbReader>,
    /// What `libccid` lists as its readers, by vendor and product number.
    pub(super) known: Vec<(u16, u16)>,
}

impl Machine {
    /// Looks round; what cannot be read is not there.
    pub(super) fn look(places: &Places) -> Self {
        let plist = places.drivers.join("ifd-ccid.bundle/Contents/Info.plist");
        let plist = std::fs::read_to_string(plist).ok();
        Self {
            pcscd: installed_version(&places.program),
            libccid: plist.as_deref().map(bundle_version),
            has_virtual_reader: has_virtual_reader(&places.drivers),
            usb: usb::readers(&places.usb_devices),
            known: plist
                .as_deref()
                .map(usb::known_to_driver)
                .unwrap_or_default(),
        }
    }

    /// Whether `libccid` would be given this reader.
    #[must_use]
    pub fn knows(&self, reader: &UsbReader) -> bool {
        reader.is_ccid && self.known.contains(&(reader.vendor, reader.product))
    }
}

/// `pcsc-lite version 1.9.9.`
fn installed_version(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = text.split_once("version ")?.1.split_whitespace().next()?;
    Some(version.trim_end_matches('.').to_owned())
}

fn bundle_version(plist: &str) -> String {
    let after = plist.split_once("<key>CFBundleShortVersionString</key>");
    after
        .and_then(|(_, rest)| rest.split_once("<string>"))
        .and_then(|(_, rest)| rest.split_once('<'))
        .map_or_else(|| "unknown".to_owned(), |(version, _)| version.to_owned())
}

fn has_virtual_reader(drivers: &Path) -> bool {
    let entries = std::fs::read_dir(drivers.join("serial"));
    let mut names = entries
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name());
    names.any(|name| name.to_string_lossy().starts_with("libifdvpcd"))
}

/// What the client library does not tell: it calls every failed connection an absent service.
pub(super) fn why_no_service(socket: &Path) -> ServiceState {
    match UnixStream::connect(socket) {
        Ok(_) => ServiceState::NotAnswering,
        Err(error) if error.kind() == ErrorKind::PermissionDenied => ServiceState::SocketClosed,
        Err(_) => ServiceState::NotRunning,
    }
}
