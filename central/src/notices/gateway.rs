//! The port to whoever sends text messages and e-mails, and a gateway of files for demonstrations.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use uuid::Uuid;

use crate::CentralError;

/// A message to send. The same may be handed over again after a fault: `id` tells that it is the
/// same.
#[derive(Serialize)]
pub struct Message {
    /// The notice's id.
    pub id: Uuid,
    /// `text` or `email`.
    pub way: &'static str,
    /// The number or address.
    pub address: String,
    /// For e-mails.
    pub subject: String,
    /// What is told.
    pub text: String,
}

/// Sends messages. Called away from the threads that serve.
pub trait Gateway: Send + Sync {
    /// Takes a message over; after `Ok` it is the gateway's to send, once by its id.
    ///
    /// # Errors
    /// Any; the same message comes again later.
    fn hand_over(&self, message: &Message) -> Result<(), CentralError>;
}

/// One file a message in a folder only the centre's user can read.
#[derive(Debug)]
pub struct FileGateway {
    folder: PathBuf,
}

impl FileGateway {
    /// Makes the folder where there is none.
    ///
    /// # Errors
    /// [`CentralError::File`].
    pub fn new(folder: &Path) -> Result<Self, CentralError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(failed(folder))?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }
}

impl Gateway for FileGateway {
    /// Written beside and renamed, so that nobody reads half a message and the same message handed
    /// over again is the same file.
    fn hand_over(&self, message: &Message) -> Result<(), CentralError> {
        let path = self.folder.join(format!("{}.json", message.id));
        let part = self
            .folder
            .join(format!("{}.{:08x}.part", message.id, rand::random::<u32>()));
        let bytes =
            serde_json::to_vec_pretty(message).map_err(|source| CentralError::Json { source })?;
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&part)
            .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
            .and_then(|()| std::fs::rename(&part, &path))
            .map_err(|source| {
                // Where nothing was begun there is nothing to remove.
                let _ = std::fs::remove_file(&part);
                failed(&path)(source)
            })
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> CentralError {
    let path = path.to_owned();
    move |source| CentralError::File {
        path,
        action: "written",
        source,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    /// Protects privacy and people's patience: nobody else can read a message, its file is named by
    /// its id alone, and handed over twice it is one file.
    #[test]
    fn a_message_is_one_private_file() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("out");
        let gateway = FileGateway::new(&path).unwrap();
        let message = Message {
            id: Uuid::from_u128(7),
            way: "text",
            address: "0912345678".to_owned(),
            subject: String::new(),
            text: "1922".to_owned(),
        };
        gateway.hand_over(&message).unwrap();
        gateway.hand_over(&message).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o700);
        let files: Vec<_> = std::fs::read_dir(&path).unwrap().collect();
        assert_eq!(files.len(), 1);
        let file = files[0].as_ref().unwrap();
        assert_eq!(
            file.file_name().to_str(),
            Some("00000000-0000-0000-0000-000000000007.json")
        );
        assert_eq!(mode(&file.path()), 0o600);
    }
}
