//! Where a printer is: `serial:///dev/ttyS0?baud=115200`, `tcp://host:9100`,
//! `usb://04b8:0202`, `file:///dev/usb/lp0`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::error::Error;
use crate::profile::Profile;

/// A printer's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A serial port.
    Serial {
        /// The device.
        path: PathBuf,
        /// Bits a second; `None` as the profile says.
        baud: Option<u32>,
        /// How the printer says that it takes no more; `None` as the profile says.
        flow: Option<Flow>,
    },
    /// A network printer's raw port.
    Tcp {
        /// Name or number of the host.
        host: String,
        /// Usually 9100.
        port: u16,
    },
    /// A printer at USB, of the printer class.
    Usb {
        /// USB's number of the maker.
        vendor: u16,
        /// The maker's number of the model.
        product: u16,
    },
    /// A file or a device that takes bytes and answers nothing.
    File {
        /// Its path.
        path: PathBuf,
    },
}

/// Flow control of a serial port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// None: we never send more than the printer's buffer ahead of its answers.
    #[default]
    None,
    /// RTS/CTS.
    Hardware,
    /// XON/XOFF.
    Software,
}

impl Address {
    /// The speed of the line to a printer of this profile; `None` where it is no limit.
    #[must_use]
    pub fn bytes_a_second(&self, profile: &Profile) -> Option<u32> {
        match self {
            Self::Serial { baud, .. } => Some(baud.unwrap_or(profile.line.baud) / 10),
            Self::Tcp { .. } | Self::Usb { .. } | Self::File { .. } => None,
        }
    }
}

const SERIAL: &str = "serial:///dev/ttyS0?baud=115200&flow=none|hardware|software";
const TCP: &str = "tcp://host:9100";
const USB: &str = "usb://04b8:0202 (vid:pid as lsusb shows them)";
const FILE: &str = "file:///path";
const ANY: &str =
    "serial:///dev/ttyS0?baud=115200, tcp://host:9100, usb://04b8:0202 or file:///path";

impl FromStr for Address {
    type Err = Error;

    fn from_str(url: &str) -> Result<Self, Error> {
        let wrong = |expected| Error::Address {
            url: url.to_owned(),
            expected,
        };
        let (scheme, rest) = url.split_once("://").ok_or_else(|| wrong(ANY))?;
        match scheme {
            "serial" => serial(rest).ok_or_else(|| wrong(SERIAL)),
            "tcp" => tcp(rest).ok_or_else(|| wrong(TCP)),
            "file" if rest.starts_with('/') => Ok(Self::File { path: rest.into() }),
            "file" => Err(wrong(FILE)),
            "usb" => usb(rest).ok_or_else(|| wrong(USB)),
            _ => Err(wrong(ANY)),
        }
    }
}

fn serial(rest: &str) -> Option<Address> {
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (mut baud, mut flow) = (None, None);
    for part in query.split('&').filter(|part| !part.is_empty()) {
        match part.split_once('=')? {
            ("baud", value) => baud = Some(value.parse().ok().filter(|&bits: &u32| bits > 0)?),
            ("flow", "none") => flow = Some(Flow::None),
            ("flow", "hardware") => flow = Some(Flow::Hardware),
            ("flow", "software") => flow = Some(Flow::Software),
            _ => return None,
        }
    }
    path.starts_with('/').then(|| Address::Serial {
        path: path.into(),
        baud,
        flow,
    })
}

/// Both numbers with four hexadecimal digits, as `lsusb` shows them.
fn usb(rest: &str) -> Option<Address> {
    let number = |digits: &str| {
        let well = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        well.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
    };
    let (vendor, product) = rest.split_once(':')?;
    Some(Address::Usb {
        vendor: number(vendor)?,
        product: number(product)?,
    })
}

fn tcp(rest: &str) -> Option<Address> {
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()?),
        _ => (rest, 9100),
    };
    (!host.is_empty() && !host.contains('/')).then(|| Address::Tcp {
        host: host.to_owned(),
        port,
    })
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Serial { path, baud, .. } => {
                write!(formatter, "serial://{}", path.display())?;
                baud.map_or(Ok(()), |baud| write!(formatter, "?baud={baud}"))
            }
            Self::Usb { vendor, product } => write!(formatter, "usb://{vendor:04x}:{product:04x}"),
            Self::Tcp { host, port } => write!(formatter, "tcp://{host}:{port}"),
            Self::File { path } => write!(formatter, "file://{}", path.display()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects the configuration file and the command line: each form of address is read, and a
    /// wrong one says what would be right.
    #[test]
    fn addresses_are_read() {
        for (url, shown) in [
            (
                "serial:///dev/ttyS0?baud=19200",
                "serial:///dev/ttyS0?baud=19200",
            ),
            ("serial:///dev/ttyUSB0", "serial:///dev/ttyUSB0"),
            ("tcp://printer.local", "tcp://printer.local:9100"),
            ("tcp://[::1]:9101", "tcp://[::1]:9101"),
            ("usb://04B8:0202", "usb://04b8:0202"),
            ("file:///dev/usb/lp0", "file:///dev/usb/lp0"),
        ] {
            assert_eq!(url.parse::<Address>().unwrap().to_string(), shown);
        }
        for url in [
            "",
            "ttyS0",
            "serial://ttyS0",
            "serial:///dev/ttyS0?baud=0",
            "serial:///dev/ttyS0?speed=1",
            "serial:///dev/ttyS0?flow=both",
            "tcp://",
            "tcp://host:x",
            "file://slip",
            "lpt:///1",
            "usb://04b8",
            "usb://4b8:0202",
            "usb://04b8:020g",
            "usb://04b8:+202",
        ] {
            assert!(
                matches!(url.parse::<Address>(), Err(Error::Address { .. })),
                "{url}"
            );
        }
    }
}
