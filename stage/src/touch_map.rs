//! What the kiosk says is visible and touchable (`[development] touch_map`), in physical pixels.

use std::path::Path;

use serde::Deserialize;

use crate::Error;

/// One state of the screen.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TouchMap {
    /// The screen's name, for example `idle`.
    pub screen: String,
    /// Rises with every map of one run of the kiosk.
    pub sequence: u64,
    /// What can be touched.
    pub targets: Vec<Target>,
    /// Every text that is drawn.
    pub texts: Vec<String>,
}

/// One touchable thing; pixels from the window's upper left corner.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Target {
    /// Stable name.
    pub id: String,
    /// What it says to people.
    pub label: String,
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Whether touching it does something now.
    pub enabled: bool,
}

impl TouchMap {
    /// The map in a file; `None` while the kiosk has not written one.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when the file is no map.
    pub fn read(path: &Path) -> Result<Option<Self>, Error> {
        match std::fs::read(path) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes)
                    .map(Some)
                    .map_err(|source| Error::Unreadable {
                        part: "the kiosk's touch map",
                        source,
                    })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Error::file("read", path)(source)),
        }
    }

    /// The target of this name.
    #[must_use]
    pub fn target(&self, id: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.id == id)
    }

    /// Whether some text on the screen, or on a target, contains this one.
    #[must_use]
    pub fn shows(&self, text: &str) -> bool {
        self.texts.iter().any(|drawn| drawn.contains(text))
            || self
                .targets
                .iter()
                .any(|target| target.label.contains(text))
    }

    /// The screen's name and its targets, for messages about what was not found.
    #[must_use]
    pub fn summary(&self) -> String {
        let ids: Vec<_> = self
            .targets
            .iter()
            .map(|target| target.id.as_str())
            .collect();
        format!("screen {} with [{}]", self.screen, ids.join(", "))
    }
}

impl Target {
    /// Its middle, where a finger aims.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a screen has fewer pixels than an i16 counts"
    )]
    pub fn centre(&self) -> (i16, i16) {
        (
            (self.x + self.width / 2.0) as i16,
            (self.y + self.height / 2.0) as i16,
        )
    }
}
