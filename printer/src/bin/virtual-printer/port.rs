//! The pseudo-terminal. Its slave stays open here, so that the other side may close and come back.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

/// Both ends of the pseudo-terminal and the link to it.
pub(crate) struct Port {
    master: File,
    /// Keeps the terminal alive between two visitors; never read.
    _slave: File,
    link: PathBuf,
}

impl Port {
    pub(crate) fn open(link: &Path) -> io::Result<Self> {
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
            link: link.to_owned(),
        })
    }

    pub(crate) fn master(&self) -> &File {
        &self.master
    }

    pub(crate) fn read(&mut self, limit: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; limit];
        match self.master.read(&mut bytes) {
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

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        // Answers nobody reads are lost, as on a wire.
        match self.master.write(bytes) {
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

impl Drop for Port {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.link);
    }
}
