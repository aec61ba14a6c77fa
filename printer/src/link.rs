//! An open connection to a printer: bytes out with a deadline, bytes in with a limit of patience.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use serialport::{ClearBuffer, FlowControl, SerialPort, TTYPort};

use crate::clock;
use crate::error::Error;
use crate::profile::{Fence, Profile};
use crate::transport::{Address, Flow};
use crate::usb::{self, UsbEar, UsbOut};

/// The largest single write; a serial port's larger ones may block past any time-out.
const PIECE_BYTES: usize = 256;

/// How long a network printer has to take the call.
const CONNECT_LIMIT: Duration = Duration::from_secs(3);

/// The writing end. Dropping it hangs up.
pub(crate) struct Link {
    end: WritingEnd,
    /// Holds the port's settings and our exclusive use of it; bytes never pass through it, because
    /// its writes may block.
    port: Option<TTYPort>,
    answers: bool,
}

enum WritingEnd {
    File(File),
    Usb {
        out: UsbOut,
        /// Until the reader takes it.
        ear: Option<UsbEar>,
    },
}

/// The reading end.
pub(crate) enum Ear {
    /// Of a port, a socket or a device.
    File(File),
    /// Of a USB printer.
    Usb(UsbEar),
}

impl Link {
    pub(crate) fn open(address: &Address, profile: &Profile) -> Result<Self, Error> {
        match address {
            Address::Serial { path, baud, flow } => Self::open_serial(
                path,
                baud.unwrap_or(profile.line.baud),
                flow.unwrap_or(profile.line.handshake),
            ),
            Address::Tcp { host, port } => Self::open_tcp(host, *port),
            Address::Usb { vendor, product } => {
                let (out, ear) = usb::open(*vendor, *product)?;
                Ok(Self {
                    answers: ear.is_some(),
                    end: WritingEnd::Usb { out, ear },
                    port: None,
                })
            }
            Address::File { path } => Self::open_file(path, profile),
        }
    }

    fn open_serial(path: &Path, baud: u32, flow: Flow) -> Result<Self, Error> {
        let failed = |source| Error::OpenSerial {
            path: path.to_owned(),
            source,
        };
        let flow = match flow {
            Flow::None => FlowControl::None,
            Flow::Hardware => FlowControl::Hardware,
            Flow::Software => FlowControl::Software,
        };
        let mut port = serialport::new(path.to_string_lossy(), baud)
            .flow_control(flow)
            .dtr_on_open(true)
            .exclusive(false)
            .open_native()
            .map_err(failed)?;
        // A second description of the same port that never blocks: the port's own cannot be told so
        // without unsafe code, and its write time-out is not kept.
        let file = open_never_blocking(path, true).map_err(|source| Error::OpenFile {
            path: path.to_owned(),
            source,
        })?;
        port.set_exclusive(true).map_err(failed)?;
        // A pseudo-terminal has no such wire (ENOTTY); a real printer may be watching it.
        let _ = port.write_request_to_send(true);
        let _ = port.clear(ClearBuffer::All);
        Ok(Self {
            end: WritingEnd::File(file),
            port: Some(port),
            answers: true,
        })
    }

    fn open_tcp(host: &str, port: u16) -> Result<Self, Error> {
        let address = format!("{host}:{port}");
        let failed = |source| Error::Connect {
            address: address.clone(),
            source,
        };
        let mut last = io::Error::from(ErrorKind::AddrNotAvailable);
        for target in address.to_socket_addrs().map_err(failed)? {
            match TcpStream::connect_timeout(&target, CONNECT_LIMIT) {
                Ok(stream) => {
                    stream.set_nodelay(true).map_err(failed)?;
                    stream.set_nonblocking(true).map_err(failed)?;
                    return Ok(Self {
                        end: WritingEnd::File(File::from(OwnedFd::from(stream))),
                        port: None,
                        answers: true,
                    });
                }
                Err(source) => last = source,
            }
        }
        Err(failed(last))
    }

