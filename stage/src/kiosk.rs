//! The kiosk itself: configured as a technician would, enrolled, started, killed, started again.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use crate::display::Size;
use crate::kiosk_config::KioskConfig;
use crate::part::{self, Part};
use crate::pcscd::FIRST_READER;
use crate::{Error, program, wait};

const ENROL_LIMIT: Duration = Duration::from_secs(60);
const START_LIMIT: Duration = Duration::from_secs(120);

/// Where the kiosk's window opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// On a display of the stage's own, by its name.
    Headless(String),
    /// On the user's display.
    Users,
}

/// What a kiosk is made of.
#[derive(Debug, Clone)]
pub struct Settings {
    /// URL of the centre, as the kiosk reaches it.
    pub centre_url: String,
    /// The centre's release key, base64.
    pub centre_public_key: String,
    /// URL of the printer.
    pub printer_url: String,
    /// Name of the card reader.
    pub reader: String,
    /// Size of the window.
    pub panel: Size,
    /// Seconds its clock is moved.
    pub clock_offset_s: i64,
}

/// A kiosk with its files; it runs or it does not.
#[derive(Debug)]
pub struct Kiosk {
    part: Option<Part>,
    config: PathBuf,
    touch_map: PathBuf,
    log_folder: PathBuf,
}

impl Kiosk {
    /// Writes the configuration into `folder`, where the kiosk's database and keys will lie too.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn configure(folder: &Path, settings: &Settings, log_folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(Error::file("make", folder))?;
        let config = folder.join("kiosk.toml");
        let touch_map = folder.join("touch-map.json");
        KioskConfig::new(folder, &touch_map, settings).write(&config)?;
        Ok(Self {
            part: None,
            config,
            touch_map,
            log_folder: log_folder.to_owned(),
        })
    }

    /// Enrols the terminal with the one-time code of its technician.
    ///
    /// # Errors
    /// [`Error::Ended`] when the kiosk's command refuses.
    pub fn enrol(&self, code: &str) -> Result<(), Error> {
        let mut command = self.command()?;
        command
            .args(["enrol", "--code", code, "--config"])
            .arg(&self.config);
        part::run("kiosk-enrol", command, &self.log_folder, ENROL_LIMIT)
    }

    /// Opens the kiosk's window; back when it shows its first screen.
    ///
    /// # Errors
    /// Those of starting and waiting.
    pub fn start(&mut self, window: &Window) -> Result<(), Error> {
        self.kill();
        match std::fs::remove_file(&self.touch_map) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::file("remove", &self.touch_map)(source));
            }
            _ => {}
        }
        let mut command = self.command()?;
        command.args(["run", "--config"]).arg(&self.config);
        if let Window::Headless(display) = window {
            command
                .env("DISPLAY", display)
                .env_remove("WAYLAND_DISPLAY")
                .env_remove("XAUTHORITY");
        }
        let part = self
            .part
            .insert(Part::start("kiosk", command, &self.log_folder)?);
        let map = &self.touch_map;
        part.ready_when("the kiosk shows a screen", START_LIMIT, || Ok(map.exists()))
    }

    /// SIGKILL, as a power cut. Nothing when it does not run.
    pub fn kill(&mut self) {
        if let Some(part) = self.part.take() {
            part.kill();
        }
    }

    /// Asks it to end, as systemd would, and waits.
    pub fn stop(&mut self) {
        self.part = None;
    }

    /// Whether the window is there.
    pub fn runs(&mut self) -> bool {
        self.part
            .as_mut()
            .is_some_and(|part| part.exit_status().is_none())
    }

    /// Whether it was started and has ended by itself: its window was closed.
    pub fn was_closed(&mut self) -> bool {
        self.part
            .as_mut()
            .is_some_and(|part| part.exit_status().is_some())
    }

    /// The file the kiosk publishes its screen in.
    #[must_use]
    pub fn touch_map(&self) -> &Path {
        &self.touch_map
    }

    /// Its configuration file.
    #[must_use]
    pub fn config(&self) -> &Path {
        &self.config
    }

    /// Runs another of the kiosk's commands to its end, with `--config` added: `["outbox",
    /// "status", "--json"]`.
    ///
    /// # Errors
    /// [`Error::Start`]. The exit status is the caller's to judge.
    pub fn runs_command(&self, arguments: &[&str]) -> Result<Output, Error> {
        let mut command = self.command()?;
        command.args(arguments).arg("--config").arg(&self.config);
        command.output().map_err(|source| Error::Start {
            part: "kiosk",
            source,
        })
    }

    /// Standard output of a `--json` command.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when it is no JSON, [`Error::Start`].
    pub fn asks(&self, arguments: &[&str]) -> Result<serde_json::Value, Error> {
        let output = self.runs_command(arguments)?;
        document(&output)
    }

    /// Whether pcscd sees no card in the first reader; asked by the kiosk's own doctor.
    ///
    /// # Errors
    /// As [`Kiosk::asks`].
    pub fn reader_is_empty(&self) -> Result<bool, Error> {
        let mut command = self.command()?;
        command.args(["card", "doctor", "--json", "--reader", FIRST_READER]);
        let output = command.output().map_err(|source| Error::Start {
            part: "kiosk",
            source,
        })?;
        let found = document(&output)?;
        let readers = found.get("readers").and_then(serde_json::Value::as_array);
        Ok(readers.is_some_and(|readers| {
            !readers.is_empty() && readers.iter().all(|reader| reader["occupied"] == false)
        }))
    }

    /// Asks again and again until the answer is as wanted.
    ///
    /// # Errors
    /// Those of [`Kiosk::asks`] and of waiting.
    pub fn asks_until(
        &self,
        what: &str,
        limit: Duration,
        arguments: &[&str],
        mut wanted: impl FnMut(&serde_json::Value) -> bool,
    ) -> Result<serde_json::Value, Error> {
        wait::until(what, limit, || {
            Ok(Some(self.asks(arguments)?).filter(&mut wanted))
        })
    }

    fn command(&self) -> Result<Command, Error> {
        let mut command = Command::new(program::find("kiosk")?);
        // Without it a window toolkit draws Han characters in their Simplified shapes.
        command.env("LANG", "zh_TW.UTF-8");
        Ok(command)
    }
}

fn document(output: &Output) -> Result<serde_json::Value, Error> {
    serde_json::from_slice(&output.stdout).map_err(|source| Error::Unreadable {
        part: "kiosk",
        source,
    })
}
