//! Somebody who stands at the kiosk: looks at the screen, touches what is there, and waits.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Error;
use crate::screen::Screen;
use crate::touch_map::{Target, TouchMap};
use crate::wait::{self, PATIENCE};

/// How long the screen may take to answer a touch before the customer looks on anyway.
const ANSWER_LIMIT: Duration = Duration::from_secs(3);

/// A scripted customer: real pointer events on the real window, guided by what the kiosk publishes.
#[derive(Debug)]
pub struct Customer {
    screen: Screen,
    map: PathBuf,
}

impl Customer {
    /// A customer at this screen who reads the map in this file.
    #[must_use]
    pub fn new(screen: Screen, map: &Path) -> Self {
        Self {
            screen,
            map: map.to_owned(),
        }
    }

    /// What is on the screen now, once there is anything.
    ///
    /// # Errors
    /// Those of waiting and reading.
    pub fn looks(&self) -> Result<TouchMap, Error> {
        wait::until("the kiosk shows something", PATIENCE, || {
            TouchMap::read(&self.map)
        })
    }

    /// Waits for a screen by name.
    ///
    /// # Errors
    /// [`Error::TimedOut`] says what is there instead; so for all that wait.
    pub fn waits_for_screen(&self, name: &str) -> Result<TouchMap, Error> {
        self.waits(&format!("screen {name}"), |map| {
            (map.screen == name).then(|| map.clone())
        })
    }

    /// Waits until a text is on the screen.
    ///
    /// # Errors
    /// As [`Customer::waits_for_screen`].
    pub fn waits_for_text(&self, text: &str) -> Result<TouchMap, Error> {
        self.waits(&format!("text {text}"), |map| {
            map.shows(text).then(|| map.clone())
        })
    }

    /// Waits until a target is there, enabled, and has not moved between two looks.
    ///
    /// # Errors
    /// As [`Customer::waits_for_screen`].
    pub fn waits_for_target(&self, id: &str) -> Result<Target, Error> {
        let mut before: Option<Target> = None;
        self.waits(&format!("target {id}"), |map| {
            let now = map.target(id).filter(|target| target.enabled).cloned();
            let unmoved = now.is_some() && now == before;
            before.clone_from(&now);
            now.filter(|_| unmoved)
        })
    }

    /// Touches a target in its middle, then waits a moment for the screen's answer.
    ///
    /// # Errors
    /// As [`Customer::waits_for_screen`]; those of the display.
    pub fn touches(&self, id: &str) -> Result<(), Error> {
        let target = self.waits_for_target(id)?;
        let before = self.looks()?.sequence;
        let (x_px, y_px) = target.centre();
        self.screen.touch(x_px, y_px)?;
        let answered = self.waits_at_most("the screen answers", ANSWER_LIMIT, |map| {
            (map.sequence != before).then_some(())
        });
        match answered {
            // The next wait tells more clearly what is missing.
            Ok(()) | Err(Error::TimedOut { .. }) => Ok(()),
            Err(other) => Err(other),
        }
    }

    /// Touches the first enabled target whose name begins so, for lists; gives its name.
    ///
    /// # Errors
    /// As [`Customer::touches`].
    pub fn touches_first(&self, prefix: &str) -> Result<String, Error> {
        let id = self.waits(&format!("target {prefix}…"), |map| {
            map.targets
                .iter()
                .find(|target| target.enabled && target.id.starts_with(prefix))
                .map(|target| target.id.clone())
        })?;
        self.touches(&id)?;
        Ok(id)
    }

    /// Types on the keypad: one target a character, named by `prefix` and the character.
    ///
    /// # Errors
    /// As [`Customer::touches`].
    pub fn types(&self, prefix: &str, text: &str) -> Result<(), Error> {
        text.chars()
            .try_for_each(|character| self.touches(&format!("{prefix}{character}")))
    }

    /// Writes what is on the screen to a PNG file.
    ///
    /// # Errors
    /// Those of [`Screen::screenshot`].
    pub fn takes_picture(&self, path: &Path) -> Result<(), Error> {
        self.screen.screenshot(path)
    }

    /// Waits until `find` finds something on the screen.
    ///
    /// # Errors
    /// As [`Customer::waits_for_screen`].
    pub fn waits<T>(
        &self,
        what: &str,
        find: impl FnMut(&TouchMap) -> Option<T>,
    ) -> Result<T, Error> {
        self.waits_at_most(what, PATIENCE, find)
    }

    /// As [`Customer::waits`] with another limit.
    ///
    /// # Errors
    /// As [`Customer::waits_for_screen`].
    pub fn waits_at_most<T>(
        &self,
        what: &str,
        limit: Duration,
        mut find: impl FnMut(&TouchMap) -> Option<T>,
    ) -> Result<T, Error> {
        let mut last = "nothing".to_owned();
        let found = wait::until(what, limit, || {
            let Some(map) = TouchMap::read(&self.map)? else {
                return Ok(None);
            };
            let found = find(&map);
            last = map.summary();
            Ok(found)
        });
        found.map_err(|error| match error {
            Error::TimedOut { what, limit_ms } => Error::TimedOut {
                what: format!("{what} (there is {last})"),
                limit_ms,
            },
            other => other,
        })
    }
}
