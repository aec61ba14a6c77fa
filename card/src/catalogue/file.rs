//! A catalogue that follows its file.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::Catalogue;
use crate::Error;

/// The catalogue in use; read again when its file has changed.
#[derive(Debug)]
pub(crate) struct Refreshed {
    path: Option<PathBuf>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    catalogue: Arc<Catalogue>,
    modified: Option<SystemTime>,
}

impl Refreshed {
    /// The bundled catalogue, or the file's where one is configured. A file that is not there or has
    /// a mistake is logged, and the bundled catalogue serves until it can be read: a kiosk with an
    /// old list of foreign cards still reads every health card.
    pub(crate) fn new(path: Option<PathBuf>) -> Result<Self, Error> {
        let state = State {
            catalogue: Arc::new(Catalogue::bundled()?),
            modified: None,
        };
        Ok(Self {
            path,
            state: Mutex::new(state),
        })
    }

    /// The catalogue as it is now; looks at the file's date, so it is asked only when a card turned
    /// out to be unreadable.
    pub(crate) fn current(&self) -> Arc<Catalogue> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = &self.path {
            let modified = path.metadata().and_then(|data| data.modified()).ok();
            if modified != state.modified {
                // Also a file that is wrong is looked at once only.
                state.modified = modified;
                match Catalogue::load(path) {
                    Ok(catalogue) => state.catalogue = Arc::new(catalogue),
                    Err(error) => tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "the catalogue of cards cannot be used; the one before stays"
                    ),
                }
            }
        }
        Arc::clone(&state.catalogue)
    }
}
