//! What stands between a card and its reading, and what a technician does about it.

use super::{Report, ServiceState};

/// One thing that is wrong, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// Nothing answers at `pcscd`'s socket.
    ServiceNotRunning,
    /// `pcscd` is not installed.
    ServiceNotInstalled,
    /// polkit refuses this user.
    RefusedByPolkit,
    /// The socket's rights refuse this user.
    SocketClosed,
    /// `pcscd` takes connections and does not answer this program's client library.
    ServiceNotAnswering,
    /// `pcscd` answers with an error.
    ServiceFailing(pcsc::Error),
    /// The driver of all common readers is not installed.
    LibccidMissing,
    /// No reader (of the configured name) is attached.
    NoReader,
    /// A reader that is no CCID device: nothing of Debian drives it.
    NotCcid {
        /// The maker's number.
        vendor: u16,
        /// The model's number.
        product: u16,
    },
    /// A CCID device that `libccid` does not list.
    UnknownToLibccid {
        /// The maker's number.
        vendor: u16,
        /// The model's number.
        product: u16,
    },
    /// `pcscd` shows fewer readers than there are CCID devices that it can know.
    NotShown,
    /// The virtual reader's driver is installed.
    VirtualReader,
}

impl Finding {
    /// A short, stable name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ServiceNotRunning => "service-not-running",
            Self::ServiceNotInstalled => "service-not-installed",
            Self::RefusedByPolkit => "refused-by-polkit",
            Self::SocketClosed => "socket-closed",
            Self::ServiceNotAnswering => "service-not-answering",
            Self::ServiceFailing(_) => "service-failing",
            Self::LibccidMissing => "libccid-missing",
            Self::NoReader => "no-reader",
            Self::NotCcid { .. } => "not-ccid",
            Self::UnknownToLibccid { .. } => "unknown-to-libccid",
            Self::NotShown => "not-shown",
            Self::VirtualReader => "virtual-reader",
        }
    }

    /// The device it is about, as `lsusb` writes it.
    #[must_use]
    pub fn device(&self) -> Option<String> {
        match self {
            Self::NotCcid { vendor, product } | Self::UnknownToLibccid { vendor, product } => {
                Some(format!("{vendor:04x}:{product:04x}"))
            }
            _ => None,
        }
    }

    /// What a technician can do about it.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::ServiceNotRunning => "start it: systemctl enable --now pcscd.socket",
            Self::ServiceNotInstalled => "install it: apt install pcscd libccid",
            Self::RefusedByPolkit => {
                "pcscd asks polkit and this user has no right: install deploy/10-kiosk-pcscd.rules in \
                 /etc/polkit-1/rules.d, and run this as the user kiosk or root"
            }
            Self::SocketClosed => {
                "only root and the group of pcscd's socket may use the readers (pcscd.socket.d/kiosk.conf): \
                 run this as the user kiosk or root"
            }
            Self::ServiceNotAnswering => {
                "restart it: systemctl restart pcscd; in a container, libpcsclite must be of pcscd's version"
            }
            Self::ServiceFailing(_) => {
                "restart it: systemctl restart pcscd, then look at journalctl -u pcscd"
            }
            Self::LibccidMissing => "no common reader is driven without it: apt install libccid",
            Self::NoReader => "plug a reader in, or look at the reader's name in the configuration",
            Self::NotCcid { .. } => {
                "this reader is no CCID device and needs its maker's own driver for pcscd: use a CCID reader \
                 instead"
            }
            Self::UnknownToLibccid { .. } => {
                "this CCID reader is not in libccid's list: take a newer libccid, or add it to its Info.plist"
            }
            Self::NotShown => {
                "a CCID reader is plugged in that pcscd does not show: plug it in again, then look at \
                 journalctl -u pcscd"
            }
            Self::VirtualReader => {
                "any machine of the network can put in cards: apt purge vsmartcard-vpcd on a real terminal"
            }
        }
    }
}

/// Everything that is wrong, the first cause first.
pub(super) fn findings(report: &Report, reader_count: usize) -> Vec<Finding> {
    let machine = &report.machine;
    let mut found = Vec::new();
    found.extend(match report.service {
        ServiceState::Running => None,
        ServiceState::NotRunning if machine.pcscd.is_none() => Some(Finding::ServiceNotInstalled),
        ServiceState::NotRunning => Some(Finding::ServiceNotRunning),
        ServiceState::NotPermitted => Some(Finding::RefusedByPolkit),
        ServiceState::SocketClosed => Some(Finding::SocketClosed),
        ServiceState::NotAnswering => Some(Finding::ServiceNotAnswering),
        ServiceState::Failing(error) => Some(Finding::ServiceFailing(error)),
    });
    if machine.libccid.is_none() {
        found.push(Finding::LibccidMissing);
    }
    let is_running = report.service == ServiceState::Running;
    if is_running && report.readers.is_empty() {
        found.push(Finding::NoReader);
    }
    for reader in &machine.usb {
        let (vendor, product) = (reader.vendor, reader.product);
        if !reader.is_ccid {
            found.push(Finding::NotCcid { vendor, product });
        } else if machine.libccid.is_some() && !machine.knows(reader) {
            found.push(Finding::UnknownToLibccid { vendor, product });
        }
    }
    let drivable = machine.usb.iter().filter(|reader| machine.knows(reader));
    if is_running && drivable.count() > reader_count {
        found.push(Finding::NotShown);
    }
    if machine.has_virtual_reader {
        found.push(Finding::VirtualReader);
    }
    found
}
