//! Where the printer is reached: a pseudo-terminal, whose slave stays open here so that the other side
//! may close and come back, or a TCP port for one visitor at a time.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

/// The printer's end of its line.
pub(crate) enum Port {
    /// A pseudo-terminal; without its ends while the cable is pulled.
    Pty { link: PathBuf, ends: Option<Ends> },
    /// A network port; without listener while the printer is off the network.
    Tcp {
        address: SocketAddr,
        listener: Option<TcpListener>,
        visitor: Option<TcpStream>,
    },
}

/// Both ends of a pseudo-terminal.
pub(crate) struct Ends {
    master: File,
    /// Keeps the terminal alive between two visitors; never read.
    _slave: File,
}

impl Port {
    /// A pseudo-terminal with a link to it at `link`.
    pub(crate) fn pty(link: &Path) -> io::Result<Self> {
        Ok(Self::Pty {
            link: link.to_owned(),
            ends: Some(Ends::open(link)?),
        })
    }

    /// A network port; port 0 takes any free one.
    pub(crate) fn tcp(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Self::Tcp {
            address: listener.local_addr()?,
            listener: Some(listener),
            visitor: None,
        })
    }

    /// Its place, for people.
    pub(crate) fn place(&self) -> String {
        match self {
            Self::Pty { link, .. } => link.display().to_string(),
            Self::Tcp { address, .. } => address.to_string(),
        }
    }

    /// Plugs the cable in or pulls it: the terminal or the network port is gone, and comes back at the
    /// same place.
    pub(crate) fn set_there(&mut self, there: bool) -> io::Result<()> {
        match self {
            Self::Pty { link, ends } if there && ends.is_none() => *ends = Some(Ends::open(link)?),
            Self::Pty { link, ends } if !there && ends.is_some() => {
                *ends = None;
                std::fs::remove_file(link)?;
            }
            Self::Tcp {
                address, listener, ..
            } if there && listener.is_none() => {
                let again = TcpListener::bind(*address)?;
                again.set_nonblocking(true)?;
                *listener = Some(again);
            }
            Self::Tcp {
                listener, visitor, ..
            } if !there => (*listener, *visitor) = (None, None),
            Self::Pty { .. } | Self::Tcp { .. } => {}
        }
        Ok(())
    }

    /// What to wait for: visitors, and bytes where they are wanted.
    pub(crate) fn sources(&self, bytes_wanted: bool) -> Vec<BorrowedFd<'_>> {
        match self {
            Self::Pty { ends, .. } => ends
                .iter()
                .filter(|_| bytes_wanted)
                .map(|ends| ends.master.as_fd())
                .collect(),
            Self::Tcp {
                listener, visitor, ..
            } => {
                let visitor = visitor.iter().filter(|_| bytes_wanted);
                let listener = listener.iter().map(AsFd::as_fd);
                listener.chain(visitor.map(AsFd::as_fd)).collect()
            }
        }
    }

    /// Bytes that arrived, at most `limit`.
    pub(crate) fn read(&mut self, limit: usize) -> io::Result<Vec<u8>> {
        self.take_call()?;
        let mut bytes = vec![0; limit];
        let count = match self {
            Self::Pty { ends, .. } => match ends {
                Some(ends) => ends.master.read(&mut bytes),
                None => Ok(0),
            },
            Self::Tcp { visitor, .. } => match visitor {
                Some(stream) => {
                    let count = stream.read(&mut bytes);
                    if gone(&count) {
                        *visitor = None;
                    }
                    count.or(Ok(0))
                }
                None => Ok(0),
            },
        };
        match count {
            Ok(count) => {
                bytes.truncate(count);
                Ok(bytes)
            }
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) =>
            {
                Ok(Vec::new())
            }
            Err(error) => Err(error),
        }
    }

    /// One visitor at a time: another is hung up on, as real print servers do.
    fn take_call(&mut self) -> io::Result<()> {
        let Self::Tcp {
            listener: Some(listener),
            visitor,
            ..
        } = self
        else {
            return Ok(());
        };
        match listener.accept() {
            Ok((stream, _)) if visitor.is_none() => {
                stream.set_nonblocking(true)?;
                stream.set_nodelay(true)?;
                *visitor = Some(stream);
                Ok(())
            }
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Says something; what nobody reads is lost, as on a wire.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let written = match self {
            Self::Pty { ends, .. } => match ends {
                Some(ends) => ends.master.write(bytes),
                None => Ok(0),
            },
            Self::Tcp { visitor, .. } => match visitor {
                Some(stream) => stream.write(bytes).or(Ok(0)),
                None => Ok(0),
            },
        };
        match written {
            Ok(_) => Ok(()),
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) =>
            {
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

impl Ends {
    fn open(link: &Path) -> io::Result<Self> {
        let master: OwnedFd = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let name = ptsname(&master, Vec::new())?;
        let slave_path = Path::new(OsStr::from_bytes(name.to_bytes())).to_owned();
        let slave = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(i32::try_from(OFlags::NOCTTY.bits()).unwrap_or_default())
            .open(&slave_path)?;
        let mut settings = tcgetattr(&slave)?;
        settings.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &settings)?;
        rustix::io::ioctl_fionbio(&master, true)?;
        match std::fs::symlink_metadata(link) {
            Ok(old) if old.file_type().is_symlink() => std::fs::remove_file(link)?,
            Ok(_) => return Err(ErrorKind::AlreadyExists.into()),
            Err(_) => {}
        }
        symlink(&slave_path, link)?;
        Ok(Self {
            master: master.into(),
            _slave: slave,
        })
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        if let Self::Pty {
            link,
            ends: Some(_),
        } = self
        {
            let _ = std::fs::remove_file(link);
        }
    }
}

/// Whether a visitor hung up.
fn gone(read: &io::Result<usize>) -> bool {
    match read {
        Ok(count) => *count == 0,
        Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted),
    }
}