    fn open_file(path: &Path, profile: &Profile) -> Result<Self, Error> {
        let failed = |source| Error::OpenFile {
            path: path.to_owned(),
            source,
        };
        let is_device = std::fs::metadata(path).is_ok_and(|data| data.file_type().is_char_device());
        // A device that can be read answers, as `usblp` does for printers that can; a file never does.
        let may_answer = profile.answers.fence != Fence::None;
        let (file, answers) = if is_device && may_answer {
            match open_never_blocking(path, true) {
                Ok(file) => (Ok(file), true),
                Err(_) => (open_never_blocking(path, false), false),
            }
        } else if is_device {
            (open_never_blocking(path, false), false)
        } else {
            let file = OpenOptions::new().append(true).create(true).open(path);
            (file, false)
        };
        Ok(Self {
            end: WritingEnd::File(file.map_err(failed)?),
            port: None,
            answers,
        })
    }

    /// Whether a printer can answer over it.
    pub(crate) const fn answers(&self) -> bool {
        self.answers
    }

    /// The reading end, for the reader's thread.
    pub(crate) fn ear(&mut self) -> Result<Ear, Error> {
        let failed = |source| Error::Write { source };
        match &mut self.end {
            WritingEnd::File(file) => file.try_clone().map(Ear::File).map_err(failed),
            WritingEnd::Usb { ear, .. } => ear
                .take()
                .map(Ear::Usb)
                .ok_or_else(|| failed(ErrorKind::NotConnected.into())),
        }
    }

    /// Writes all of it, or fails at the deadline; a failed link is of no more use.
    pub(crate) fn write(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), Error> {
        let failed = |source| Error::Write { source };
        let file = match &mut self.end {
            WritingEnd::File(file) => file,
            WritingEnd::Usb { out, .. } => {
                return out.write(bytes, PIECE_BYTES, deadline).map_err(failed);
            }
        };
        let mut rest = bytes;
        while !rest.is_empty() {
            let piece = &rest[..rest.len().min(PIECE_BYTES)];
            match file.write(piece) {
                Ok(0) => return Err(failed(ErrorKind::WriteZero.into())),
                Ok(count) => rest = &rest[count..],
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    let patience = deadline.saturating_duration_since(clock::now());
                    if patience.is_zero() {
                        return Err(failed(ErrorKind::TimedOut.into()));
                    }
                    wait(file, PollFlags::OUT, patience).map_err(failed)?;
                }
                Err(error) => return Err(failed(error)),
            }
        }
        Ok(())
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        if let Some(port) = &self.port {
            // What the printer did not take must not reach it after the next connection.
            let _ = port.clear(ClearBuffer::Output);
        }
    }
}

impl Ear {
    /// Bytes as they come; 0 when none came within the patience.
    pub(crate) fn listen(&mut self, buffer: &mut [u8], patience: Duration) -> io::Result<usize> {
        let file = match self {
            Self::File(file) => file,
            Self::Usb(ear) => return ear.listen(buffer, patience),
        };
        if !wait(file, PollFlags::IN, patience)? {
            return Ok(0);
        }
        match file.read(buffer) {
            Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => Ok(count),
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) =>
            {
                Ok(0)
            }
            Err(error) => Err(error),
        }
    }
}

fn wait(file: &File, flags: PollFlags, patience: Duration) -> io::Result<bool> {
    let timeout = Timespec {
        tv_sec: i64::try_from(patience.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: patience.subsec_nanos().into(),
    };
    let mut polled = [PollFd::new(file, flags)];
    match poll(&mut polled, Some(&timeout)) {
        Ok(ready) => Ok(ready > 0),
        Err(error) if error == rustix::io::Errno::INTR => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn open_never_blocking(path: &Path, read: bool) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits();
    OpenOptions::new()
        .read(read)
        .write(true)
        .custom_flags(i32::try_from(flags).unwrap_or_default())
        .open(path)
}
