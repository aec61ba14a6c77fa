//! The port to whoever carries texts and e-mails, and a gateway that writes files.

use std::fmt;
use std::fs::DirBuilder;
use std::fs::Permissions;
use std::future::Future;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::pin::Pin;

use serde::Serialize;
use uuid::Uuid;

use crate::{CentralError, keys};

/// A message ready to be sent. `Debug` prints only its id.
#[derive(Serialize)]
pub struct Message {
    /// The gateway's idempotency id: a message that comes again with it was sent already.
    pub id: Uuid,
    /// `text` or `email`.
    pub way: String,
    /// The mobile number or the address.
    pub recipient: String,
    /// Of an e-mail.
    pub subject: Option<String>,
    /// What it says.
    pub body: String,
}

impl fmt::Debug for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Message({})", self.id)
    }
}

/// What a delivery comes to.
pub type Delivery<'a> = Pin<Box<dyn Future<Output = Result<(), CentralError>> + Send + 'a>>;

/// Whoever carries messages to people.
pub trait NoticeGateway: fmt::Debug + Send + Sync {
    /// Sends a message once by its id; an error means that it is tried again.
    fn send<'a>(&'a self, message: &'a Message) -> Delivery<'a>;
}

/// Writes each message into a folder only its owner may read, as `ID.json`.
#[derive(Debug)]
pub struct FileGateway {
    folder: PathBuf,
}

impl FileGateway {
    /// A gateway into this folder, which is made if it is not there.
    ///
    /// # Errors
    /// [`CentralError::File`] when it cannot be made or closed to others.
    pub fn open(folder: &Path) -> Result<Self, CentralError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .and_then(|()| std::fs::set_permissions(folder, Permissions::from_mode(0o700)))
            .map_err(|source| CentralError::File {
                path: folder.to_owned(),
                action: "written",
                source,
            })?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    fn write(&self, message: &Message) -> Result<(), CentralError> {
        let text =
            serde_json::to_vec_pretty(message).map_err(|source| CentralError::Json { source })?;
        let path = self.folder.join(format!("{}.json", message.id));
        let half = self.folder.join(format!("{}.part", message.id));
        keys::replace_private(&half, &text)?;
        std::fs::rename(&half, &path).map_err(|source| CentralError::File {
            path,
            action: "written",
            source,
        })
    }
}

impl NoticeGateway for FileGateway {
    fn send<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(async move { tokio::task::block_in_place(|| self.write(message)) })
    }
}
